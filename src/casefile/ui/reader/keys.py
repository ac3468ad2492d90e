"""Which keys move the caret and the text; letters belong to the window's commands."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

K = Qt.Key
_PLAIN = {
    K.Key_Left: "left",
    K.Key_Right: "right",
    K.Key_Up: "up",
    K.Key_Down: "down",
    K.Key_Home: "home",
    K.Key_End: "end",
}
_WITH_CTRL = {
    K.Key_Left: "word left",
    K.Key_Right: "word right",
    K.Key_Home: "top",
    K.Key_End: "bottom",
}
_PAGES = {K.Key_PageUp: -1, K.Key_PageDown: 1}


class Step(NamedTuple):
    """A movement of the caret, or of the text by `page` pages; `keep` draws the selection out."""

    step: str
    keep: bool = False
    page: int = 0


def step_of(event: QKeyEvent) -> Step | None:
    """Give the movement that a key asks for."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
    rest = held & ~Qt.KeyboardModifier.ShiftModifier
    key = K(event.key())
    if rest == Qt.KeyboardModifier.NoModifier:
        if key == K.Key_Space:
            return Step("", page=-1 if shift else 1)
        if key in _PAGES:
            return Step("", page=_PAGES[key])
        return Step(_PLAIN[key], shift) if key in _PLAIN else None
    if rest == Qt.KeyboardModifier.ControlModifier:
        return Step(_WITH_CTRL[key], shift) if key in _WITH_CTRL else None
    return None
