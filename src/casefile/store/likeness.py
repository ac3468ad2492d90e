"""By what near copies are found: keys of texts and looks of photos; local, made from the texts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from casefile.store.records import ids_of
from casefile.store.schema import VIEWS, likeness, picture_look, record, text_key
from casefile.store.session import Reader, pairs, portions
from casefile.store.writer import Writer

HOLDERS = 48  # sources a key is kept for; a key of more tells nothing
_source = VIEWS["source"].c


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it is compared: local number of its source, mean grey, key, and dots."""

    source: int
    mean: int
    key: bytes


def holders(r: Reader, keys: Iterable[int]) -> dict[int, list[int]]:
    """Give the local numbers of the sources that have each key."""
    found: dict[int, list[int]] = {}
    for part in portions(keys):
        asked = select(text_key.c.key, text_key.c.source).where(text_key.c.key.in_(part))
        for key, source in r.connection.execute(asked.order_by(text_key.c.source)):
            found.setdefault(key, []).append(source)
    return found


def pictures(r: Reader, darkest: int, brightest: int) -> list[Picture]:
    """Give the photos whose mean grey lies between these two."""
    c = picture_look.c
    asked = select(c.source, c.mean, c.key).where(c.mean.between(darkest, brightest))
    return [Picture(*row) for row in r.connection.execute(asked)]


def dots(r: Reader, numbers: Collection[int]) -> dict[int, bytes]:
    """Give the dots of some photos."""
    c = picture_look.c
    found: dict[int, bytes] = {}
    for part in portions(numbers):
        asked = select(c.source, c.dots).where(c.source.in_(part))
        found |= pairs(r.connection.execute(asked))
    return found


def living(r: Reader, numbers: Iterable[int]) -> dict[int, str]:
    """Name those of some sources that are not deleted."""
    found: dict[int, str] = {}
    for part in portions(set(numbers)):
        asked = select(_source.n).where(_source.n.in_(part), _source.deleted == 0)
        found |= ids_of(r, r.connection.execute(asked).scalars())
    return found


def remember_texts(w: Writer, found: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Keep the keys of the texts of some sources; a second text of a source adds its keys."""
    numbers = _numbers(w, [source for source, _ in found])
    wanted = {key for _, keys in found for key in keys}
    taken = {key: set(held) for key, held in holders(w, wanted).items()}
    rows = []
    for source, keys in found:
        for key in keys:
            held = taken.setdefault(key, set())
            if len(held) < HOLDERS and numbers[source] not in held:
                held.add(numbers[source])
                rows.append({"key": key, "source": numbers[source]})
    if rows:
        w.connection.execute(insert(text_key), rows)


def remember_pictures(w: Writer, found: Sequence[tuple[str, int, bytes, bytes]]) -> None:
    """Keep the looks of some photos: source, mean grey, key, dots."""
    numbers = _numbers(w, [source for source, *_ in found])
    rows = [
        {"source": numbers[source], "mean": mean, "key": key, "dots": dots}
        for source, mean, key, dots in found
    ]
    if rows:
        w.connection.execute(insert(picture_look).prefix_with("OR REPLACE"), rows)


def remember_done(w: Writer, sources: Sequence[str]) -> None:
    """Note that the likeness of these sources is known."""
    rows = [{"source": number} for number in _numbers(w, sources).values()]
    if rows:
        w.connection.execute(insert(likeness).prefix_with("OR IGNORE"), rows)


def unknown(r: Reader, most: int) -> list[str]:
    """Name some sources whose likeness is not known here, such as those of a colleague."""
    known = select(likeness.c.source)
    asked = (
        select(record.c.id)
        .join(VIEWS["source"], _source.n == record.c.n)
        .where(_source.n.not_in(known), _source.deleted == 0)
        .limit(most)
    )
    return list(r.connection.execute(asked).scalars())


def _numbers(r: Reader, ids: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in portions(ids):
        asked = select(record.c.id, record.c.n).where(record.c.id.in_(part))
        found |= pairs(r.connection.execute(asked))
    return found
