"""Commands about handing a case on."""

from casefile.strings import later
from casefile.ui import exchange_acts
from casefile.ui.commands import Command

EXCHANGE = (
    Command(id="case.export", text=later("Export…"), icon="download", menu="File", group=1,
            run=exchange_acts.export, enabled=lambda w: w.has_case),
)  # fmt: skip
