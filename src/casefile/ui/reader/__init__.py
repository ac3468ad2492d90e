"""The reader: stored text in zones, with marks, hits, notes, caret and selection in code points."""

from casefile.ui.reader.reader import Reader

__all__ = ["Reader"]
