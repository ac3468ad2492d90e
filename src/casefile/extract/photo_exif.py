"""What a camera wrote: make, model, time, place and every readable tag, by ExifRead."""

import io
import logging
import re
from typing import Any

import exifread

# It tells of every oddity in the log; what cannot be read is absent from the tags.
logging.getLogger("exifread").setLevel(logging.CRITICAL)

Tags = dict[str, Any]
_ALONE = re.compile(r"^\((.*),\)$")  # ExifRead prints a lone float as a tuple of one
_MOST_TAGS = 400
_MOST_WORDS = 500
_TIME = re.compile(r"(\d{4})[:.-](\d\d)[:.-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"[+-]\d\d:\d\d|Z")
_TIMES = (
    ("EXIF DateTimeOriginal", "EXIF OffsetTimeOriginal"),
    ("EXIF DateTimeDigitized", "EXIF OffsetTimeDigitized"),
)
_EXIF_HEAD = b"Exif\x00\x00"
# What programs and cameras put in the field for a caption.
_NO_CAPTION = re.compile(
    r"(?:olympus|minolta|sony|samsung|konica|kodak|digital|camera|dsc|\s|photo|picture|image|img"
    r"|default|untitled|created with.*|screenshot|[\d._-])+",
    re.IGNORECASE,
)


def tags_of(data: bytes, block: object) -> Tags:
    """Read the tags of a file, or of the EXIF block that Pillow found in it."""
    tags = _process(data)
    if not tags and isinstance(block, bytes) and block:
        tags = _process(block.removeprefix(_EXIF_HEAD))
    return tags


def _process(data: bytes) -> Tags:
    try:
        return dict(exifread.process_file(io.BytesIO(data), details=False))
    except Exception:  # noqa: BLE001 - damaged metadata may raise anything; the picture is still there
        return {}


def in_words(tags: Tags) -> dict[str, str]:
    """Give every readable tag as text by its name."""
    found: dict[str, str] = {}
    for name, tag in list(tags.items())[:_MOST_TAGS]:
        if isinstance(tag, bytes) or "thumbnail" in name.lower():
            continue
        words = _plain(_ALONE.sub(r"\1", str(getattr(tag, "printable", ""))))
        if words:
            found[str(name)] = words[:_MOST_WORDS]
    return found


def text(tags: Tags, name: str) -> str | None:
    """Give the words of one tag, or None."""
    values = getattr(tags.get(name), "values", None)
    return _plain(values) or None if isinstance(values, str) else None


def orientation(tags: Tags) -> int:
    """Give the orientation (1 to 8) as written."""
    values = getattr(tags.get("Image Orientation"), "values", None)
    found = values[0] if isinstance(values, list | tuple) and values else 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def taken(tags: Tags) -> dict[str, str | None] | None:
    """Give when the photo was taken, in the camera's time, with a zone where it is written."""
    for name, zone_name in _TIMES:
        found = _TIME.match(text(tags, name) or "")
        if found is None or not _is_time(found):
            continue
        year, month, day, *clock = found.groups()
        zone = _ZONE.fullmatch((text(tags, zone_name) or "").strip())
        local = f"{year}-{month}-{day}T{':'.join(clock)}"
        return {"local": local, "zone": zone[0].replace("Z", "+00:00") if zone else None}
    return None


def _is_time(found: re.Match[str]) -> bool:
    year, month, day, hour, minute, second = map(int, found.groups())
    date = year > 0 and 1 <= month <= 12 and 1 <= day <= 31
    return date and hour < 24 and minute < 60 and second < 61


def place(tags: Tags) -> tuple[str | None, str | None]:
    """Give latitude and longitude as decimal strings; both or none."""
    latitude = _degrees(tags, "GPS GPSLatitude", "NS", 90)
    longitude = _degrees(tags, "GPS GPSLongitude", "EW", 180)
    if latitude is None or longitude is None:
        return None, None
    return latitude, longitude


def altitude(tags: Tags) -> str | None:
    """Give metres above the sea as a decimal string."""
    numbers = _numbers(tags, "GPS GPSAltitude")
    if not numbers:
        return None
    below = _numbers(tags, "GPS GPSAltitudeRef")
    return _decimal(-numbers[0] if below and below[0] == 1 else numbers[0])


def caption(tags: Tags) -> str | None:
    """Give the description that a person wrote, not what a camera puts there."""
    words = text(tags, "Image ImageDescription")
    return None if words is None or _NO_CAPTION.fullmatch(words) else words


def _degrees(tags: Tags, name: str, sides: str, most: int) -> str | None:
    numbers = _numbers(tags, name)
    side = (text(tags, f"{name}Ref") or "").upper()[:1]
    if not numbers or not side or side not in sides:
        return None
    value = sum(part / 60**power for power, part in enumerate(numbers[:3]))
    if value > most or min(numbers) < 0:
        return None
    return _decimal(-value if side == sides[1 if side in "SW" else 0] and side in "SW" else value)


def _numbers(tags: Tags, name: str) -> list[float]:
    values = getattr(tags.get(name), "values", None)
    if not isinstance(values, list | tuple):
        return []
    try:
        return [float(value) for value in values]
    except (TypeError, ValueError, ZeroDivisionError):
        return []


def _decimal(value: float) -> str:
    # Seven places of a degree are a centimetre.
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _plain(words: object) -> str:
    return " ".join(str(words).replace("\x00", " ").split())
