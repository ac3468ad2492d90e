"""How each kind of zone is set: role of the type scale, colour, space, indent, bar."""

from dataclasses import dataclass

from casefile.strings import later, tr


@dataclass(frozen=True, slots=True)
class Style:
    """Lengths are pixels at 100 %; `before` is the space above, `bar` a line at the start side."""

    role: str
    color: str = "text"
    before: float = 11
    indent: float = 0
    bar: bool = False


_BODY = Style("body")
STYLES: dict[str, Style] = {
    "section": Style("section", "text2", 4),
    "headline": Style("headline", "text", 10),
    "byline": Style("meta", "text2", 10),
    "dateline": Style("meta", "text2", 10),
    "published": Style("meta", "text2", 7),
    "updated": Style("meta", "text2", 7),
    "summary": Style("body", "text2", 12),
    "lead": Style("body", "text", 12),
    "body": _BODY,
    "heading": Style("heading", "text", 20),
    "subheading": Style("subheading", "text", 18),
    "list": Style("body", "text", 6, 14),
    "quote": Style("body", "text", 12, 14, bar=True),
    "pull quote": Style("pull", "text", 16, 14, bar=True),
    "caption": Style("caption", "text2", 12),
    "credit": Style("caption", "text2", 4),
    "boilerplate": Style("caption", "text2", 6),
}
_LABELS = {
    "section": later("section"),
    "headline": later("headline"),
    "byline": later("byline"),
    "dateline": later("dateline"),
    "published": later("published"),
    "updated": later("updated"),
    "summary": later("summary"),
    "lead": later("lead"),
    "body": later("body"),
    "heading": later("heading"),
    "subheading": later("heading"),
    "list": later("list"),
    "quote": later("quote"),
    "pull quote": later("pull quote"),
    "caption": later("caption"),
    "credit": later("credit"),
    "boilerplate": later("furniture"),
}


def style_of(kind: str) -> Style:
    """Give the style of a kind of zone; an unknown kind is set as body."""
    return STYLES.get(kind, _BODY)


def label_of(kind: str) -> str:
    """Give the name of a kind of zone as the gutter shows it."""
    return tr(_LABELS[kind]) if kind in _LABELS else kind
