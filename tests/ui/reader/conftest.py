"""Texts with zones and marks that the tests of the reader share."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.model.annotation import Annotation, quote_selectors
from casefile.model.view import MarkView, TextView
from casefile.model.zone import Zone
from casefile.ui.reader import Reader
from casefile.ui.theme import Theme

Make = Callable[..., TextView]


@pytest.fixture
def text_of() -> Make:
    """Make a text from (kind, words) pairs joined by blank lines."""

    def make(
        parts: Sequence[tuple[str, str]],
        language: str = "en",
        pages: tuple[tuple[int, int], ...] = (),
    ) -> TextView:
        text, zones = "", []
        for kind, words in parts:
            text += "\n\n" if text else ""
            zones.append(Zone(kind, len(text), len(text) + len(words)))
            text += words
        return TextView(
            source="s",
            text_hash="h",
            object="o",
            text=text,
            zones=tuple(zones),
            pages=pages,
            language=language,
        )

    return make


@pytest.fixture
def mark_of() -> Callable[..., MarkView]:
    """Make a mark on the first place of some words."""

    def make(view: TextView, words: str, number: int = 1, body: str = "") -> MarkView:
        start = view.text.index(words)
        made = Annotation(
            id=f"mark-{start}",
            source=view.source,
            text_hash=view.text_hash,
            object=view.object,
            selectors=quote_selectors(view.text, start, start + len(words), None),
            motivation="highlighting",
            body=body,
            mark=number,
            anchor="exact",
        )
        return MarkView(
            annotation=made, source_title="", zone="body", tags=(), claims=(), by="Hanna Reuter"
        )

    return make


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("light")
    made.apply(qapp)
    return made


@pytest.fixture
def reader(qtbot: QtBot, theme: Theme) -> Reader:
    made = Reader(theme)
    qtbot.addWidget(made)
    made.resize(640, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def point_of() -> Callable[..., QPoint]:
    """Find where a code point stands in the viewport."""

    def point_of(reader: Reader, position: int, *, right: bool = False) -> QPoint:
        """Give a point on a code point, from what the reader itself laid out."""
        item, _ = reader._place_of(position)
        top = reader._flow.top_of(item)
        document = reader._document
        block = document.blocks[document.block_at(position)]
        box = document.paragraph(document.block_at(position)).boxes(
            position - block.start, position - block.start + 1
        )[0]
        x = box.right() - 1 if right else box.left() + 1
        return QPoint(round(reader._area.text + x), round(top + box.center().y()))

    return point_of


@pytest.fixture
def pixels() -> Callable[..., list[tuple[int, int]]]:
    """Find the pixels of the viewport that have a colour."""

    def pixels(reader: Reader, color: str) -> list[tuple[int, int]]:
        image: QImage = reader.viewport().grab().toImage()
        wanted = QColor(color).rgb()
        return [
            (x, y)
            for y in range(image.height())
            for x in range(image.width())
            if image.pixel(x, y) == wanted
        ]

    return pixels


BODY = (
    "An armoured column 😀 entered the grounds. It cut off water to six villages. "
    "Nobody\u00a0said why."
)


@pytest.fixture
def article(text_of: Make) -> TextView:
    return text_of(
        [
            ("boilerplate", "Home News"),
            ("headline", "Column takes station"),
            ("body", BODY),
            ("boilerplate", "Share this"),
        ]
    )


@pytest.fixture
def long_text(text_of: Make) -> TextView:
    paragraphs = [f"Paragraph {n}. " + "The pumps had stopped by noon. " * 9 for n in range(400)]
    return text_of([("body", "\n\n".join(p.strip() for p in paragraphs))])
