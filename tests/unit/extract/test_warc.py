import gzip
import io
import random
from typing import TYPE_CHECKING

import pytest

from casefile.extract import containers
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.members import Broken, Member
from casefile.extract.office_sample import zip_of

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = "2021-03-01T10:00:00Z"


def warc_of(*answers: tuple[str, str, str, bytes], packed: bool = False) -> bytes:
    """Write answers: address, status, content type, bytes as they came over the wire."""
    records = [_record(*answer) for answer in answers]
    return b"".join(gzip.compress(record) if packed else record for record in records)


def _record(url: str, status: str, kind: str, body: bytes) -> bytes:
    packing = "Content-Encoding: gzip\r\n" if body[:2] == b"\x1f\x8b" else ""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{packing}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {AT}\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def walked(data: bytes, limits: Limits | None = None) -> list[Member]:
    context = Context("x.warc", limits=limits or Limits())
    return list(containers.walk(io.BytesIO(data), len(data), context))


def until_broken(data: bytes) -> tuple[list[Member], str | None]:
    found: list[Member] = []
    members: Iterator[Member] = containers.walk(io.BytesIO(data), len(data), Context("x"))
    try:
        found.extend(members)
    except Broken as broken:
        return found, str(broken)
    return found, None


PAGES = (
    ("https://a.org/1", "200 OK", "text/html; charset=windows-1251", "<p>Слова".encode("cp1251")),
    ("https://a.org/old", "301 Moved", "text/html", b"<p>gone"),
    ("https://a.org/x.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://a.org/x.js", "200 OK", "application/javascript", b"x()"),
    ("https://a.org/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
    ("https://a.org/2", "200 OK", "text/html", gzip.compress(b"<p>packed on the way")),
    ("https://a.org/1", "200 OK", "text/html", b"<p>again"),
    ("https://a.org/3.pdf", "206 Partial", "application/pdf", b"%PDF-1.4"),
)


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_and_document_comes_out_with_address_and_time(packed: bool) -> None:
    found = walked(warc_of(*PAGES, packed=packed))
    assert [(m.path, m.data) for m in found] == [
        ("https://a.org/1", "<p>Слова".encode("cp1251")),
        ("https://a.org/2", b"<p>packed on the way"),
        ("https://a.org/1 (2)", b"<p>again"),
        ("https://a.org/3.pdf", b"%PDF-1.4"),
    ]
    assert {m.captured_at for m in found} == {"2021-03-01T10:00:00.000Z"}
    assert found[0].url == "https://a.org/1"
    assert found[0].parameters == {"declared": "windows-1251"}


def test_an_archive_packed_as_a_whole_is_read_too() -> None:
    assert len(walked(gzip.compress(warc_of(*PAGES)))) == 4


def test_an_archive_that_is_cut_off_gives_what_came_before() -> None:
    data = warc_of(*PAGES)
    found, reason = until_broken(data[:-30])
    assert [m.path for m in found][:3] == [
        "https://a.org/1",
        "https://a.org/2",
        "https://a.org/1 (2)",
    ]
    assert reason == "the archive is cut off"
    chance = random.Random(1)
    long = [
        (f"https://a.org/{n}", "200 OK", "text/html", chance.randbytes(9000).hex().encode())
        for n in range(9)
    ]
    found, reason = until_broken(gzip.compress(warc_of(*long))[:-30])
    assert len(found) >= 6
    assert reason == "the archive is damaged from here on"


def test_an_archive_without_pages_says_so() -> None:
    assert until_broken(warc_of(PAGES[1], PAGES[2])) == ([], "there is no page in the archive")


def test_a_page_beyond_the_limit_is_named_with_its_reason() -> None:
    large = ("https://a.org/big", "200 OK", "text/html", gzip.compress(bytes(3_000_000)))
    found = walked(warc_of(large, PAGES[0]), Limits(answer_bytes=1_000_000))
    assert [(m.path, m.reason) for m in found] == [
        ("https://a.org/big", "it is larger than what is read from an archive"),
        ("https://a.org/1", None),
    ]
    assert found[0].data == b""


def test_a_packing_that_nobody_here_unpacks_is_said() -> None:
    data = _record("https://a.org/1", "200 OK", "text/html\r\nContent-Encoding: br", b"x")
    [member] = walked(data)
    assert member.reason == "it is packed in a way that is not unpacked (br)"


def test_every_archive_in_a_packed_one_is_walked() -> None:
    data = zip_of({f"archive/{n}.warc": warc_of(PAGES[n]) for n in (0, 6)})
    found = [m.path for m in walked(data)]
    assert found == ["https://a.org/1", "https://a.org/1"]
