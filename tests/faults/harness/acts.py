"""What people do, each act with what must stand before it; every step is told when it is done."""

import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from harness import upkeep_acts as upkeeping
from harness.basics import Act, with_sources, write
from harness.ground import Ground

from casefile.model.hit import SearchRequest
from casefile.model.view import AddEntry
from casefile.services import annotate, claims, find, history, ingest, purges, upkeep
from casefile.services.annotate import MarkAs
from casefile.services.claims import ClaimDraft
from casefile.services.desk import create_desk

OLDER = Path(__file__).resolve().parents[2] / "data" / "cases" / "0.1.0.zip"


def nothing(ground: Ground, size: int) -> None:
    ground.note.write_text("{}", "utf-8")


def empty_case(ground: Ground, size: int) -> None:
    create_desk(ground.case, ground.places, "Valley").close()
    ground.note.write_text("{}", "utf-8")


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


def purging(ground: Ground, size: int) -> None:
    first, *others = ground.known()["sources"]
    with ground.desk() as desk:
        for source in others:
            ground.tell(record=["source", source], deleted=False)
        purges.purge(desk, first, "a court order")
        ground.tell(purged=first)
    ground.tell(closed=True)


def of_an_older_version(ground: Ground, size: int) -> None:
    with zipfile.ZipFile(OLDER) as packed:
        packed.extractall(ground.root / "older")
    (old,) = (ground.root / "older").glob("**/case.db")
    shutil.copytree(old.parent, ground.case)
    for folder in ("objects", "backups", "tmp"):
        (ground.case / folder).mkdir(exist_ok=True)
    shutil.rmtree(ground.root / "older")
    with closing(sqlite3.connect(ground.case / "case.db")) as raw:
        rows = raw.execute("SELECT kind, id FROM record WHERE kind IN ('source', 'claim')")
        write(ground, {"records": [list(row) for row in rows]})


def upgrading(ground: Ground, size: int) -> None:
    for table, key in ground.known()["records"][:size]:
        ground.tell(record=[table, key], any=True)
    with ground.desk():
        ground.tell(upgraded=True)
    ground.tell(closed=True)


def backing_up(ground: Ground, size: int) -> None:
    for source in ground.known()["sources"]:
        ground.tell(record=["source", source], deleted=False)
    with ground.desk() as desk:
        upkeep.back_up(desk)
        ground.tell(backups=1)
        upkeep.back_up(desk)
        ground.tell(backups=2)
    ground.tell(closed=True)


def sources_only(ground: Ground, size: int) -> None:
    write(ground, with_sources(ground, size))


ACTS: dict[str, Act] = {
    "new": Act(nothing, new),
    "import": Act(empty_case, bring_in),
    "annotate": Act(sources_only, marking),
    "link": Act(before_linking, linking),
    "undo": Act(before_undoing, undoing),
    "purge": Act(sources_only, purging),
    "upgrade": Act(of_an_older_version, upgrading),
    "backup": Act(sources_only, backing_up),
    "index": Act(before_indexing, indexing),
    "repair": Act(
        upkeeping.before_repairing,
        upkeeping.repairing,
        upkeeping.repair_again,
        upkeeping.damaged_is_kept,
    ),
    "restore": Act(
        upkeeping.before_restoring,
        upkeeping.restoring,
        upkeeping.restore_again,
        upkeeping.all_restored,
    ),
    "merge": Act(upkeeping.before_merging, upkeeping.merging_in, look=upkeeping.all_or_nothing),
}
