"""What a format file is given and what it must offer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from casefile.extract.limits import Limits
from casefile.model.draft import Draft

# A parameter of bytes that came out of a web archive: whether its check sum fits them.
CHECK_SUM, FITS, DIFFERS = "check sum", "fits", "differs"


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the bytes.

    `name` is the file's name without folders; `parameters` change how the bytes are read (such as
    `encoding`) and are part of what an extraction is keyed by. `passwords` are tried on what asks
    for one and never become part of a draft; `left_out` are the pages (from 1; 0 is what stands
    beside them) that broke a reader of this file before.
    """

    name: str
    parameters: dict[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    passwords: tuple[str, ...] = ()
    left_out: frozenset[int] = frozenset()


def context_of(request: Mapping[str, Any], limits: Limits) -> Context:
    """Give what a request to the child says of its file."""
    return Context(
        name=str(request.get("name", "")),
        parameters=request.get("with", {}),
        limits=limits,
        passwords=tuple(map(str, request.get("passwords", ()))),
        left_out=frozenset(request.get("left_out", ())),
    )


class Format(Protocol):
    """A format file: a module with these names, loaded in the child only.

    `SAMPLES` are tiny files that are read once before the child is locked, so that whatever a
    library imports late or loads from disk is there; files cannot be opened afterwards.
    """

    EXTRACTOR: str
    VERSION: str
    SAMPLES: tuple[bytes, ...]

    def read(self, data: bytes, context: Context) -> Draft:
        """Read one file; a pure function of its arguments, no file, no network, no clock.

        Any exception means that the file could not be read; what can be read of a damaged file is
        given as a draft with `complete=False` and a `reason`.
        """
        ...
