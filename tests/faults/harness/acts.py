"""What people do, each act with what must stand before it; every step is told when it is done."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from harness.ground import Ground

from casefile.model.hit import SearchRequest
from casefile.model.view import AddEntry
from casefile.services import annotate, claims, find, history, ingest
from casefile.services.annotate import MarkAs
from casefile.services.claims import ClaimDraft
from casefile.services.desk import create_desk

Run = Callable[[Ground, int], None]


@dataclass(frozen=True)
class Act:
    """`prepare` makes the template, `run` does the act; both with the number of steps."""

    prepare: Run
    run: Run


def nothing(ground: Ground, size: int) -> None:
    ground.note.write_text("{}", "utf-8")


def empty_case(ground: Ground, size: int) -> None:
    create_desk(ground.case, ground.places, "Valley").close()
    ground.note.write_text("{}", "utf-8")


def with_sources(ground: Ground, size: int) -> dict[str, Any]:
    create_desk(ground.case, ground.places, "Valley").close()
    with ground.desk() as desk:
        report = ingest.add(desk, ground.files(3))
        known: dict[str, Any] = {"sources": [entry.source for entry in report.entries]}
        find.catch_up(desk)
    return known


def new(ground: Ground, size: int) -> None:
    with create_desk(ground.case, ground.places, "Valley") as desk:
        ground.tell(title="Valley", person=desk.person)
    ground.tell(closed=True)


def bring_in(ground: Ground, size: int) -> None:
    with ground.desk() as desk:
        ingest.add(
            desk,
            ground.files(size),
            seen=lambda entry: tell_entry(ground, entry),
            options=ingest.AddOptions(jobs=1),
        )
    ground.tell(closed=True)


def tell_entry(ground: Ground, entry: AddEntry) -> None:
    if entry.source is None:
        ground.tell(refused=entry.reason)
    else:
        ground.tell(source=entry.source, sha256=entry.sha256)


def marking(ground: Ground, size: int) -> None:
    source = ground.known()["sources"][0]
    with ground.desk() as desk:
        for n in range(size):
            key, _ = annotate.mark(
                desk, source, (n * 7, n * 7 + 30), MarkAs(1 + n % 5, f"note {n}")
            )
            ground.tell(record=["annotation", key], field="body", value=f"note {n}")
    ground.tell(closed=True)


def before_linking(ground: Ground, size: int) -> None:
    known = with_sources(ground, size)
    with ground.desk() as desk:
        known["claim"], _ = claims.add(desk, ClaimDraft(statement="The pumps stopped at noon."))
    write(ground, known)


def linking(ground: Ground, size: int) -> None:
    known = ground.known()
    with ground.desk() as desk:
        for n in range(size):
            source = known["sources"][n % 3]
            key, _ = claims.link(
                desk, known["claim"], source=source, stance="supports", warrant=f"because {n}"
            )
            ground.tell(record=["evidence_link", key], field="warrant", value=f"because {n}")
    ground.tell(closed=True)


def before_undoing(ground: Ground, size: int) -> None:
    known = with_sources(ground, size)
    with ground.desk() as desk:
        known["marks"] = [
            annotate.mark(desk, known["sources"][0], (n * 7, n * 7 + 30), MarkAs(1, f"note {n}"))[0]
            for n in range(size)
        ]
    write(ground, known)


def undoing(ground: Ground, size: int) -> None:
    marks = ground.known()["marks"]
    with ground.desk() as desk:
        for key in reversed(marks):
            history.undo(desk)
            ground.tell(record=["annotation", key], deleted=True)
        ground.tell(begins=marks[0])
        history.redo(desk)
        ground.tell(record=["annotation", marks[0]], deleted=False)
    ground.tell(closed=True)


def before_indexing(ground: Ground, size: int) -> None:
    known = with_sources(ground, size)
    with ground.desk() as desk:
        key, _ = annotate.mark(desk, known["sources"][0], (0, 30), MarkAs(1, "zanzibar"))
        known["mark"] = key
    write(ground, known)


def indexing(ground: Ground, size: int) -> None:
    with ground.desk() as desk:
        find.catch_up(desk)
        ground.tell(indexed="zanzibar")
        answer = find.search(desk, SearchRequest(query="zanzibar"))
        ground.tell(hits=answer.total)
    ground.tell(closed=True)


def write(ground: Ground, known: dict[str, Any]) -> None:
    ground.note.write_text(json.dumps(known), "utf-8")


def sources_only(ground: Ground, size: int) -> None:
    write(ground, with_sources(ground, size))


ACTS: dict[str, Act] = {
    "new": Act(nothing, new),
    "import": Act(empty_case, bring_in),
    "annotate": Act(sources_only, marking),
    "link": Act(before_linking, linking),
    "undo": Act(before_undoing, undoing),
    "index": Act(before_indexing, indexing),
}
