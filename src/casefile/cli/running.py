"""Cases opened for one command, and long work with a bar that Ctrl-C ends cleanly."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from casefile.jobs.progress import Progress
from casefile.model.errors import CasefileError, CaseUnusable
from casefile.strings import tr

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from casefile.cli.context import Context
    from casefile.cli.output import Output
    from casefile.services.desk import Desk

T = TypeVar("T")
_POLL: Final = 0.1  # seconds between looks at the progress
_PATIENCE: Final = 0.6  # seconds until a bar is worth drawing


def reading(case: Path, context: "Context") -> "Desk":
    """Open a case to read; others may be working on it."""
    from casefile.services.desk import open_desk

    return open_desk(case, context.places, write=False)


def writing(case: Path, context: "Context", *, secured: bool = True) -> "Desk":
    """Open a case to change it; waits two seconds for another program to close it.

    Before the first change of a day a backup is made inside the case, unless it is so large that
    one would wait for it: then a window makes it, and here a week without one is said. Nothing of
    this without `secured`.
    """
    from casefile.services.desk import open_desk

    desk = open_desk(case, context.places)
    if secured:
        try:
            _secure(desk, context.output)
        except BaseException:
            desk.close()
            raise
    return desk


def _secure(desk: "Desk", output: "Output") -> None:
    from casefile.services import upkeep

    try:
        report = with_progress(output, tr("Backing up"), lambda p: upkeep.back_up_first(desk, p))
        if report is not None and not report.ok:
            output.note(tr("The case is damaged; older backups are kept. Run check on it."))
        if upkeep.backup_is_old(desk):
            output.note(
                tr("This large case had no backup for a week; “casefile backup” makes one.")
            )
    except CasefileError as error:  # work must go on without a backup; the person is told
        output.note(error.message)


@contextmanager
def searching(case: Path, context: "Context") -> "Iterator[Desk]":
    """Open a case with its index as complete as it can be made.

    Opened for writing only when the index is behind, and read as it stands when somebody else has
    the case open for writing.
    """
    from casefile.services import find

    with ExitStack() as open_cases:
        desk = open_cases.enter_context(reading(case, context))
        if desk.index.fit and not desk.store.changes_after(desk.index.upto).records:
            yield desk
            return
        open_cases.pop_all().close()
        try:
            desk = open_cases.enter_context(writing(case, context))
        except CaseUnusable:
            desk = open_cases.enter_context(reading(case, context))
        with_progress(context.output, tr("Indexing"), lambda p: find.catch_up(desk, p))
        yield desk


def with_progress(output: "Output", label: str, work: Callable[[Progress], T]) -> T:
    """Run work in a thread, with a bar on a terminal; Ctrl-C asks it to stop at its next step."""
    progress = Progress()
    pool = ThreadPoolExecutor(1, thread_name_prefix="work")
    future = pool.submit(work, progress)
    try:
        with _drawn(output) as draw:
            return _awaited(future, progress, output, lambda: draw(label, progress))
    finally:
        pool.shutdown(wait=False)


def _awaited(
    future: Future[T], progress: Progress, output: "Output", draw: Callable[[], None]
) -> T:
    while True:
        try:
            while not future.done():
                wait([future], _POLL)
                draw()
            return future.result()
        except KeyboardInterrupt:
            if progress.cancelled:  # a second time: nobody waits any longer
                raise
            progress.cancel()
            output.note(tr("Stopping. What is finished stays."))


@contextmanager
def _drawn(output: "Output") -> Iterator[Callable[[str, Progress], None]]:
    """Give a function that draws the bar; it draws nothing where no bar can be drawn."""
    if not output.progress_wanted:
        yield lambda _label, _progress: None
        return
    began = time.monotonic()
    with ExitStack() as shown:
        bars: list[Bar] = []

        def draw(label: str, progress: Progress) -> None:
            if time.monotonic() - began < _PATIENCE:
                return
            if not bars:
                bars.append(shown.enter_context(_bar(output)))
                bars[0].add_task(label, total=None, what="")
            step = progress.step
            what = output.safe(step.what)
            bars[0].update(bars[0].task_ids[0], completed=step.done, total=step.total, what=what)

        yield draw


def _bar(output: "Output") -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn(
            "{task.fields[what]}",
            markup=False,
            table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
        ),
        console=Console(file=output.errors, highlight=False),
        transient=True,
    )
