"""Print how well saved pages and texts are read, beside trafilatura on the same pages.

Usage: `python tests/benchmarks/articles.py [corpora] [--pages]`. Scores are those of the corpora's README. Each corpus
is parted in two by a hash of the pages' names: errors of half A may be looked at, those of half B not; both are printed, so that
rules made for single pages show. `--pages` prints one line a page of half A. Nothing here passes or fails.
"""

import argparse
import logging
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from _article_languages import print_languages
from _article_pages import Page, every_page

from casefile.extract import html, html_quality, saved_text
from casefile.extract.context import Context
from casefile.extract.html_libraries import trafilatura
from casefile.model.draft import Draft
from casefile.model.zone import BODY_KINDS

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
SHINGLE = 4
ALIKE = 0.8
WALLS = {html_quality.CHECK, html_quality.LOG_IN, html_quality.COOKIES, html_quality.EMPTY}
NO_DAY = "nan"  # of a page that says no day of publication


@dataclass
class Tally:
    """Hits, what there was to hit, and what was given."""

    hits: int = 0
    there: int = 0
    given: int = 0
    good: int = 0

    def recall(self) -> float:
        return self.hits / max(1, self.there)

    def precision(self) -> float:
        return self.good / max(1, self.given)

    def add(self, hit: bool) -> bool:
        self.there += 1
        self.hits += hit
        return hit


@dataclass
class Facts:
    """What was found in the pages of a corpus, counted."""

    captions: Tally = field(default_factory=Tally)
    credits: Tally = field(default_factory=Tally)
    titles: Tally = field(default_factory=Tally)
    authors: Tally = field(default_factory=Tally)
    dates: Tally = field(default_factory=Tally)
    inside: Tally = field(default_factory=Tally)
    outside: Tally = field(default_factory=Tally)
    alarms: Tally = field(default_factory=Tally)
    bodies: list[tuple[str, str]] = field(default_factory=list)


def norm(words: str | None) -> str:
    plain = unicodedata.normalize("NFKC", words or "").casefold()
    return re.sub(r"\W+", " ", plain).strip()


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def body_scores(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Give F1, precision and recall: means over pages, as the article benchmark has them."""
    precisions, recalls = [], []
    for gold, found in pairs:
        wanted, given = shingles(gold), shingles(found)
        common = sum((wanted & given).values())
        if given:
            precisions.append(common / sum(given.values()))
        if wanted:
            recalls.append(common / sum(wanted.values()))
    p, r = statistics.fmean(precisions or [0]), statistics.fmean(recalls or [0])
    return (2 * p * r / (p + r) if p + r else 0.0), p, r


def token_f1(one: str, other: str) -> float:
    a, b = Counter(norm(one).split()), Counter(norm(other).split())
    both = sum((a & b).values())
    return 2 * both / max(1, sum(a.values()) + sum(b.values()))


def body_of(draft: Draft) -> str:
    return "\n".join(z.of(draft.text) for z in draft.zones if z.kind in BODY_KINDS) or draft.text


def count_images(draft: Draft, gold: Sequence[dict[str, Any]], facts: Facts) -> None:
    captioned = [image for image in gold if image.get("caption")]
    given = [image.caption for image in draft.images if image.caption]
    facts.captions.there += len(captioned)
    facts.captions.given += len(given)
    for image in captioned:
        facts.captions.hits += any(token_f1(image["caption"], c) >= ALIKE for c in given)
    for caption in given:
        facts.captions.good += any(token_f1(i["caption"], caption) >= ALIKE for i in captioned)
    for image in gold:
        if image["authors"]:
            facts.credits.add(any(_credits(image, found) for found in draft.images))


def _credits(image: dict[str, Any], found: Any) -> bool:
    named = all(norm(author) in norm(found.credit) for author in image["authors"])
    said = image.get("caption")
    return named and (not said or token_f1(said, found.caption or "") >= ALIKE)


def count_segments(page: Page, text: str, facts: Facts) -> None:
    flat = " ".join(text.split())
    for words in page.inside:
        facts.inside.add(" ".join(words.split()) in flat)
    for words in page.outside:
        facts.outside.add(" ".join(words.split()) not in flat)


def count_page(page: Page, draft: Draft, facts: Facts) -> list[str]:
    """Count what was found in a page; give the names of the facts that it lacks."""
    missed = []
    if page.body is not None:
        facts.bodies.append((page.body, body_of(draft)))
    if page.images is not None:
        count_images(draft, page.images, facts)
    if page.title and not facts.titles.add(norm(page.title) == norm(draft.title)):
        missed.append("title")
    if page.authors is not None:
        same = set(map(norm, page.authors)) == set(map(norm, draft.byline))
        if not facts.authors.add(same):
            missed.append("authors")
    day = draft.published.edtf if draft.published else None
    if page.date and not facts.dates.add((None if page.date == NO_DAY else page.date) == day):
        missed.append("date")
    count_segments(page, body_of(draft), facts)
    if facts.alarms.add(not WALLS.isdisjoint(draft.warnings)):
        missed.append("alarm")
    return missed


ROWS = (
    ("title equal", "titles"),
    ("author set equal", "authors"),
    ("date", "dates"),
    ("caption recall", "captions"),
    ("credit recall", "credits"),
    ("words of the body in it", "inside"),
    ("other words not in it", "outside"),
)


def print_facts(name: str, ours: Facts, theirs: Facts) -> None:
    """Print the rows of a corpus or of a half of one; peers on the same line."""
    if ours.bodies:
        for who, facts in (("casefile", ours), ("trafilatura", theirs)):
            f1, p, r = body_scores(facts.bodies)
            print(f"{name:22} body F1 {f1:.4f}  P {p:.3f}  R {r:.3f}  {who}")
    for label, key in ROWS:
        mine, other = getattr(ours, key), getattr(theirs, key)
        if mine.there:
            peer = f"   trafilatura {other.recall():.3f}" if other.there else ""
            print(f"{name:22} {label:24} {mine.recall():.3f} of {mine.there}{peer}")
        if key == "captions" and mine.there:
            print(f"{name:22} {'caption precision':24} {mine.precision():.3f} of {mine.given}")
    if ours.alarms.hits:
        print(f"{name:22} good pages called a wall   {ours.alarms.hits} of {ours.alarms.there}")


def theirs_of(page: Page, data: bytes, facts: Facts) -> None:
    """Count what trafilatura finds, strictly: its title and its authors as they are."""
    found = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    said = found.as_dict() if found is not None else {}
    text = said.get("text") or ""
    if page.body is not None:
        facts.bodies.append((page.body, text))
    if page.title:
        facts.titles.add(norm(page.title) == norm(said.get("title")))
    if page.authors is not None:
        names = (said.get("author") or "").split("; ")
        facts.authors.add(set(map(norm, page.authors)) == set(map(norm, filter(None, names))))
    if page.date:
        facts.dates.add((None if page.date == NO_DAY else page.date) == said.get("date"))
    count_segments(page, text, facts)


def measure(pages: Sequence[Page], *, each: bool) -> None:
    """Read the pages of a corpus and print what was found, in all and by halves."""
    ours = {half: Facts() for half in ("", "A", "B")}
    theirs = {half: Facts() for half in ("", "A", "B")}
    times = []
    for page in pages:
        data = page.bytes()
        start = time.process_time()
        draft = html.read(data, Context(page.name))
        times.append(time.process_time() - start)
        draft.check()
        for half in ("", page.half):
            missed = count_page(page, draft, ours[half])
            theirs_of(page, data, theirs[half])
        if each and page.half == "A":
            score = f"{body_scores([(page.body, body_of(draft))])[0]:.3f}" if page.body else "     "
            print(f"  {page.name:44} {score} {' '.join(missed)}")
    name = pages[0].corpus
    for half in ("", "A", "B"):
        print_facts(f"{name} {half}".strip(), ours[half], theirs[half])
    print(
        f"{name:22} {len(pages)} pages, {1000 * statistics.fmean(times):.0f} ms of CPU a page, longest {1000 * max(times):.0f} ms\n"
    )


def measure_text(name: str, pages: Sequence[Page]) -> None:
    """Read the same pages as text only, menus and all, one paragraph a line, as browsers save it."""
    pairs, articles = [], 0
    for page in pages:
        text = html.read(page.bytes(), Context(page.name)).text
        draft = saved_text.read(text.encode(), Context(page.name))
        draft.check()
        articles += draft.kind == "article"
        pairs.append((page.body or "", body_of(draft)))
    print(
        f"{name} as bare text: body F1 {body_scores(pairs)[0]:.3f}, {articles} of {len(pages)} taken for an article"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    arguments.add_argument("--pages", action="store_true", help="one line a page of half A")
    chosen = arguments.parse_args()
    if not chosen.corpora.is_dir():
        print(f"{chosen.corpora} is not here; nothing to measure")
        return
    logging.disable(logging.CRITICAL)
    html.warm()
    every = list(every_page(chosen.corpora))
    for name in dict.fromkeys(page.corpus for page in every):
        measure([page for page in every if page.corpus == name], each=chosen.pages)
    for name in ("aeb", "fundus"):
        measure_text(name, [page for page in every if page.corpus == name])
    print_languages(chosen.corpora, every)


if __name__ == "__main__":
    main()
