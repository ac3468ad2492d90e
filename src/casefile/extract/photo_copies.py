"""Parts and copies of photos: a piece at full size, plain greys, a copy without what is written in it."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from casefile.extract import photo_pixels
from casefile.extract.limits import Limits
from casefile.model.values import Picture

_QUALITY = 92
Sides = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the upright photo in its own pixels, and how large it is wanted at most."""

    left: int
    top: int
    right: int
    bottom: int
    width: int
    height: int


def part(data: bytes, wanted: Part, limits: Limits) -> Picture:
    """Draw a piece of a photo upright; never enlarged. Raises ValueError when it is beside it."""
    image = photo_pixels.opened(data, limits)
    across, down = photo_pixels.upright_size(image)
    left, top = max(wanted.left, 0), max(wanted.top, 0)
    right, bottom = min(wanted.right, across), min(wanted.bottom, down)
    if left >= right or top >= bottom:
        msg = "a piece beside the photo"
        raise ValueError(msg)
    size = (right - left, bottom - top)
    share = min(wanted.width / size[0], wanted.height / size[1], 1.0)
    share = min(share, (limits.picture_pixels / (size[0] * size[1])) ** 0.5)
    asked = (max(int(size[0] * share), 1), max(int(size[1] * share), 1))
    turn = 1 if image.format == "TIFF" else photo_pixels.orientation(image)
    before = image.size
    # A JPEG is decoded at a half, a quarter or an eighth where that is enough.
    image.draft("RGB", (max(int(before[0] * share), 1), max(int(before[1] * share), 1)))
    image.load()
    turn = 1 if image.format == "TIFF" else turn
    sides = _unturned((left, top, right, bottom), (across, down), turn)
    piece = photo_pixels.eight_bits(image.crop(_scaled(sides, before, image.size)))
    piece = piece.convert("RGBA" if piece.has_transparency_data else "RGB")
    drawn = asked[::-1] if turn in photo_pixels.SIDEWAYS else asked
    if piece.size != drawn:
        piece = piece.resize(drawn, Image.Resampling.BOX, reducing_gap=2.0)
    piece = photo_pixels.turned(piece, turn).convert("RGBA")
    return Picture(piece.width, piece.height, piece.tobytes())


def greys(data: bytes, limits: Limits) -> tuple[int, int, bytes]:
    """Give a photo upright in greys on white: width, height, a byte a pixel."""
    small = photo_pixels.scaled(data, _MOST_SIDE, _MOST_SIDE, limits)
    image = Image.frombytes("RGBA", (small.width, small.height), small.pixels)
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return image.width, image.height, white.convert("L").tobytes()


_MOST_SIDE = 6000


def bare(
    data: bytes, limits: Limits, change: Callable[[Image.Image], object] | None = None
) -> tuple[str, bytes]:
    """Give a copy of the photo that holds its upright pixels and nothing else; media type, bytes.

    The pixels are written anew, so that nothing hidden beside them travels along; what is to be
    seen in them, and the pattern of the sensor, stay. `change` may draw on them first.
    """
    image = photo_pixels.opened(data, limits)
    lossless = image.format in ("PNG", "GIF")
    image.load()
    turn = 1 if image.format == "TIFF" else photo_pixels.orientation(image)
    plain = photo_pixels.turned(photo_pixels.eight_bits(image), turn)
    clear = plain.has_transparency_data
    plain = plain.convert("RGBA" if clear else "RGB")
    if change is not None:
        change(plain)
    fresh = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    if clear or lossless:
        fresh.save(out, "PNG")
        return "image/png", out.getvalue()
    fresh.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return "image/jpeg", out.getvalue()


def _unturned(sides: Sides, size: tuple[int, int], turn: int) -> Sides:
    """Give the sides of an upright piece in the pixels as they are stored."""
    left, top, right, bottom = sides
    across, down = size
    mirrored, flipped = (across - right, across - left), (down - bottom, down - top)
    if turn in (2, 3):
        left, right = mirrored
    if turn in (3, 4):
        top, bottom = flipped
    if turn in photo_pixels.SIDEWAYS:
        left, right = (top, bottom) if turn in (5, 6) else flipped
        top, bottom = (sides[0], sides[2]) if turn in (5, 8) else mirrored
    return left, top, right, bottom


def _scaled(sides: Sides, before: tuple[int, int], now: tuple[int, int]) -> Sides:
    if before == now:
        return sides
    across, down = now[0] / before[0], now[1] / before[1]
    left, top = int(sides[0] * across), int(sides[1] * down)
    return (
        left,
        top,
        max(min(round(sides[2] * across), now[0]), left + 1),
        max(min(round(sides[3] * down), now[1]), top + 1),
    )
