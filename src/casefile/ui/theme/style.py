"""The style of the standard controls: Fusion, flattened, with our colours and rings."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)
from typing_extensions import override

from casefile.ui.theme.painting import box, hairline, ring
from casefile.ui.theme.palette import palette

if TYPE_CHECKING:
    from casefile.ui.theme.theme import Theme

P = QStyle.PrimitiveElement
C = QStyle.ControlElement
S = QStyle.StateFlag
_METRICS = {
    QStyle.PixelMetric.PM_SplitterWidth: 1,
    QStyle.PixelMetric.PM_ScrollBarExtent: 12,
    QStyle.PixelMetric.PM_SmallIconSize: 16,
    QStyle.PixelMetric.PM_ButtonIconSize: 16,
    QStyle.PixelMetric.PM_IndicatorWidth: 16,
    QStyle.PixelMetric.PM_IndicatorHeight: 16,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth: 16,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight: 16,
}
_HINTS = {
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_DitherDisabledText: 0,
    QStyle.StyleHint.SH_ItemView_ActivateItemOnSingleClick: 0,
    QStyle.StyleHint.SH_ScrollBar_Transient: 0,
}


class CasefileStyle(QProxyStyle):
    """Fusion with flat buttons, fields, boxes, bars and scroll bars."""

    def __init__(self, theme: "Theme") -> None:
        super().__init__("Fusion")
        self._theme = theme
        self._primitives = {
            P.PE_FrameFocusRect: self._focus,
            P.PE_PanelButtonCommand: self._button,
            P.PE_PanelButtonTool: self._tool_button,
            P.PE_PanelLineEdit: self._field,
            P.PE_FrameLineEdit: self._field,
            P.PE_IndicatorCheckBox: self._check,
            P.PE_IndicatorRadioButton: self._radio,
            P.PE_Frame: self._frame,
            P.PE_FrameMenu: self._frame,
            P.PE_PanelMenu: self._menu,
            P.PE_PanelTipLabel: self._menu,
            P.PE_PanelMenuBar: self._nothing,
        }

    @override
    def standardPalette(self) -> QPalette:
        return palette(self._theme.tokens)

    @override
    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in _METRICS:
            fixed = metric == QStyle.PixelMetric.PM_SplitterWidth
            return _METRICS[metric] if fixed else round(self._theme.dip(_METRICS[metric]))
        return super().pixelMetric(metric, option, widget)

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint in _HINTS:
            return _HINTS[hint]
        return super().styleHint(hint, option, widget, returnData)

    @override
    def sizeFromContents(
        self,
        type: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        found = super().sizeFromContents(type, option, size, cast("QWidget", widget))
        least = {
            QStyle.ContentsType.CT_PushButton: 28,
            QStyle.ContentsType.CT_LineEdit: 28,
            QStyle.ContentsType.CT_ComboBox: 28,
            QStyle.ContentsType.CT_CheckBox: 24,
            QStyle.ContentsType.CT_RadioButton: 24,
            QStyle.ContentsType.CT_MenuItem: 26,
        }.get(type)
        if least is None or found.height() < 8:  # a separator of a menu stays thin
            return found
        return found.expandedTo(QSize(0, round(self._theme.dip(least))))

    @override
    def subElementRect(
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        found = super().subElementRect(element, option, cast("QWidget", widget))
        if element == QStyle.SubElement.SE_LineEditContents:
            return found.adjusted(5, 0, -5, 0)
        return found

    @override
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        own = self._primitives.get(element)
        if own is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            own(option, painter, widget)

    @override
    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == C.CE_Splitter:
            hairline(painter, QRectF(option.rect), self._theme.color("line"))
        elif element == C.CE_PushButtonLabel:
            self._button_label(cast("QStyleOptionButton", option), painter, widget)
        elif element == C.CE_ProgressBar:
            self._progress(cast("QStyleOptionProgressBar", option), painter)
        elif element == C.CE_MenuBarItem:
            self._menu_title(cast("QStyleOptionMenuItem", option), painter)
        elif element == C.CE_TabBarTabShape:
            self._tab(option, painter)
        elif element == C.CE_MenuBarEmptyArea:
            painter.fillRect(option.rect, option.palette.window())
        else:
            super().drawControl(element, option, painter, widget)

    @override
    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ScrollBar:
            self._scroll_bar(cast("QStyleOptionSlider", option), painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _focus(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        ring(painter, QRectF(option.rect), self._theme.color("focus"))

    def _nothing(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        """Leave what is behind."""

    def _button(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        color, rect = self._theme.color, QRectF(option.rect)
        primary = is_primary(option, widget)
        enabled = bool(option.state & S.State_Enabled)
        down = bool(option.state & (S.State_Sunken | S.State_On))
        over = bool(option.state & S.State_MouseOver) and enabled
        if primary and enabled:
            fill = color("accent")
            box(painter, rect, fill.darker(112) if down else fill.lighter(108) if over else fill)
        else:
            name = "accent_soft" if down else "hover" if over else "surface"
            edge = "control" if enabled else "strong"
            box(painter, rect, color(name), color("accent" if down and enabled else edge))
        if option.state & S.State_HasFocus and option.state & S.State_KeyboardFocusChange:
            inner = rect.adjusted(2, 2, -2, -2) if primary else rect
            ring(painter, inner, color("on_accent" if primary else "focus"), 4)

    def _button_label(
        self, option: QStyleOptionButton, painter: QPainter, widget: QWidget | None
    ) -> None:
        made = QPalette(option.palette)
        name = "text" if option.state & S.State_Enabled else "text3"
        if is_primary(option, widget) and option.state & S.State_Enabled:
            name = "on_accent"
        made.setColor(QPalette.ColorRole.ButtonText, self._theme.color(name))
        option.palette = made
        super().drawControl(C.CE_PushButtonLabel, option, painter, widget)

    def _tool_button(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        color, rect = self._theme.color, QRectF(option.rect)
        if option.state & (S.State_Sunken | S.State_On):
            box(painter, rect, color("accent_soft"))
        elif option.state & S.State_MouseOver and option.state & S.State_Enabled:
            box(painter, rect, color("hover"))
        if option.state & S.State_HasFocus and option.state & S.State_KeyboardFocusChange:
            ring(painter, rect, color("focus"))

    def _field(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        color, rect = self._theme.color, QRectF(option.rect)
        focused = bool(option.state & S.State_HasFocus)
        box(
            painter,
            rect,
            color("surface"),
            color("focus" if focused else "control"),
            width=2 if focused else 1,
        )

    def _check(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        color, rect = self._theme.color, _square(option)
        on = bool(option.state & S.State_On)
        part = bool(option.state & S.State_NoChange)
        enabled = bool(option.state & S.State_Enabled)
        name = ("accent" if enabled else "control") if on or part else "surface"
        box(painter, rect, color(name), None if on or part else color("control"), radius=3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color("on_accent"), 1.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        side, at = rect.width(), rect.topLeft()
        if on:
            points = [
                at + QPointF(x * side, y * side)
                for x, y in ((0.24, 0.52), (0.43, 0.7), (0.76, 0.32))
            ]
            painter.drawPolyline(points)
        elif part:
            painter.drawLine(
                at + QPointF(0.27 * side, 0.5 * side), at + QPointF(0.73 * side, 0.5 * side)
            )
        painter.restore()
        self._indicator_focus(option, painter, rect, 3)

    def _radio(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        color, rect = self._theme.color, _square(option)
        half = rect.width() / 2
        on = bool(option.state & S.State_On)
        box(painter, rect, color("surface"), color("accent" if on else "control"), radius=half)
        if on:
            inner = rect.adjusted(4, 4, -4, -4)
            box(painter, inner, color("accent"), radius=inner.width() / 2)
        self._indicator_focus(option, painter, rect, half)

    def _indicator_focus(
        self, option: QStyleOption, painter: QPainter, rect: QRectF, radius: float
    ) -> None:
        if option.state & S.State_HasFocus and option.state & S.State_KeyboardFocusChange:
            ring(painter, rect.adjusted(-2, -2, 2, 2), self._theme.color("focus"), radius + 1)

    def _frame(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        box(painter, QRectF(option.rect), None, self._theme.color("line"))

    def _menu(self, option: QStyleOption, painter: QPainter, _: QWidget | None) -> None:
        painter.fillRect(option.rect, self._theme.color("raised"))
        box(painter, QRectF(option.rect), None, self._theme.color("strong"), radius=0)

    def _menu_title(self, option: QStyleOptionMenuItem, painter: QPainter) -> None:
        painter.fillRect(option.rect, option.palette.window())
        if option.state & (S.State_Selected | S.State_Sunken):
            area = QRectF(option.rect).adjusted(0, 2, 0, -2)
            box(painter, area, self._theme.color("accent_soft"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        flags |= Qt.TextFlag.TextSingleLine
        enabled = bool(option.state & S.State_Enabled)
        self.drawItemText(
            painter,
            option.rect,
            flags,
            option.palette,
            enabled,
            option.text,
            QPalette.ColorRole.WindowText,
        )

    def _tab(self, option: QStyleOption, painter: QPainter) -> None:
        rect = QRectF(option.rect)
        if option.state & S.State_Selected:
            line = QRectF(rect.left() + 6, rect.bottom() - 2, rect.width() - 12, 2)
            box(painter, line, self._theme.color("accent"), radius=1)
        elif option.state & S.State_MouseOver:
            box(painter, rect.adjusted(2, 2, -2, -4), self._theme.color("hover"))

    def _progress(self, option: QStyleOptionProgressBar, painter: QPainter) -> None:
        color = self._theme.color
        rect = QRectF(option.rect)
        track = QRectF(rect.left(), rect.center().y() - 1.5, rect.width(), 3)
        box(painter, track, color("line"), radius=1.5)
        span = option.maximum - option.minimum
        done = (option.progress - option.minimum) / span if span > 0 else 1
        filled = QRectF(track)
        filled.setWidth(track.width() * max(0.0, min(1.0, done)))
        if option.direction == Qt.LayoutDirection.RightToLeft:
            filled.moveRight(track.right())
        box(painter, filled, color("accent"), radius=1.5)

    def _scroll_bar(
        self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None
    ) -> None:
        slider = self.subControlRect(
            QStyle.ComplexControl.CC_ScrollBar,
            option,
            QStyle.SubControl.SC_ScrollBarSlider,
            cast("QWidget", widget),
        )
        if option.maximum <= option.minimum:
            return
        upright = option.orientation == Qt.Orientation.Vertical
        active = bool(option.state & (S.State_MouseOver | S.State_Sunken))
        thickness = 7.0 if active else 5.0
        rect = QRectF(slider)
        if upright:
            rect = QRectF(rect.center().x() - thickness / 2, rect.top(), thickness, rect.height())
        else:
            rect = QRectF(rect.left(), rect.center().y() - thickness / 2, rect.width(), thickness)
        fill = QColor(self._theme.color("control" if active else "strong"))
        box(painter, rect, fill, radius=thickness / 2)


def is_primary(option: QStyleOption, widget: QWidget | None) -> bool:
    """Say whether a button is the one of its dialog, or was given the property `primary`."""
    if widget is not None and widget.property("primary"):
        return True
    if not isinstance(option, QStyleOptionButton):
        return False
    return bool(option.features & QStyleOptionButton.ButtonFeature.DefaultButton)


def _square(option: QStyleOption) -> QRectF:
    rect = QRectF(option.rect)
    side = min(rect.width(), rect.height())
    return QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
