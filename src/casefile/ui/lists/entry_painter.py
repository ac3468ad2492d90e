"""One file of an import as a row: state, kind, name, status in words, why."""

from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from casefile.model.view import AddEntry
from casefile.strings import later, tr, trn
from casefile.ui import icons
from casefile.ui.lettering import line
from casefile.ui.lists.source_painter import RowState, ground
from casefile.ui.theme import Theme
from casefile.ui.words import kind_icon, kind_words

STATUS = {
    "added": (later("Added"), "circle-check", "good"),
    "duplicate": (later("Duplicate, linked"), "link", "accent"),
    "partly read": (later("Partly read"), "alert-triangle", "warn"),
    "refused": (later("Refused"), "alert-circle", "bad"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows: the file's name and what became of it; None while it waits.

    `depth` is 1 for what is inside an archive or hung on a mail.
    """

    name: str
    entry: AddEntry | None
    depth: int = 0


def line_of(entry: AddEntry, depth: int = 0) -> Line:
    """Make the row of an acknowledged file."""
    name = entry.path.split("!")[-1] if depth else PurePath(entry.path).name
    return Line(name or entry.path, entry, depth)


def lines_of(entry: AddEntry, wanted: str = "all") -> list[Line]:
    """Make the rows of a file and of what is inside it; an archive stands above what is wanted."""
    below = [line_of(e, 1) for e in entry.inside or () if wanted in ("all", e.status)]
    if below or wanted in ("all", entry.status):
        return [line_of(entry), *below]
    return []


def reason_words(entry: AddEntry) -> str:
    """Say why, or what was read."""
    if entry.reason:
        return entry.reason
    if entry.duplicate_of:
        first = entry.duplicate_of[0]
        return f"{tr(first.how)}: {first.title}"
    if entry.inside is not None and not entry.source:
        return trn("archive, {n} file inside", "archive, {n} files inside", len(entry.inside))
    return kind_words(entry.kind)


class EntryPainter:
    """Draws files of an import with the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def height(self) -> int:
        """Give the height of a row in pixels."""
        return round(self.theme.metrics("ui").height() + self.theme.dip(22))

    def draw(self, painter: QPainter, rect: QRectF, row: Line, state: RowState) -> None:
        """Draw one file."""
        theme, dip = self.theme, self.theme.dip
        ground(painter, theme, rect, state)
        entry = row.entry
        words, icon, ink = STATUS[entry.status] if entry else (tr("Waiting"), "clock", "text3")
        side, middle = dip(16), rect.center().y()
        top = middle - side / 2
        icons.draw(painter, icon, QPointF(rect.left() + dip(14), top), theme.color(ink), side)
        kind = kind_icon(entry.kind if entry else "note")
        at = QPointF(rect.left() + dip(42 + 22 * row.depth), top)
        icons.draw(painter, kind, at, theme.color("text3"), side)
        left = rect.left() + dip(66 + 22 * row.depth)
        name_width = max(dip(140), (rect.width() - dip(66)) * 0.34) - dip(22 * row.depth)
        name = QRectF(left, rect.top(), name_width - dip(10), rect.height())
        shown = (entry.title if entry and entry.title else "") or row.name
        role = "ui_medium" if entry else "ui"
        ink_name = theme.color("text" if entry else "text2")
        line(painter, name, shown, (theme.font(role), ink_name))
        status = QRectF(left + name_width, rect.top(), dip(150), rect.height())
        line(painter, status, tr(words), (theme.font("ui_strong"), theme.color(ink)))
        begin = status.right() + dip(8)
        why = QRectF(begin, rect.top(), rect.right() - begin - dip(12), rect.height())
        reason = reason_words(entry) if entry else ""
        line(painter, why, reason, (theme.font("ui"), theme.color("text2")))
