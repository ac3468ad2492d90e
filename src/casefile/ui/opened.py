"""Everything that the reading pane shows of one source."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casefile.model import text as texts
from casefile.model.hit import Sought
from casefile.model.view import MarkView, SourceView, TextView
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.page.areas import AreaMark
from casefile.ui.reader.blocks import Block, blocks_of


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that the pane shows of a source."""

    view: SourceView
    text: TextView | None
    marks: list[MarkView]
    hits: list[tuple[int, int]] | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def forms(self) -> list[str]:
        """In which forms the source can be looked at, the usual one first."""
        kind = self.view.source.kind
        has_text = self.text is not None and bool(self.text.text.strip())
        if kind == "pdf" and self.text is not None and self.text.pages:
            return ["text", "page"]
        if kind == "photo":
            return ["original", "text"] if has_text else ["original"]
        return ["text"]

    @property
    def state(self) -> tuple[str, str]:
        """Words above the text on how it was read, and their level."""
        read = self.view.extraction
        if read is None:
            return tr("The text of this source was not taken yet."), "info"
        if not read.complete:
            return read.reason or tr("This file is only partly read."), "warn"
        # A cookie wall, a check sum that differs: the whole file was read, but is it the page?
        return "; ".join(read.warnings or ()), "warn"

    @property
    def areas(self) -> list[AreaMark]:
        """The marked areas of its picture or pages."""
        found = [(each.annotation, each.annotation.area) for each in self.marks]
        return [
            AreaMark(area.page or 0, area.box, mark.mark or 1, mark.id)
            for mark, area in found
            if area is not None and not mark.deleted
        ]


def open_source(desk: "doors.desk.Desk", source: str, sought: Sequence[Sought] | None) -> Opened:
    """Read everything of a source; in a lane, so that a long text holds nothing up."""
    text = doors.reading.text(desk, source)
    return Opened(
        doors.reading.source(desk, source),
        text,
        doors.reading.marks(desk, source),
        None if sought is None else doors.find.marks_in(desk, source, sought),
        blocks_of(text) if text else [],
    )


def spans_of(marks: Sequence[MarkView]) -> list[tuple[int, int, int, str]]:
    """Give the marks on words as (start, end, number, id)."""
    found = [(each.annotation, each.annotation.span) for each in marks]
    return [(*span, mark.mark or 1, mark.id) for mark, span in found if span]


def sought_in_source(words: str) -> list[Sought]:
    """Read words typed in the find bar: several are a phrase, one is the beginning of a word."""
    folded = tuple(texts.folded_words(words))
    return [Sought(folded, prefix=len(folded) == 1)] if folded else []
