"""What every command is given, and what it gives back."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casefile.cli.output import Output
    from casefile.services.places import Places


@dataclass(frozen=True, slots=True)
class Context:
    """The places of this machine, the window as a callable, and where words go."""

    places: "Places"
    open_window: Callable[..., int]
    output: "Output"
    environ: MutableMapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: a JSON document, the same for people, and the exit status."""

    document: dict[str, Any]
    show: "Callable[[Output], None]"
    status: int = 0
