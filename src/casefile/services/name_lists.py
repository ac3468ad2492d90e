"""A list of names searched at once, and one search over several cases."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casefile.model.errors import CasefileError, Refused
from casefile.model.hit import SearchAnswer, SearchRequest, Variant
from casefile.services import find, search_log
from casefile.services.desk import Desk, open_desk
from casefile.services.places import Places
from casefile.strings import tr

MOST_NAMES = 5000
_LARGEST = 4 << 20  # bytes of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One line of a list: how many records and how many different sources it is found in."""

    query: str
    total: int
    sources: int
    understood: str
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InCase:
    """What a search found in one case; `trouble` in words where the case could not be searched."""

    path: Path
    title: str = ""
    answer: SearchAnswer | None = None
    trouble: str = ""


def read_list(file: Path) -> list[str]:
    """Read names, one a line; empty lines and those that begin with # are left out, repeats too."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Refused(tr("{file} cannot be read.").format(file=file.name)) from error
    if len(data) > _LARGEST:
        raise Refused(tr("The list is too long."), tr("At most 5,000 names are sought at once."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            tr("{file} is no text in UTF-8.").format(file=file.name),
            tr("Save the list as UTF-8 text, one name a line."),
        ) from error
    lines = (" ".join(line.split()) for line in text.splitlines())
    names = list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    if len(names) > MOST_NAMES:
        raise Refused(tr("The list is too long."), tr("At most 5,000 names are sought at once."))
    return names


def counted(desk: Desk, names: Iterable[str], request: SearchRequest) -> Iterator[Counted]:
    """Search each name as `request` says and count; a name of several words stands in a row."""
    known = find.known(desk)
    for name in names:
        asked = replace(request, query=as_query(name), limit=find.EVERYTHING, offset=0)
        answer = desk.index.search(asked, known)
        search_log.put(desk, (asked.query, answer.understood, answer.total, answer.variants))
        yield Counted(
            query=name,
            total=answer.total,
            sources=len({hit.source for hit in answer.hits if hit.source}),
            understood=answer.understood,
            variants=answer.variants,
        )


def as_query(name: str) -> str:
    """Give a line of a list as a query: several plain words are one name, signs are kept."""
    signs = any(sign in name for sign in '"():*~') or any(
        word in ("OR", "AND", "NOT") or word.startswith("-") for word in name.split()
    )
    return name if signs or " " not in name else f'"{name}"'


def across(paths: Sequence[Path], places: Places, request: SearchRequest) -> Iterator[InCase]:
    """Search several cases, one after another, each as it stands; nothing is written."""
    for path in paths:
        try:
            with open_desk(path, places, write=False) as desk:
                yield InCase(path=path, title=desk.title, answer=find.search(desk, request))
        except CasefileError as error:
            yield InCase(path=path, trouble=error.message)
