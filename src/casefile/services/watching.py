"""A watched folder: what appears in it is taken in, once it has stopped growing."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casefile.jobs.progress import Progress
from casefile.model.errors import UsageError
from casefile.model.view import AddReport
from casefile.services.desk import Desk
from casefile.services.ingest import AddOptions, add
from casefile.services.walking import walk
from casefile.strings import tr

SECONDS = 2.0  # between two looks
QUIET_SECONDS = 2.0  # a file younger than this may still be written
_UNFINISHED = (".part", ".crdownload", ".tmp", ".download", ".partial", ".!ut", ".swp", "~")


@dataclass(frozen=True, slots=True)
class _State:
    """What a file looked like: size, time, inode."""

    size: int
    time: int
    inode: int


@dataclass(slots=True)
class Watch:
    """One watched folder; `look` is called again and again, from one thread.

    Nothing is moved or deleted there. A file is taken in when two looks at least QUIET_SECONDS
    apart found it the same, so that no half-written file comes in; one that changes afterwards is
    taken in again. What the case has already is not taken in twice: bytes are known by their hash.
    """

    folder: Path
    quiet: float = QUIET_SECONDS
    _seen: dict[str, tuple[_State, float]] = field(default_factory=dict)
    _done: dict[str, _State] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise UsageError(
                tr("There is no folder {path}.").format(path=self.folder),
                tr("Choose a folder that is there."),
            )

    def look(self, desk: Desk, progress: Progress | None = None) -> AddReport | None:
        """Take in what is finished; None when there is nothing new."""
        ready = self.ready()
        if not ready:
            return None
        report = add(desk, [Path(name) for name in ready], progress=progress, options=AddOptions())
        taken = {entry.path for entry in report.entries}
        self._done |= {name: state for name, state in ready.items() if name in taken}
        return report

    def take(self) -> list[Path]:
        """Give what is finished, for another hand to take in; it is not given again."""
        ready = self.ready()
        self._done |= ready
        return [Path(name) for name in ready]

    def ready(self, now: float | None = None) -> dict[str, _State]:
        """Give the files that came to rest since they were last taken in."""
        moment = time.monotonic() if now is None else now
        found: dict[str, _State] = {}
        present: set[str] = set()
        for name, state in self._files():
            present.add(name)
            if self._done.get(name) == state:
                continue
            before, since = self._seen.get(name, (None, moment))
            if before != state:
                self._seen[name] = (state, moment)
            elif moment - since >= self.quiet:
                found[name] = state
        for name in self._seen.keys() - present:
            del self._seen[name]
        for name in found:
            del self._seen[name]
        return found

    def _files(self) -> Iterator[tuple[str, _State]]:
        for name, path in walk([self.folder]):
            if path.name.startswith(".") or path.name.lower().endswith(_UNFINISHED):
                continue
            try:
                about = path.stat()
            except OSError:
                continue
            if about.st_size:
                yield name, _State(about.st_size, about.st_mtime_ns, about.st_ino)
