"""Single keys: one event filter for every list and the reader, by physical key where needed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from casefile.ui.commands import Command

# Scan codes of the letter and sign keys of a US keyboard, as X11 and Wayland count them.
_ROWS = ((10, "1234567890-="), (24, "qwertyuiop[]"), (38, "asdfghjkl;'`"), (52, "zxcvbnm,./"))
US_KEYS = {first + n: sign for first, row in _ROWS for n, sign in enumerate(row)}
_NAMED = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Return",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Delete: "Delete",
}
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_HEAVY = _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
Find = Callable[[str, str], Command | None]


def latin(event: QKeyEvent) -> str:
    """Give the Latin sign of a key: as typed, or of the physical key on another keyboard."""
    typed = event.text()
    if len(typed) == 1 and "!" <= typed <= "~":
        return typed
    if Qt.Key.Key_Exclam <= event.key() <= Qt.Key.Key_AsciiTilde and not _foreign(typed):
        return chr(event.key()).lower()
    virtual = event.nativeVirtualKey()
    if event.nativeScanCode() == 0 and 0x41 <= virtual <= 0x5A:  # Windows counts letters so
        return chr(virtual).lower()
    return US_KEYS.get(event.nativeScanCode(), "")


def single_key(event: QKeyEvent) -> str:
    """Name a key as the table of commands does, or give "" for one that is not a single key."""
    if event.modifiers() & _HEAVY:
        return ""
    shifted = "Shift+" if event.modifiers() & _SHIFT else ""
    named = _NAMED.get(Qt.Key(event.key()))
    if named:
        return shifted + named
    sign = latin(event)
    return shifted + sign.upper() if sign.isalpha() else sign


def control_key(event: QKeyEvent) -> str:
    """Name a Ctrl key typed on a keyboard without Latin letters, or give ""."""
    if not event.modifiers() & _CTRL or event.key() <= 0x7F or event.key() >= 0x0100_0000:
        return ""
    sign = US_KEYS.get(event.nativeScanCode(), "")
    if not sign:
        return ""
    shifted = "Shift+" if event.modifiers() & _SHIFT else ""
    return f"Ctrl+{shifted}{sign.upper()}"


class Keys(QObject):
    """Runs the command of a single key typed in a watched pane; text fields are never watched.

    `scopes` of a pane go from the narrowest to the widest. Ctrl letters of a keyboard without
    Latin letters are translated where the window's own key events pass.
    """

    def __init__(self, find: Find, run: Callable[[Command], None], parent: QObject) -> None:
        super().__init__(parent)
        self._find = find
        self._run = run
        self._scopes: dict[QObject, tuple[str, ...]] = {}
        self.single = True  # the setting; off means that only Return, Space and Delete act

    def watch(self, pane: QWidget, *scopes: str) -> None:
        """Take the single keys that are typed while this widget has the focus."""
        self._scopes[pane] = scopes
        pane.installEventFilter(self)

    def scopes_of(self, widget: QObject | None) -> tuple[str, ...]:
        """Give the scopes of the watched widget that holds this one, narrowest first."""
        while widget is not None:
            if widget in self._scopes:
                return self._scopes[widget]
            widget = widget.parent()
        return ()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Run the command of a key, and keep the key from the widget."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        scopes = self._scopes.get(watched)
        if scopes is None:
            return self._translated(event)
        key = single_key(event)
        if not key or not (self.single or key in ("Return", "Space", "Delete")):
            return False
        command = next((c for scope in scopes if (c := self._find(scope, key))), None)
        if command is None:
            return False
        self._run(command)
        return True

    def _translated(self, event: QKeyEvent) -> bool:
        key = control_key(event)
        if not key:
            return False
        wanted = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
        command = self._find("all", wanted)
        if command is None:
            return False
        self._run(command)
        return True


def _foreign(text: str) -> bool:
    return bool(text) and ord(text[0]) > 0x7F
