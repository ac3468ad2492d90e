"""Changed files of every text format: each ends with a draft that is whole or says why it is not."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from casefile.extract import docx, mail, mbox, mhtml, odt, rtf, warc
from casefile.extract.limits import MIB, Limits
from casefile.extract.members import Broken, Member
from casefile.extract.office_sample import zip_of
from casefile.extract.pool import Extractor

pytestmark = pytest.mark.faults

LIMITS = Limits(cpu_seconds=2, wall_seconds=20, unpacked_bytes=26 * MIB)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def readers() -> Iterator[Extractor]:
    with Extractor(LIMITS) as found:
        yield found


def _docx(inside: bytes) -> bytes:
    """Pack a changed part as it is, so that the change is not lost in the packing."""
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": inside})


def _odt(inside: bytes) -> bytes:
    return zip_of({"mimetype": odt.MEDIA_TYPE, "content.xml": inside})


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Jäne <j@example.org>", "Мост"
    message["Date"] = "Mon, 01 Mar 2021 10:00:00 +0000"
    message.set_content("Words.\n\n> more\n")
    message.add_alternative("<p>Words <blockquote>more", subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    return message.as_bytes()


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name)


def _same(data: bytes) -> bytes:
    return data


_BODY = (
    f"<w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Слова</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
).encode()
# A file, and how it is packed after it was changed.
SEEDS: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "docx": (docx.SAMPLES[0], _same),
    "docx part": (_BODY, _docx),
    "odt": (odt.SAMPLES[0], _same),
    "odt part": (_part(odt.SAMPLES[0], "content.xml"), _odt),
    "rtf": (rtf.SAMPLES[0], _same),
    "mail": (_mail(), _same),
    "mail sample": (mail.SAMPLES[0], _same),
    "mhtml": (mhtml.SAMPLES[0], _same),
    "page": (
        b"<!doctype html><meta charset=utf-8><p>\xd0\xa1<iframe srcdoc='<p>x'><h1>a</h1>",
        _same,
    ),
    "text": ("Заголовок\nBy Jane Roe\n3 April 2024\n\nWords.\n".encode("cp1251"), _same),
}
CONTAINERS = {"warc": warc.SAMPLES[0], "mbox": mbox.SAMPLES[0] * 2, "mail": _mail()}
_PIECES = (
    b"\xff" * 4,
    b"\0" * 4,
    b"99999999",
    b"-1",
    b"<!--",
    b"{\\",
    b"}" * 9,
    b"=?a?b?",
    b"\r\n\r\n",
    b"--x",
)


def _mutant(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, or cut, double, drop or put in a piece."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(max(1, len(changed)))
        end = min(at + chance.randint(1, 40), len(changed))
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at:end]
            case 2:
                changed[at:at] = changed[at:end] * chance.randint(1, 50)
            case 3:
                changed[at:at] = chance.choice(_PIECES)
            case _:
                changed[at:end] = chance.choice(_PIECES)
    cut = chance.random() < 0.1
    return bytes(changed[: chance.randrange(max(1, len(changed)))] if cut else changed)


@pytest.mark.parametrize("name", SEEDS)
def test_a_changed_file_is_read_or_says_why_not(
    name: str, readers: Extractor, tmp_path: Path, tier: Any
) -> None:
    chance = random.Random(name)  # the same mutants every time
    seed, packed = SEEDS[name]
    file = tmp_path / "file"
    for _ in range(tier.count(quick=8, ci=1500, long=6000)):
        file.write_bytes(packed(_mutant(seed, chance)))
        draft = readers.read(file, name="file")
        draft.check()
        assert draft.complete or draft.reason
        assert draft.reason != "the reader stopped working"


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_changed_container_is_walked_or_says_why_not(
    name: str, readers: Extractor, tmp_path: Path, tier: Any
) -> None:
    chance = random.Random(name)
    file = tmp_path / "file"
    for _ in range(tier.count(quick=8, ci=1500, long=6000)):
        file.write_bytes(_mutant(CONTAINERS[name], chance))
        members, reason = _walked(readers, file)
        assert all(member.data or member.reason for member in members)
        assert reason not in ("", "the reader stopped working")


def _walked(readers: Extractor, file: Path) -> tuple[list[Member], str | None]:
    """Give what came out, and why it ended before the end; None when it did not."""
    found: list[Member] = []
    try:
        found.extend(readers.members(file, name="file"))
    except Broken as broken:
        return found, str(broken)
    return found, None
