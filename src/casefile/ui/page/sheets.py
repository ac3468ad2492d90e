"""Where the pages stand below one another, and which are seen."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

A4 = 297 / 210  # height by width
EDGE, GAP = 20.0, 16.0


class Sheets:
    """Pages count from 1; lengths are logical pixels; `zoom` 1 fits the width."""

    def __init__(self, count: int, shapes: Sequence[float] | None = None) -> None:
        self._shapes = list(shapes) if shapes else [A4] * count
        self._tops: list[float] = [0.0]
        self.width = 100.0
        self._view = 100.0
        self.zoom = 1.0
        self._place()

    def __len__(self) -> int:
        return len(self._shapes)

    def set_view(self, width: float, zoom: float) -> None:
        """Fit the pages into a viewport."""
        self._view, self.zoom = width, zoom
        self.width = max(60.0, min(width - 2 * EDGE, 1000.0) * zoom)
        self._place()

    def set_shape(self, page: int, shape: float) -> bool:
        """Set height by width of a page; says whether pages below moved."""
        if abs(self._shapes[page - 1] - shape) * self.width < 0.5:  # noqa: PLR2004 - half a pixel
            return False
        self._shapes[page - 1] = shape
        self._place()
        return True

    def shape(self, page: int) -> float:
        """Give height by width of a page."""
        return self._shapes[page - 1]

    @property
    def total(self) -> float:
        """The height of all pages with their gaps."""
        return self._tops[-1] - GAP + EDGE if self._shapes else 0.0

    @property
    def left(self) -> float:
        """Where pages begin across; beyond the viewport's width they are panned."""
        return max(EDGE, (self._view - self.width) / 2)

    def top(self, page: int) -> float:
        """Give where a page begins."""
        return self._tops[page - 1]

    def height(self, page: int) -> float:
        """Give the height of a page."""
        return self._shapes[page - 1] * self.width

    def at(self, y: float) -> int:
        """Give the page at a height; a gap belongs to the page above it."""
        return max(1, min(bisect_right(self._tops, y), len(self._shapes)))

    def seen(self, y: float, height: float) -> range:
        """Give the pages that a viewport at `y` shows."""
        return range(self.at(y), self.at(y + height) + 1) if self._shapes else range(0)

    def _place(self) -> None:
        steps = (shape * self.width + GAP for shape in self._shapes)
        self._tops = list(accumulate(steps, initial=EDGE))
