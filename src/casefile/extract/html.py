"""Saved web pages: all of their text, what each part of it is, and what the page says of itself."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from casefile.extract import budget, language
from casefile.extract.article_body import answer_of, body_blocks, prose_blocks, words_of
from casefile.extract.article_refine import refine
from casefile.extract.article_zones import Piece, make_zones
from casefile.extract.captured import original_of, saved_from
from casefile.extract.context import Context
from casefile.extract.decode import Decoded, declared_in, decode
from casefile.extract.html_blocks import Block, join, lacks_text, read_blocks
from casefile.extract.html_frames import framed_blocks
from casefile.extract.html_quality import trouble_with
from casefile.extract.html_title import title_of
from casefile.extract.html_tree import (
    Element,
    outside_tags,
    parse_all,
    parse_for_libraries,
)
from casefile.extract.html_zones import Zoned, body_kind, zone_blocks
from casefile.extract.metadata import Facts, read_facts
from casefile.extract.metadata_authors import find_authors
from casefile.extract.metadata_published import find_said, search_published
from casefile.model.draft import Draft
from casefile.model.values import DateValue

T = TypeVar("T")
EXTRACTOR = "html"
VERSION = "2"
MEDIA_TYPE = "text/html"
# No article is so long: what is larger is a log, a list or a book, and is read as such.
_MOST_BLOCKS, _MOST_LETTERS = 15_000, 1_500_000
_ARTICLE_SHARE = 0.35  # of the CPU time of a file
_DATE_SHARE = 0.15
_ARTICLE_WORDS = 40
_SAMPLE_PARAGRAPH = (
    "The council met on Monday to hear the report about the bridge, and it agreed, after a long debate"
    " with many speakers, that the works should begin in spring and should end before the winter."
)
SAMPLES = (
    (
        "<!--\n Page saved with SingleFile \n url: https://example.org/a"
        "\n saved date: Wed Apr 03 2024 12:00:00 GMT+0200 (here)\n-->"
        "<html lang=en><head><title>A bridge</title><meta name=author content='Jane Roe'>"
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A bridge"}</script>'
        "</head><body><article><h1>A bridge</h1><p>By Jane Roe, 3 April 2024, updated yesterday</p>"
        + f"<p>{_SAMPLE_PARAGRAPH}</p>"
        * 6
        + "<figure><img src=a.jpg><figcaption>The bridge. Photo: X / AFP</figcaption></figure>"
        "<table><tr><td>1<td>2</table><blockquote>Words.</blockquote></article></body></html>"
    ).encode(),
    f"<html><body><div>Posted on 12 mars 2021<p>{_SAMPLE_PARAGRAPH}</p></div></body></html>".encode(),
    "<html><body><p>Пятница, 3 апреля 2020 года<p>الجمعة ٣ نيسان ٢٠٢٠</body></html>".encode(),
)


def warm() -> None:
    """Import and load all that reading needs; afterwards it opens no file."""
    language.warm()
    for sample in SAMPLES:
        read(sample, Context("sample.html"))


def read(data: bytes, context: Context) -> Draft:
    """Read one page; whatever the bytes are, their text is kept.

    `parameters["declared"]` is what the server said the encoding is.
    """
    told = context.parameters.get("declared")
    declared = str(told) if told else declared_in(data)
    return read_page(decode(data, declared, context.parameters), context)


def read_page(decoded: Decoded, context: Context, frames: Mapping[str, str] | None = None) -> Draft:
    """Read one decoded page; `frames` are pages that it shows inside, by their address."""
    root, whole = parse_all(decoded.text)
    if root is None:
        return _bare(decoded, context, "there is no readable markup in the page")
    blocks, hidden = read_blocks(root)
    if lacks_text(decoded.text, blocks, hidden, whole=whole):
        return _bare(decoded, context, "the markup is damaged or too deep; its text has no order")
    if len(blocks) > _MOST_BLOCKS or (blocks and blocks[-1].end > _MOST_LETTERS):
        return _large(_Page(root, blocks, decoded), context)
    try:
        return _article(_Page(root, blocks, decoded), context, frames or {})
    except budget.OutOfTime:
        return _large(_Page(root, blocks, decoded), context)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was parsed."""

    root: Element
    blocks: list[Block]
    decoded: Decoded


def _article(page: _Page, context: Context, frames: Mapping[str, str]) -> Draft:
    """Tell what each part of a page is."""
    root, blocks, decoded = page.root, page.blocks, page.decoded
    watch = _Watch(context.limits.cpu_seconds)
    facts = read_facts(root)
    zoned = _zone(blocks, decoded.text, facts, watch)
    published, where = _published(root, decoded.text, facts, zoned, watch)
    title = title_of(zoned, facts)
    trouble = trouble_with(root, decoded.text, blocks, zoned.body, facts.window or title)
    framed, all_there = framed_blocks(root, frames)
    text = join([*blocks, *framed])
    saved = saved_from(decoded.text)
    images = zoned.captions.pictures.facts if zoned.captions else []
    return Draft(
        kind="article" if _is_article(zoned, facts) and not trouble else "other",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=text,
        zones=make_zones(text, zoned.pieces),
        title=title,
        section=facts.section or zoned.section,
        byline=find_authors(root, facts, zoned.names),
        dateline=zoned.dateline,
        publisher=facts.publisher,
        language=_language(zoned, text) or facts.language,
        url=saved.url or original_of(facts.url or facts.canonical),
        canonical_url=original_of(facts.canonical),
        published=published,
        published_from=where,
        captured_at=saved.at,
        captured_url=saved.url,
        images=tuple(images),
        warnings=tuple(filter(None, (trouble, *decoded.warnings, *watch.warnings))),
        complete=all_there,
        reason=None if all_there else "a frame in the page is damaged or too deep to be read whole",
    )


def _language(zoned: Zoned, text: str) -> str | None:
    """Identify the language of the article; a page of a few words is its headline and summary, too."""
    head = (text[p.start : p.end] for p in zoned.pieces if p.kind in ("headline", "summary"))
    words = "\n".join([*head, zoned.body]) if zoned.body else text
    return language.identify(words)


class _Watch:
    """The time that a library may take for one page; what it did not finish is said."""

    def __init__(self, cpu_seconds: float) -> None:
        self._seconds = cpu_seconds
        self.warnings: list[str] = []

    def run(self, share: float, work: Callable[[], T], otherwise: T, warning: str) -> T:
        """Give what `work` gives, or `otherwise` when it takes more than a share of the time."""
        if threading.current_thread() is not threading.main_thread():
            return work()
        try:
            with budget.at_most(self._seconds * share):
                return work()
        except budget.OutOfTime:
            self.warnings.append(warning)
            return otherwise


def _zone(blocks: list[Block], markup: str, facts: Facts, watch: _Watch) -> Zoned:
    """Find the article among the blocks and say what each block is."""

    def ask() -> str:
        tree = parse_for_libraries(markup)
        return answer_of(tree) if tree is not None else ""

    answer = watch.run(_ARTICLE_SHARE, ask, "", "the page is too large to tell its article apart")
    body = body_blocks(blocks, answer)
    if not body:
        body = body_blocks(blocks, facts.linked.body or "") or prose_blocks(blocks)
    return zone_blocks(blocks, refine(blocks, body), facts)


def _published(
    root: Element, markup: str, facts: Facts, zoned: Zoned, watch: _Watch
) -> tuple[DateValue | None, str | None]:
    said = find_said(root, facts, zoned.published)
    if said[0] is not None:
        return said

    def search() -> tuple[DateValue | None, str | None]:
        tree = parse_for_libraries(markup)
        return (None, None) if tree is None else search_published(tree, facts)

    nothing: tuple[DateValue | None, str | None] = (None, None)
    return watch.run(_DATE_SHARE, search, nothing, "the page is too large to look for its date")


def _large(page: _Page, context: Context) -> Draft:
    """Give all text of a page that is far larger than any article, without looking for one."""
    root, blocks, decoded = page.root, page.blocks, page.decoded
    facts = read_facts(root)
    published, where = find_said(root, facts, None)
    saved = saved_from(decoded.text)
    text = join(blocks)
    return Draft(
        kind="other",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=text,
        zones=make_zones(text, (Piece(b.start, b.end, body_kind(b, "")) for b in blocks)),
        title=facts.titles[0] if facts.titles else None,
        publisher=facts.publisher,
        language=language.identify(text) or facts.language,
        url=saved.url or original_of(facts.url or facts.canonical),
        canonical_url=original_of(facts.canonical),
        published=published,
        published_from=where,
        captured_at=saved.at,
        captured_url=saved.url,
        warnings=(*decoded.warnings, "the page is too large to tell its article apart"),
    )


def _bare(decoded: Decoded, context: Context, reason: str) -> Draft:
    """Give what stands outside tags as it stands: one body zone over it."""
    text = "\n".join(outside_tags(decoded.text))
    return Draft(
        kind="other",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=text,
        zones=make_zones(text, (Piece(0, len(text), "body"),)),
        language=language.identify(text),
        warnings=decoded.warnings,
        complete=False,
        reason=reason,
    )


def _is_article(zoned: Zoned, facts: Facts) -> bool:
    return len(words_of(zoned.body)) >= _ARTICLE_WORDS or bool(facts.linked.headline and zoned.body)
