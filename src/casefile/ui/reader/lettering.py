"""Whether the letters of a text can be drawn: CJK and rare scripts take the system's fonts."""

from PySide6.QtGui import QFontMetricsF

from casefile.model.text import script

LOOKED_AT = 60_000  # code points from the beginning; a text rarely changes its script after that
_ASCII = 128


def undrawable(text: str, metrics: QFontMetricsF) -> list[str]:
    """Give the scripts of a text, as Unicode names them, that no installed font can draw."""
    seen: dict[str, str] = {}
    for letter in sorted(set(text[:LOOKED_AT])):
        if ord(letter) >= _ASCII and letter.isalpha():
            seen.setdefault(script(letter) or "", letter)
    return sorted(
        name for name, letter in seen.items() if name and not metrics.inFontUcs4(ord(letter))
    )
