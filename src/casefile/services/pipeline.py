"""The way of an import: bytes are kept, read in children, and written by one hand, in order.

Three things go on at once: files are hashed and brought to the disk a little ahead, readers work
in their own processes, and this thread writes finished work in batches. Nothing here grows with
the number of files but the list of what became of them.
"""

import io
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from casefile.extract.members import Broken, Member
from casefile.extract.sniff import Kind
from casefile.jobs.progress import Progress
from casefile.model.errors import CasefileError, Refused
from casefile.model.ids import new_id
from casefile.model.view import AddEntry
from casefile.services import find, unpacking
from casefile.services.desk import Desk
from casefile.services.intake import Attached, Incoming, Outcome, Told, commit
from casefile.store import sources
from casefile.store.objects import StoredObject
from casefile.strings import tr

SIZE_LIMIT = 2 << 30  # bytes of one file
BATCH = 50  # sources a transaction: a crash costs at most so much repeated reading
BATCH_SECONDS = 1.0  # and no longer than this until what is read is kept
INDEX_EVERY = 400  # sources until the index follows, while reading goes on
_READABLE_NOW = 1 << 20  # bytes of a member that may wait in memory


@dataclass(slots=True)
class Box:
    """An archive on its way: what became of it, and of what is in it so far."""

    entry: AddEntry
    inside: list[AddEntry] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """One file on its way, or the end of an archive (`closes`)."""

    incoming: Incoming
    box: Box | None = None
    reading: Future[Outcome] | None = None
    closes: Box | None = None

    @property
    def ended(self) -> bool:
        return self.reading is None or (self.reading.done() and not self.reading.cancelled())


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the first look at a file gave: its bytes kept, or an archive that is walked instead."""

    stored: StoredObject | None = None
    archive: Kind | None = None
    sha256: str = ""
    refusal: str = ""


class Pipeline:
    """One import; `entries` is what became of each path so far, in order."""

    def __init__(
        self,
        desk: Desk,
        told: Told,
        progress: Progress,
        seen: Callable[[AddEntry], None] | None,
        jobs: int,
    ) -> None:
        self.act = new_id()
        self.entries: list[AddEntry] = []
        self.wrote = False
        self.total = 0
        self._desk = desk
        self._told = told
        self._progress = progress
        self._seen = seen
        self._jobs = jobs
        self._ahead: deque[tuple[str, Path, Future[_Kept]]] = deque()
        self._waiting: deque[_Item] = deque()
        self._here: dict[str, str] = {}  # SHA-256 → source, of what is not written yet
        self._kept_at = time.monotonic()
        self._unindexed = 0
        self._indexing: Future[bool] | None = None

    def __enter__(self) -> Self:
        self._desk.extractor.allow(self._jobs)
        self._storers = ThreadPoolExecutor(2, thread_name_prefix="keeping")
        self._readers = ThreadPoolExecutor(self._jobs, thread_name_prefix="reading")
        self._indexer = ThreadPoolExecutor(1, thread_name_prefix="indexing")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # A reader that is still at work ends by its own limits; nobody waits for its answer.
        self._storers.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=False, cancel_futures=True)
        self._indexer.shutdown(wait=True)

    def take(self, name: str, file: Path) -> None:
        """Take one file or archive in."""
        self._progress.at(len(self.entries), self.total, readable(file.name))
        self._ahead.append((name, file, self._storers.submit(self._look, file)))
        if len(self._ahead) > 2 * self._jobs:
            self._advance()

    def end(self) -> None:
        """Wait for all that is on its way and write it."""
        while self._ahead:
            self._advance()
        while self._waiting:
            self._progress.at(len(self.entries), self.total, self._waiting[0].incoming.file_name)
            self._settle(0)

    def stop(self) -> None:
        """Write what is finished and leave the rest."""
        done = [item for item in self._waiting if item.ended]
        open_boxes = {id(item.closes) for item in self._waiting if item.closes}
        self._waiting.clear()
        self._keep([item for item in done if item.closes is None])
        for item in done:
            if item.closes is not None and id(item.closes) in open_boxes:
                self._close(item.closes)

    # The first look

    def _look(self, file: Path) -> _Kept:
        """Keep the bytes of a file, or learn that it is an archive."""
        try:
            if file.is_dir():
                raise Refused(tr("This folder cannot be opened."), tr("Check who may read it."))
            kind = unpacking.container_kind(file) if file.is_file() else None
            if kind is not None:
                return _Kept(archive=kind, sha256=unpacking.sha256_of(file))
            return _Kept(stored=self._desk.store.objects.put(file, limit=SIZE_LIMIT, settle=False))
        except (CasefileError, OSError) as error:
            return _Kept(refusal=why(error))

    def _advance(self) -> None:
        name, file, future = self._ahead.popleft()
        self._wait(future)
        kept = future.result()
        shown = readable(file.name)
        incoming = Incoming(path=name, file_name=shown, refusal=kept.refusal)
        if kept.archive is not None:
            self._walk(incoming, file, kept.archive, kept.sha256)
        elif kept.stored is None:
            self._queue(_Item(incoming))
        else:
            stored = replace(incoming, stored=kept.stored, file_time=_file_time(file))
            self._read(_Item(stored))

    def _read(self, item: _Item) -> None:
        """Have the bytes read, unless the case has them."""
        incoming = item.incoming
        if incoming.stored is None:
            self._queue(item)
            return
        sha256 = incoming.stored.sha256
        twin = self._here.get(sha256) or self._known(sha256)
        if twin:
            item.incoming = replace(incoming, twin=twin)
        else:
            item.incoming = replace(incoming, source=new_id())
            self._here[sha256] = item.incoming.source
            item.reading = self._readers.submit(self._outcome, item.incoming)
        self._queue(item)

    def _queue(self, item: _Item) -> None:
        self._waiting.append(item)
        self._settle(4 * self._jobs)

    def _known(self, sha256: str) -> str | None:
        with self._desk.store.read() as r:
            found = sources.by_object(r, sha256)
        return found[0] if found else None  # deleted or not: there is one source for these bytes

    def _outcome(self, incoming: Incoming) -> Outcome:
        """Have a file read, and what hangs on it; runs in a reading thread."""
        if incoming.stored is None:
            msg = f"{incoming.path} has no stored bytes"
            raise LookupError(msg)
        place = self._desk.store.objects.path(incoming.stored.sha256)
        draft = self._desk.extractor.read(
            place, name=incoming.file_name, parameters=incoming.parameters or None
        )
        inside = unpacking.attached(self._desk, draft, place, incoming.file_name)
        return Outcome(draft, tuple(self._attach(incoming, member) for member in inside))

    def _attach(self, above: Incoming, member: Member) -> Attached:
        incoming = self._incoming(above, member)
        if incoming.stored is None:
            return Attached(incoming, None)
        place = self._desk.store.objects.path(incoming.stored.sha256)
        draft = self._desk.extractor.read(
            place, name=incoming.file_name, parameters=incoming.parameters or None
        )
        return Attached(incoming, draft)

    # Archives

    def _walk(self, incoming: Incoming, file: Path, kind: Kind, sha256: str) -> None:
        box = Box(
            AddEntry(
                path=incoming.path,
                source=None,
                kind=kind.kind,
                title=incoming.file_name,
                sha256=sha256,
                status="added",
            )
        )
        above = replace(incoming, container=sha256, file_time=_file_time(file))
        try:
            for member in unpacking.leaves(self._desk, file, incoming.file_name):
                self._progress.at(len(self.entries), self.total, member.path)
                self._read(_Item(self._incoming(above, member), box))
        except Broken as error:
            box.entry = replace(box.entry, status="partly read", reason=str(error))
        self._queue(_Item(incoming, closes=box))

    def _incoming(self, above: Incoming, member: Member) -> Incoming:
        """Keep the bytes of a member; it is named by what it came out of."""
        path = f"{above.path}{unpacking.BETWEEN}{member.path}"
        incoming = Incoming(
            path=path,
            file_name=member.path.rsplit("/", maxsplit=1)[-1] or member.path,
            acquired_as=f"{above.file_name}{unpacking.BETWEEN}{member.path}",
            url=member.url,
            captured_at=member.captured_at,
            parameters=member.parameters,
            file_time=above.file_time,
            container=above.container or (above.stored.sha256 if above.stored else ""),
            refusal=member.reason or "",
        )
        if member.reason:
            return incoming
        try:
            stored = self._desk.store.objects.put(
                io.BytesIO(member.data), limit=SIZE_LIMIT, settle=False
            )
        except (CasefileError, OSError) as error:
            return replace(incoming, refusal=why(error))
        return replace(incoming, stored=stored)

    def _close(self, box: Box) -> None:
        """Say what became of an archive, now that all that was in it is written."""
        inside = tuple(box.inside)
        statuses = {entry.status for entry in inside}
        entry = replace(box.entry, inside=inside)
        if not inside:
            entry = replace(
                entry, status="refused", reason=entry.reason or tr("There are no files in it.")
            )
        elif statuses <= {"duplicate", "refused"} and entry.status == "added":
            entry = replace(entry, status="duplicate" if "duplicate" in statuses else "refused")
            if entry.status == "refused":
                entry = replace(entry, reason=tr("None of the files in it could be taken in."))
        self._answer(entry)

    # Writing

    def _settle(self, room: int) -> None:
        """Keep finished work in order: a full batch, what has waited long enough, or the last.

        No more than `room` files stay in the air: then the oldest is waited for.
        """
        ready = 0
        for item in self._waiting:
            if not item.ended:
                break
            ready += 1
        overdue = time.monotonic() - self._kept_at > BATCH_SECONDS
        last = room == 0 and ready == len(self._waiting)
        if ready >= BATCH or (ready and (overdue or last)):
            self._keep([self._waiting.popleft() for _ in range(min(ready, BATCH))])
        elif len(self._waiting) - ready > room:
            reading = self._waiting[ready].reading
            if reading is not None:
                self._wait(reading)

    def _wait(self, future: "Future[Outcome] | Future[_Kept]") -> None:
        """Wait in short steps, so that a person's Stop is heard."""
        while not future.done():
            with suppress(TimeoutError):
                future.exception(timeout=0.1)
            self._progress.at(len(self.entries), self.total, self._progress.step.what)

    def _keep(self, batch: list[_Item]) -> None:
        """Write a batch in one transaction and acknowledge it."""
        files = [item for item in batch if item.closes is None]
        answers = self._write(files)
        for item in batch:
            if item.closes is not None:
                self._close(item.closes)
            elif item.box is not None:
                inside = replace(answers[id(item)], within=True)
                item.box.inside.append(inside)
                self._tell(inside)
            else:
                self._answer(answers[id(item)])
        self._kept_at = time.monotonic()
        self._index(len(files))

    def _write(self, files: list[_Item]) -> dict[int, AddEntry]:
        if not files:
            return {}
        outcomes = [(i.incoming, i.reading.result() if i.reading else None) for i in files]
        names = {i.incoming.stored.sha256 for i in files if i.incoming.stored}
        names |= {
            a.incoming.stored.sha256
            for _, outcome in outcomes
            for a in (outcome.attached if outcome else ())
            if a.incoming.stored
        }
        self._desk.store.objects.settle(names)
        entries, wrote = commit(self._desk, outcomes, act=self.act, told=self._told)
        self.wrote = self.wrote or wrote
        for name in names:
            self._here.pop(name, None)
        return dict(zip(map(id, files), entries, strict=True))

    def _answer(self, entry: AddEntry) -> None:
        self.entries.append(entry)
        self._tell(entry)

    def _tell(self, entry: AddEntry) -> None:
        if self._seen:
            self._seen(entry)

    def _index(self, count: int) -> None:
        """Let the index follow from time to time, beside the reading; a single reader does not."""
        self._unindexed += count
        busy = self._indexing is not None and not self._indexing.done()
        if self._jobs > 1 and self._unindexed >= INDEX_EVERY and not busy:
            self._unindexed = 0
            self._indexing = self._indexer.submit(find.catch_up, self._desk)


def why(error: Exception) -> str:
    """Say in plain words why a file cannot be taken in."""
    if isinstance(error, CasefileError):
        return f"{error.message} {error.hint}".strip()
    if isinstance(error, FileNotFoundError):
        return tr("There is no such file.")
    if isinstance(error, PermissionError):
        return tr("The file may not be read by you.")
    return tr("The file cannot be read: {why}").format(
        why=getattr(error, "strerror", None) or error
    )


def readable(name: str) -> str:
    """Give a file name as text; bytes that are no UTF-8 become the replacement character."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _file_time(file: Path) -> str | None:
    try:
        seconds = file.stat().st_mtime
    except OSError:
        return None
    moment = datetime.fromtimestamp(max(0, min(seconds, 253402300799)), UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
