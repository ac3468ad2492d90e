"""The health of a case: checks, backups, restoring, repair."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from casefile.jobs.progress import Progress
from casefile.model.change import CheckReport, Finding
from casefile.model.errors import CasefileError, CaseUnusable, OlderFormat
from casefile.model.upkeep import (
    Advice,
    Backup,
    BackupReport,
    Checked,
    RepairReport,
    RestoreReport,
)
from casefile.services import keys
from casefile.services.desk import Desk
from casefile.services.places import Places, identity
from casefile.store import backups as kept
from casefile.store import exporting, looking, repairing, restoring
from casefile.store.case import CaseStore
from casefile.store.checking import check as check_store
from casefile.store.writer import now
from casefile.strings import later, tr, trn

REPAIR, RESTORE, REINDEX, BACKUP, PURGE = "repair", "restore", "reindex", "backup", "purge"
_ADVICE = {
    "ledger": (
        later(
            "Repair the case: the ledger is put together from what is sound here and in backups."
        ),
        REPAIR,
    ),
    "content": (
        later("Repair the case: the text is taken from a backup; else read the file again."),
        REPAIR,
    ),
    "object": (
        later(
            "Repair the case with another copy beside it: an original can only come back from a copy."
        ),
        REPAIR,
    ),
    "database": (
        later("Repair the case: a sound database is made of all that can be read."),
        REPAIR,
    ),
    "projection": (later("Repair the case: the tables are made again from the ledger."), REPAIR),
    "meta": (later("Repair the case, and compare its id with a colleague's copy."), REPAIR),
    "checkpoint": (
        later(
            "Do not rely on what came before it. Ask whoever signed it for their copy, and compare."
        ),
        "",
    ),
    "backup": (
        later("Make a new backup. The changed one stays until you delete it by hand."),
        BACKUP,
    ),
    "index": (later("Make the index again; nothing of the case is lost."), REINDEX),
    "leftover": (later("It goes when the case is next opened for writing."), ""),
    "purge": (later("Remove it for good here as well, if you agree with the reason."), PURGE),
}
_NOTES = {
    "object": later("It goes when the case is next opened for writing."),
    "backup": later("Keep it until the case is repaired; it may hold what is needed."),
    "checkpoint": later("Nothing needs to be done. Sign again to cover later work."),
    "projection": later("Repair the ledger first, then check again."),
}


def check(desk: Desk, *, full: bool = False, progress: Progress | None = None) -> CheckReport:
    """Check ledger, objects, projections, backups, checkpoints and index; reads only."""
    report = check_store(desk.store, full=full, progress=progress, verify=keys.verify)
    return CheckReport(
        findings=(*report.findings, *_of_index(desk, full=full)),
        ops=report.ops,
        objects=report.objects,
        bytes=report.bytes,
    )


def _of_index(desk: Desk, *, full: bool) -> Iterator[Finding]:
    try:
        # Looking at every block of a large index takes a while; else each is looked at when read.
        if not (desk.index.examine() if full else desk.index.fit):
            words = tr("The search index is absent or made anew.")
        elif desk.store.changes_after(desk.index.upto).records:
            words = tr("The search index is behind the case.")
        else:
            return
    except CasefileError as error:  # what the case remembers of it cannot be read
        words = tr("The search index could not be looked at: {why}").format(why=error.message)
    yield Finding(level="note", kind="index", detail=words)


def what_to_do(finding: Finding) -> Advice:
    """Say what a person can do about a finding."""
    if finding.level == "note" and finding.kind in _NOTES:
        return Advice(sentence=tr(_NOTES[finding.kind]))
    words, act = _ADVICE.get(finding.kind, (later("Nothing needs to be done."), ""))
    return Advice(sentence=tr(words), act=act)


# The background check


def slice_of_check(
    desk: Desk, *, seconds: float = 0.5, progress: Progress | None = None
) -> Checked:
    """Do a slice of the background check: what was not looked at for the longest time.

    Call it again and again on a lane; Cancelled through `progress`, with what was looked at noted.
    """
    return looking.slice_(desk.store, now(), seconds, progress)


def last_checked(desk: Desk) -> Checked:
    """Say how far the background check is."""
    with desk.store.read() as r:
        return looking.state(r)


def checked_at(desk: Desk, sha256: str) -> int | None:
    """Say when an original was last looked at; milliseconds since 1970."""
    with desk.store.read() as r:
        return looking.when(r, sha256)


# Backups


def backups(desk: Desk) -> list[Backup]:
    """Give the backups inside the case, the newest first."""
    return kept.listed(desk.store.path)


def back_up(desk: Desk, reason: str = "manual", progress: Progress | None = None) -> BackupReport:
    """Make a backup inside the case: verified, described, and older ones rotated away."""
    return kept.make(desk.store.path, reason, now(), progress)


def back_up_if_due(desk: Desk, progress: Progress | None = None) -> BackupReport | None:
    """Make the backup of the day, before its first change; None when there is one or nothing yet."""
    if not desk.store.writable or not desk.upto or not kept.due(desk.store.path, now()):
        return None
    return kept.make(desk.store.path, kept.DAILY, now(), progress)


def back_up_first(desk: Desk, progress: Progress | None = None) -> BackupReport | None:
    """Make the backup of the day where that takes no longer than a moment: somebody waits.

    A large case gets it from a window, in the background.
    """
    return back_up_if_due(desk, progress) if kept.is_quick(desk.store.path) else None


def backup_is_old(desk: Desk) -> bool:
    """Say whether a large case has gone without a backup for more than a week."""
    path = desk.store.path
    return bool(desk.upto) and not kept.is_quick(path) and kept.due(path, now(), kept.WEEK)


def export_backup(desk: Desk, file: Path, progress: Progress | None = None) -> BackupReport:
    """Write the whole case, originals and all, into one file."""
    return exporting.write(desk.store.path, file, now(), progress)


def restore(
    backup: Path, case: Path, places: Places, progress: Progress | None = None
) -> RestoreReport:
    """Make a new case of a backup and check it; nothing is overwritten."""
    found = restoring.restore(backup, case, progress)
    who = identity(places)
    # opened for writing once, it takes a new replica id and comes to this format
    with CaseStore.open(case, person=who.person, install=who.install) as store:
        report = check_store(store, progress=progress, verify=keys.verify)
    said = {(f.kind, f.record) for f in found.findings}
    left = [f for f in report.findings if f.level == "damage" and (f.kind, f.record) not in said]
    findings = (*found.findings, *left)
    words = trn("Restored with {n} operation", "Restored with {n} operations", report.ops) + tr(
        " and {n} originals."
    ).format(n=report.objects)
    return RestoreReport(
        path=case, ops=report.ops, objects=report.objects, findings=findings, sentence=words
    )


# Repair


def repair(
    case: Path, places: Places, progress: Progress | None = None, others: tuple[Path, ...] = ()
) -> RepairReport:
    """Repair a closed case from what is sound in it, in its backups and in other copies.

    `others` are cases, databases or whole backup files of the same case.
    """
    who = identity(places)
    before = _examined(case, who.person, who.install, progress)
    if before is not None and before.ok:
        return RepairReport(
            repaired=False, done=(), lost=(), kept=None, sentence=tr("There is nothing to repair.")
        )
    with _copies(case, others, progress) as copies:
        given = repairing.Help(who.install, now(), copies, keys.verify)
        done = repairing.repair(case, given, progress)
    after = _examined(case, who.person, who.install, progress)
    left = [f for f in after.findings if f.level == "damage"] if after else []
    said = {(f.kind, f.record) for f in done.lost}
    lost = (*done.lost, *(f for f in left if (f.kind, f.record) not in said))
    words = tr("The case was repaired; nothing is lost.")
    if lost:
        words = tr("The case can be used again, but not everything could be repaired.")
    return RepairReport(
        repaired=True, done=tuple(done.done), lost=lost, kept=done.kept, sentence=words
    )


def _examined(
    case: Path, person: str, install: str, progress: Progress | None
) -> CheckReport | None:
    """Check a case in full; None when it cannot even be opened."""
    try:
        with CaseStore.open(case, person=person, install=install, write=False) as store:
            return check_store(store, full=True, progress=progress, verify=keys.verify)
    except OlderFormat:
        return None
    except CaseUnusable:
        if not (case / "case.db").is_file():
            raise
        return None


@contextmanager
def _copies(
    case: Path, others: tuple[Path, ...], progress: Progress | None
) -> Iterator[tuple[Path, ...]]:
    """Unpack whole backup files for the time of a repair, beside the case."""
    with ExitStack() as stack:
        found: list[Path] = []
        for one in others:
            if one.is_dir() or one.suffix == kept.SUFFIX:
                found.append(one)
                continue
            home = tempfile.TemporaryDirectory(prefix=".repair-", dir=case.absolute().parent)
            place = Path(stack.enter_context(home)) / "copy.casefile"
            restoring.restore(one, place, progress)
            found.append(place)
        yield tuple(found)
