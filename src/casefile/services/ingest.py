"""Import: files, folders and archives become sources, each acknowledged once it cannot be lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from casefile import __version__
from casefile.jobs.progress import Progress
from casefile.model.errors import Cancelled, CasefileError
from casefile.model.view import AddEntry, AddReport
from casefile.services import alike, find, walking
from casefile.services.desk import Desk
from casefile.services.intake import Told
from casefile.services.pipeline import Pipeline

Seen = Callable[[AddEntry], None]


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What a person says about the files; `captured` is UTC ISO text, `jobs` readers at once.

    `passwords` are tried on files that are locked; they are never stored.
    """

    url: str | None = None
    captured: str | None = None
    jobs: int = 2
    passwords: tuple[str, ...] = ()


def add(
    desk: Desk,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    options: AddOptions | None = None,
    seen: Seen | None = None,
) -> AddReport:
    """Add files, folders and archives; every path is answered once, in the order given.

    `seen` is called in this thread after each acknowledged file. A cancelled import keeps what was
    finished and says so in the report; adding the same again goes on where it stopped.
    """
    work = options or AddOptions()
    progress = progress or Progress()
    told = Told(work.url, work.captured, desk.person, f"casefile {__version__}")
    if work.passwords:
        desk.extractor.try_passwords(work.passwords)
    cancelled = False
    with Pipeline(desk, told, progress, seen, max(1, work.jobs)) as line:
        try:
            alike.catch_up(desk)
            line.total = walking.count(paths)
            for name, file in walking.walk(paths):
                line.take(name, file)
            line.end()
        except Cancelled:
            cancelled = True
            line.stop()
    return AddReport(
        act=line.act if line.wrote else None,
        entries=tuple(line.entries),
        cancelled=cancelled,
        trouble=_index(desk, progress),
    )


def _index(desk: Desk, progress: Progress) -> str:
    """Bring the index up to date; trouble with it must not hide what was added."""
    try:
        find.catch_up(desk, progress)
    except Cancelled:
        return ""
    except CasefileError as error:
        return f"{error.message} {error.hint}".strip()
    return ""
