"""Print how well saved pages and texts are read, beside trafilatura on the same pages.

Usage: `python tests/benchmarks/articles.py [corpora] [--pages]`. Body F1, captions and credits are scored as
the corpora's README says; `--pages` prints one line a page. Nothing here passes or fails.
"""

import argparse
import gzip
import json
import re
import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casefile.extract import html, saved_text
from casefile.extract.context import Context
from casefile.extract.html_libraries import trafilatura
from casefile.model.draft import Draft
from casefile.model.zone import BODY_KINDS

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
SHINGLE = 4
ALIKE = 0.8


@dataclass(frozen=True)
class Page:
    """A page and what is known of it; `None` is not known."""

    name: str
    file: Path
    body: str
    gold: dict[str, Any] | None = None

    def bytes(self) -> bytes:
        data = self.file.read_bytes()
        return gzip.decompress(data) if self.file.suffix == ".gz" else data


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


@dataclass
class Facts:
    """The facts beside the body, counted over the pages of a corpus."""

    captions: Tally = field(default_factory=Tally)
    credits: Tally = field(default_factory=Tally)
    titles: Tally = field(default_factory=Tally)
    authors: Tally = field(default_factory=Tally)
    dates: Tally = field(default_factory=Tally)


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


def aeb(corpora: Path) -> Iterator[Page]:
    folder = corpora / "articles_aeb"
    for name, known in json.loads((folder / "ground-truth.json").read_text()).items():
        yield Page(name[:12], folder / "html" / f"{name}.html.gz", known["articleBody"])


def fundus(corpora: Path) -> Iterator[Page]:
    folder = corpora / "articles_fundus"
    for name, known in json.loads((folder / "gold.json").read_text()).items():
        parts = list(known["summary"])
        for section in known["sections"]:
            parts += section["headline"] + section["paragraphs"]
        yield Page(name.removesuffix(".html.gz"), folder / name, "\n".join(parts), known)


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
            facts.credits.there += 1
            facts.credits.hits += any(
                all(norm(a) in norm(found.credit) for a in image["authors"])
                and (
                    not image.get("caption")
                    or token_f1(image["caption"], found.caption or "") >= ALIKE
                )
                for found in draft.images
            )


def count_facts(draft: Draft, gold: dict[str, Any], facts: Facts) -> None:
    count_images(draft, gold["images"], facts)
    for tally in (facts.titles, facts.authors, facts.dates):
        tally.there += 1
    facts.titles.hits += norm(gold["title"]) == norm(draft.title)
    facts.authors.hits += set(map(norm, gold["authors"])) == set(map(norm, draft.byline))
    day = draft.published.edtf if draft.published else None
    facts.dates.hits += (gold["publishing_date"] or "")[:10] == (day or "")


def measure(name: str, pages: Sequence[Page], *, each: bool) -> None:
    """Read the pages of a corpus and print what was found."""
    ours, theirs, times, facts = [], [], [], Facts()
    for page in pages:
        data = page.bytes()
        start = time.perf_counter()
        draft = html.read(data, Context(page.name))
        times.append(time.perf_counter() - start)
        draft.check()
        ours.append((page.body, body_of(draft)))
        theirs.append((page.body, trafilatura.extract(data, include_comments=False) or ""))
        if page.gold is not None:
            count_facts(draft, page.gold, facts)
        if each:
            print(
                f"  {page.name:40} {body_scores(ours[-1:])[0]:.3f} {body_scores(theirs[-1:])[0]:.3f}"
            )
    for who, pairs in (("casefile", ours), ("trafilatura", theirs)):
        print(
            f"{name}: body F1 {{:.4f}} (P {{:.3f}}, R {{:.3f}})  {who}".format(*body_scores(pairs))
        )
    print(
        f"{name}: {len(pages)} pages, {1000 * statistics.fmean(times):.0f} ms a page, longest {1000 * max(times):.0f} ms"
    )
    if facts.titles.there:
        print(
            f"{name}: captions recall {facts.captions.recall():.3f} precision {facts.captions.precision():.3f}, credits recall {facts.credits.recall():.3f}"
        )
        print(
            f"{name}: title {facts.titles.recall():.3f}, author set {facts.authors.recall():.3f}, date {facts.dates.recall():.3f}"
        )


def measure_text(name: str, pages: Sequence[Page]) -> None:
    """Read the same pages as text only, menus and all, one paragraph a line, as browsers save it."""
    pairs, articles = [], 0
    for page in pages:
        text = html.read(page.bytes(), Context(page.name)).text
        draft = saved_text.read(text.encode(), Context(page.name))
        draft.check()
        articles += draft.kind == "article"
        pairs.append((page.body, body_of(draft)))
    print(
        f"{name} as bare text: body F1 {body_scores(pairs)[0]:.3f}, {articles} of {len(pages)} taken for an article"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", nargs="?", type=Path, default=CORPORA)
    arguments.add_argument("--pages", action="store_true", help="one line a page")
    chosen = arguments.parse_args()
    if not chosen.corpora.is_dir():
        print(f"{chosen.corpora} is not here; nothing to measure")
        return
    html.warm()
    corpora: tuple[tuple[str, Callable[[Path], Iterator[Page]]], ...] = (
        ("articles_aeb", aeb),
        ("articles_fundus", fundus),
    )
    for name, pages in corpora:
        measure(name, list(pages(chosen.corpora)), each=chosen.pages)
    for name, pages in corpora:
        measure_text(name, list(pages(chosen.corpora)))


if __name__ == "__main__":
    main()
