"""Make a case of many sources without reading files: `make_case.py FOLDER [COUNT]`.

The texts are made of invented words by a fixed rule, so that two runs give the same texts. Drafts
go through the ordinary import; only the extractors are left out.
"""

import io
import random
import sys
import time
from pathlib import Path

from casefile.model.draft import Draft
from casefile.model.ids import new_id
from casefile.model.values import DateValue
from casefile.model.zone import Zone
from casefile.services import find
from casefile.services.desk import Desk, create_desk
from casefile.services.intake import Incoming, Outcome, Told, commit
from casefile.services.places import Places

BATCH = 50
_SYLLABLES = [
    "ka",
    "ne",
    "ri",
    "to",
    "mal",
    "sen",
    "dor",
    "vi",
    "lau",
    "pe",
    "shi",
    "gra",
    "ol",
    "tum",
    "be",
    "ros",
]
_WORDS = [
    "".join(_SYLLABLES[(rank >> shift) & 15] for shift in (0, 4, 8, 12)[: 1 + rank % 4])
    for rank in range(60_000)
]
_PARETO = -1 / 0.9
_ARABIC = [
    "محطة",
    "المياه",
    "تل",
    "مارون",
    "النهر",
    "القرية",
    "سكان",
    "الطريق",
    "الشمالي",
    "الجسر",
    "مصدر",
    "محلي",
]
_RUSSIAN = [
    "станция",
    "вода",
    "колонна",
    "дорога",
    "деревня",
    "мост",
    "источник",
    "жители",
    "утро",
    "север",
]


def words(rnd: random.Random, count: int, language: str) -> str:
    """Give so many words; common ones are common, as in real texts."""
    own = {"ar": _ARABIC, "ru": _RUSSIAN}.get(language)
    if own:
        return " ".join(rnd.choices(own, k=count))
    chance = rnd.random
    return " ".join([_WORDS[int((1 - chance()) ** _PARETO) % len(_WORDS)] for _ in range(count)])


def draft(rnd: random.Random, number: int) -> Draft:
    """Give one article of some 500 words."""
    language = rnd.choices(["en", "ar", "ru"], [8, 1, 1])[0]
    title = f"{words(rnd, 7, language)} {number}"
    body = "\n\n".join(words(rnd, 60, language) for _ in range(8))
    text = f"{title}\n\n{body}"
    day = f"20{rnd.randrange(10, 27):02}-{rnd.randrange(1, 13):02}-{rnd.randrange(1, 29):02}"
    return Draft(
        kind=rnd.choices(["article", "pdf", "photo"], [7, 2, 1])[0],
        media_type="text/html",
        extractor="benchmark",
        version="1",
        text=text,
        zones=(Zone("headline", 0, len(title)), Zone("body", len(title) + 2, len(text))),
        title=title,
        language=language,
        publisher=f"Outlet {number % 37}",
        published=DateValue(text=day, edtf=day, earliest=day, latest=day),
    )


def fill(desk: Desk, count: int) -> None:
    """Put so many sources into a case."""
    rnd = random.Random(7)
    told = Told(None, None, desk.person, "benchmark")
    act = new_id()
    for start in range(0, count, BATCH):
        batch = []
        for number in range(start, min(count, start + BATCH)):
            made = draft(rnd, number)
            stored = desk.store.objects.put(io.BytesIO(made.text.encode()), limit=1 << 20)
            name = f"{number:06}.html"
            batch.append((Incoming(name, name, stored, None, new_id()), Outcome(made)))
        commit(desk, batch, act=act, told=told)


def main() -> None:
    """Make the case and its index, and say how long it took."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    began = time.perf_counter()
    with create_desk(folder, Places.of_system(), "Many sources") as desk:
        fill(desk, count)
        stored = time.perf_counter()
        find.catch_up(desk)
        done = time.perf_counter()
    print(f"{count} sources stored in {stored - began:.1f} s, indexed in {done - stored:.1f} s")


if __name__ == "__main__":
    main()
