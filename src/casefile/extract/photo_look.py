"""What a photo looks like, small: grey, upright, without a plain frame; for finding copies."""

import base64

from PIL import Image

SIDE = 32
_LARGE = 128  # dots of the longer side in which frames are sought
_PLAIN = 24  # the dots of a line of a frame differ by no more grey than this
_SMALLEST = 24
_FRAMES = 4  # one within the other
_MOST = 4  # a frame takes at most this part of a side: a quarter


def look(grey: Image.Image) -> str:
    """Give SIDE x SIDE grey dots of an upright grey picture, as base64."""
    share = _LARGE / max(grey.size)
    size = (max(1, round(grey.width * share)), max(1, round(grey.height * share)))
    way = Image.Resampling.BOX if share < 1 else Image.Resampling.BILINEAR
    small = _unframed(grey.resize(size, way))
    dots = small.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    return base64.b64encode(dots).decode("ascii")


def _unframed(image: Image.Image) -> Image.Image:
    """Cut plain lines off the edges, as scanners and people who share pictures add them."""
    for _ in range(_FRAMES):
        width, height = image.size
        if min(width, height) < _SMALLEST:
            return image
        dots = image.tobytes()
        rows = [_is_plain(dots[y * width : (y + 1) * width]) for y in range(height)]
        columns = [_is_plain(dots[x::width]) for x in range(width)]
        left, right = _run(columns), _run(columns[::-1])
        top, bottom = _run(rows), _run(rows[::-1])
        if not (left or right or top or bottom):
            return image
        image = image.crop((left, top, width - right, height - bottom))
    return image


def _is_plain(line: bytes) -> bool:
    return max(line) - min(line) <= _PLAIN


def _run(plain: list[bool]) -> int:
    most = len(plain) // _MOST
    count = 0
    while count < most and plain[count]:
        count += 1
    return count
