"""Whether a case is what it was: ledger, texts, originals, tables, backups; reads only."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from casefile.jobs.progress import Progress
from casefile.model.change import CheckReport, Finding
from casefile.model.errors import CasefileError
from casefile.model.signing import Verify
from casefile.store import (
    backups,
    chains,
    checkpoints,
    comparing,
    folder,
    known,
    purging,
    salvage,
    seal,
    sqlite,
    texts,
)
from casefile.store.chains import Walk
from casefile.store.objects import sha256_of
from casefile.store.session import Reader
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.store.case import CaseStore

Section = Callable[[], Iterator[Finding]]


def check(
    store: "CaseStore",
    *,
    full: bool = False,
    progress: Progress | None = None,
    verify: Verify | None = None,
) -> CheckReport:
    """Look over everything and change nothing.

    Every operation, every stored text, every original and every backup is hashed; checkpoints are
    verified with `verify`; the tables are compared with the ledger, by a sample or, with `full`, row
    by row. Damage of any kind is a finding.
    """
    seen = Walk()
    findings: list[Finding] = []
    with store.read() as reader:
        for section in _sections(store, reader, seen, (full, progress, verify)):
            findings += _guarded(section)
    return CheckReport(
        findings=tuple(findings), ops=seen.ops, objects=len(seen.objects), bytes=seen.bytes
    )


def _sections(
    store: "CaseStore",
    reader: Reader,
    seen: Walk,
    how: tuple[bool, Progress | None, Verify | None],
) -> tuple[Section, ...]:
    """Give the parts of a check in order; what the chains name is known to those after them."""
    full, progress, verify = how

    def ledger() -> Iterator[Finding]:
        seen.wanted, seen.strict = checkpoints.wanted(reader), full
        yield from chains.walk(reader, seen, progress)

    def tables() -> Iterator[Finding]:
        if seen.damaged:
            detail = tr("the tables were not compared: the ledger is damaged")
            yield Finding(level="note", kind="projection", detail=detail)
        elif full:
            yield from comparing.everything(reader, progress)
        else:
            yield from comparing.some(reader)

    return (
        lambda: _pages(reader, full=full),
        lambda: comparing.schema(reader),
        lambda: _name(reader),
        ledger,
        lambda: _clock(reader, seen),
        lambda: checkpoints.check(reader, store.case_id, seen, verify),
        lambda: _purges(store, reader, seen),
        lambda: texts.check(reader, seen, progress),
        lambda: _objects(store, seen, progress),
        lambda: _leftovers(store.path),
        tables,
        lambda: backups.check(store.path, progress),
    )


def _guarded(section: Section) -> Iterator[Finding]:
    """Go through one part of the check; what stops it is a finding, too."""
    try:
        yield from section()
    except (DBAPIError, CasefileError, OSError, ValueError, KeyError, TypeError) as error:
        words = error.orig if isinstance(error, DBAPIError) else error
        detail = tr("this part could not be checked to its end: {why}").format(why=words)
        yield Finding(level="damage", kind="database", detail=detail)


def _pages(reader: Reader, *, full: bool) -> Iterator[Finding]:
    for words in sqlite.faults(reader.connection, full=full):
        record_id = comparing.row_named_in(reader, words)
        yield Finding(level="damage", kind="database", detail=words, record=record_id)


def _name(reader: Reader) -> Iterator[Finding]:
    """Look at what this copy says of itself: it stands outside of the ledger."""
    with salvage.tolerant(reader.connection):
        if words := seal.fault(reader.connection):
            yield Finding(level="damage", kind="meta", detail=words)


def _clock(reader: Reader, seen: Walk) -> Iterator[Finding]:
    """Look at the clock of this copy: it stands where the newest operation stands."""
    with salvage.tolerant(reader.connection):
        said = known.recall(reader.connection).get(known.CLOCK, "0")
    if not seen.damaged and said != str(seen.clock):
        detail = tr("the clock of this copy is not that of its newest operation")
        yield Finding(level="damage", kind="meta", detail=detail)


def _purges(store: "CaseStore", reader: Reader, seen: Walk) -> Iterator[Finding]:
    yield from purging.check(reader, seen)
    for name in sorted(purging.purged_objects(reader)) if seen.purges else ():
        if store.objects.has(name):
            detail = tr("the removed original {name} still lies here").format(name=name)
            yield Finding(level="note", kind="purge", detail=detail)


def _objects(store: "CaseStore", seen: Walk, progress: Progress | None) -> Iterator[Finding]:
    for n, (name, id_) in enumerate(sorted(seen.objects.items())):
        if progress is not None:
            progress.at(n, len(seen.objects), tr("Checking the originals"))
        size, fault = fault_of_file(store.objects.path(name), name)
        seen.bytes += size
        if fault:
            yield Finding(level="damage", kind="object", detail=fault, record=id_)
    for name, path in store.objects.names():
        if name not in seen.objects:
            detail = tr("nothing in the ledger names {file}").format(
                file=path.relative_to(store.path)
            )
            yield Finding(level="note", kind="object", detail=detail)


def fault_of_file(path: Path, name: str) -> tuple[int, str]:
    """Hash one original; give its size and what is wrong with it, if anything."""
    try:
        found = path.lstat()
        if stat.S_ISREG(found.st_mode):
            if sha256_of(path) == name:
                return found.st_size, ""
            return found.st_size, tr("the original {name} has changed").format(name=name)
    except FileNotFoundError:
        return 0, tr("the original {name} is missing").format(name=name)
    except OSError as error:
        words = tr("the original {name} cannot be read: {why}")
        return 0, words.format(name=name, why=error.strerror)
    return 0, tr("the original {name} is not a plain file").format(name=name)


def _leftovers(case: Path) -> Iterator[Finding]:
    tmp = case / folder.TMP
    for one in sorted(tmp.iterdir()) if tmp.is_dir() else ():
        if one.name != folder.OPEN_MARK:
            detail = tr("left over in {folder}: {file}").format(folder=folder.TMP, file=one.name)
            yield Finding(level="note", kind="leftover", detail=detail)
