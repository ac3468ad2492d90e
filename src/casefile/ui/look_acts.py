"""How the window looks: size of the text, light or dark, the whole screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


class LookActs:
    """Changes the look of one window and keeps it as settings."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window

    def full_screen(self) -> None:
        """Fill the screen, or not."""
        self._w.setWindowState(self._w.windowState() ^ Qt.WindowState.WindowFullScreen)

    def scale(self, by: int) -> None:
        """Make text larger or smaller by per cent; 0 means 100 %."""
        scale = max(80, min(200, self._w.settings["text_scale"] + by)) if by else 100
        self._w.settings["text_scale"] = scale
        self.apply("text_scale")

    def choose(self, look: str) -> None:
        """Choose light, dark or the system's look."""
        self._w.settings["look"] = look
        self.apply("look")

    def apply(self, key: str) -> None:
        """Let a setting count."""
        if key == "look":
            self._w.theme.set_look(self._w.settings["look"])
        elif key == "text_scale":
            self._w.theme.set_scale(self._w.settings["text_scale"])
        elif key == "reader_scale":
            self._w.theme.set_reader_scale(self._w.settings["reader_scale"])
        self._w.keys.single = self._w.settings["single_keys"]
        self._w.theme.reduced_motion = self._w.settings["reduced_motion"]
        self._w.panes.fit(self._w.panes.width())
