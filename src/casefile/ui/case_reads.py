"""What the window reads of a case as a whole, in a lane."""

from pathlib import Path
from typing import TYPE_CHECKING

from casefile.model.errors import CaseUnusable
from casefile.model.view import CaseInfo, SourceFilter
from casefile.strings import tr
from casefile.ui import doors

if TYPE_CHECKING:
    from casefile.model.place import Surroundings
    from casefile.services.desk import Desk
    from casefile.services.places import Places
    from casefile.services.views import LocalView

TAGS = 8  # shown in the sidebar
# The case in figures, its summary, unread sources, tags as (id, name, count), names of the marks.
Figures = tuple[CaseInfo, str, int, list[tuple[str, str, int]], dict[int, str]]


def open_anyhow(path: Path, places: "Places") -> "Desk":
    """Open for writing; when another program holds the case, for reading."""
    try:
        return doors.desk.open_desk(path, places)
    except CaseUnusable as error:
        if not (path / "case.db").exists():
            raise
        desk = doors.desk.open_desk(path, places, write=False)
        desk.hindrance = f"{error.message} {error.hint}".strip()
        return desk


def filter_of(key: str, words: str) -> SourceFilter:
    """Give the filter that a line of the sidebar stands for."""
    part, _, value = key.partition(":")
    if part == "kind":
        return SourceFilter(kind=value, words=words)
    if part == "status":
        return SourceFilter(status=value, words=words)
    if part == "tag":
        return SourceFilter(tag=value, words=words)
    return SourceFilter(status="none" if key == "unread" else None, words=words)


def read_figures(local: "LocalView", desk: "Desk") -> Figures:
    """Read the numbers of the sidebar, the summary and the names of the marks."""
    open_ = doors.reading.listing(desk, SourceFilter(status="none"))
    tags = [(tag.id, tag.name or "", count) for tag, count in doors.notes.tags(desk)]
    tags.sort(key=lambda entry: -entry[2])
    about = doors.cases.about(desk)
    return (
        doors.cases.info(desk),
        about.summary or "",
        len(local.unread(open_)),
        tags[:TAGS],
        doors.cases.mark_meanings(desk),
    )


def nothing_words(key: str, *, filtered: bool) -> tuple[str, str, str]:
    """Say why a list is empty: sentence, hint, icon."""
    if filtered:
        return tr("No source of this list fits the filter."), tr("Esc closes the filter."), "filter"
    if key == "all":
        hint = tr("Drop files here or press Ctrl I.")
        return tr("No evidence yet."), hint, "inbox"
    if key == "unread":
        return tr("Everything is read."), "", "check"
    return tr("Nothing here."), "", "inbox"


def place_words(found: "Surroundings", *, writable: bool) -> tuple[str, str, str] | None:
    """Say what matters most of where and how a case is open: sentence, hint, level; or nothing."""
    if found.holder and not writable:
        words = tr("This case is open for reading only: {who} has it open.")
        return words.format(who=found.holder), tr("Marks and changes are made there."), "info"
    if found.notes:
        return " ".join(n.message for n in found.notes), found.notes[0].hint, "warn"
    if not writable:
        return tr("This case is open for reading only."), found.hindrance, "info"
    return None
