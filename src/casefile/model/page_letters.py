"""Letters of a page by their boxes: merged boxes a line, the letter nearest to a point."""

from collections.abc import Sequence
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom as fractions of the page
GAP = 0.75  # boxes of a line nearer than this part of its height become one


class Letters(NamedTuple):
    """The boxes of a page; `start` is the code point of its first letter in the stored text.

    `shape` is height by width of the page, to compare lengths across with lengths along it.
    """

    boxes: Sequence[Box | None]
    start: int
    shape: float

    @property
    def end(self) -> int:
        """The code point after the last letter."""
        return self.start + len(self.boxes)

    def lines(self, start: int, end: int) -> list[Box]:
        """Give the boxes of code points start..end, merged where they touch in a line."""
        low, high = max(start, self.start) - self.start, min(end, self.end) - self.start
        found: list[list[Box]] = []
        for box in self.boxes[max(0, low) : max(0, high)]:
            if box is None:
                continue
            if found and _same_line(found[-1][-1], box):
                found[-1].append(box)
            else:
                found.append([box])
        return [merged for line in found for merged in self._merged(line)]

    def near(self, x: float, y: float) -> int | None:
        """Give the position nearest to a point: before or after the nearest letter."""
        best, least = None, (True, float("inf"))
        for index, box in enumerate(self.boxes):
            if box is None:
                continue
            far = self._distance(box, x, y)
            if far < least:
                best, least = index, far
        if best is None:
            return None
        box = self.boxes[best]
        right_half = box is not None and x > (box[0] + box[2]) / 2
        return self.start + best + (right_half != self._leftward(best))

    def at(self, x: float, y: float) -> int | None:
        """Give the code point whose box holds a point."""
        for index, box in enumerate(self.boxes):
            if box and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                return self.start + index
        return None

    def _distance(self, box: Box, x: float, y: float) -> tuple[bool, float]:
        """Give whether a point is beside the line of a box, then how far; nearest is smallest."""
        across = max(box[0] - x, 0.0, x - box[2])
        along = max(box[1] - y, 0.0, y - box[3]) * self.shape
        return along > 0, along * 4 + across

    def _leftward(self, index: int) -> bool:
        """Say whether the letters around one run from right to left."""
        here = self.boxes[index]
        for other, way in ((index + 1, 1), (index - 1, -1)):
            box = self.boxes[other] if 0 <= other < len(self.boxes) else None
            if here and box and _same_line(here, box) and box[0] != here[0]:
                return (box[0] < here[0]) == (way > 0)
        return False

    def _merged(self, line: list[Box]) -> list[Box]:
        found: list[Box] = []
        for box in sorted(line):
            last = found[-1] if found else None
            height = max(box[3] - box[1], last[3] - last[1] if last else 0) * self.shape
            if last and box[0] - last[2] < GAP * height:
                top, bottom = min(last[1], box[1]), max(last[3], box[3])
                found[-1] = (last[0], top, max(last[2], box[2]), bottom)
            else:
                found.append(box)
        return found


def _same_line(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0.4 * min(one[3] - one[1], other[3] - other[1])
