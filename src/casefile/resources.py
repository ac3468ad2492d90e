"""Where shipped files lie; nobody else builds paths to them."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Give the path of a shipped file: inside the wheel, or in a checkout's `resources/`."""
    inside = _PACKAGE / "_resources"
    root = inside if inside.is_dir() else _PACKAGE.parent.parent / "resources"
    return root / name
