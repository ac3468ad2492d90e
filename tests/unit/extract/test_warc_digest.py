"""The check sum of a web archive is held against its bytes, however the archive writes it."""

import base64
import gzip
import hashlib
import io

import pytest

from casefile.extract import containers, registry
from casefile.extract.context import CHECK_SUM, DIFFERS, FITS, Context
from casefile.extract.members import Member

BODY = b"<html><p>Words of the page that was kept.</html>"
PACKED = gzip.compress(BODY)
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PACKED), PACKED)
SHA1, SHA256 = hashlib.sha1(BODY).digest(), hashlib.sha256(BODY).digest()
TRANSFER = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"


def member(digest: str, body: bytes = BODY, http: str = "", more: str = "") -> Member:
    said = f"WARC-Payload-Digest: {digest}\r\n" if digest else ""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{http}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.org/\r\n"
        "WARC-Date: 2021-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\n{said}{more}"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    data = head.encode() + answer + b"\r\n\r\n"
    (found,) = containers.walk(io.BytesIO(data), len(data), Context("x.warc"))
    assert found.data == BODY or not digest
    return found


def b32(digest: bytes) -> str:
    return base64.b32encode(digest).decode()


@pytest.mark.parametrize(
    "digest",
    [
        f"sha1:{b32(SHA1)}",
        f"sha1:{b32(SHA1).lower()}",
        f"SHA-1:{SHA1.hex().upper()}",
        f"sha256:{SHA256.hex()}",
        f"sha256:{b32(SHA256)}",
        f"sha-256:{b32(SHA256).rstrip('=')}",
        f"sha256:{base64.b64encode(SHA256).decode()}",
        f"sha256:{base64.urlsafe_b64encode(SHA256).decode().rstrip('=')}",
        f"md5:{hashlib.md5(BODY).hexdigest()}",
    ],
)
def test_a_sum_that_fits_is_noted(digest: str) -> None:
    assert member(digest).parameters == {CHECK_SUM: FITS}


@pytest.mark.parametrize("summed", [CHUNKED, PACKED, BODY])
def test_a_sum_may_be_of_the_bytes_on_the_way_or_of_those_shown(summed: bytes) -> None:
    digest = f"sha1:{b32(hashlib.sha1(summed).digest())}"
    assert member(digest, CHUNKED, TRANSFER).parameters == {CHECK_SUM: FITS}


@pytest.mark.parametrize("digest", ["", "crc:abc", "sha1", "sha256:", "shake_128:00", "blake9:!!!"])
def test_a_sum_that_is_not_known_says_nothing(digest: str) -> None:
    assert member(digest).parameters == {}


def test_an_answer_that_was_cut_on_purpose_is_not_judged() -> None:
    assert member(f"sha1:{'A' * 32}", more="WARC-Truncated: length\r\n").parameters == {}


@pytest.mark.parametrize("digest", [f"sha1:{'A' * 32}", "sha1:!!!", f"sha1:{SHA256.hex()}"])
def test_a_sum_that_does_not_fit_is_said_at_the_page(digest: str) -> None:
    found = member(digest)
    assert found.parameters == {CHECK_SUM: DIFFERS}
    draft = registry.read(found.data, Context("x", found.parameters))
    assert registry.NO_FIT in draft.warnings
    assert draft.complete
