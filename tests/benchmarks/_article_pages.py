"""The pages of the shared corpora with what is known of each."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page and what is known of it; None is not known."""

    corpus: str
    name: str
    file: Path
    body: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    images: tuple[dict[str, Any], ...] | None = None
    inside: tuple[str, ...] = ()  # words that the body must hold
    outside: tuple[str, ...] = ()  # and must not
    country: str | None = None

    @property
    def half(self) -> str:
        """Its half of the corpus: errors of the first may be looked at, those of the second not."""
        return "AB"[hashlib.sha256(self.name.encode()).digest()[0] & 1]

    def bytes(self) -> bytes:
        data = self.file.read_bytes()
        return gzip.decompress(data) if self.file.suffix == ".gz" else data


def every_page(corpora: Path) -> Iterator[Page]:
    for pages in (aeb, fundus, creative, readability, newspaper, dated):
        yield from pages(corpora)


def aeb(corpora: Path) -> Iterator[Page]:
    folder = corpora / "articles_aeb"
    for name, known in json.loads((folder / "ground-truth.json").read_text()).items():
        file = folder / "html" / f"{name}.html.gz"
        yield Page(corpus="aeb", name=name[:12], file=file, body=known["articleBody"])


def fundus(corpora: Path) -> Iterator[Page]:
    folder = corpora / "articles_fundus"
    for name, known in json.loads((folder / "gold.json").read_text()).items():
        parts = list(known["summary"])
        for section in known["sections"]:
            parts += section["headline"] + section["paragraphs"]
        yield Page(
            corpus="fundus",
            name=name.removesuffix(".html.gz"),
            file=folder / name,
            body="\n".join(parts),
            title=known["title"],
            authors=tuple(known["authors"]),
            date=(known["publishing_date"] or "")[:10],
            images=tuple(known["images"]),
            country=known["country"],
        )


def creative(corpora: Path) -> Iterator[Page]:
    folder = corpora / "articles_cc"
    for name, known in json.loads((folder / "gold.json").read_text()).items():
        author = known.get("author")
        yield Page(
            corpus="cc",
            name=name,
            file=folder / "html" / name,
            title=known.get("title"),
            authors=tuple(author.split("; ")) if author else None,
            date=known.get("date"),
            inside=tuple(known.get("with") or ()),
            outside=tuple(known.get("without") or ()),
        )


def readability(corpora: Path) -> Iterator[Page]:
    for folder in sorted(p for p in (corpora / "articles_readability").iterdir() if p.is_dir()):
        known = json.loads((folder / "expected-metadata.json").read_text())
        tree = lxml.html.fromstring((folder / "expected.html").read_text())
        yield Page(
            corpus="readability",
            name=folder.name,
            file=folder / "source.html",
            body="\n".join(text for text in tree.itertext() if text.strip()),
            title=known.get("title"),
            date=(known.get("publishedTime") or "")[:10] or None,
        )


def newspaper(corpora: Path) -> Iterator[Page]:
    folder = corpora / "articles_newspaper4k"
    for file in sorted(folder.glob("*.html")):
        facts = file.with_suffix(".json")
        known = json.loads(facts.read_text()) if facts.exists() else {}
        yield Page(
            corpus="newspaper4k",
            name=file.stem,
            file=file,
            body=file.with_suffix(".txt").read_text(),
            title=known.get("title"),
            date=str(known.get("publish_date") or "")[:10] or None,
        )


def dated(corpora: Path) -> Iterator[Page]:
    folder = corpora / "articles_dates"
    for name, known in json.loads((folder / "gold.json").read_text()).items():
        yield Page(corpus="dates", name=name, file=folder / "html" / name, date=str(known["date"]))
