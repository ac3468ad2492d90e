"""Plain text as saved from a browser: the words as they stand, and what each part of them is."""

from casefile.extract import language
from casefile.extract.article_zones import make_zones, trimmed
from casefile.extract.context import Context
from casefile.extract.decode import Decoded, decode
from casefile.extract.saved_text_lines import read_paragraphs
from casefile.extract.saved_text_zones import Article, find_article
from casefile.model.draft import Draft
from casefile.model.zone import Zone

EXTRACTOR = "saved text"
VERSION = "1"
MEDIA_TYPE = "text/plain"
SAMPLES = (b"The bridge over the river is open again, the council said on Monday.\n",)
_LONGEST_LOOKED_AT = 2_000_000  # code points; a larger text is no article


def warm() -> None:
    """Load the language model."""
    language.warm()


def read(data: bytes, context: Context) -> Draft:
    """Read a text; one that is no article becomes a note with one body zone."""
    decoded = decode(data, None, context.parameters)
    article = None
    if len(decoded.text) <= _LONGEST_LOOKED_AT:
        article = find_article(read_paragraphs(decoded.text), decoded.text)
    return _note(decoded, context) if article is None else _article(decoded, context, article)


def _note(decoded: Decoded, context: Context) -> Draft:
    text = decoded.text
    start, end = trimmed(text, 0, len(text))
    return Draft(
        kind="note",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=text,
        zones=(Zone("body", start, end),) if start < end else (),
        language=language.identify(text),
        warnings=decoded.warnings,
    )


def _article(decoded: Decoded, context: Context, article: Article) -> Draft:
    head = article.head
    return Draft(
        kind="article",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=decoded.text,
        zones=make_zones(decoded.text, article.pieces),
        title=article.title,
        section=article.section,
        byline=head.names,
        dateline=head.dateline,
        language=language.identify(article.body),
        url=article.url,
        published=head.published,
        published_from="as printed" if head.published else None,
        images=tuple(article.pictures.facts),
        warnings=decoded.warnings,
    )
