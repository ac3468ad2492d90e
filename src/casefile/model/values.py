"""Small values that records are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue:
    """A date as said and as computed.

    `text` keeps the words, `edtf` the ISO 8601-2 form, `earliest` and `latest` are days
    (YYYY-MM-DD), `anchor` is the day that the words were resolved against. Unknown is None.
    """

    text: str | None = None
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """Give the five keys that every face and the ledger use."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self | None:
        """Read what `to_json` wrote; unknown keys of a newer version are passed over."""
        if data is None:
            return None
        return cls(**{name: data.get(name) for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in one text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"not a span: {self.start}..{self.end}"
            raise ValueError(msg)

    def of(self, text: str) -> str:
        """Give the words in the range."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Picture:
    """Raw pixels from the child: rows of four bytes a pixel (R, G, B, A), no padding."""

    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        if len(self.pixels) != self.width * self.height * 4 or self.width < 1 or self.height < 1:
            msg = f"{len(self.pixels)} bytes do not make {self.width} x {self.height} pixels"
            raise ValueError(msg)
