"""PDFs with known words: nothing is missing without a word about it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bombs_pdf import FONT, stream

from casefile.extract.pool import Extractor

pytestmark = pytest.mark.faults
# A few letters of each script beside their codes in the font of the page.
WORDS = {"latin": "bridge", "russian": "мост", "arabic": "جسر"}
CODES = "abcdefghij"


@pytest.fixture(scope="module")
def readers() -> Iterator[Extractor]:
    with Extractor() as found:
        yield found


def _font(letters: str) -> tuple[bytes, bytes]:
    """Give a font and the map of its codes to letters."""
    rows = b"".join(
        b"<%02x> <%s>\n" % (ord(code), letter.encode("utf-16-be").hex().encode())
        for code, letter in zip(CODES, letters, strict=False)
    )
    count = b"%d beginbfchar\n%sendbfchar" % (len(letters), rows)
    cmap = b"/CIDInit/ProcSet findresource begin begincmap %s endcmap" % count
    return FONT[:-2] + b"/ToUnicode 8 0 R>>", stream(cmap)


def _pages(count: int, draw: Callable[[int], bytes], letters: str, page: bytes = b"") -> bytes:
    """Make a PDF of many pages, each with its own number in words of its font."""
    font, cmap = _font(letters)
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(count))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        5: font,
        6: FONT,
        8: cmap,
    }
    resources = b"/Resources<</Font<</F 5 0 R/G 6 0 R>>>>"
    for n in range(count):
        more = b"/Parent 2 0 R/MediaBox[0 0 300 400]%s%s" % (resources, page)
        objects[10 + 2 * n] = b"<</Type/Page%s/Contents %d 0 R>>" % (more, 11 + 2 * n)
        objects[11 + 2 * n] = stream(draw(n + 1))
    out, places = b"%PDF-1.7\n", {}
    parts = [out]
    at = len(out)
    for number, body in sorted(objects.items()):
        places[number] = at
        parts.append(b"%d 0 obj%s\nendobj\n" % (number, body))
        at += len(parts[-1])
    last = max(objects)
    rows = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
        for n in range(last + 1)
    )
    table = b"xref\n0 %d\n%s" % (last + 1, rows)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (last + 1, at)
    return b"".join([*parts, table, tail])


def _line(number: int, codes: bytes) -> bytes:
    return b"BT /F 12 Tf 20 300 Td (%s) Tj ET BT /G 12 Tf 20 200 Td (n%d) Tj ET" % (codes, number)


def _columns(number: int, codes: bytes) -> bytes:
    return _line(number, codes) + b" BT /G 9 Tf 160 300 Td (right column) Tj ET"


@pytest.mark.parametrize("script", sorted(WORDS))
@pytest.mark.parametrize("page", [b"", b"/Rotate 90", b"/Rotate 180", b"/CropBox[0 0 250 350]"])
def test_every_word_of_every_page_is_there(
    script: str, page: bytes, readers: Extractor, tmp_path: Path
) -> None:
    word = WORDS[script]
    codes = CODES[: len(word)].encode()
    shown = codes[::-1] if script == "arabic" else codes  # printed from the left
    file = tmp_path / "known.pdf"
    file.write_bytes(_pages(12, lambda n: _columns(n, shown), word, page))
    draft = readers.read(file, name=file.name)
    assert draft.complete, draft.reason
    assert len(draft.pages) == 12
    for number, (start, end) in enumerate(draft.pages, 1):
        words = draft.text[start:end].split()
        assert {word, f"n{number}", "right", "column"} <= set(words)


def test_a_very_long_document_is_whole_within_its_time(
    readers: Extractor, tmp_path: Path, tier: Any
) -> None:
    count = tier.count(quick=300, ci=5000, long=5000)
    file = tmp_path / "long.pdf"
    file.write_bytes(_pages(count, lambda n: _line(n, b"abcdef"), WORDS["latin"]))
    draft = readers.read(file, name=file.name)
    missing = [
        number
        for number, (start, end) in enumerate(draft.pages, 1)
        if draft.text[start:end].split() != ["bridge", f"n{number}"]
    ]
    assert (draft.complete, draft.reason, len(draft.pages), missing) == (True, None, count, [])
