"""Whether a case is what it was: ledger, texts, originals, tables; reads only."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from casefile.jobs.progress import Progress
from casefile.model.change import CheckReport, Finding
from casefile.model.errors import CasefileError
from casefile.store import chains, comparing, folder, sqlite
from casefile.store.chains import Walk
from casefile.store.objects import sha256_of
from casefile.store.packing import COLUMNS, Changed, unpack
from casefile.store.schema import content
from casefile.store.session import Reader
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.store.case import CaseStore

AT_ONCE = 100  # contents
Section = Callable[[], Iterator[Finding]]


def check(
    store: "CaseStore", *, full: bool = False, progress: Progress | None = None
) -> CheckReport:
    """Look over everything and change nothing.

    Every operation, every stored text and every original is hashed; the tables are compared with
    the ledger, by a sample or, with `full`, row by row. Damage of any kind is a finding.
    """
    seen = Walk()
    findings: list[Finding] = []
    with store.read() as reader:

        def tables() -> Iterator[Finding]:
            if seen.damaged:
                detail = tr("the tables were not compared: the ledger is damaged")
                yield Finding(level="note", kind="projection", detail=detail)
            elif full:
                yield from comparing.everything(reader, progress)
            else:
                yield from comparing.some(reader)

        sections: tuple[Section, ...] = (
            lambda: _pages(reader, full=full),
            lambda: comparing.schema(reader),
            lambda: chains.walk(reader, seen, progress),
            lambda: _contents(reader, seen, progress),
            lambda: _objects(store, seen, progress),
            lambda: _leftovers(store.path),
            tables,
        )
        for section in sections:
            findings += _guarded(section)
    return CheckReport(
        findings=tuple(findings), ops=seen.ops, objects=len(seen.objects), bytes=seen.bytes
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
        yield Finding(level="damage", kind="database", detail=words)


def _contents(reader: Reader, seen: Walk, progress: Progress | None) -> Iterator[Finding]:
    held: set[str] = set()
    asked = select(*COLUMNS).order_by(content.c.hash)
    streamed = reader.connection.execution_options(yield_per=AT_ONCE).execute(asked)
    for row in streamed:
        held.add(row.hash)
        seen.bytes += len(row.body)
        if progress is not None and not len(held) % AT_ONCE:
            progress.at(len(held), None, tr("Checking the texts"))
        try:
            unpack(row)
        except Changed:
            detail = tr("the stored text {name} has changed").format(name=row.hash)
            yield Finding(
                level="damage", kind="content", detail=detail, record=seen.contents.get(row.hash)
            )
    for name in sorted(seen.contents.keys() - held):
        detail = tr("the stored text {name} is missing").format(name=name)
        yield Finding(level="damage", kind="content", detail=detail, record=seen.contents[name])


def _objects(store: "CaseStore", seen: Walk, progress: Progress | None) -> Iterator[Finding]:
    for n, (name, id_) in enumerate(sorted(seen.objects.items())):
        if progress is not None:
            progress.at(n, len(seen.objects), tr("Checking the originals"))
        fault = _fault_of_file(store.objects.path(name), name, seen)
        if fault:
            yield Finding(level="damage", kind="object", detail=fault, record=id_)
    for name, path in store.objects.names():
        if name not in seen.objects:
            detail = tr("nothing in the ledger names {file}").format(
                file=path.relative_to(store.path)
            )
            yield Finding(level="note", kind="object", detail=detail)


def _fault_of_file(path: Path, name: str, seen: Walk) -> str:
    try:
        found = path.lstat()
        if stat.S_ISREG(found.st_mode):
            seen.bytes += found.st_size
            if sha256_of(path) == name:
                return ""
            return tr("the original {name} has changed").format(name=name)
    except FileNotFoundError:
        return tr("the original {name} is missing").format(name=name)
    except OSError as error:
        return tr("the original {name} cannot be read: {why}").format(name=name, why=error.strerror)
    return tr("the original {name} is not a plain file").format(name=name)


def _leftovers(case: Path) -> Iterator[Finding]:
    tmp = case / folder.TMP
    for one in sorted(tmp.iterdir()) if tmp.is_dir() else ():
        if one.name != folder.OPEN_MARK:
            detail = tr("left over in {folder}: {file}").format(folder=folder.TMP, file=one.name)
            yield Finding(level="note", kind="leftover", detail=detail)
