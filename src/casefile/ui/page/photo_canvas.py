"""A photo to look at: fitted, zoomed around the pointer, moved by hand; never recoloured."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from casefile.model.values import Picture
from casefile.strings import tr
from casefile.ui.page.picture import image_of
from casefile.ui.theme import Theme
from casefile.ui.theme.bars import ground_bars

STEP = 1.25
MOST = 16.0
MAT = 16.0


class PhotoCanvas(QAbstractScrollArea):
    """`zoom_changed` tells how many logical pixels a pixel of the picture takes."""

    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._fitted: QImage | None = None  # the picture at the size it was painted last
        self._zoom: float | None = None  # None fits
        self._words = ""
        self._grip: QPointF | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Photo"))
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_picture(self, picture: Picture | None) -> None:
        """Show a picture, fitted."""
        self._image = image_of(picture) if picture else None
        self._words = ""
        self._zoom = self._fitted = None
        self._arrange()

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
        self._zoom = max(min(self._fit(), 1.0), min(MOST, zoom))
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
        self.viewport().update()

    def _restyle(self) -> None:
        ground_bars(self, self._theme.color("win"))
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("win"))
        if self._image is not None:
            rect = self._rect()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom() < MOST / 4)
            painter.drawImage(rect, self._shown(rect))
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
        if event.button() == Qt.MouseButton.LeftButton and not self.fits:
            self._grip = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            event.ignore()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
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
        self._grip = None
        self.viewport().unsetCursor()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.fits:
            self.set_zoom(1.0, event.position())
        else:
            self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(steps[key])
        elif key == Qt.Key.Key_0 and not event.modifiers():
            self.fit()
        else:
            super().keyPressEvent(event)
