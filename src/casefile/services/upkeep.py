"""The health of a case."""

from casefile.jobs.progress import Progress
from casefile.model.change import CheckReport, Finding
from casefile.services import keys
from casefile.services.desk import Desk
from casefile.store.checking import check as check_store
from casefile.strings import tr


def check(desk: Desk, *, full: bool = False, progress: Progress | None = None) -> CheckReport:
    """Check ledger, objects, projections and index; reads only."""
    report = check_store(desk.store, full=full, progress=progress, verify=keys.verify)
    notes = []
    if not desk.index.fit:
        notes.append(
            Finding(
                level="note", kind="index", detail=tr("The search index is absent or made anew.")
            )
        )
    elif desk.store.changes_after(desk.index.upto).records:
        notes.append(
            Finding(level="note", kind="index", detail=tr("The search index is behind the case."))
        )
    return CheckReport(
        findings=(*report.findings, *notes),
        ops=report.ops,
        objects=report.objects,
        bytes=report.bytes,
    )
