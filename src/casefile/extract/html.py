"""Saved web pages: all of their text, what each part of it is, and what the page says of itself."""

from datetime import UTC, datetime

import lxml.html

from casefile.extract import language
from casefile.extract.article_body import answer_of, body_blocks, prose_blocks, words_of
from casefile.extract.article_refine import refine
from casefile.extract.article_zones import make_zones
from casefile.extract.context import Context
from casefile.extract.decode import Decoded, declared_in, decode
from casefile.extract.html_blocks import Block, join, read_blocks
from casefile.extract.html_tree import Saved, count_letters, parse, saved_from
from casefile.extract.html_zones import Zoned, zone_blocks
from casefile.extract.metadata import Facts, read_facts
from casefile.extract.metadata_authors import find_authors
from casefile.extract.metadata_published import find_published
from casefile.model.draft import Draft
from casefile.model.zone import Zone

EXTRACTOR = "html"
VERSION = "1"
MEDIA_TYPE = "text/html"
_KEPT = 0.5  # share of the letters between tags that the tree must hold
_FEW = 400  # letters; below it the two counts differ for harmless reasons
_ARTICLE_WORDS = 40
_OVERLINE = 4  # words of the topic that some pages print inside the headline
# SingleFile writes what JavaScript prints: "Wed Apr 03 2024 12:00:00 GMT+0200 (name of the zone)".
_SAVED_FORMAT = "%a %b %d %Y %H:%M:%S GMT%z"
_SAMPLE_PARAGRAPH = (
    "The council met on Monday to hear the report about the bridge, and it agreed, after a long debate"
    " with many speakers, that the works should begin in spring and should end before the winter."
)
SAMPLES = (
    (
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
    """Read one page; whatever the bytes are, their text is kept."""
    decoded = decode(data, declared_in(data), context.parameters)
    root = parse(decoded.text)
    if root is None:
        return _plain(decoded, context, "there is no readable markup in the page")
    blocks, hidden = read_blocks(root)
    facts = read_facts(root)
    zoned = _zone(blocks, decoded.text, facts)
    text = join(blocks)
    spare = parse(decoded.text)
    published, where = (None, None)
    if spare is not None:
        published, where = find_published(root, spare, facts, zoned.published)
    saved = saved_from(decoded.text)
    images = zoned.captions.pictures.facts if zoned.captions else []
    reason = _loss(decoded.text, root, text, hidden)
    return Draft(
        kind="article" if _is_article(zoned, facts) else "other",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=text,
        zones=make_zones(text, zoned.pieces),
        title=_title(zoned, facts),
        section=facts.section or zoned.section,
        byline=find_authors(root, facts, zoned.names),
        dateline=zoned.dateline,
        publisher=facts.publisher,
        language=language.identify(zoned.body or text) or facts.language,
        url=saved.url or facts.url or facts.canonical,
        canonical_url=facts.canonical,
        published=published,
        published_from=where,
        captured_at=_instant(saved),
        images=tuple(images),
        warnings=decoded.warnings,
        complete=reason is None,
        reason=reason,
    )


def _zone(blocks: list[Block], markup: str, facts: Facts) -> Zoned:
    """Find the article among the blocks and say what each block is."""
    tree = parse(markup)
    answer = answer_of(tree) if tree is not None else ""
    body = body_blocks(blocks, answer)
    if not body:
        body = body_blocks(blocks, facts.linked.body or "") or prose_blocks(blocks)
    return zone_blocks(blocks, refine(blocks, body), facts)


def _plain(decoded: Decoded, context: Context, reason: str) -> Draft:
    """Give what was decoded as it stands: one body zone over it."""
    text = decoded.text
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    return Draft(
        kind="other",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=text,
        zones=(Zone("body", start, end),) if start < end else (),
        warnings=decoded.warnings,
        complete=False,
        reason=reason,
    )


def _loss(markup: str, root: lxml.html.HtmlElement, text: str, hidden: int) -> str | None:
    """Compare the text with a count that knows no tree; a sentence where much is missing."""
    counted = count_letters(markup)
    ours = len("".join(text.split())) + hidden
    if counted > _FEW and ours < _KEPT * counted and _tree_letters(root) < _KEPT * counted:
        return "the page's markup is damaged; a part of its text could not be read"
    return None


def _tree_letters(root: lxml.html.HtmlElement) -> int:
    return len("".join("".join(root.itertext()).split()))


def _is_article(zoned: Zoned, facts: Facts) -> bool:
    return len(words_of(zoned.body)) >= _ARTICLE_WORDS or bool(facts.linked.headline and zoned.body)


def _title(zoned: Zoned, facts: Facts) -> str | None:
    """Give the headline as printed, without a line of its own above it, else what the head says."""
    printed = " ".join((zoned.headline or "").split())
    if not printed:
        return facts.titles[0] if facts.titles else None
    words = words_of(printed)
    for title in facts.titles[:-1]:
        said = words_of(title)
        over = words[: -len(said)] if said else ()
        if 0 < len(over) <= _OVERLINE and len(said) >= _OVERLINE and words[-len(said) :] == said:
            return title
    # Two words that a page sets in two lines may have grown together in its markup.
    same = [t for t in facts.titles if "".join(words_of(t)) == "".join(words)]
    return max([printed, *same], key=len)


def _instant(saved: Saved) -> str | None:
    """Give the time of saving as UTC ISO text with milliseconds."""
    if saved.date is None:
        return None
    try:
        moment = datetime.strptime(saved.date.partition(" (")[0], _SAVED_FORMAT).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
