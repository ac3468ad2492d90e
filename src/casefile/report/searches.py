"""The searches that were made, as a report prints them: what was asked, and how far it reached."""

from collections.abc import Iterable
from dataclasses import dataclass

from casefile.model.view import SearchNote
from casefile.strings import tr, trn


@dataclass(frozen=True, slots=True)
class SearchPart:
    """One search: its words, and the lines that say what it was and what came of it."""

    query: str
    understood: str
    reach: str
    found: str


def searches(notes: Iterable[SearchNote]) -> tuple[SearchPart, ...]:
    """Give the searches in the order in which they were made."""
    return tuple(
        SearchPart(
            query=each.query,
            understood=each.understood,
            reach=tr("{reach}; the index stood at change {n}").format(
                reach=each.reach, n=each.upto
            ),
            found=tr("{at}: {found}").format(
                at=each.at, found=trn("{n} record found", "{n} records found", each.total)
            ),
        )
        for each in notes
    )
