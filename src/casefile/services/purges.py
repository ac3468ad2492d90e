"""Removing a record and its evidence for good: with a reason, and with no way back."""

from casefile.jobs.progress import Progress
from casefile.model.errors import UsageError
from casefile.model.upkeep import Backup, PurgePlan, PurgeReport
from casefile.services import find
from casefile.services.desk import Desk
from casefile.services.naming import called
from casefile.store import backups, purging, records
from casefile.store.purging import Plan
from casefile.store.writer import now
from casefile.strings import later, tr, trn

_STAYS = {
    "claim": (
        later("{n} claim rests on it and stays, with its own words."),
        later("{n} claims rest on it and stay, with their own words."),
    ),
    "evidence_link": (
        later("{n} link between it and a claim stays, with its warrant."),
        later("{n} links between it and claims stay, with their warrants."),
    ),
    "note": (
        later("{n} note on it stays; a note may repeat its words."),
        later("{n} notes on it stay; notes may repeat its words."),
    ),
    "tagging": (later("{n} tag on it stays."), later("{n} tags on it stay.")),
    "source_link": (
        later("{n} link to another source stays, with its reason."),
        later("{n} links to other sources stay, with their reasons."),
    ),
}


def preview(desk: Desk, record: str, progress: Progress | None = None) -> PurgePlan:
    """Say what a purge of a source, or of any other record, would remove; changes nothing."""
    with desk.store.read() as r:
        table, id_ = records.resolve(r, record)
        plan = purging.plan(r, table, id_, progress)
        title = called(r, [(table, id_)]).get(id_, id_)
    return PurgePlan(
        title=title,
        records=tuple(one for _, one in plan.records),
        operations=len(plan.operations),
        objects=tuple(sorted(plan.objects)),
        bytes=_bytes(desk, plan),
        stays=tuple(_stays(plan)),
        backups=len(_holding(desk, plan)),
    )


def purge(
    desk: Desk,
    record: str,
    reason: str,
    *,
    with_backups: bool = False,
    progress: Progress | None = None,
) -> PurgeReport:
    """Remove a source (or any other record) and its bytes for good.

    Originals that nothing else needs are deleted, texts and values are overwritten; the hashes, the
    reason and the place in the chain stay. With `with_backups` a fresh backup takes the place of those
    that still hold it. UsageError without a reason, Refused for what was purged before.
    """
    if not reason.strip():
        raise UsageError(tr("A removal needs a reason."), tr("Give it with --reason."))
    with desk.store.read() as r:
        table, id_ = records.resolve(r, record)
        plan = purging.plan(r, table, id_, progress)
    size = _bytes(desk, plan)
    act = purging.purge(desk.store, plan, reason.strip())
    find.reindex(desk, progress)
    holding = _holding(desk, plan)
    if with_backups and holding:
        backups.make(desk.store.path, "purge", now(), progress)
        backups.remove(holding)
        holding = []
    return PurgeReport(
        act=act,
        records=tuple(one for _, one in plan.records),
        operations=len(plan.operations),
        objects=tuple(sorted(plan.objects)),
        bytes=size,
        stays=tuple(_stays(plan)),
        backups=tuple(holding),
        words=tuple(_words(holding)),
    )


def finish(desk: Desk) -> None:
    """Finish a purge that was cut short: what it was to delete is deleted now."""
    if desk.store.writable:
        purging.finish(desk.store)


def _bytes(desk: Desk, plan: Plan) -> int:
    paths = [desk.store.objects.path(name) for name in plan.objects]
    return sum(path.stat().st_size for path in paths if path.is_file())


def _holding(desk: Desk, plan: Plan) -> list[Backup]:
    names = [one.id for one in plan.operations.values()]
    return backups.holding(desk.store.path, names, plan.contents)


def _stays(plan: Plan) -> list[str]:
    said = [trn(*_STAYS[table], count) for table, count in plan.naming.items() if table in _STAYS]
    if plan.shared:
        words = tr("{n} originals or texts stay: other records need them, too.")
        said.append(words.format(n=len(plan.shared)))
    return said


def _words(holding: list[Backup]) -> list[str]:
    said = []
    if holding:
        said.append(
            trn(
                "{n} backup inside the case still holds it; --backups removes it as well.",
                "{n} backups inside the case still hold it; --backups removes them as well.",
                len(holding),
            )
        )
    return [
        *said,
        tr("Backups, bundles and copies elsewhere still hold it; delete them yourself."),
        tr(
            "The disk may keep copies of what was deleted, an SSD or a stick almost surely; only an "
            "encrypted disk helps against that."
        ),
        tr("It cannot be undone."),
    ]
