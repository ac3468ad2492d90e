"""Which photos show the same: re-saved, scaled, with a frame, or with the edges cut off.

A look is a photo's grey picture of SIDE x SIDE dots, upright. Two looks are the same picture when
one, with a little of its edges left off, agrees with the other; a frame is such an edge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

SIDE = 32
CUT = 0.13  # of width or height that may be missing at each edge
_CUTS = (0.0, CUT / 2, CUT)
_ROUGH = (0.0, CUT / 3, CUT * 2 / 3, CUT)
_CORE = (0.16, 0.84)  # what is in every version of a picture
_CELLS = 9
NEAR_BITS = 44  # of the 144 of a key: more is another picture
_NEAR_MEAN = 6.0  # of 255, beyond what cutting the edges off can change
LEAST_AGREEMENT = 0.9
_FAIR_AGREEMENT, _VERY_NEAR_BITS = 0.8, 22  # a page of fine print agrees less, its key does not
_FLAT = 6.0  # a spread of grey below this has nothing to compare
_COARSE, _FINE = 8, 16
_NOTHING = 1e-6


@dataclass(frozen=True)
class Look:
    """The dots of a photo, row by row, and what is derived from them."""

    dots: bytes

    def __post_init__(self) -> None:
        if len(self.dots) != SIDE * SIDE:
            msg = f"a look of {len(self.dots)} dots"
            raise ValueError(msg)

    @cached_property
    def sums(self) -> list[list[float]]:
        """Sums of all dots above and to the left, SIDE + 1 each way."""
        rows: list[list[float]] = [[0.0] * (SIDE + 1)]
        for at in range(0, SIDE * SIDE, SIDE):
            line = accumulate(self.dots[at : at + SIDE], initial=0)
            rows.append([above + here for above, here in zip(rows[-1], line, strict=True)])
        return rows

    @cached_property
    def mean(self) -> float:
        """The mean grey (0 to 255) of the middle, which every version of the picture has."""
        return self.cells(_CORE, _CORE, 1)[0]

    @cached_property
    def key(self) -> int:
        """The 144 bits of the middle."""
        return _bits(self.cells(_CORE, _CORE, _CELLS))

    @cached_property
    def keys(self) -> list[int]:
        """The bits of where the middle of the other picture may be in this one."""
        return list({_bits(self.cells(x, y, _CELLS)) for x in _RANGES for y in _RANGES})

    @cached_property
    def means(self) -> tuple[float, float]:
        """The darkest and the brightest mean that the middle of the other picture may have."""
        found = [self.cells(x, y, 1)[0] for x in _RANGES for y in _RANGES]
        return min(found) - _NEAR_MEAN, max(found) + _NEAR_MEAN

    @property
    def flat(self) -> bool:
        """True where there is too little in the picture to tell it from others."""
        mean = sum(self.dots) / len(self.dots)
        return sum((d - mean) ** 2 for d in self.dots) / len(self.dots) < _FLAT**2

    def cells(self, x: tuple[float, float], y: tuple[float, float], count: int) -> list[float]:
        """Give the mean grey of count x count cells of a part of the picture (0 to 1 each way)."""
        columns, rows = _places(x, count), _places(y, count)
        lines = [
            [line[i] + (line[min(i + 1, SIDE)] - line[i]) * part for i, part in columns]
            for line in self.sums
        ]
        across = [
            [
                high + (low - high) * part
                for high, low in zip(lines[i], lines[min(i + 1, SIDE)], strict=True)
            ]
            for i, part in rows
        ]
        size = (x[1] - x[0]) * (y[1] - y[0]) * SIDE * SIDE / (count * count)
        return [
            (below[i + 1] - below[i] - above[i + 1] + above[i]) / size
            for above, below in pairwise(across)
            for i in range(count)
        ]


def same(one: Look, other: Look) -> bool:
    """Say whether two looks are the same picture."""
    found = agreement(one, other)
    if found >= LEAST_AGREEMENT or found < _FAIR_AGREEMENT:
        return found >= LEAST_AGREEMENT
    return min((other.key ^ window).bit_count() for window in one.keys) <= _VERY_NEAR_BITS


def agreement(one: Look, other: Look) -> float:
    """Give how well two pictures agree (-1 to 1) where they lie over each other best."""
    return max(_within(one, other), _within(other, one))


def near(look: Look, others: Sequence[tuple[int, int]]) -> list[int]:
    """Of (number, key) of other photos give the numbers worth comparing, the nearest first."""
    windows = look.keys
    found = []
    for number, key in others:
        distance = min((key ^ window).bit_count() for window in windows)
        if distance <= NEAR_BITS:
            found.append((distance, number))
    return [number for _, number in sorted(found)]


def _within(whole: Look, part: Look) -> float:
    """Lay a picture over another one with edges left off: first roughly, then nearby."""
    everything = (0.0, 1.0)
    sought = _normal(part.cells(everything, everything, _COARSE))
    if sought is None:
        return 0.0
    ranges = [(low, 1 - high) for low in _ROUGH for high in _ROUGH]
    found = max(
        ((_product(sought, whole.cells(x, y, _COARSE)), x, y) for x in ranges for y in ranges),
        key=lambda each: each[0],
    )
    if found[0] < LEAST_AGREEMENT - 0.25:
        return found[0]
    sought = _normal(part.cells(everything, everything, _FINE))
    if sought is None:
        return 0.0

    def laid(place: list[float]) -> float:
        cells = whole.cells((place[0], place[1]), (place[2], place[3]), _FINE)
        return _product(sought, cells)

    place = [*found[1], *found[2]]
    best = laid(place)
    for step in _STEPS:
        for edge in (0, 1, 2, 3) * 2:
            for way in (-step, step):
                moved = _moved(place, edge, way)
                now = laid(moved)
                if now > best:
                    best, place = now, moved
    return best


def _moved(place: list[float], edge: int, step: float) -> list[float]:
    moved = list(place)
    moved[edge] = min(1.0, max(0.0, moved[edge] + step))
    return moved


def _product(normal: Sequence[float], cells: Sequence[float]) -> float:
    other = _normal(cells)
    return 0.0 if other is None else sum(a * b for a, b in zip(normal, other, strict=True))


def _normal(cells: Sequence[float]) -> list[float] | None:
    mean = sum(cells) / len(cells)
    length = sum((c - mean) ** 2 for c in cells) ** 0.5
    return [(c - mean) / length for c in cells] if length > _NOTHING else None


_STEPS = (CUT / 4, CUT / 8, CUT / 16)


def _cores() -> Iterator[tuple[float, float]]:
    """Give where the middle of one picture is in the other, whichever of them is cut."""
    low, high = _CORE
    for left in _CUTS:
        for right in _CUTS:
            rest = 1 - left - right
            yield round((low - left) / rest, 3), round((high - left) / rest, 3)
            yield round(left + low * rest, 3), round(left + high * rest, 3)


def _places(part: tuple[float, float], count: int) -> list[tuple[int, float]]:
    step = (part[1] - part[0]) * SIDE / count
    found = []
    for number in range(count + 1):
        at = part[0] * SIDE + number * step
        whole = min(int(at), SIDE)
        found.append((whole, at - whole))
    return found


def _bits(cells: Sequence[float]) -> int:
    found = 0
    for at in range(_CELLS * _CELLS):
        if at % _CELLS < _CELLS - 1:
            found = found << 1 | (cells[at] < cells[at + 1])
        if at < _CELLS * (_CELLS - 1):
            found = found << 1 | (cells[at] < cells[at + _CELLS])
    return found


_RANGES = sorted(set(_cores()))
