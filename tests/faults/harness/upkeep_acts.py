"""Acts on a whole case: repaired, restored, and joined with what a colleague did to a copy.

Each has a first step after a fault (what a person would do next) and a look of its own.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from harness.basics import Told, with_sources, write
from harness.ground import Ground

from casefile.model.annotation import Annotation
from casefile.model.errors import CasefileError
from casefile.model.source import Source
from casefile.services import annotate, exchange, ingest, upkeep
from casefile.services.annotate import MarkAs
from casefile.services.desk import Desk, open_desk
from casefile.services.places import Places
from casefile.store import folder, records
from casefile.store.conflicts import conflicts

# Repair


def before_repairing(ground: Ground, size: int) -> None:
    """Make a case with a backup, then change bytes of its log, a text and a table."""
    known = with_sources(ground, size)
    with ground.desk() as desk:
        key, _ = annotate.mark(desk, known["sources"][0], (0, 30), MarkAs(1, "before"))
        upkeep.back_up(desk)
        later, _ = annotate.mark(desk, known["sources"][1], (0, 30), MarkAs(1, "after"))
    known["marks"] = {key: "before", later: "after"}
    with closing(sqlite3.connect(ground.case / folder.DATABASE)) as raw:
        for table, which in (("op", "n = 2"), ("content", "rowid = 1")):
            ((body,),) = raw.execute(f"SELECT body FROM {table} WHERE {which}").fetchall()
            turned = bytearray(body)
            turned[len(body) // 2] ^= 4
            raw.execute(f"UPDATE {table} SET body = ? WHERE {which}", (bytes(turned),))
        raw.execute("UPDATE source SET title = 'another' WHERE n IN (SELECT min(n) FROM source)")
        raw.commit()
    write(ground, known)


def repairing(ground: Ground, size: int) -> None:
    known = ground.known()
    for source in known["sources"]:
        ground.tell(record=["source", source], deleted=False)
    for key, words in known["marks"].items():
        ground.tell(record=["annotation", key], field="body", value=words)
    report = upkeep.repair(ground.case, ground.places)
    if report.lost:
        ground.tell(refused=report.lost[0].detail)
    else:
        ground.tell(repaired=True)
    ground.tell(closed=True)


def repair_again(ground: Ground, told: Told) -> Iterable[str]:
    """A repair that was cut short leaves a case that can still be repaired without a loss."""
    report = upkeep.repair(ground.case, ground.places)
    if any("repaired" in one for one in told) and report.repaired:
        yield "told as repaired, but there was still something to repair"
    yield from (f"lost in the repair: {one.detail}" for one in report.lost)


def damaged_is_kept(ground: Ground, desk: Desk, told: Told) -> Iterable[str]:
    """What was damaged is kept aside, every byte of it."""
    kept = sorted((ground.case / folder.BACKUPS).glob("damaged-*/case.db"))
    if not any(b"another" in file.read_bytes() for file in kept):
        yield "the damaged state was not kept"


# Restore


def before_restoring(ground: Ground, size: int) -> None:
    known = with_sources(ground, size)
    with ground.desk() as desk:
        key, _ = annotate.mark(desk, known["sources"][0], (0, 30), MarkAs(1, "kept"))
        upkeep.export_backup(desk, ground.work / "whole.casebackup")
        known["replica"] = desk.store.replica
    known["mark"] = key
    shutil.rmtree(ground.case)
    write(ground, known)


def restoring(ground: Ground, size: int) -> None:
    known = ground.known()
    report = upkeep.restore(ground.work / "whole.casebackup", ground.case, ground.places)
    if report.findings:
        ground.tell(refused=report.findings[0].detail)
    else:
        for source in known["sources"]:
            ground.tell(record=["source", source], deleted=False)
        ground.tell(record=["annotation", known["mark"]], field="body", value="kept")
    ground.tell(closed=True)


def restore_again(ground: Ground, told: Told) -> Iterable[str]:
    """The case is there whole, or not at all and can be restored in the same place."""
    if folder.state(ground.case) is not folder.State.CASE:
        yield from (f"no case, but told {one}" for one in told if "record" in one)
        report = upkeep.restore(ground.work / "whole.casebackup", ground.case, ground.places)
        yield from (f"lost in the restoring: {one.detail}" for one in report.findings)
        beside = [p.name for p in ground.work.iterdir() if "restoring" in p.name]
        yield from (f"beside the restored case: {name}" for name in beside)


def all_restored(ground: Ground, desk: Desk, told: Told) -> Iterable[str]:
    known = ground.known()
    with desk.store.read() as r:
        if len(records.where(r, Source)) != len(known["sources"]):
            yield "not all sources were restored"
    if desk.store.replica == known["replica"]:
        yield "the restored case goes on as the replica that it is a copy of"


# Merge


def before_merging(ground: Ground, size: int) -> None:
    """Let a colleague work on a copy, add a source and send all; both change the same title."""
    known = with_sources(ground, 3)
    theirs = ground.root / "theirs"
    shutil.rmtree(theirs, ignore_errors=True)
    shutil.copytree(ground.case, theirs / "valley.casefile")
    first = known["sources"][0]
    places = Places(theirs / "cache", theirs / "config")
    with open_desk(theirs / "valley.casefile", places, extractor=ground.reader) as desk:
        known["notes"] = [
            annotate.mark(desk, first, (n * 7, n * 7 + 30), MarkAs(1, f"theirs {n}"))[0]
            for n in range(size)
        ]
        added = ingest.add(desk, [ground.files(4)[3]]).entries[0]
        known["added"] = {"source": added.source, "sha256": added.sha256}
        with desk.store.write("edit") as w:
            w.put(Source, first, title="their title")
        exchange.write(desk, _bundle(ground))
    with ground.desk() as desk, desk.store.write("edit") as w:
        w.put(Source, first, title="our title")
    shutil.rmtree(theirs)
    write(ground, known)


def _bundle(ground: Ground) -> Path:
    return ground.work / "theirs.casebundle"


def merging_in(ground: Ground, size: int) -> None:
    known = ground.known()
    with ground.desk() as desk:
        exchange.merge(desk, _bundle(ground))
        for n, key in enumerate(known["notes"]):
            ground.tell(record=["annotation", key], field="body", value=f"theirs {n}")
        ground.tell(**known["added"])
        ground.tell(merged=True)
    ground.tell(closed=True)


def all_or_nothing(ground: Ground, desk: Desk, told: Told) -> Iterable[str]:
    """All of it was taken in or nothing; taking it in again makes the same case of either."""
    known = ground.known()
    with desk.store.read() as r:
        here = sum(records.get(r, Annotation, key) is not None for key in known["notes"])
    if here not in (0, len(known["notes"])):
        yield f"{here} of {len(known['notes'])} marks of the colleague were taken in"
    try:
        added = exchange.merge(desk, _bundle(ground)).preview.operations
    except CasefileError as error:
        yield f"cannot be merged again: {error.message}"
        return
    if here and added:
        yield f"{added} operations were taken in twice"
    with desk.store.read() as r:
        if len(conflicts(r, known["sources"][0])) != 1:
            yield "the conflict of the two titles is not there"
        if any(records.get(r, Annotation, key) is None for key in known["notes"]):
            yield "lost: a mark of the colleague"
        if records.get(r, Source, known["added"]["source"]) is None:
            yield "lost: the source of the colleague"
