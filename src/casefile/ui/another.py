"""Another case: another window in a process of its own."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess


def words_of(path: Path) -> list[str]:
    """Give the program and arguments that open a case; a frozen program is its own interpreter."""
    start = (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "casefile"]
    )
    return [*start, "open", str(path)]


def open_elsewhere(path: Path) -> bool:
    """Start a window for another case; False when the system refuses."""
    program, *words = words_of(path)
    started, _number = QProcess.startDetached(program, words)
    return started
