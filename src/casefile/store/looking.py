"""The background check: originals and texts one by one, each with the date it was last looked at."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.model.upkeep import Checked
from casefile.store import texts
from casefile.store.checking import fault_of_file
from casefile.store.packing import COLUMNS
from casefile.store.schema import VIEWS, checked, content, record
from casefile.store.session import Reader
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.store.case import CaseStore

AT_ONCE = 200  # names
_file = VIEWS["source_file"]


def slice_(
    store: "CaseStore", now: int, seconds: float, progress: Progress | None = None
) -> Checked:
    """Look at what was not looked at for the longest time, for about so many seconds.

    The dates are written as it ends or is cancelled; raises Cancelled through `progress`.
    """
    until = time.monotonic() + seconds
    looked: dict[str, bool] = {}
    findings: list[Finding] = []
    try:
        with store.read() as r:
            for name, is_object in _next(r):
                fault, record_id = _look(store, r, name, is_object=is_object)
                looked[name] = not fault
                if fault:
                    findings.append(
                        Finding(
                            level="damage",
                            kind="object" if is_object else "content",
                            detail=fault,
                            record=record_id,
                        )
                    )
                if progress is not None:
                    progress.at(len(looked), None, tr("Checking the originals"))
                if time.monotonic() >= until:
                    break
    finally:
        _note(store, looked, now)
    with store.read() as r:
        return state(r, tuple(findings), len(looked))


def _next(r: Reader) -> Iterator[tuple[str, bool]]:
    """Give names (and whether each is an original): those never looked at, then the oldest."""
    objects = select(_file.c.object.label("name")).where(_file.c.object.is_not(None)).distinct()
    contents = select(content.c.hash.label("name"))
    for asked, is_object in ((objects, True), (contents, False)):
        never = asked.subquery()
        fresh = select(never.c.name).where(never.c.name.not_in(select(checked.c.name)))
        for name in r.connection.execute(fresh.limit(AT_ONCE)).scalars().all():
            yield name, is_object
    old = select(checked.c.name).order_by(checked.c.at, checked.c.name).limit(AT_ONCE)
    for name in r.connection.execute(old).scalars().all():
        original = select(_file.c.n).where(_file.c.object == name).limit(1)
        yield name, r.connection.scalar(original) is not None


def _look(store: "CaseStore", r: Reader, name: str, *, is_object: bool) -> tuple[str, str | None]:
    if is_object:
        owner = select(record.c.id).join(_file, _file.c.source == record.c.n)
        id_ = r.connection.scalar(owner.where(_file.c.object == name).limit(1))
        return fault_of_file(store.objects.path(name), name)[1], id_
    row = r.connection.execute(select(*COLUMNS).where(content.c.hash == name)).first()
    if row is None:
        return "", None  # it was removed for good since
    if texts.holds(tuple(row)):
        return "", None
    extraction = VIEWS["extraction"]
    owner = select(record.c.id).join(extraction, extraction.c.source == record.c.n)
    id_ = r.connection.scalar(owner.where(extraction.c.text_hash == name).limit(1))
    return tr("the stored text {name} has changed").format(name=name), id_


def _note(store: "CaseStore", looked: dict[str, bool], now: int) -> None:
    if not looked or not store.writable:
        return
    with store.write("checked") as w:
        w.connection.execute(delete(checked).where(checked.c.name.in_(list(looked))))
        rows = [{"name": name, "at": now, "sound": int(ok)} for name, ok in looked.items()]
        w.connection.execute(insert(checked), rows)


def state(r: Reader, damaged: tuple[Finding, ...] = (), looked: int = 0) -> Checked:
    """Say how far the background check is."""
    c = r.connection
    objects = c.scalar(select(func.count(func.distinct(_file.c.object)))) or 0
    total = objects + (c.scalar(select(func.count()).select_from(content)) or 0)
    done, oldest, newest = c.execute(
        select(func.count(), func.min(checked.c.at), func.max(checked.c.at))
    ).one()
    if not damaged:
        bad = c.execute(select(checked.c.name).where(checked.c.sound == 0)).scalars()
        words = tr("{name} was not what its name says when it was last looked at")
        damaged = tuple(
            Finding(level="damage", kind="object", detail=words.format(name=name)) for name in bad
        )
    never = max(0, total - done)
    return Checked(
        total=total, never=never, oldest=oldest, newest=newest, damaged=damaged, looked=looked
    )


def when(r: Reader, name: str) -> int | None:
    """Say when an original or a text was last looked at."""
    return r.connection.scalar(select(checked.c.at).where(checked.c.name == name))
