"""What word processors write: paragraphs that know what they are, and a draft made of them."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from casefile.extract import language
from casefile.extract.article_dates import day_of, day_value
from casefile.extract.article_names import names_in
from casefile.extract.article_zones import Piece, make_zones
from casefile.extract.context import Context
from casefile.extract.decode import clean
from casefile.extract.html_tree import count_letters
from casefile.extract.limits import Limits
from casefile.extract.saved_text_lines import read_paragraphs
from casefile.extract.saved_text_zones import Article, find_article
from casefile.extract.unknown import Unreadable
from casefile.model.draft import Draft
from casefile.model.values import DateValue

_SPACES = re.compile(r"[ \f\v\r]+")
_KEPT = 0.8  # share of the letters of a second reading that the first must have
_FEW = 60
_LONGEST_LOOKED_AT = 2_000_000  # code points; a larger text is no article
_DAMAGED = "a part of the document is damaged"
CUT_OFF = "the file is cut off or damaged"
TOO_LARGE = "unpacked it is larger than allowed"
_STRICTLY: dict[str, Any] = {
    "huge_tree": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
_STYLES = (
    (re.compile(r"^title$", re.IGNORECASE), "headline"),
    (re.compile(r"^subtitle$", re.IGNORECASE), "summary"),
    (re.compile(r"^heading\s?1$", re.IGNORECASE), "heading"),
    (re.compile(r"^heading\s?\d$", re.IGNORECASE), "subheading"),
    (re.compile(r"^(?:caption|illustration|figure)$", re.IGNORECASE), "caption"),
    (re.compile(r"quot", re.IGNORECASE), "quote"),
    (re.compile(r"^list", re.IGNORECASE), "list"),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its words, and the kind of zone that its style makes it."""

    text: str
    kind: str = "body"


def kind_of_style(name: str) -> str:
    """Give the kind of zone that the name of a paragraph style makes."""
    return next((kind for pattern, kind in _STYLES if pattern.search(name)), "body")


class Collector:
    """Finished paragraphs in order; those of a table are put together row by row."""

    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self._rows: list[list[list[Paragraph]]] = []

    def start_row(self) -> None:
        """Begin a row of a table, which may lie in a cell of another."""
        self._rows.append([])

    def start_cell(self) -> None:
        """Begin a cell."""
        if self._rows:
            self._rows[-1].append([])

    def end_row(self) -> None:
        """Put the row where it belongs."""
        if self._rows:
            self.put(_row(self._rows.pop()))

    def put(self, paragraphs: Iterable[Paragraph]) -> None:
        """Keep paragraphs: in the cell that is open, or in the text."""
        inside = bool(self._rows and self._rows[-1])
        (self._rows[-1][-1] if inside else self.done).extend(p for p in paragraphs if p.text)


def _row(cells: list[list[Paragraph]]) -> list[Paragraph]:
    """Give a row of a table as one line; one that holds running text as its paragraphs."""
    every = [paragraph for cell in cells for paragraph in cell]
    if len(cells) < 2 or not every or any(len(cell) > 1 for cell in cells):
        return every
    line = "\t".join(cell[0].text if cell else "" for cell in cells)
    return [Paragraph(line, every[0].kind)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was read in a document; `second` is its text by another way, to compare with."""

    media_type: str
    extractor: str
    version: str
    paragraphs: Sequence[Paragraph]
    second: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    dated: tuple[str, str] | None = None  # a time stamp and where it stands
    warnings: list[str] = field(default_factory=list)
    reason: str | None = None


def draft_of(written: Written, context: Context) -> Draft:
    """Make the draft of a document; where it lacks much of the second reading, that is taken."""
    paragraphs = [Paragraph(_tidy(p.text), p.kind) for p in written.paragraphs]
    paragraphs = [p for p in paragraphs if p.text]
    reason = written.reason
    ours = count_letters(p.text for p in paragraphs)
    others = count_letters([written.second])
    if others - ours > _FEW and ours < _KEPT * others:
        paragraphs = [Paragraph(_tidy(line)) for line in written.second.split("\n")]
        paragraphs = [p for p in paragraphs if p.text]
        reason = reason or "the file is unusual; its text has lost what its parts are"
    text = "\n\n".join(p.text for p in paragraphs)
    published = _dated(written.dated)
    base = Draft(
        kind="other",
        media_type=written.media_type,
        extractor=written.extractor,
        version=written.version,
        parameters=context.parameters,
        text=text,
        title=written.title,
        byline=names_in(written.authors),
        language=language.identify(_body_of(paragraphs)),
        published=published,
        published_from=written.dated[1] if published and written.dated else None,
        warnings=tuple(written.warnings),
        complete=reason is None,
        reason=reason,
    )
    return _zoned(base, paragraphs)


class Parts:
    """The parts of a document that is a zip, within limits.

    `read` holds those that were read, in order; `reason` says what is wrong with one of them.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Open it; raises Unreadable with a sentence."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable(CUT_OFF) from error
        self.names = tuple(info.filename for info in self._zip.infolist())
        self.read: list[tuple[str, bytes]] = []
        self.reason: str | None = None
        self._left = min(limits.unpacked_bytes, max(len(data), 4096) * limits.unpacked_ratio)

    def data(self, name: str) -> bytes | None:
        """Give one part; None where there is none, or where it is damaged."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as file:
                found = file.read(self._left + 1)
        except Exception:  # noqa: BLE001 - zlib, zipfile and struct each raise their own
            self.reason = _DAMAGED
            return None
        self._left -= len(found)
        if self._left < 0:
            raise Unreadable(TOO_LARGE)
        self.read.append((name, found))
        return found

    def tree(self, name: str) -> Any:
        """Give the elements of a part; None where there are none."""
        xml = self.data(name)
        if not xml:
            return None
        if b"<!DOCTYPE" in xml:
            self.reason = _DAMAGED
            return None
        try:
            return etree.fromstring(xml, etree.XMLParser(**_STRICTLY))
        except etree.XMLSyntaxError:
            self.reason = _DAMAGED
            return etree.fromstring(xml, etree.XMLParser(recover=True, **_STRICTLY))


def _tidy(words: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in clean(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _body_of(paragraphs: Sequence[Paragraph]) -> str:
    body = "\n".join(p.text for p in paragraphs if p.kind != "boilerplate")
    return body or "\n".join(p.text for p in paragraphs)


def _dated(said: tuple[str, str] | None) -> DateValue | None:
    day = day_of(said[0]) if said else None
    return day_value(day.isoformat(), day) if day else None


def _zoned(draft: Draft, paragraphs: Sequence[Paragraph]) -> Draft:
    """Give the zones: those of the styles, or of an article where styles say nothing."""
    styled = any(p.kind not in ("body", "list", "boilerplate") for p in paragraphs)
    if not styled and len(draft.text) <= _LONGEST_LOOKED_AT:
        found = find_article(read_paragraphs(draft.text), draft.text)
        if found is not None:
            return _as_article(draft, found)
    pieces, at = [], 0
    for paragraph in paragraphs:
        pieces.append(Piece(at, at + len(paragraph.text), paragraph.kind))
        at += len(paragraph.text) + 2
    headline = next((p.text for p in paragraphs if p.kind == "headline"), None)
    title = " ".join(headline.split()) if headline else draft.title
    return replace(draft, title=title, zones=make_zones(draft.text, pieces, "body"))


def _as_article(draft: Draft, found: Article) -> Draft:
    head = found.head
    return replace(
        draft,
        kind="article",
        zones=make_zones(draft.text, found.pieces),
        title=found.title or draft.title,
        section=found.section,
        byline=head.names or draft.byline,
        dateline=head.dateline,
        url=found.url,
        published=head.published or draft.published,
        published_from="as printed" if head.published else draft.published_from,
        images=tuple(found.pictures.facts),
    )
