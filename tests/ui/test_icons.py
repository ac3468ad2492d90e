"""Icons are drawn in the asked colour, sharp for the screen, once."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from casefile.resources import path
from casefile.ui import icons

pytestmark = pytest.mark.usefixtures("qapp")


def test_colour_size_and_ratio() -> None:
    made = icons.pixmap("article", "#17598A", 16, 2.0)
    assert (made.width(), made.height(), made.devicePixelRatio()) == (32, 32, 2.0)
    image = made.toImage()
    inked = {
        image.pixelColor(x, y).rgb()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert QColor("#17598A").rgb() in inked
    assert icons.pixmap("article", QColor("#17598A"), 16, 2.0) is made


def test_every_shipped_icon_is_drawn() -> None:
    names = [file.stem for file in path("icons").glob("*.svg")]
    assert len(names) > 60
    for name in names:
        image = icons.pixmap(name, "#000000").toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), name


def test_an_icon_has_a_drawing_for_fine_screens() -> None:
    made = icons.icon("search", "#000000", 16)
    assert {(s.width(), s.height()) for s in made.availableSizes()} >= {(16, 16), (32, 32)}


def test_unknown_names_are_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "#000000")


def test_draw_puts_it_where_it_was_told() -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.draw(painter, "x", QPointF(20, 20), "#FF0000")
    painter.end()
    inked = [(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha()]
    assert min(x for x, _ in inked) >= 20
    assert max(y for _, y in inked) < 36
