"""Pixels of photos: which formats are opened, upright pictures, the difference hash."""

import io

import pi_heif
from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from casefile.extract import sandbox
from casefile.extract.limits import Limits
from casefile.model.values import Picture

pi_heif.register_heif_opener(thumbnails=False)
# The size is checked against the limits before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
FORMATS = (
    *(str(JpegImagePlugin.JpegImageFile.format), str(PngImagePlugin.PngImageFile.format)),
    *(str(WebPImagePlugin.WebPImageFile.format), str(GifImagePlugin.GifImageFile.format)),
    *(str(TiffImagePlugin.TiffImageFile.format), str(AvifImagePlugin.AvifImageFile.format)),
    "HEIF",
)
_ORIENTATION = 0x0112
SIDEWAYS = (5, 6, 7, 8)
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_HASH_WIDTH, _HASH_HEIGHT = 9, 8
_GREY = 160  # dots of the longer side at least


class TooManyPixels(Exception):
    """The picture is larger than what is decoded."""


def opened(data: bytes, limits: Limits) -> ImageFile.ImageFile:
    """Open a picture of an allowed format without decoding it.

    Raises what Pillow raises on other bytes, TooManyPixels over the limit.
    """
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    count = image.width * image.height
    if count > limits.pixels:
        raise TooManyPixels
    if count > limits.large_pixels:
        sandbox.allow_large()
    return image


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Give width and height as the picture is looked at."""
    # TIFFs are turned by Pillow itself.
    turned = image.format != "TIFF" and orientation(image) in SIDEWAYS
    return (image.height, image.width) if turned else (image.width, image.height)


def orientation(image: Image.Image) -> int:
    """Give the orientation (1 to 8) that the pixels still have to be turned by."""
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - damaged metadata turns nothing
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def difference_hash(image: ImageFile.ImageFile) -> str:
    """Decode the picture and give 64 bits, as 16 hex digits, of where it gets brighter to the right.

    Raises OSError and others when the picture is cut off or damaged.
    """
    return hash_of(upright_grey(image))


def upright_grey(image: ImageFile.ImageFile) -> Image.Image:
    """Decode the picture and give it grey, upright and small, on white where it is clear.

    Raises OSError and others when the picture is cut off or damaged.
    """
    # JPEGs are decoded at an eighth of their size where that is enough.
    image.draft("L", (_GREY, _GREY))
    image.load()
    turn = orientation(image)
    grey = _on_white(image).convert("L")
    factor = max(1, max(grey.size) // _GREY)
    return turned(grey.reduce(factor) if factor > 1 else grey, turn)


def hash_of(grey: Image.Image) -> str:
    """Give the difference hash of an upright grey picture."""
    dots = grey.resize((_HASH_WIDTH, _HASH_HEIGHT), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_HASH_HEIGHT):
        for column in range(_HASH_WIDTH - 1):
            at = row * _HASH_WIDTH + column
            bits = bits << 1 | (dots[at] < dots[at + 1])
    return f"{bits:016x}"


def scaled(data: bytes, width: int, height: int, limits: Limits) -> Picture:
    """Give the picture upright, no larger than width and height, never enlarged."""
    image = opened(data, limits)
    wanted = _fitting(upright_size(image), width, height, limits)
    sideways = image.format != "TIFF" and orientation(image) in SIDEWAYS
    image.draft("RGB", wanted[::-1] if sideways else wanted)
    image.load()
    turn = orientation(image)
    size = wanted[::-1] if turn in SIDEWAYS else wanted
    plain = eight_bits(image)
    small = plain.convert("RGBA" if plain.has_transparency_data else "RGB")
    if small.size != size:
        small = small.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    small = turned(small, turn).convert("RGBA")
    return Picture(small.width, small.height, small.tobytes())


def _fitting(size: tuple[int, int], width: int, height: int, limits: Limits) -> tuple[int, int]:
    share = min(width / size[0], height / size[1], 1.0)
    share = min(share, (limits.picture_pixels / (size[0] * size[1])) ** 0.5)
    return max(int(size[0] * share), 1), max(int(size[1] * share), 1)


def turned(image: Image.Image, turn: int) -> Image.Image:
    """Give the picture turned as the orientation (1 to 8) asks."""
    image = image.copy()
    image.getexif()[_ORIENTATION] = turn
    ImageOps.exif_transpose(image, in_place=True)
    return image


def _on_white(image: Image.Image) -> Image.Image:
    plain = eight_bits(image)
    if not plain.has_transparency_data:
        return plain
    layer = plain.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    white.alpha_composite(layer)
    return white


def eight_bits(image: Image.Image) -> Image.Image:
    """Bring deep grey pictures to eight bits; Pillow's own conversion cuts them off at white."""
    if image.mode == "LAB":
        return image.getchannel("L")
    if image.mode not in _DEEP:
        return image
    grey = image.convert("F")
    lowest, highest = grey.getextrema()
    # One channel gives two numbers; only pictures of several give pairs.
    darkest, brightest = float(str(lowest)), float(str(highest))
    spread = 255 / max(brightest - darkest, 1.0)
    return grey.point(lambda value: value * spread - darkest * spread).convert("L")
