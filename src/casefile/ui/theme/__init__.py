"""Colours, sizes and fonts of the window, and the style that draws with them."""

from casefile.ui.theme.theme import Theme
from casefile.ui.theme.tokens import DARK, LIGHT, MarkLook, Tokens

__all__ = ["DARK", "LIGHT", "MarkLook", "Theme", "Tokens"]
