"""How much one file may cost; a frozen value so that tests can be stricter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the reading of one file may use.

    Seconds are seconds, sizes are bytes, pixels are counts. A PDF adds `page_seconds` of CPU time
    (and as much wall time again) for each of its pages, at most `pages`. Photos with more than
    `large_pixels` get `large_memory` of address space instead of `memory`; more than `pixels` are
    not drawn at all. The letters of one picture are recognised in `letters_seconds`. An archive gives at most `members` files of `archive_bytes` together, and is
    opened inside another one down to `depth`.
    """

    cpu_seconds: float = 20.0
    wall_seconds: float = 40.0
    page_seconds: float = 0.05
    one_page_seconds: float = 5.0
    letters_seconds: float = 120.0
    pages: int = 10_000
    memory: int = 1024 * MIB
    large_memory: int = 2048 * MIB
    large_pixels: int = 40_000_000
    pixels: int = 200_000_000
    picture_pixels: int = 40_000_000
    input_bytes: int = 512 * MIB
    answer_bytes: int = 256 * MIB
    message_bytes: int = 32 * MIB
    unpacked_bytes: int = 256 * MIB
    unpacked_ratio: int = 200
    archive_bytes: int = 4096 * MIB
    members: int = 100_000
    depth: int = 2

    def to_json(self) -> dict[str, Any]:
        """Give the limits as the child is told them."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(**{f.name: data[f.name] for f in fields(cls)})
