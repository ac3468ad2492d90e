"""The paper of the reader: shows the text, its marks and hits, and knows what stands where."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from casefile.model.view import MarkView, TextView
from casefile.strings import tr
from casefile.ui.reader.banner import Banner
from casefile.ui.reader.blocks import Block, blocks_of
from casefile.ui.reader.caret import Caret
from casefile.ui.reader.columns import Columns, columns
from casefile.ui.reader.document import Document
from casefile.ui.reader.flow import Flow
from casefile.ui.reader.lettering import undrawable
from casefile.ui.reader.marks import Range, Ranges, ranges_of
from casefile.ui.reader.notes import Card, Notes
from casefile.ui.reader.paragraph import HIDDEN
from casefile.ui.reader.scene import Scene, paint_cards, paint_empty, paint_item
from casefile.ui.theme import Theme
from casefile.ui.theme.bars import ground_bars


class Canvas(QAbstractScrollArea):
    """Shows a text; every position is a code point of it. `Reader` adds what a person does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document: Document | None = None
        self._flow: Flow | None = None
        self._area: Columns = columns(600, 1, rtl=False)
        self._caret = Caret()
        self._marks: list[MarkView] = []
        self._mark_ranges = Ranges()
        self._hits = Ranges()
        self._mark: int | None = None
        self._hit: int | None = None
        self._folded = True
        self._cards: list[Card] = []
        self._notes = Notes(theme)
        self._empty = tr("Choose a source. J and K walk through the list.")
        self._banner = Banner(theme, self)
        self._said = ("", "info")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(tr("Reader"))
        self._described = -1
        self.verticalScrollBar().setSingleStep(round(theme.dip(24)))
        theme.changed.connect(self._restyle)
        ground_bars(self, self._theme.color("surface"))

    # What is shown

    def set_text(self, view: TextView | None, blocks: list[Block] | None = None) -> None:
        """Show a text from its beginning, or the empty state; marks, hits and selection go.

        `blocks` are those of the text, where they are known already.
        """
        known = blocks_of(view) if blocks is None and view else blocks or []
        self._document = Document(view, known, self._theme, folded=self._folded) if view else None
        self._flow = Flow(self._document) if self._document else None
        self._caret = Caret()
        self._marks, self._mark_ranges, self._hits = [], Ranges(), Ranges()
        self._mark = self._hit = None
        self._notes.forget()
        if self._document and self._document.blocks:
            self._caret.put(self._document.blocks[0].start)
        self._say()
        self._relayout()

    def text(self) -> TextView | None:
        """Give what is shown."""
        return self._document.view if self._document else None

    def set_empty(self, words: str) -> None:
        """Set the sentence that stands in an empty reader."""
        self._empty = words
        self.viewport().update()

    def set_banner(self, text: str, level: str = "info") -> None:
        """Show a quiet sentence on top (level info, warn or bad); an empty one takes it away."""
        self._said = (text, level)
        self._say()

    def set_marks(self, marks: Sequence[MarkView]) -> None:
        """Show these marks; the current mark stays current when it is among them."""
        current = self._marks[self._mark].annotation.id if self._mark is not None else None
        self._marks = list(marks)
        self._mark_ranges = ranges_of(self._marks)
        ids = [mark.annotation.id for mark in self._marks]
        self._mark = ids.index(current) if current in ids else None
        self._notes.forget()
        self._settle()

    def set_meanings(self, names: dict[int, str]) -> None:
        """Set the names of marks 1..5 as this case has them."""
        self._notes.meanings.update(names)
        self.viewport().update()

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Show search hits as boxes, in the order of the text."""
        found = sorted(pair for pair in hits if pair[0] < pair[1])
        self._hits = Ranges(Range(*pair, number) for number, pair in enumerate(found))
        self._hit = None
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme; changes inside a theme are followed without this."""
        self._theme.changed.disconnect(self._restyle)
        self._theme = theme
        self._notes = Notes(theme)
        theme.changed.connect(self._restyle)
        view, place = self.text(), self.top_position()
        known = self._document.blocks if self._document else []
        self._document = Document(view, known, theme, folded=self._folded) if view else None
        self._flow = Flow(self._document) if self._document else None
        self._relayout()
        self.restore_position(place)

    # Where it stands

    @property
    def folded(self) -> bool:
        """Whether page furniture is folded away."""
        return self._folded

    def fold_boilerplate(self, folded: bool) -> None:  # noqa: FBT001 - one state of two
        """Fold page furniture away, or show it."""
        if folded == self._folded:
            return
        place = self.top_position()
        self._folded = folded
        if self._document and self._flow:
            self._document.fold(folded=folded)
            self._flow.put(0, 0)
            self.restore_position(place)

    def scroll_to(self, start: int) -> None:
        """Bring a code point on the screen, unfolding what hides it; stays put when it is seen."""
        if not (self._document and self._flow and self._document.blocks):
            return
        if self._document.hides(start):
            self.fold_boilerplate(folded=False)
        item, rect = self._place_of(start)
        top, height = self._flow.top_of(item), self.viewport().height()
        if top is not None and top + rect.top() >= 8 and top + rect.bottom() <= height - 8:
            return
        self._flow.put(item, rect.top() - height * 0.3)
        self._settle()

    def top_position(self) -> int:
        """Give the first code point that is fully seen, to come back to."""
        if not (self._document and self._flow):
            return 0
        for number, y in self._flow.visible:
            item = self._document.items[number]
            if item.kind == "text":
                text = self._document.paragraph(item.first)
                if y + text.height >= text.leading:
                    return self._document.blocks[item.first].start + text.position_at(
                        0 if text.direction == "ltr" else 1e6, text.leading * 0.5 - y
                    )
        return 0

    def restore_position(self, position: int) -> None:
        """Put a position from `top_position` at the top again."""
        if self._document and self._flow and self._document.blocks:
            item, rect = self._place_of(position)
            first = self._document.block_at(position) == 0 and rect.top() < self._theme.dip(30)
            self._flow.put(0 if first else item, 0 if first else rect.top() - 2)
        self._settle()

    def _place_of(self, position: int) -> tuple[int, QRectF]:
        """Give the item of a position and where in it the position stands."""
        document = self._document
        assert document is not None  # noqa: S101 - callers have checked; this is for the type
        item = document.item_at(position)
        if document.items[item].kind != "text":
            return item, QRectF(0, 0, 1, document.measure(item))
        number = document.block_at(position)
        block, text = document.blocks[number], document.paragraph(number)
        return item, text.caret(max(0, min(position - block.start, len(text.words))))

    def show_caret(self) -> None:
        """Scroll as little as needed to see the caret."""
        if not (self._document and self._flow and self._document.blocks):
            return
        item, rect = self._place_of(self._caret.position)
        top, height = self._flow.top_of(item), self.viewport().height()
        if top is None or top + rect.top() < 4:
            self._flow.put(item, rect.top() - 12)
        elif top + rect.bottom() > height - 4:
            self._flow.put(item, rect.bottom() - height + 12)
        else:
            return
        self._settle()

    def position_at(self, point: QPointF) -> int | None:
        """Give the code point nearest to a point of the viewport."""
        if not (self._document and self._flow and self._document.blocks):
            return None
        found = [pair for pair in self._flow.visible if pair[1] <= max(0.0, point.y())]
        number, y = found[-1] if found else self._flow.visible[0]
        item = self._document.items[number]
        if item.kind != "text":
            last = len(self._document.blocks) - 1
            block = self._document.blocks[min(item.first, last)]
            return block.start if item.first <= last else block.end
        text = self._document.paragraph(item.first)
        inside = text.position_at(point.x() - self._area.text, point.y() - y)
        return self._document.blocks[item.first].start + inside

    def fold_at(self, point: QPointF) -> bool:
        """Say whether a point stands on a bar that folds page furniture."""
        if not (self._document and self._flow):
            return False
        found = [number for number, y in self._flow.visible if y <= point.y()]
        item = self._document.items[found[-1]] if found else None
        return item is not None and (
            item.kind == "fold" or (item.kind == "page" and item.parts > 0)
        )

    def card_at(self, point: QPointF) -> str | None:
        """Give the id of the mark whose card or digit stands at a point."""
        found = next((card for card in self._cards if card.rect.contains(point)), None)
        return self._marks[found.number].annotation.id if found else None

    def mark_at(self, position: int) -> str | None:
        """Give the id of the shortest mark on a code point."""
        found = self._mark_ranges.at(position)
        return self._marks[found.number].annotation.id if found else None

    def sign_at(self, point: QPointF) -> str:
        """Give the name of the hidden control that stands at a point, or an empty string."""
        position = self.position_at(point)
        view = self.text()
        if position is None or view is None:
            return ""
        for place in (position, position - 1):
            letter = view.text[place : place + 1]
            if letter and HIDDEN.match(letter):
                return f"U+{ord(letter):04X} {unicodedata.name(letter, '').lower()}"
        return ""

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_banner()
        place = self.top_position()
        at_top = self._flow is not None and self._flow.item == 0
        self._relayout()
        if self._flow and not at_top:
            self.restore_position(place)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._flow is None:
            return
        if abs(dy) <= 3 * self.viewport().height():
            self._flow.put(self._flow.item, self._flow.offset - dy)
        else:
            self._flow.jump(self.verticalScrollBar().value())
        self._settle()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        # Sides follow the source, not the interface; each string has its own direction.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.fillRect(self.viewport().rect(), self._theme.color("surface"))
        if self._document is None or self._flow is None:
            paint_empty(painter, self._theme, QRectF(self.viewport().rect()), self._empty)
        else:
            scene = self._scene(self._document)
            for number, y in self._flow.visible:
                item = self._document.items[number]
                paint_item(painter, scene, item, y, self._document.stack[number])
            paint_cards(painter, scene, self._cards)
        painter.end()

    # Inside

    def _scene(self, document: Document) -> Scene:
        return Scene(
            theme=self._theme,
            document=document,
            area=self._area,
            notes=self._notes,
            marks=self._marks,
            mark_ranges=self._mark_ranges,
            hits=self._hits,
            selection=self._caret.selection,
            caret=self._caret.position,
            mark=self._mark,
            hit=self._hit,
            focused=self.hasFocus(),
        )

    def _relayout(self) -> None:
        """Share the width out anew and lay out what is seen."""
        scale = self._theme.scale / 100
        rtl = self._document is not None and self._document.direction == "rtl"
        self._area = columns(self.viewport().width(), scale, rtl=rtl)
        if self._document and self._document.set_width(self._area.text_width):
            self._notes.forget()
        self._settle()

    def _restyle(self) -> None:
        place = self.top_position()
        ground_bars(self, self._theme.color("surface"))
        if self._document:
            self._document.forget()
        self._notes.forget()
        self.verticalScrollBar().setSingleStep(round(self._theme.dip(24)))
        self._place_banner()
        self._relayout()
        self.restore_position(place)

    def _settle(self) -> None:
        """Lay out what is seen, put the scroll bar and the cards where they belong."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.blockSignals(True)  # noqa: FBT003 - Qt's signature
        if self._flow is None or self._document is None:
            bar.setRange(0, 0)
        else:
            self._flow.settle(height)
            bar.setRange(0, max(0, round(self._document.stack.total - height)))
            bar.setPageStep(max(1, height - round(self._theme.leading("body") * 2)))
            bar.setValue(round(self._flow.value))
            self._cards = self._notes.place(self._anchors(), self._marks, self._area)
        bar.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._describe()
        self.viewport().update()

    def _anchors(self) -> list[tuple[int, float]]:
        """Give the marks whose cards may be seen, and the height at which their words begin."""
        document, flow = self._document, self._flow
        if document is None or flow is None or not self._marks or not flow.visible:
            return []
        first, y = flow.visible[0]
        above = range(max(0, first - 2), first)  # their cards may hang down into what is seen
        places = [(number, 0.0) for number in above]
        for index in reversed(range(len(places))):
            y -= document.measure(places[index][0])
            places[index] = (places[index][0], y)
        found = []
        for number, top in [*places, *flow.visible]:
            item = document.items[number]
            if item.kind != "text":
                continue
            block = document.blocks[item.first]
            for entry in self._mark_ranges.within(block.start, block.end):
                if entry.start >= block.start:
                    text = document.paragraph(item.first)
                    found.append((entry.number, top + text.caret(entry.start - block.start).top()))
        return found

    def _describe(self) -> None:
        """Tell assistive technology the paragraph that the caret, else the top, stands in."""
        if self._document is None or not self._document.blocks:
            self.setAccessibleDescription(self._empty if self._document is None else "")
            self._described = -1
            return
        item = self._document.item_at(self._caret.position)
        seen = self._flow is not None and self._flow.top_of(item) is not None
        place = self._caret.position if seen else self.top_position()
        number = self._document.block_at(place)
        if number != self._described:
            self._described = number
            block = self._document.blocks[number]
            self.setAccessibleDescription(self._document.view.text[block.start : block.end][:1000])

    def _say(self) -> None:
        """Show the sentence of the window, else that a script of the text has no font here."""
        words, level = self._said
        if not words and self._document:
            metrics = self._theme.metrics("body")
            missing = undrawable(self._document.view.text, metrics)
            if missing:
                words = tr("No font for this script is installed: {scripts}.")
                words, level = words.format(scripts=", ".join(missing)), "warn"
        self._banner.say(words, level)
        self._place_banner()

    def _place_banner(self) -> None:
        width = self.width()
        height = self._banner.height_for(width)
        self.setViewportMargins(0, height, 0, 0)
        self._banner.setGeometry(0, 0, width, height)
