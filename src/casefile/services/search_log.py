"""A log of the searches made, on this machine and only when it is wanted, that a report can print."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from casefile.model.hit import Coverage, SearchAnswer, Variant
from casefile.services import covering
from casefile.services.desk import Desk
from casefile.services.intake import now
from casefile.strings import tr, trn

SETTING = "search_log"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSearch:
    """One search: when (UTC), what was asked and understood, what it found, and in what."""

    at: str
    query: str
    understood: str
    total: int
    spellings: int
    upto: int
    covered: Coverage


def note(desk: Desk, answer: SearchAnswer) -> None:
    """Write a search down, if the person has switched the log on."""
    put(desk, (answer.query, answer.understood, answer.total, answer.variants), answer.covered)


def put(
    desk: Desk, asked: tuple[str, str, int, Sequence[Variant]], covered: Coverage | None = None
) -> None:
    """Write down what was asked, how it was understood, what it found and with which spellings."""
    query, understood, total, variants = asked
    if not desk.settings[SETTING] or not query.strip():
        return
    entry = LoggedSearch(
        at=now(),
        query=query,
        understood=understood,
        total=total,
        spellings=1 + len(variants),
        upto=desk.index.upto,
        covered=covered or covering.coverage(desk),
    )
    file = _file(desk)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


def entries(desk: Desk) -> list[LoggedSearch]:
    """Give the searches that were written down, oldest first; lines that make no sense are left out."""
    try:
        lines = _file(desk).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            data = json.loads(line)
            found.append(LoggedSearch(**{**data, "covered": Coverage(**data["covered"])}))
        except (ValueError, TypeError, KeyError):  # cut short by a crash, or by hand
            continue
    return found


def clear(desk: Desk) -> None:
    """Take the log off this machine."""
    _file(desk).unlink(missing_ok=True)


def sentence(entry: LoggedSearch) -> str:
    """Say in one line what a search was and how far it reached, as a report prints it."""
    where = trn("{n} source", "{n} sources", entry.covered.sources)
    how = trn("searched {n} spelling", "searched {n} spellings", entry.spellings)
    parts = [tr("{how} in {where}").format(how=how, where=where)]
    if entry.covered.pages_without_text:
        parts.append(
            trn("{n} page has no text", "{n} pages have no text", entry.covered.pages_without_text)
        )
    if entry.covered.without_text:
        parts.append(
            trn("{n} source has no text", "{n} sources have no text", entry.covered.without_text)
        )
    if entry.covered.behind:
        parts.append(
            trn("{n} record not yet indexed", "{n} records not yet indexed", entry.covered.behind)
        )
    return "; ".join(parts)


def summary(found: Iterable[LoggedSearch]) -> str:
    """Say what all of the log comes to."""
    listed = list(found)
    if not listed:
        return tr("No search was written down.")
    spellings = sum(each.spellings for each in listed)
    last = listed[-1].covered
    words = trn("{n} search", "{n} searches", len(listed))
    return tr("{searches}: {rest}.").format(
        searches=words,
        rest=sentence(
            LoggedSearch(
                at="", query="", understood="", total=0, spellings=spellings, upto=0, covered=last
            )
        ),
    )


def _file(desk: Desk) -> Path:
    return desk.places.config / "searches" / f"{desk.store.case_id}.log.jsonl"
