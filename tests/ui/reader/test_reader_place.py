"""Where the reader stands, what it folds, and what it says on top and to assistive technology."""

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from casefile.model.view import TextView
from casefile.ui.reader import Reader
from casefile.ui.theme import LIGHT

Make = Callable[..., TextView]
Seen = Callable[..., list[tuple[int, int]]]
BODY = (
    "An armoured column 😀 entered the grounds. It cut off water to six villages. "
    "Nobody\u00a0said why."
)


def test_an_empty_reader_says_what_to_do(reader: Reader, pixels: Seen) -> None:
    assert "Choose a source" in reader.accessibleDescription()
    assert reader.selection() is None
    assert reader.top_position() == 0
    assert reader.next_mark() is None
    assert reader.next_hit() is None
    reader.scroll_to(10)
    reader.set_empty("Nothing here")
    assert pixels(reader, LIGHT.surface)


def test_the_caret_passes_over_folded_furniture(
    qtbot: QtBot, reader: Reader, text_of: Make
) -> None:
    view = text_of([("body", "One"), ("boilerplate", "Share"), ("body", "Two")])
    reader.set_text(view)
    reader.put_caret(3)
    qtbot.keyClick(reader, Qt.Key.Key_Right)
    assert reader.caret() == view.text.index("Two")
    qtbot.keyClick(reader, Qt.Key.Key_Left)
    assert reader.caret() == 3


def test_furniture_is_folded_and_shown(qtbot: QtBot, reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    assert [i.kind for i in reader._document.items] == [
        "start",
        "fold",
        "text",
        "text",
        "fold",
        "end",
    ]
    reader.fold_boilerplate(False)
    assert not reader.folded
    assert [i.kind for i in reader._document.items].count("text") == 4
    top = reader._flow.top_of(1)
    bar = QPoint(round(reader._area.text + 40), round(top + 26))
    qtbot.mouseMove(reader.viewport(), bar)
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=bar)
    assert reader.folded


def test_going_to_folded_words_unfolds_them(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    reader.scroll_to(article.text.index("Share"))
    assert not reader.folded


def test_a_million_letters_open_at_once(reader: Reader, text_of: Make) -> None:
    view = text_of([("body", ("The pumps had stopped by noon. " * 19 + "\n\n") * 1700)])
    assert len(view.text) > 1_000_000
    reader.set_text(view)  # fonts are warm now
    started = time.perf_counter()
    reader.set_text(view)
    reader.viewport().repaint()
    # Laid out whole it takes many seconds; how fast it really is, a benchmark measures.
    assert time.perf_counter() - started < 3
    bar, slowest = reader.verticalScrollBar(), 0.0
    for step in range(20):
        started = time.perf_counter()
        bar.setValue(bar.value() + bar.pageStep() if step % 5 else bar.maximum() * step // 20)
        reader.viewport().repaint()
        slowest = max(slowest, time.perf_counter() - started)
    assert slowest < 1


def test_the_place_is_kept(reader: Reader, long_text: TextView) -> None:
    reader.set_text(long_text)
    place = long_text.text.index("Paragraph 250.")
    reader.scroll_to(place)
    assert reader._flow.top_of(reader._document.item_at(place)) is not None
    top = reader.top_position()
    reader.resize(480, 600)
    assert abs(reader.top_position() - top) < 200
    reader.resize(640, 600)
    reader.restore_position(0)
    assert reader.top_position() == 0
    reader.restore_position(top)
    assert abs(reader.top_position() - top) < 60


def test_scrolling_down_reaches_the_end_without_jumps(
    qtbot: QtBot, reader: Reader, long_text: TextView
) -> None:
    reader.set_text(long_text)
    seen = [reader.top_position()]
    for _ in range(5):
        qtbot.keyClick(reader, Qt.Key.Key_Space)
        seen.append(reader.top_position())
    assert seen == sorted(set(seen))
    qtbot.keyClick(reader, Qt.Key.Key_PageUp)
    assert abs(reader.top_position() - seen[-2]) < 100
    qtbot.keyClick(reader, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert reader.caret() == len(long_text.text)
    bar = reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert reader._flow.visible[-1][0] == len(reader._document.items) - 1
    qtbot.keyClick(reader, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert reader.top_position() == 0


def test_the_banner_takes_room_and_goes(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    before = reader.viewport().height()
    reader.set_banner("Pages 5 and 6 are pictures without text", "warn")
    assert reader.viewport().height() < before - 20
    assert reader._banner.accessibleName() == "Pages 5 and 6 are pictures without text"
    image = reader._banner.grab().toImage()
    assert image.pixelColor(2, 2) == QColor(LIGHT.warn_soft)
    reader.set_banner("")
    assert reader.viewport().height() == before


def test_a_script_without_a_font_is_said(reader: Reader, text_of: Make) -> None:
    reader.set_text(text_of([("body", "Rare: \U0001e290\U0001e291. Привет مرحبا")]))
    assert "toto" in reader._banner.words
    assert "cyrillic" not in reader._banner.words
    reader.set_banner("Partly read", "warn")
    assert reader._banner.words == "Partly read"
    reader.set_banner("")
    assert "toto" in reader._banner.words
    reader.set_text(text_of([("body", "Plain")]))
    assert reader._banner.words == ""


def test_the_paragraph_is_told_to_assistive_technology(reader: Reader, article: TextView) -> None:
    reader.set_text(article)
    reader.put_caret(article.text.index("It cut"))
    assert reader.accessibleDescription() == BODY
    assert reader.accessibleName() == "Reader"


def test_the_banner_begins_at_the_start_of_the_interface(reader: Reader) -> None:
    def inked() -> list[int]:
        image = reader._banner.grab().toImage()
        text = QColor(LIGHT.text).rgb()
        return [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixel(x, y) == text
        ]

    reader.set_banner("Partly read", "warn")
    assert max(inked()) < reader.width() / 2
    reader.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert min(inked()) > reader.width() / 2
