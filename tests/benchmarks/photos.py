"""Print how many facts of photos equal exiftool's reading, beside ExifRead and Pillow alone.

Usage: `python tests/benchmarks/photos.py [corpora] [--wrong]`. Make, model and time are compared as
strings, places within 1e-4 degrees, over every photo of the gold file; `--wrong` names what differs.
Nothing here passes or fails.
"""

import argparse
import io
import json
import logging
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import exifread
import pi_heif
from PIL import Image

from casefile.extract.context import Context
from casefile.extract.registry import read

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
FACTS = ("Make", "Model", "DateTimeOriginal", "GPSLatitude", "GPSLongitude")
Facts = dict[str, str]


def ours(data: bytes) -> Facts:
    photo = read(data, Context("bench")).photo
    if photo is None:
        return {}
    local = (photo.taken or {}).get("local")
    found = {
        "Make": photo.make,
        "Model": photo.model,
        "DateTimeOriginal": local.replace("T", " ") if local else None,
        "GPSLatitude": photo.latitude,
        "GPSLongitude": photo.longitude,
    }
    return {name: value for name, value in found.items() if value}


def by_exifread(data: bytes) -> Facts:
    tags: dict[str, Any] = dict(exifread.process_file(io.BytesIO(data), details=False))
    names = ("Image Make", "Image Model", "EXIF DateTimeOriginal")
    found = {fact: str(tags[n]) for fact, n in zip(FACTS, names, strict=False) if n in tags}
    place = exifread.utils.get_gps_coords(tags)
    if place:
        found |= {"GPSLatitude": str(place[0]), "GPSLongitude": str(place[1])}
    return found


def by_pillow(data: bytes) -> Facts:
    exif = Image.open(io.BytesIO(data)).getexif()
    found = {"Make": exif.get(0x010F), "Model": exif.get(0x0110)}
    found["DateTimeOriginal"] = exif.get_ifd(0x8769).get(0x9003)
    place = exif.get_ifd(0x8825)
    for fact, at in (("GPSLatitude", 2), ("GPSLongitude", 4)):
        if at in place:
            degrees = sum(float(part) / 60**n for n, part in enumerate(place[at]))
            found[fact] = str(-degrees if str(place.get(at - 1)) in "SW" else degrees)
    return {name: str(value) for name, value in found.items() if value}


READERS: dict[str, Callable[[bytes], Facts]] = {
    "Casefile": ours,
    "ExifRead": by_exifread,
    "Pillow": by_pillow,
}


def is_set(fact: str, value: str) -> bool:
    """Say whether a camera said something: a clock that was never set is no time."""
    return bool(value) and not (fact == "DateTimeOriginal" and value.startswith(("0000", "    ")))


def equal(fact: str, value: str | None, gold: str) -> bool:
    if value is None:
        return False
    if fact.startswith("GPS"):
        try:
            return abs(float(value) - float(gold)) <= 1e-4
        except ValueError:
            return False
    if fact == "DateTimeOriginal":
        return value.replace(":", "-")[:19] == gold.replace(":", "-")[:19]
    return value.strip() == gold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    for name in ("exifread", "PIL"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    pi_heif.register_heif_opener(thumbnails=False)
    folder = asked.corpora / "photos" / "exif_samples"
    gold = json.loads((folder / "gold_exiftool.json").read_text("utf-8"))
    there: Counter[str] = Counter()
    right = {name: Counter[str]() for name in READERS}
    cpu: Counter[str] = Counter()
    heic = sum(name.lower().endswith((".heic", ".heif")) for name in gold)
    for name, facts in gold.items():
        data = (folder / name).read_bytes()
        known = {f: str(facts[f]).strip() for f in FACTS if f in facts}
        known = {f: value for f, value in known.items() if is_set(f, value)}
        there.update(known.keys())
        for reader, call in READERS.items():
            began = time.process_time()
            try:
                found = call(data)
            except Exception:  # noqa: BLE001 - peers raise anything on damaged files; that is a figure
                found = {}
            cpu[reader] += round(1000 * (time.process_time() - began))
            for fact, value in known.items():
                same = equal(fact, found.get(fact), value)
                right[reader][fact] += same
                if asked.wrong and not same:
                    print(f"   {reader}: {name} {fact} {found.get(fact)!r}, exiftool {value!r}")
    print(
        f"   {len(gold)} photos, {heic} of them HEIC"
        + " " * 9
        + "".join(f"{r:>12}" for r in READERS)
    )
    for fact in FACTS:
        shares = (f"{right[r][fact]} of {there[fact]}" for r in READERS)
        print(f"   {fact:<34}" + "".join(f"{share:>12}" for share in shares))
    print(f"   {'CPU ms a photo':<34}" + "".join(f"{cpu[r] / len(gold):>12.1f}" for r in READERS))


if __name__ == "__main__":
    main()
