"""Photos: what camera and people wrote into them, the size upright, the difference hash."""

import exifread
import PIL

from casefile.extract import photo_exif, photo_look, photo_pixels, photo_sample, photo_words
from casefile.extract.context import Context
from casefile.extract.photo_words import Words
from casefile.extract.sniff import HEAD, sniff
from casefile.model.draft import Draft, ImageFact, PhotoFact
from casefile.model.zone import Zone

EXTRACTOR, VERSION = "casefile.photo", "1"
SAMPLES = (photo_sample.JPEG, photo_sample.PNG, photo_sample.GIF)

_BROKEN = "the picture is damaged and cannot be drawn"
_CUT_OFF = "the picture is cut off or damaged; a part of it cannot be drawn"


def read(data: bytes, context: Context) -> Draft:
    """Read a photo; when its pixels are damaged what is written in it is kept."""
    try:
        image = photo_pixels.opened(data, context.limits)
    except photo_pixels.TooManyPixels:
        return _draft(data, PhotoFact(), Words(), reason="the picture has too many pixels")
    except Exception:  # noqa: BLE001 - Pillow raises anything on damaged pictures
        return _draft(data, _facts({}, photo_exif.tags_of(data, None)), Words(), reason=_BROKEN)
    width, height = photo_pixels.upright_size(image)
    tags = photo_exif.tags_of(data, image.info.get("exif"))
    written = Words(caption=photo_exif.caption(tags), byline=photo_exif.text(tags, "Image Artist"))
    words = photo_words.iptc(image).over(photo_words.xmp(image)).over(written)
    warnings = _warnings(image)
    found_hash, seen, reason = None, None, None
    try:
        grey = photo_pixels.upright_grey(image)
        found_hash, seen = photo_pixels.hash_of(grey), photo_look.look(grey)
    except MemoryError:
        reason = "the picture needs more memory than allowed"
    except Exception:  # noqa: BLE001 - Pillow raises anything on damaged pictures
        reason = _CUT_OFF
    facts = _facts({"width": width, "height": height}, tags, words, _signed(data))
    found = {"reason": reason, "picture_hash": found_hash, "picture_look": seen}
    return _draft(data, facts, words, **found, warnings=warnings)


def _facts(
    size: dict[str, int],
    tags: photo_exif.Tags,
    words: Words | None = None,
    more: dict[str, str] | None = None,
) -> PhotoFact:
    words = words or Words()
    latitude, longitude = photo_exif.place(tags)
    return PhotoFact(
        **size,
        orientation=photo_exif.orientation(tags),
        make=photo_exif.text(tags, "Image Make"),
        model=photo_exif.text(tags, "Image Model"),
        taken=photo_exif.taken(tags),
        latitude=latitude,
        longitude=longitude,
        altitude=photo_exif.altitude(tags),
        caption=words.caption,
        byline=words.byline,
        credit=words.credit,
        tags={**photo_exif.in_words(tags), **words.tags, **(more or {})},
    )


def _signed(data: bytes) -> dict[str, str]:
    """Say whether content credentials are there; whether they hold is not looked at."""
    return {"C2PA": "present" if b"jumb" in data and b"c2pa" in data else "absent"}


def _warnings(image: object) -> tuple[str, ...]:
    try:
        frames = int(getattr(image, "n_frames", 1))
    except Exception:  # noqa: BLE001 - counting the pictures of a damaged file may raise anything
        return ()
    return (f"only the first of {frames} pictures in the file is shown",) if frames > 1 else ()


def _draft(data: bytes, facts: PhotoFact, words: Words, **values: object) -> Draft:
    text, zones = _text(words)
    image = ImageFact(caption=words.caption, credit=words.credit)
    return Draft(
        kind="photo",
        media_type=sniff(data[:HEAD]).media_type,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters={"Pillow": PIL.__version__, "ExifRead": exifread.__version__},
        text=text,
        zones=zones,
        title=words.title,
        byline=tuple(words.byline.split("; ")) if words.byline else (),
        images=(image,) if words.caption or words.credit else (),
        photo=facts,
        complete=values.get("reason") is None,
        **values,  # type: ignore[arg-type]  # each call names fields of Draft
    )


def _text(words: Words) -> tuple[str, tuple[Zone, ...]]:
    """Put the written words below each other, a zone each."""
    text, zones = "", []
    for kind in ("caption", "byline", "credit"):
        part = getattr(words, kind)
        if part:
            start = len(text) + 2 if text else 0
            text = f"{text}\n\n{part}" if text else part
            zones.append(Zone(kind, start, len(text), None if kind == "byline" else 0))
    return text, tuple(zones)
