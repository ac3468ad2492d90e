"""The pictures that there are: name → look, scale and what is done before it is taken."""

from collections.abc import Callable
from pathlib import Path

from stage import Stage

Scene = Callable[[Stage, Path], None]
SCENES: dict[str, tuple[str, int, Scene]] = {}


def scene(name: str, look: str = "light", scale: int = 100) -> Callable[[Scene], Scene]:
    """Name a picture."""

    def keep(run: Scene) -> Scene:
        SCENES[name] = (look, scale, run)
        return run

    return keep
