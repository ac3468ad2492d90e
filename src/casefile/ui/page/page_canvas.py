"""The pages of a PDF below one another: pictures that come and go, marks and hits over them."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QMargins, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from casefile.model.page_letters import Letters
from casefile.model.values import Picture
from casefile.model.view import PageBoxes
from casefile.model.zone import page_at
from casefile.strings import tr
from casefile.ui.page.area_pen import AreaPen
from casefile.ui.page.areas import AreaMark, Areas
from casefile.ui.page.outline import WIDTH as OUTLINE
from casefile.ui.page.outline import OutlinePanel
from casefile.ui.page.page_bar import PageBar
from casefile.ui.page.paper import (
    paint_digits,
    paint_hits,
    paint_mark,
    paint_selection,
    paint_sheet,
    paint_waiting,
    placed,
)
from casefile.ui.page.picture import image_of
from casefile.ui.page.sheets import EDGE, Sheets
from casefile.ui.theme import Theme
from casefile.ui.theme.bars import ground_bars

KEPT_BESIDE = 2  # pages above and below what is seen that keep their pictures
ASK_MS = 40  # a page that only flies by is not asked for
ZOOMS = (0.25, 8.0)
WIDEST = 4000  # device pixels of a picture
BAR = 34


class PageMark(NamedTuple):
    """A mark on the stored text: code points, number 1..5, id of its annotation."""

    start: int
    end: int
    number: int
    id: str


class PageCanvas(QAbstractScrollArea):
    """Shows pages and knows what stands where; `PageView` adds what a person does."""

    need_page = Signal(int, int)
    page_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheets = Sheets(0)
        self._spans: Sequence[tuple[int, int]] = ()
        self._pictures: dict[int, QImage] = {}
        self._letters: dict[int, Letters] = {}
        self._trouble: dict[int, str] = {}
        self._asked: dict[int, int] = {}
        self._marks: list[PageMark] = []
        self._hits: list[tuple[int, int]] = []
        self.areas = Areas()
        self.pen = AreaPen(self)
        self._mark: str | None = None
        self._hit: int | None = None
        self._chosen: tuple[int, int] | None = None  # anchor and caret
        self._bright = False
        self._page = 0
        self._goal: tuple[int, int] | None = None  # page and position to show when boxes arrive
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(ASK_MS)
        self._clock.timeout.connect(self._ask)
        self.pen.changed.connect(self.viewport().update)
        self._bar = PageBar(theme, self)
        self.outline = OutlinePanel(theme, self)
        self.outline.hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Pages"))
        theme.changed.connect(self._restyle)
        self._restyle()

    # What is shown

    def set_pages(
        self,
        count: int,
        sizes: Sequence[tuple[float, float]] | None = None,
        spans: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Show `count` empty pages and forget the old ones.

        `sizes` are widths and heights in any unit; without them a page is A4 until its picture
        arrives. `spans` is the page map of the stored text; it lets hits be stepped to on pages
        that were not drawn yet.
        """
        self._sheets = Sheets(count, [h / w for w, h in sizes] if sizes else None)
        self._spans = spans
        self._pictures, self._letters, self._trouble, self._asked = {}, {}, {}, {}
        self._marks, self._hits = [], []
        self.areas.set([])
        self.pen.leave()
        self._mark = self._hit = self._chosen = self._goal = None
        self._page = 0
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def set_page(self, page: int, picture: Picture) -> None:
        """Take the picture of a page; one that is far out of sight by now is dropped."""
        if not 1 <= page <= len(self._sheets) or page not in self._kept():
            self._asked.pop(page, None)
            return
        self._pictures[page] = image_of(picture)
        self._trouble.pop(page, None)
        self._reshape(page, picture.height / picture.width)
        self.viewport().update()

    def set_page_trouble(self, page: int, words: str) -> None:
        """Say on a page why it cannot be drawn."""
        self._trouble[page] = words
        self.viewport().update()

    def set_boxes(self, page: int, boxes: PageBoxes, page_start: int) -> None:
        """Take where the letters of a page stand; `page_start` is its first code point."""
        if not 1 <= page <= len(self._sheets) or page not in self._kept():
            return
        self._letters[page] = Letters(boxes.boxes, page_start, self._sheets.shape(page))
        if self._goal and self._goal[0] == page:
            self.scroll_to_page(*self._goal)
        self.viewport().update()

    def set_marks(self, marks: Sequence[tuple[int, int, int, str]]) -> None:
        """Show marks given as (start, end, number 1..5, id)."""
        self._marks = sorted(PageMark(*mark) for mark in marks)
        self.viewport().update()

    def set_areas(self, marks: Sequence[AreaMark]) -> None:
        """Show the marked areas of the pages."""
        self.areas.set(marks)
        self.viewport().update()

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Show search hits."""
        self._hits = sorted(hits)
        self._hit = None
        self.viewport().update()

    @property
    def dimmed(self) -> bool:
        """Whether pages are toned down; in the light look they never are."""
        return self._theme.look == "dark" and not self._bright

    def set_dimmed(self, dimmed: bool) -> None:  # noqa: FBT001 - one state of two
        """Tone pages down in the dark look (it begins so), or show them as they are."""
        self._bright = not dimmed
        self._show_state()
        self.viewport().update()

    # Where it stands

    def page(self) -> int:
        """Give the page on top, from 1; 0 without pages."""
        if not len(self._sheets):
            return 0
        third = self.viewport().height() / 3
        return self._sheets.at(self.verticalScrollBar().value() + third)

    def zoom(self) -> float:
        """Give the zoom; 1 fits the width."""
        return self._sheets.zoom

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom around a point of the viewport, its middle when none is given."""
        if not len(self._sheets):
            return
        middle = QPointF(self.viewport().rect().center())
        point = middle if at is None else at
        page, x, y = self._on_page(point)
        self._sheets.set_view(self.viewport().width(), max(ZOOMS[0], min(ZOOMS[1], zoom)))
        self._arrange()
        top = self._sheets.top(page) + y * self._sheets.height(page)
        self.verticalScrollBar().setValue(round(top - point.y()))
        left = self._sheets.left + x * self._sheets.width
        self.horizontalScrollBar().setValue(round(left - point.x()))

    def scroll_to_page(self, page: int, position: int | None = None) -> None:
        """Bring a page on the screen; with a code point that place, once its boxes are there."""
        if not len(self._sheets):
            return
        page = max(1, min(page, len(self._sheets)))
        top = self._sheets.top(page) - EDGE / 2
        letters = self._letters.get(page)
        lines = letters.lines(position, position + 1) if letters and position is not None else []
        self._goal = None if position is None or letters else (page, position)
        if lines:
            top += lines[0][1] * self._sheets.height(page) - self.viewport().height() * 0.3
            seen = self._rects(page, lines)[0]
            if QRectF(self.viewport().rect()).contains(seen):
                return
        self.verticalScrollBar().setValue(round(top))

    def scroll_to(self, position: int) -> None:
        """Bring a code point on the screen."""
        page = self.page_of(position)
        if page is not None:
            self.scroll_to_page(page, position)

    def page_of(self, position: int) -> int | None:
        """Give the page of a code point, None when that is not known yet."""
        found = page_at(self._spans, position)
        if found is not None:
            return found
        held = (p for p, part in self._letters.items() if part.start <= position < part.end)
        return next(held, None)

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_parts()
        if not len(self._sheets):
            self._arrange()
            return
        bar = self.verticalScrollBar()
        page = self._sheets.at(bar.value())
        part = (bar.value() - self._sheets.top(page)) / self._sheets.height(page)
        self._arrange()
        bar.setValue(round(self._sheets.top(page) + part * self._sheets.height(page)))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._show_state()
        self._clock.start()
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("win"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._seen():
            self._paint_page(painter, page)
        painter.end()

    # Inside

    def _paint_page(self, painter: QPainter, page: int) -> None:
        sheet, picture = self._sheet(page), self._pictures.get(page)
        paint_sheet(painter, sheet, picture, dimmed=self.dimmed)
        if picture is None:
            words = self._trouble.get(page) or tr("Page {n}").format(n=page)
            paint_waiting(painter, sheet, words, self._theme.font("label"))
        letters = self._letters.get(page)
        if letters is not None:
            self._paint_words(painter, page, letters)
        self.areas.paint(painter, page, sheet, self._theme.font("tiny"), current=self._mark)
        self.pen.paint(painter, page, sheet)

    def _paint_words(self, painter: QPainter, page: int, letters: Letters) -> None:
        sheet = self._sheet(page)
        painter.save()
        painter.setClipRect(sheet)
        digits = []
        for mark in self._marks:
            boxes = self._rects(page, letters.lines(mark.start, mark.end))
            if boxes:
                paint_mark(painter, boxes, mark.number, current=mark.id == self._mark)
                digits.append((mark.number, boxes[0].center().y()))
        for number, (start, end) in enumerate(self._hits):
            if start < letters.end and end > letters.start:
                boxes = self._rects(page, letters.lines(start, end))
                paint_hits(painter, boxes, current=number == self._hit)
        chosen = self.selection()
        if chosen:
            paint_selection(painter, self._rects(page, letters.lines(*chosen)))
        painter.restore()
        paint_digits(painter, sheet, digits, self._theme.font("tiny"))

    def selection(self) -> tuple[int, int] | None:
        """Give the chosen code points of the stored text, None when nothing is chosen."""
        if self._chosen is None or self._chosen[0] == self._chosen[1]:
            return None
        return min(self._chosen), max(self._chosen)

    def _sheet(self, page: int) -> QRectF:
        """Give where a page stands in the viewport, on whole pixels."""
        sheets = self._sheets
        x = sheets.left - self.horizontalScrollBar().value()
        y = sheets.top(page) - self.verticalScrollBar().value()
        return QRectF(round(x), round(y), round(sheets.width), round(sheets.height(page)))

    def _rects(self, page: int, lines: Sequence[tuple[float, float, float, float]]) -> list[QRectF]:
        return placed(lines, self._sheet(page))

    def _on_page(self, point: QPointF) -> tuple[int, float, float]:
        """Give the page under or nearest to a point, and where on it as fractions."""
        page = self._sheets.at(self.verticalScrollBar().value() + point.y())
        return page, *self._of_page(page, point)

    def _of_page(self, page: int, point: QPointF) -> tuple[float, float]:
        """Give where a point is on a page, as fractions that may lie beside it."""
        sheet = self._sheet(page)
        across, along = point.x() - sheet.left(), point.y() - sheet.top()
        return across / sheet.width(), along / sheet.height()

    def _seen(self) -> range:
        return self._sheets.seen(self.verticalScrollBar().value(), self.viewport().height())

    def _kept(self) -> range:
        seen = self._seen()
        return range(seen.start - KEPT_BESIDE, seen.stop + KEPT_BESIDE)

    def _ask(self) -> None:
        """Ask for the pictures of what is seen, then of its neighbours; let the far ones go."""
        kept = self._kept()
        for held in (self._pictures, self._letters, self._asked):
            for page in [page for page in held if page not in kept]:
                del held[page]
        ratio = self.devicePixelRatioF()
        width = min(WIDEST, round(self._sheets.width * ratio))
        seen = self._seen()
        for page in (*seen, seen.stop, seen.start - 1):
            if 1 <= page <= len(self._sheets) and self._asked.get(page) != width:
                self._asked[page] = width
                self.need_page.emit(page, width)

    def _arrange(self) -> None:
        self._sheets.set_view(self.viewport().width(), self._sheets.zoom)
        view = self.viewport().size()
        upright, across = self.verticalScrollBar(), self.horizontalScrollBar()
        upright.setRange(0, max(0, round(self._sheets.total - view.height())))
        upright.setPageStep(max(1, view.height() - 40))
        upright.setSingleStep(40)
        beyond = self._sheets.width + 2 * EDGE - view.width()
        across.setRange(0, max(0, round(beyond)))
        across.setPageStep(view.width())
        self._show_state()
        self._clock.start()
        self.viewport().update()

    def _reshape(self, page: int, shape: float) -> None:
        """Give a page its true shape without moving what is read."""
        before = self._sheets.height(page)
        bar = self.verticalScrollBar()
        above = self._sheets.top(page) + before <= bar.value() + EDGE
        if not self._sheets.set_shape(page, shape):
            return
        value = bar.value()
        self._arrange()
        if above:
            bar.setValue(value + round(self._sheets.height(page) - before))

    def _show_state(self) -> None:
        page = self.page()
        self._bar.show_state(page, len(self._sheets), self._sheets.zoom)
        self._bar.show_dimmed(dimmed=self.dimmed, offered=self._theme.look == "dark")
        if page != self._page:
            self._page = page
            self.setAccessibleDescription(
                tr("Page {page} of {count}").format(page=page, count=len(self._sheets))
            )
            self.outline.show_page(page)
            self.page_changed.emit(page)

    def _place_parts(self) -> None:
        """Put the bar above and the outline at the start side of the pages."""
        height = round(self._theme.dip(BAR))
        beside = round(self._theme.dip(OUTLINE)) if not self.outline.isHidden() else 0
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        margins = QMargins(0 if rtl else beside, height, beside if rtl else 0, 0)
        if margins != self.viewportMargins():
            self.setViewportMargins(margins)
        self._bar.setGeometry(0, 0, self.width(), height)
        left = self.width() - beside if rtl else 0
        self.outline.setGeometry(left, height, beside, self.height() - height)

    def _restyle(self) -> None:
        self._place_parts()
        self._bar.restyle()
        ground_bars(self, self._theme.color("win"))
        self._arrange()
