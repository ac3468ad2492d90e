"""Texts with zones and marks that the tests of the reader share."""

from collections.abc import Callable, Sequence

import pytest
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
