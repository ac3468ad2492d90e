"""A PDF of page pictures and nothing else: no text, no metadata, no date, no id."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: a JPEG of so many pixels in three colours, on paper of so many points."""

    jpeg: bytes
    width: int
    height: int
    across: float
    down: float


def write(out: BinaryIO, sheets: Iterable[Sheet]) -> int:
    """Write the pages as they come; gives their number. One page is in the memory at a time."""
    places: list[int] = []
    at = out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    pages: list[int] = []
    # Objects 1 and 2 are the catalogue and the list of pages, written when all are known.
    for sheet in sheets:
        first = 3 + 3 * len(pages)
        pages.append(first)
        for body in _objects(sheet, first):
            places.append(at)
            at += out.write(body)
    kids = " ".join(f"{n} 0 R" for n in pages)
    ends = (
        "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        f"2 0 obj\n<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>\nendobj\n",
    )
    front = []
    for words in ends:
        front.append(at)
        at += out.write(words.encode())
    rows = [f"{place:010} 00000 n \n" for place in (*front, *places)]
    out.write(f"xref\n0 {len(rows) + 1}\n0000000000 65535 f \n{''.join(rows)}".encode())
    out.write(f"trailer\n<</Size {len(rows) + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n".encode())
    return len(pages)


def _objects(sheet: Sheet, first: int) -> Iterable[bytes]:
    box = f"[0 0 {sheet.across:.2f} {sheet.down:.2f}]"
    yield (
        f"{first} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents {first + 1} 0 R"
        f"/Resources<</XObject<</P {first + 2} 0 R>>>>>>\nendobj\n"
    ).encode()
    drawn = f"{sheet.across:.2f} 0 0 {sheet.down:.2f} 0 0 cm /P Do".encode()
    yield (
        f"{first + 1} 0 obj\n<</Length {len(drawn)}>>\nstream\n".encode()
        + drawn
        + b"\nendstream\nendobj\n"
    )
    yield (
        (
            f"{first + 2} 0 obj\n<</Type/XObject/Subtype/Image/Width {sheet.width}/Height {sheet.height}"
            f"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length {len(sheet.jpeg)}>>\n"
            "stream\n"
        ).encode()
        + sheet.jpeg
        + b"\nendstream\nendobj\n"
    )
