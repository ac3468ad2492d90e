"""A photo to look at: fitted, zoomed around the pointer, moved by hand; never recoloured."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from casefile.model.page_letters import Box
from casefile.model.values import Picture
from casefile.strings import tr
from casefile.ui.page.area_pen import AreaPen
from casefile.ui.page.areas import AreaMark, Areas, on_sheet, turned, upright
from casefile.ui.page.picture import image_of
from casefile.ui.theme import Theme
from casefile.ui.theme.bars import ground_bars

STEP = 1.25
MOST = 16.0  # logical pixels that a pixel of the photo may take
MAT = 16.0
PART_MS = 120  # a piece that only moves by is not asked for
MIDDLE: Box = (0.35, 0.35, 0.65, 0.65)  # where a box is offered, of what is seen


class PhotoCanvas(QAbstractScrollArea):
    """`zoom_changed` tells how many logical pixels a pixel of the picture takes.

    Zoomed in further than the picture is fine, `need_part` asks for what is seen: a box in
    fractions of the upright photo, and how many device pixels it fills.
    """

    zoom_changed = Signal(float)
    need_part = Signal(object, int, int)
    mark_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None  # turned as it is looked at
        self._upright: QImage | None = None
        self._whole = 0  # pixels across of the upright photo itself
        self._part: tuple[Box, QImage] | None = None  # a finer piece, of the upright photo
        self._turns = 0
        self.areas = Areas()
        self.current: str | None = None
        self.pen = AreaPen(self)
        self._part_clock = QTimer(self)
        self._fitted: QImage | None = None  # the picture at the size it was painted last
        self._zoom: float | None = None  # None fits
        self._words = ""
        self._grip: QPointF | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Photo"))
        self._part_clock.setSingleShot(True)
        self._part_clock.setInterval(PART_MS)
        self._part_clock.timeout.connect(self._ask)
        self.pen.changed.connect(self._pen_moved)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_picture(self, picture: Picture | None, whole: int = 0) -> None:
        """Show a picture, fitted; `whole` is how many pixels across the photo itself is."""
        self._upright = self._image = image_of(picture) if picture else None
        self._whole = max(whole, picture.width) if picture else 0
        self._words, self._turns = "", 0
        self._zoom = self._fitted = self._part = self.current = None
        self.pen.leave()
        self._arrange()

    def set_part(self, box: Box, picture: Picture) -> None:
        """Take a finer piece: a box in fractions of the upright photo."""
        self._part = (box, image_of(picture))
        self.viewport().update()

    def set_areas(self, marks: Sequence[AreaMark]) -> None:
        """Show the marked areas."""
        self.areas.set(marks)
        self.viewport().update()

    def turn(self) -> None:
        """Turn what is seen by a quarter clockwise; the photo itself stays as it is."""
        if self._upright is None:
            return
        self._turns = (self._turns + 1) % 4
        self._image = self._upright.transformed(QTransform().rotate(90 * self._turns))
        self._fitted = None
        self.pen.leave()
        self._arrange()

    @property
    def fineness(self) -> float:
        """How many pixels of the photo itself stand behind one of the picture."""
        return self._whole / self._upright.width() if self._upright is not None else 1.0

    def draw_area(self) -> None:
        """Offer a box in the middle of what is seen."""
        if self._image is not None:
            seen = self._seen()
            place = QRectF(seen[0], seen[1], seen[2] - seen[0], seen[3] - seen[1])
            middle = on_sheet(MIDDLE, place)
            self.pen.begin(0, (middle.left(), middle.top(), middle.right(), middle.bottom()))

    def area(self) -> Box | None:
        """Give the box that is drawn, in fractions of the upright photo."""
        return upright(self.pen.box, self._turns) if self.pen.box else None

    def show_area(self, id: str | None) -> None:  # noqa: A002 - as the record calls it
        """Make a marked area the current one and bring it into sight."""
        self.current = id
        found = self.areas.find(id)
        if found is not None and not self.fits:
            middle = on_sheet(turned(found.box, self._turns), self._rect()).center()
            away = middle - QPointF(self.viewport().rect().center())
            across, upward = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() + round(away.x()))
            upward.setValue(upward.value() + round(away.y()))
        self.viewport().update()

    def set_trouble(self, words: str) -> None:
        """Say why there is no picture."""
        self._words = words
        self.viewport().update()

    @property
    def fits(self) -> bool:
        """Whether the picture is fitted to the view."""
        return self._zoom is None

    def zoom(self) -> float:
        """Give how many logical pixels a pixel of the picture takes."""
        return self._fit() if self._zoom is None else self._zoom

    def fit(self) -> None:
        """Fit the picture to the view."""
        self._zoom = None
        self._arrange()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom around a point of the viewport, its middle when none is given."""
        if self._image is None:
            return
        point = QPointF(self.viewport().rect().center()) if at is None else at
        rect, old = self._rect(), self.zoom()
        held = (point - rect.topLeft()) / old
        self._zoom = max(min(self._fit(), 1.0), min(MOST * self.fineness, zoom))
        if self._zoom <= self._fit():
            self._zoom = None
        self._arrange()
        where = held * self.zoom() - point
        self.horizontalScrollBar().setValue(round(where.x() + MAT))
        self.verticalScrollBar().setValue(round(where.y() + MAT))

    def zoom_by(self, way: int) -> None:
        """Make the picture larger (1) or smaller (-1)."""
        self.set_zoom(self.zoom() * STEP**way)

    def _fit(self) -> float:
        if self._image is None:
            return 1.0
        view = self.viewport().size()
        across = (view.width() - 2 * MAT) / self._image.width()
        along = (view.height() - 2 * MAT) / self._image.height()
        return max(0.01, min(across, along, 1.0))

    def _size(self) -> QSize:
        if self._image is None:
            return QSize(0, 0)
        zoom = self.zoom()
        return QSize(round(self._image.width() * zoom), round(self._image.height() * zoom))

    def _rect(self) -> QRectF:
        size, view = self._size(), self.viewport().size()
        spare_x = (view.width() - size.width()) // 2
        spare_y = (view.height() - size.height()) // 2
        x = spare_x if spare_x >= MAT else MAT - self.horizontalScrollBar().value()
        y = spare_y if spare_y >= MAT else MAT - self.verticalScrollBar().value()
        return QRectF(x, y, size.width(), size.height())

    def _arrange(self) -> None:
        size, view = self._size(), self.viewport().size()
        across, upright = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, round(size.width() + 2 * MAT - view.width())))
        upright.setRange(0, max(0, round(size.height() + 2 * MAT - view.height())))
        across.setPageStep(view.width())
        upright.setPageStep(view.height())
        for bar in (across, upright):
            bar.setSingleStep(40)
        self.zoom_changed.emit(self.zoom())
        self._part_clock.start()
        self.viewport().update()

    def _seen(self) -> Box:
        """Give what of the picture is seen, in fractions as it is turned now."""
        rect, view = self._rect(), QRectF(self.viewport().rect())
        seen = rect.intersected(view)
        return (
            (seen.left() - rect.left()) / rect.width(),
            (seen.top() - rect.top()) / rect.height(),
            (seen.right() - rect.left()) / rect.width(),
            (seen.bottom() - rect.top()) / rect.height(),
        )

    def _ask(self) -> None:
        """Ask for a finer piece where the picture is stretched and the photo has more."""
        ratio = self.devicePixelRatioF()
        if self._image is None or self.fineness <= 1 or self.zoom() * ratio <= 1:
            return
        seen = self._seen()
        size = on_sheet(seen, self._rect()).size() * ratio
        wide, high = round(size.width()), round(size.height())
        if self._turns % 2:
            wide, high = high, wide
        if wide > 0 and high > 0:
            self.need_part.emit(upright(seen, self._turns), wide, high)

    def _pen_moved(self) -> None:
        cross = Qt.CursorShape.CrossCursor
        if self.pen.active:
            self.viewport().setCursor(cross)
        else:
            self.viewport().unsetCursor()
        self.viewport().update()

    def _point(self, point: QPointF) -> tuple[float, float]:
        """Give a point of the viewport in fractions of the picture as it is turned now."""
        rect = self._rect()
        across, along = point.x() - rect.left(), point.y() - rect.top()
        return across / max(rect.width(), 1.0), along / max(rect.height(), 1.0)

    def _restyle(self) -> None:
        ground_bars(self, self._theme.color("win"))
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._part_clock.start()
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("win"))
        if self._image is not None:
            rect = self._rect()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom() < MOST / 4)
            painter.drawImage(rect, self._shown(rect))
            if self._part is not None and self.zoom() * self.devicePixelRatioF() > 1:
                box, piece = self._part
                fine = piece.transformed(QTransform().rotate(90 * self._turns))
                painter.drawImage(on_sheet(turned(box, self._turns), rect), fine)
            font, current = self._theme.font("tiny"), self.current
            self.areas.paint(painter, 0, rect, font, current=current, turns=self._turns)
            self.pen.paint(painter, 0, rect)
        elif self._words:
            painter.setFont(self._theme.font("ui"))
            painter.setPen(self._theme.color("text3"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(24, 24, -24, -24), flags, self._words)
        painter.end()

    def _shown(self, rect: QRectF) -> QImage:
        """Give the picture made smaller in one good step; larger ones are scaled when painted."""
        image = self._image
        assert image is not None  # noqa: S101 - the caller has checked; this is for the type
        size = (rect.size() * self.devicePixelRatioF()).toSize()
        if size.width() >= image.width():
            return image
        if self._fitted is None or self._fitted.size() != size:
            keep, smooth = (
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._fitted = image.scaled(size, keep, smooth)
        return self._fitted

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom() * STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.pen.active and self._image is not None:
            self.pen.press(0, *self._point(event.position()))
            return
        if left and self._image is not None and self._choose_area(event.position()):
            return
        if event.button() == Qt.MouseButton.LeftButton and not self.fits:
            self._grip = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            event.ignore()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.pen.drawing:
            self.pen.drag(*self._point(event.position()))
            return
        if self._grip is None:
            return
        moved = event.position() - self._grip
        self._grip = event.position()
        for bar, by in (
            (self.horizontalScrollBar(), moved.x()),
            (self.verticalScrollBar(), moved.y()),
        ):
            bar.setValue(bar.value() - round(by))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.pen.drawing:
            self.pen.release()
            return
        self._grip = None
        self.viewport().unsetCursor()

    def _choose_area(self, point: QPointF) -> bool:
        """Make the area under a point the current one; False where there is none."""
        x, y = self._point(point)
        left, top, _, _ = upright((x, y, x, y), self._turns)
        found = self.areas.at(0, left, top)
        if found == self.current:
            return False
        self.current = found
        self.viewport().update()
        if found is None:
            return False
        self.mark_activated.emit(found)
        return True

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.fits:
            self.set_zoom(1.0, event.position())
        else:
            self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.pen.active and self.pen.key(event):
            return
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(steps[key])
        elif key == Qt.Key.Key_0 and not event.modifiers():
            self.fit()
        else:
            super().keyPressEvent(event)
