"""Areas of pictures and pages: a box in percent of the upright picture."""

import re
from dataclasses import dataclass
from typing import Any, Self

from casefile.strings import tr

WHOLE = 100.0
LEAST = 0.1  # per cent of a side; smaller is a slip of the hand
PLACES = 3  # digits after the point: a thousandth of a per cent is finer than any pixel
_FORM = re.compile(r"xywh=percent:([\d.]+),([\d.]+),([\d.]+),([\d.]+)")
_CONFORMS = "http://www.w3.org/TR/media-frags/"


@dataclass(frozen=True, slots=True)
class Area:
    """A box: left, top, width, height in percent after orientation; `page` from 1 or None."""

    left: float
    top: float
    width: float
    height: float
    page: int | None = None

    def __post_init__(self) -> None:
        sides = ((self.left, self.width), (self.top, self.height))
        if any(at < 0 or size < LEAST or at + size > WHOLE + 0.001 for at, size in sides):
            msg = f"not an area: {self.left},{self.top},{self.width},{self.height}"
            raise ValueError(msg)

    @classmethod
    def of_box(cls, box: tuple[float, float, float, float], page: int | None = None) -> Self:
        """Make an area of left, top, right, bottom as fractions; what is beside it is cut off.

        Raises ValueError when too little is left.
        """
        left, top, right, bottom = (min(max(side, 0.0), 1.0) * WHOLE for side in box)
        return cls(
            round(left, PLACES),
            round(top, PLACES),
            round(right - left, PLACES),
            round(bottom - top, PLACES),
            page,
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom as fractions."""
        right, bottom = self.left + self.width, self.top + self.height
        return (self.left / WHOLE, self.top / WHOLE, right / WHOLE, bottom / WHOLE)

    @property
    def words(self) -> str:
        """What stands in a list where the marked words of a text would."""
        if self.page:
            return tr("Area on page {n}").format(n=self.page)
        return tr("Area of the picture")

    def selectors(self) -> tuple[dict[str, Any], ...]:
        """Give the W3C selectors of this area."""
        sides = (self.left, self.top, self.width, self.height)
        value = "xywh=percent:" + ",".join(f"{side:g}" for side in sides)
        fragment = {"type": "FragmentSelector", "conformsTo": _CONFORMS, "value": value}
        return (fragment, {"type": "PageSelector", "page": self.page}) if self.page else (fragment,)


def area_of(value: object, page: int | None = None) -> Area | None:
    """Read the value of a FragmentSelector; None for anything that is no area in percent."""
    found = _FORM.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        left, top, width, height = (float(side) for side in found.groups())
        return Area(left, top, width, height, page)
    except ValueError:
        return None
