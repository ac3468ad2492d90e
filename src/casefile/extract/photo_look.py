"""What a photo looks like, small: grey and upright; for finding copies."""

import base64

from PIL import Image

SIDE = 32


def look(grey: Image.Image) -> str:
    """Give SIDE x SIDE grey dots of an upright grey picture, as base64."""
    dots = grey.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    return base64.b64encode(dots).decode("ascii")
