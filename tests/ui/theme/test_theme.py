"""The theme gives sizes, fonts and colours, and dresses the application."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from casefile.ui.theme import DARK, LIGHT, Theme
from casefile.ui.theme.painting import mark_line, start_side
from casefile.ui.theme.tokens import PATTERNS


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("light")
    made.apply(qapp)
    return made


def colors_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_sizes_follow_the_scale(theme: Theme) -> None:
    assert theme.px("ui") == 12.5
    theme.set_scale(200)
    assert theme.px("ui") == 25
    assert theme.px("body") == 29
    theme.set_reader_scale(150)
    assert theme.px("body") == 43.5
    assert theme.px("ui") == 25
    theme.set_scale(1000)
    assert theme.scale == 200


def test_arabic_reading_text_is_larger_and_airier(theme: Theme) -> None:
    assert theme.px("body", "arabic") == 18
    assert theme.leading("body", "arabic") == pytest.approx(18 * 1.75)
    assert theme.font("body", "arabic").families()[0] == "Noto Naskh Arabic"


def test_fonts_are_the_shipped_ones(theme: Theme) -> None:
    assert QFontInfo(theme.font("ui")).family() == "Inter"
    assert QFontInfo(theme.font("body")).family() == "Noto Serif"
    assert QFontInfo(theme.font("code")).family() == "Noto Sans Mono"
    assert theme.font("ui").hintingPreference() == QFont.HintingPreference.PreferNoHinting
    assert QFontInfo(theme.font("headline")).bold()
    assert abs(QFontInfo(theme.font("ui")).pixelSize() - 12.5) <= 0.5


def test_figures_of_the_interface_have_one_width(theme: Theme) -> None:
    metrics = theme.metrics("ui")
    assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("8888"))


def test_a_changed_font_does_not_change_the_theme(theme: Theme) -> None:
    theme.font("ui").setBold(True)
    assert not theme.font("ui").bold()


def test_look_is_followed_by_palette_and_told(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    assert qapp.palette().base().color() == QColor(LIGHT.surface)
    with qtbot.waitSignal(theme.changed):
        theme.set_look("dark")
    assert theme.look == "dark"
    assert theme.tokens is DARK
    assert qapp.palette().base().color() == QColor(DARK.surface)
    assert theme.color("accent") == QColor(DARK.accent)


def test_motion_can_be_reduced(theme: Theme) -> None:
    assert theme.motion(120) == 120
    theme.reduced_motion = True
    assert theme.motion(120) == 0


@pytest.mark.usefixtures("theme")
def test_controls_are_drawn_with_the_tokens(qtbot: QtBot) -> None:
    primary = QPushButton("Add")
    primary.setProperty("primary", True)
    box = QCheckBox("Articles")
    box.setChecked(True)
    field = QLineEdit()
    bar = QProgressBar()
    bar.setValue(50)
    bar.setTextVisible(False)
    for widget in (primary, box, field, bar):
        qtbot.addWidget(widget)
        widget.resize(120, 30)
    accent = QColor(LIGHT.accent).name()
    assert accent in colors_of(primary.grab().toImage())
    assert accent in colors_of(box.grab().toImage())
    assert accent in colors_of(bar.grab().toImage())
    assert QColor(LIGHT.control).name() in colors_of(field.grab().toImage())
    plain = QPushButton("Add")
    qtbot.addWidget(plain)
    assert accent not in colors_of(plain.grab().toImage())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("pattern", PATTERNS)
def test_lines_of_marks_keep_to_their_width(pattern: str) -> None:
    image = QImage(60, 12, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    mark_line(painter, QRectF(10, 6, 30, 0).topLeft(), 30, QColor("black"), pattern)
    painter.end()
    inked = {x for x in range(60) for y in range(12) if image.pixelColor(x, y).lightness() < 200}
    assert min(inked) >= 9
    assert max(inked) <= 41
    assert len(inked) > 14


@pytest.mark.usefixtures("qapp")
def test_patterns_differ() -> None:
    drawn = set()
    for pattern in PATTERNS:
        image = QImage(60, 12, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        mark_line(painter, QRectF(0, 6, 0, 0).topLeft(), 60, QColor("black"), pattern)
        painter.end()
        drawn.add(bytes(image.constBits()))
    assert len(drawn) == 5


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("words", ["said", "قال"])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection))
def test_a_start_side_is_not_turned_by_words_or_widget(
    words: str, direction: Qt.LayoutDirection
) -> None:
    for rtl in (False, True):
        image = QImage(200, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setLayoutDirection(direction)
        painter.drawText(QRectF(0, 0, 200, 30), start_side(rtl=rtl), words)
        painter.end()
        inked = [
            x for x in range(200) for y in range(30) if image.pixelColor(x, y).lightness() < 99
        ]
        assert (min(inked) > 100) == rtl
