"""Commands about handing a case on."""

from casefile.strings import later
from casefile.ui import exchange_acts
from casefile.ui.commands import Command

EXCHANGE = (
    Command(id="case.export", text=later("Export…"), icon="download", menu="File", group=1,
            run=exchange_acts.export, enabled=lambda w: w.has_case),
    Command(id="case.exchange", text=later("Exchange"), icon="arrows-exchange", menu="Case",
            run=lambda w: w.pages.show("exchange"), enabled=lambda w: w.has_case),
    Command(id="case.receive", text=later("Open a bundle…"), icon="package-import",
            shortcut="Ctrl+Shift+O", menu="File", group=1, run=exchange_acts.open_bundle,
            enabled=lambda w: w.has_case),
    Command(id="case.send", text=later("Write a bundle…"), icon="package-export",
            shortcut="Ctrl+Shift+B", menu="File", group=1, run=exchange_acts.write_bundle,
            enabled=lambda w: w.has_case),
    Command(id="go.conflicts", text=later("Conflicts"), icon="arrows-split-2", shortcut="Ctrl+8",
            menu="Go", run=exchange_acts.conflicts, enabled=lambda w: w.has_case),
    Command(id="case.people", text=later("Keys and people"), icon="users", menu="Case",
            run=lambda w: w.pages.show("people"), enabled=lambda w: w.has_case),
    Command(id="merge.mine", text=later("Take mine"), icon="check", shortcut="1", scope="merge",
            run=lambda w: exchange_acts.settle(w, "mine"), enabled=lambda w: w.writable,
            hint=later("mine")),
    Command(id="merge.theirs", text=later("Take theirs"), icon="check", shortcut="2",
            scope="merge", run=lambda w: exchange_acts.settle(w, "theirs"),
            enabled=lambda w: w.writable, hint=later("theirs")),
    Command(id="merge.both", text=later("Take both"), icon="check", shortcut="3", scope="merge",
            run=lambda w: exchange_acts.settle(w, "merged"), enabled=lambda w: w.writable,
            hint=later("both")),
    Command(id="merge.edit", text=later("Edit the result"), icon="pencil", shortcut="E",
            scope="merge", run=lambda w: exchange_acts.settle(w, "edit"),
            enabled=lambda w: w.writable, hint=later("edit")),
)  # fmt: skip
