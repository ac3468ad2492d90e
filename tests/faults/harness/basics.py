"""What an act is, and what most acts begin with."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from harness.ground import Ground

from casefile.services import find, ingest
from casefile.services.desk import Desk, create_desk

Told = list[dict[str, Any]]
Run = Callable[[Ground, int], None]


def _nothing_first(ground: Ground, told: Told) -> Iterable[str]:
    return ()


def _nothing_more(ground: Ground, desk: Desk, told: Told) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class Act:
    """`prepare` makes the template, `run` does the act; both with the number of steps.

    After a fault `first` does what a person would do before opening the case, and `look` sees
    whether what this act is about is as it must be; both give what is wrong.
    """

    prepare: Run
    run: Run
    first: Callable[[Ground, Told], Iterable[str]] = _nothing_first
    look: Callable[[Ground, Desk, Told], Iterable[str]] = _nothing_more


def with_sources(ground: Ground, size: int) -> dict[str, Any]:
    create_desk(ground.case, ground.places, "Valley").close()
    with ground.desk() as desk:
        report = ingest.add(desk, ground.files(3))
        known: dict[str, Any] = {"sources": [entry.source for entry in report.entries]}
        find.catch_up(desk)
    return known


def write(ground: Ground, known: dict[str, Any]) -> None:
    ground.note.write_text(json.dumps(known), "utf-8")
