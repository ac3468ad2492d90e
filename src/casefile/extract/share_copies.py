"""Copies to be given away: pixels drawn anew, with areas taken out of them before they are packed."""

import io
from collections.abc import Iterable, Sequence
from math import ceil, floor

import pypdfium2
from PIL import Image, ImageDraw

from casefile.extract import photo_copies
from casefile.extract.limits import Limits

QUALITY = 85
_INK = "black"
Box = Sequence[float]


def photo(data: bytes, areas: Iterable[Box], limits: Limits) -> tuple[str, bytes]:
    """Give the upright pixels of a photo without the areas (fractions), and nothing else."""
    return photo_copies.bare(data, limits, lambda image: blank(image, areas))


def page(sheet: pypdfium2.PdfPage, scale: float, areas: Iterable[Box]) -> tuple[int, int, bytes]:
    """Give the picture of a page without the areas: width, height, JPEG."""
    drawn = sheet.render(scale=scale, rev_byteorder=True)
    image = drawn.to_pil().convert("RGB")
    blank(image, areas)
    fresh = Image.frombytes("RGB", image.size, image.tobytes())
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY)
    return fresh.width, fresh.height, out.getvalue()


def blank(image: Image.Image, areas: Iterable[Box]) -> None:
    """Fill areas, each up to the next whole pixel outwards and one more."""
    ink = ImageDraw.Draw(image)
    for left, top, right, bottom in areas:
        sides = (
            floor(left * image.width) - 1,
            floor(top * image.height) - 1,
            ceil(right * image.width) + 1,
            ceil(bottom * image.height) + 1,
        )
        ink.rectangle(sides, fill=_INK)
