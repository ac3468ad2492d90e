"""The look of the window: one object that every painter asks for colours, sizes and fonts."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication

from casefile.resources import path
from casefile.ui.theme.palette import palette
from casefile.ui.theme.style import CasefileStyle
from casefile.ui.theme.tokens import DARK, LIGHT, Tokens
from casefile.ui.theme.type import ROLES, family_order

LOOKS = ("system", "light", "dark")
SCALES = (80, 200)
_loaded: list[int] = []


def load_fonts() -> None:
    """Hand the shipped fonts to Qt, once a process; needs a QGuiApplication."""
    if _loaded:
        return
    files = sorted(path("fonts").glob("*.[ot]tf"))
    _loaded.extend(QFontDatabase.addApplicationFont(str(file)) for file in files)


class Theme(QObject):
    """Tokens, type and scale; `changed` is sent after a new look, scale or system setting.

    `look` is system, light or dark; `scale` and `reader_scale` are per cent, 80..200.
    """

    changed = Signal()

    def __init__(self, look: str = "system", scale: int = 100, reader_scale: int = 100) -> None:
        super().__init__()
        load_fonts()
        self.reduced_motion = False
        self._look = look
        self._scale = _within(scale)
        self._reader_scale = _within(reader_scale)
        self._fonts: dict[tuple[str, str | None], QFont] = {}
        self._colors: dict[str, QColor] = {}
        self._app: QApplication | None = None
        self._style: CasefileStyle | None = None
        hints = QGuiApplication.styleHints()
        self._dark_system = hints.colorScheme() == Qt.ColorScheme.Dark
        hints.colorSchemeChanged.connect(self._system_changed)

    @property
    def look(self) -> str:
        """What is shown: light or dark, never system."""
        dark = self._look == "dark" or (self._look == "system" and self._dark_system)
        return "dark" if dark else "light"

    @property
    def tokens(self) -> Tokens:
        """The colours of the look that is shown."""
        return DARK if self.look == "dark" else LIGHT

    @property
    def scale(self) -> int:
        """Size of interface text in per cent."""
        return self._scale

    @property
    def reader_scale(self) -> int:
        """Size of reading text in per cent, on top of `scale`."""
        return self._reader_scale

    def set_look(self, look: str) -> None:
        """Choose system, light or dark."""
        self._look = look
        self._refresh()

    def set_scale(self, scale: int) -> None:
        """Set the size of all text, in per cent."""
        self._scale = _within(scale)
        self._refresh()

    def set_reader_scale(self, scale: int) -> None:
        """Set the size of reading text on top of the scale, in per cent."""
        self._reader_scale = _within(scale)
        self._refresh()

    def px(self, role: str, script: str | None = None) -> float:
        """Give the size of a role in logical pixels, with the scales applied."""
        entry = ROLES[role]
        size = entry.arabic[0] if entry.arabic and script == "arabic" else entry.px
        return self.dip(size) * (self._reader_scale / 100 if entry.family == "reading" else 1)

    def dip(self, length: float) -> float:
        """Scale a length given at 100 %."""
        return length * self._scale / 100

    def leading(self, role: str, script: str | None = None) -> float:
        """Give the height of a line of a role in logical pixels."""
        entry = ROLES[role]
        factor = entry.arabic[1] if entry.arabic and script == "arabic" else entry.leading
        return self.px(role, script) * factor

    def font(self, role: str, script: str | None = None) -> QFont:
        """Give the font of a role; `script` arabic puts the Arabic family first."""
        key = (role, script)
        if key not in self._fonts:
            self._fonts[key] = self._make(role, script)
        return QFont(self._fonts[key])

    def metrics(self, role: str, script: str | None = None) -> QFontMetricsF:
        """Give the metrics of a role."""
        return QFontMetricsF(self.font(role, script))

    def color(self, name: str) -> QColor:
        """Give a token as a colour."""
        if name not in self._colors:
            self._colors[name] = QColor(getattr(self.tokens, name))
        return QColor(self._colors[name])

    def apply(self, app: QApplication) -> None:
        """Dress the application; later changes of the theme dress it again."""
        self._app = app
        self._style = CasefileStyle(self)
        app.setStyle(self._style)
        self._dress()

    def motion(self, milliseconds: int) -> int:
        """Give a duration, or 0 where motion is to be reduced."""
        return 0 if self.reduced_motion else milliseconds

    def _make(self, role: str, script: str | None) -> QFont:
        entry = ROLES[role]
        font = QFont()
        font.setFamilies(family_order(entry.family, script))
        font.setPointSizeF(self.px(role, script) * 72 / _dots_per_inch())
        font.setWeight(QFont.Weight(entry.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if entry.family == "interface":
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        self._dark_system = scheme == Qt.ColorScheme.Dark
        if self._look == "system":
            self._refresh()

    def _refresh(self) -> None:
        self._fonts.clear()
        self._colors.clear()
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        if self._app is not None:
            self._app.setPalette(palette(self.tokens))
            self._app.setFont(self.font("ui"))


def _within(scale: int) -> int:
    return max(SCALES[0], min(SCALES[1], scale))


def _dots_per_inch() -> float:
    screens = QGuiApplication.screens()
    return screens[0].logicalDotsPerInchY() if screens else 96.0
