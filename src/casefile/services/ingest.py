"""Import: files and folders become sources, each acknowledged once it cannot be lost."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from casefile import __version__
from casefile.jobs.progress import Progress
from casefile.model.draft import Draft
from casefile.model.errors import Cancelled, CasefileError, Refused
from casefile.model.ids import new_id
from casefile.model.view import AddEntry, AddReport
from casefile.services import find
from casefile.services.desk import Desk
from casefile.services.intake import Incoming, Told, commit
from casefile.store import sources
from casefile.store.objects import StoredObject
from casefile.strings import tr

SIZE_LIMIT = 2 << 30  # bytes of one file
BATCH = 25  # sources a transaction: a crash costs at most so much repeated reading
BATCH_SECONDS = 1.0  # and no longer than this until what is read is kept
Seen = Callable[[AddEntry], None]


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What a person says about the files; `captured` is UTC ISO text, `jobs` readers at once."""

    url: str | None = None
    captured: str | None = None
    jobs: int = 2


@dataclass(slots=True)
class _Run:
    """One import on its way."""

    desk: Desk
    told: Told
    progress: Progress
    seen: Seen | None
    total: int
    act: str = field(default_factory=new_id)
    entries: list[AddEntry] = field(default_factory=list)
    waiting: deque[tuple[Incoming, Future[Draft] | None]] = field(default_factory=deque)
    here: dict[str, str] = field(default_factory=dict)  # SHA-256 → source, in this import
    wrote: bool = False
    kept_at: float = field(default_factory=time.monotonic)


def add(
    desk: Desk,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    options: AddOptions | None = None,
    seen: Seen | None = None,
) -> AddReport:
    """Add files and folders; every path is answered once, in the order given.

    `seen` is called in this thread after each acknowledged file. A cancelled import keeps what was
    finished and says so in the report; adding the same again goes on where it stopped.
    """
    work = options or AddOptions()
    files = list(walk(paths))
    told = Told(work.url, work.captured, desk.person, f"casefile {__version__}")
    run = _Run(desk, told, progress or Progress(), seen, len(files))
    pool = ThreadPoolExecutor(max(1, work.jobs), thread_name_prefix="reading")
    cancelled = False
    try:
        for name, file in files:
            run.progress.at(len(run.entries), run.total, _readable(file.name))
            _take(run, pool, name, file)
            _settle(run, 4 * max(1, work.jobs))
        while run.waiting:
            run.progress.at(len(run.entries), run.total, run.waiting[0][0].file_name)
            _settle(run, 0)
    except Cancelled:
        cancelled = True
        _keep(run, [pair for pair in run.waiting if _ended(pair[1])])
    finally:
        # A reader that is still at work ends by its own limits; nobody waits for its answer.
        pool.shutdown(wait=False, cancel_futures=True)
    with suppress(Cancelled):
        find.catch_up(desk, run.progress)
    return AddReport(
        act=run.act if run.wrote else None, entries=tuple(run.entries), cancelled=cancelled
    )


def walk(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Give every file of the paths once: its name as given, `/` below a folder, and its place.

    Links to folders are not followed, so that no folder is walked for ever.
    """
    met: set[str] = set()
    for path in paths:
        for name, file in _below(str(path), path):
            if name not in met:
                met.add(name)
                yield name, file


def _below(name: str, path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield name, path
        return
    try:
        inside = sorted(path.iterdir(), key=lambda p: p.name)
    except OSError:
        yield name, path
        return
    for child in inside:
        below = f"{name.rstrip('/')}/{child.name}"
        if child.is_dir() and child.is_symlink():
            continue
        yield from _below(below, child)


def _take(run: _Run, pool: ThreadPoolExecutor, name: str, file: Path) -> None:
    """Keep the bytes of one file and have them read, unless the case has them."""
    incoming = Incoming(path=name, file_name=_readable(file.name))
    try:
        stored = _store(run, file)
    except (CasefileError, OSError) as error:
        incoming = replace(incoming, refusal=_why(error))
        run.waiting.append((incoming, None))
        return
    incoming = replace(incoming, stored=stored, file_time=_file_time(file))
    twin = run.here.get(stored.sha256) or _known(run.desk, stored.sha256)
    if twin:
        run.waiting.append((replace(incoming, twin=twin), None))
        return
    incoming = replace(incoming, source=new_id())
    run.here[stored.sha256] = incoming.source
    future = pool.submit(
        run.desk.extractor.read, run.desk.store.objects.path(stored.sha256), name=incoming.file_name
    )
    run.waiting.append((incoming, future))


def _store(run: _Run, file: Path) -> StoredObject:
    if file.is_dir():
        raise Refused(tr("This folder cannot be opened."), tr("Check who may read it."))
    return run.desk.store.objects.put(file, limit=SIZE_LIMIT)


def _known(desk: Desk, sha256: str) -> str | None:
    with desk.store.read() as r:
        found = sources.by_object(r, sha256)
    return found[0] if found else None  # deleted or not: there is one source for these bytes


def _why(error: Exception) -> str:
    if isinstance(error, CasefileError):
        return f"{error.message} {error.hint}".strip()
    if isinstance(error, FileNotFoundError):
        return tr("There is no such file.")
    if isinstance(error, PermissionError):
        return tr("The file may not be read by you.")
    return tr("The file cannot be read: {why}").format(
        why=getattr(error, "strerror", None) or error
    )


def _file_time(file: Path) -> str | None:
    try:
        seconds = file.stat().st_mtime
    except OSError:
        return None
    moment = datetime.fromtimestamp(max(0, min(seconds, 253402300799)), UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _readable(name: str) -> str:
    """Give a file name as text; bytes that are no UTF-8 become the replacement character."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _ended(future: Future[Draft] | None) -> bool:
    return future is None or (future.done() and not future.cancelled())


def _settle(run: _Run, room: int) -> None:
    """Keep finished work in order: a full batch, what has waited long enough, or the last.

    No more than `room` files stay in the air: then the oldest is waited for.
    """
    ready = 0
    for _, future in run.waiting:
        if not _ended(future):
            break
        ready += 1
    overdue = time.monotonic() - run.kept_at > BATCH_SECONDS
    last = room == 0 and ready == len(run.waiting)
    if ready >= BATCH or (ready and (overdue or last)):
        _keep(run, [run.waiting.popleft() for _ in range(min(ready, BATCH))])
    elif len(run.waiting) - ready > room:
        _wait(run, run.waiting[ready][1])


def _wait(run: _Run, future: Future[Draft] | None) -> None:
    """Wait for one reader in short steps, so that a person's Stop is heard."""
    while future is not None and not future.done():
        with suppress(TimeoutError):
            future.exception(timeout=0.1)
        run.progress.at(len(run.entries), run.total, run.progress.step.what)


def _keep(run: _Run, batch: list[tuple[Incoming, Future[Draft] | None]]) -> None:
    """Write a batch in one transaction and acknowledge it."""
    drafts = [(i, f.result() if f else None) for i, f in batch]
    if drafts:
        entries, wrote = commit(run.desk, drafts, act=run.act, told=run.told)
        run.wrote = run.wrote or wrote
        run.entries += entries
        if run.seen:
            for entry in entries:
                run.seen(entry)
    run.kept_at = time.monotonic()
