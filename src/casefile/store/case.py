"""A case on the disk: made, opened, read, written, closed."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, select

from casefile.model.case import FORMAT, Case
from casefile.model.change import Changes, UndoReport
from casefile.model.errors import CasefileError, CaseUnusable, OlderFormat
from casefile.model.ids import case_record_id
from casefile.model.ledger import is_uuid
from casefile.model.place import PlaceNote
from casefile.store import (
    backups,
    folder,
    identity,
    lock,
    making,
    purging,
    recovering,
    sqlite,
    surroundings,
    undoing,
    unmerging,
    upgrading,
)
from casefile.store.known import Known
from casefile.store.lock import CaseLock
from casefile.store.objects import Objects
from casefile.store.recorded import Recorded
from casefile.store.schema import op, record
from casefile.store.session import Reader
from casefile.store.undoing import Mine
from casefile.store.unit import Author
from casefile.store.writer import Label, Writer, now
from casefile.strings import tr


class CaseStore:
    """One open case; made by `create` and `open`.

    `person` is the id of who works here, `replica` that of this copy of the case.
    """

    def __init__(self, path: Path, person: str, mine: CaseLock | None) -> None:
        self.path = path
        self.person = person
        self.writable = mine is not None
        self.objects = Objects(path)
        self.clock = now
        self._lock = mine
        self._known: Known | None = None
        self._turn = threading.Lock()
        self._writing_thread: int | None = None
        self._closed = False
        self._names: dict[int, str] = {}
        self._numbers: dict[str, int] = {}
        self._readers: Engine = sqlite.reading(path / folder.DATABASE)
        self._writer: Engine | None = None
        self._recorded: Recorded | None = None
        self.case_id = ""
        self.replica = ""
        self.replicas: tuple[str, ...] = ()

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        person: str,
        install: str,
        title: str | None = None,
        recorded: Recorded | None = None,
    ) -> Self:
        """Make a new case and open it for writing.

        A making that was cut short is begun again. CaseUnusable when the folder holds anything
        else, or cannot be written.
        """
        _check_ids(person, install)
        making.make(path, install)
        store = cls.open(path, person=person, install=install, recorded=recorded)
        if title is not None:
            with store.write("new", title=title) as writer:
                writer.put(Case, case_record_id(), title=title)
        return store

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        person: str,
        install: str,
        write: bool = True,
        wait: float = 2.0,
        recorded: Recorded | None = None,
    ) -> Self:
        """Open a case; `wait` is how many seconds to wait for another writer.

        `recorded` is where this installation notes what it wrote: a case that is behind it was put
        back to an older state, and goes on as a new replica. CaseUnusable when it is not a case,
        was made by a newer program, is damaged, or is open for writing elsewhere. Reading needs no lock and leaves the folder as it is, unless a crash left it
        in the middle of a change.
        """
        _check_ids(person, install)
        folder.check_state(path)
        mine = CaseLock(path / folder.LOCK) if write else None
        if mine:
            mine.take(wait)
        else:
            recovering.settle(path)
        store = cls(path, person, mine)
        try:
            with sqlite.explained():
                store._begin(install, recorded)
                if mine:
                    purging.finish(store)
        except OSError as error:
            store.close()
            raise folder.trouble(error) from error
        except BaseException:
            store.close()
            raise
        return store

    def _begin(self, install: str, recorded: Recorded | None) -> None:
        with self._readers.connect() as connection:
            found = making.check_header(connection)
        if found < FORMAT:
            self._upgrade(found)
        if self._lock:
            self._writer = sqlite.writing(self.path / folder.DATABASE)
            with self._writer.begin() as connection:
                me = identity.settle(connection, self.path / folder.DATABASE, install, recorded)
            self._sweep()
        else:
            with self._readers.connect() as connection:
                me = identity.read(connection)
        self.case_id, self.replica, self.replicas = me.case, me.replica, me.mine
        self._recorded = recorded

    def sign(self, name: str) -> None:
        """Write the name of who works here beside the lock, for others who would like to."""
        if self._lock:
            self._lock.sign(name)

    @property
    def held_by(self) -> str | None:
        """Who has the case open for writing at this moment, in words; None for nobody else."""
        return None if self._lock else lock.held(self.path / folder.LOCK)

    @property
    def notes(self) -> tuple[PlaceNote, ...]:
        """What a person should know of the place where the case lies."""
        found = surroundings.notes(self.path)
        left_by = self._lock.left_by if self._lock else ""
        return (*found, surroundings.elsewhere(left_by)) if left_by else found

    def _upgrade(self, found: int) -> None:
        if not self._lock:
            raise OlderFormat(
                tr("The case is of an older format ({n}).").format(n=found),
                tr("Open it for writing once; a backup is made before it is changed."),
            )
        self._readers.dispose()
        upgrading.upgrade(self.path, found, self.clock())

    def _sweep(self) -> None:
        """Remove what a crash left behind; after a clean close there is nothing to look for."""
        tmp = self.path / folder.TMP
        tmp.mkdir(exist_ok=True)
        if any(tmp.iterdir()):
            backups.drop_begun(self.path)
            with self.read() as reader:
                self.objects.drop_leftovers(lambda names: making.named_in_ledger(reader, names))
        (tmp / folder.OPEN_MARK).touch()
        folder.sync(tmp)  # or a power cut would hide that there is something to look for

    def close(self) -> None:
        """Bring everything into `case.db`, give back the lock; again is harmless."""
        if self._closed:
            return
        if self._writing_thread == threading.get_ident():
            msg = "closed inside a transaction"
            raise RuntimeError(msg)
        with self._turn:
            tidy = self._tidy()
            self._closed = True
            self._readers.dispose()
            if self._writer is not None:
                sqlite.fold_up(self._writer)
                self._writer.dispose()
                if tidy:  # else the next opening finds that there is something to look for
                    folder.empty(self.path / folder.TMP)
            if self._lock is not None:
                self._lock.drop()

    def _tidy(self) -> bool:
        """Remove originals that an import which failed or was stopped has kept; False: not done."""
        try:
            with self.read() as reader:
                self.objects.drop_unnamed(lambda names: making.named(reader, names))
        except (CasefileError, OSError):
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Look at the case as it is at this moment; from any thread; keep it short."""
        self._check_open()
        with sqlite.explained(), self._readers.connect() as connection:
            yield Reader(connection, names=self._names, numbers=self._numbers)

    @contextmanager
    def write(self, key: str, *, act: str | None = None, **args: Any) -> Iterator[Writer]:
        """Change the case in one transaction: all of it, or after any exception nothing.

        `key` and `args` name the act; several transactions of one act share its id `act`. Other
        threads wait their turn.
        """
        engine = self._engine()
        if self._writing_thread == threading.get_ident():
            msg = "a transaction inside a transaction"
            raise RuntimeError(msg)
        with self._turn, sqlite.explained():
            self._check_open()
            self._writing_thread = threading.get_ident()
            try:
                with engine.begin() as connection:
                    known, self._known = self._known or Known.load(connection), None
                    label = Label(act or str(uuid.uuid4()), key, args, begun=act is None)
                    author = Author(self.replica, self.person, self.clock)
                    writer = Writer(connection, known, author, label)
                    yield writer
                    changes = writer.finish()
                self._known = known
                if self._recorded is not None and self.replica in known.tips and changes.records:
                    self._recorded.note(self.replica, known.tips[self.replica][0])
                writer.changes = changes
            finally:
                self._writing_thread = None

    def undo(self, act: str | None = None) -> UndoReport:
        """Take back an act: without a name this person's last one here that still stands.

        Refused when there is nothing to undo.
        """
        with self.write("undo") as writer:
            return undoing.undo(writer, Mine(self.person, self.replicas), act)

    def redo(self, act: str | None = None) -> UndoReport:
        """Bring back an act that was undone: without a name the one undone last.

        Refused when there is nothing to redo.
        """
        with self.write("redo") as writer:
            return undoing.redo(writer, Mine(self.person, self.replicas), act)

    def undo_merge(self, merge: str | None = None) -> UndoReport:
        """Take back what a merge brought: without a name the newest that still stands.

        Refused when there is none.
        """
        with self.write("undo") as writer:
            return unmerging.undo(writer, merge)

    def write_anew(self) -> None:
        """Write the whole database anew, over what was deleted from it."""
        engine = self._engine()
        with self._turn, sqlite.explained():
            self._check_open()
            sqlite.write_anew(engine, self.path / folder.DATABASE, self.path / folder.TMP)

    def changes_after(self, upto: int) -> Changes:
        """Say which records were touched after a position in the ledger."""
        found: dict[str, list[str]] = {}
        with self.read() as reader:
            last = reader.connection.scalar(select(op.c.n).order_by(op.c.n.desc()).limit(1)) or 0
            rows = reader.connection.execute(
                select(record.c.kind, record.c.id)
                .where(record.c.n.in_(select(op.c.rec).where(op.c.n > upto)))
                .order_by(record.c.n)
            )
            for kind, id_ in rows:
                found.setdefault(kind, []).append(id_)
        records = {kind: tuple(ids) for kind, ids in found.items()}
        return Changes(act="", label="", records=records, upto=last)

    def _engine(self) -> Engine:
        self._check_open()
        if self._writer is None:
            raise CaseUnusable(
                tr("The case is open for reading only."), tr("Open it again for writing.")
            )
        return self._writer

    def _check_open(self) -> None:
        if self._closed:
            raise CaseUnusable(tr("The case is closed."))


def _check_ids(*ids: str) -> None:
    for one in ids:
        if not is_uuid(one):
            msg = f"not an id: {one!r}"
            raise ValueError(msg)
