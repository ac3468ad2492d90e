"""Commands of the pages about the case itself: its history, its health, what was known when."""

from casefile.strings import later
from casefile.ui.commands import Command

HISTORY = (
    Command(id="case.history", text=later("History"), icon="history", menu="Case",
            run=lambda w: w.history.of_case(), enabled=lambda w: w.has_case),
    Command(id="case.known", text=later("What did we know on …"), icon="clock", menu="Case",
            run=lambda w: w.history.known(), enabled=lambda w: w.has_case),
    Command(id="case.health", text=later("Case health"), icon="shield-check", menu="Case",
            run=lambda w: w.health.show(), enabled=lambda w: w.has_case),
    Command(id="case.check", text=later("Check the case"), icon="shield-check", menu="Case",
            run=lambda w: w.health.check(), enabled=lambda w: w.has_case),
    Command(id="case.backup", text=later("Back up to a file…"), icon="device-floppy", menu="Case",
            group=1, run=lambda w: w.health.back_up_to(), enabled=lambda w: w.has_case),
    Command(id="case.restore", text=later("Restore a backup…"), icon="arrow-back-up", menu="Case",
            group=1, run=lambda w: w.health.restore(), enabled=lambda w: w.has_case),
    Command(id="source.purge", text=later("Delete for good…"), icon="trash", menu="Source",
            group=4, run=lambda w: w.health.purge(), enabled=lambda w: w.writable and w.has_source),
    Command(id="source.history", text=later("History of this source"), icon="history",
            menu="Source", group=3, run=lambda w: w.history.of_source(),
            enabled=lambda w: w.has_source),
    Command(id="history.undo", text=later("Undo this act, or do it again"), shortcut="U",
            scope="history", icon="arrow-back-up", run=lambda w: w.history.page.undo_current(),
            enabled=lambda w: w.writable, hint=later("undo or redo")),
    Command(id="rows.next", text=later("Next row"), shortcut="J", scope="rows",
            icon="chevron-down", run=lambda w: w.walk.step(+1), hint=later("next")),
    Command(id="rows.previous", text=later("Previous row"), shortcut="K", scope="rows",
            icon="chevron-up", run=lambda w: w.walk.step(-1), hint=later("previous")),
)  # fmt: skip
