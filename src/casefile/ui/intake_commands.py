"""Commands about how documents came in: copies, state, another encoding, a watched folder."""

from casefile.strings import later
from casefile.ui import intake_acts
from casefile.ui.commands import Command

INTAKE = (
    Command(id="source.copies", text=later("Copies and echoes side by side"), icon="equal",
            shortcut="Y", scope="item", menu="Source", group=3, run=intake_acts.copies,
            enabled=lambda w: w.has_case, hint=later("copies")),
    Command(id="source.redecode", text=later("Read again in another encoding…"), icon="refresh",
            menu="Source", group=3, run=intake_acts.redecode,
            enabled=lambda w: w.writable and w.has_source),
    Command(id="source.recognise", text=later("Recognise letters in pictures"), icon="scan",
            menu="Source", group=3, run=intake_acts.recognise,
            enabled=lambda w: w.writable and w.has_source),
    Command(id="case.condition", text=later("State of the documents"), icon="files", menu="Case",
            run=intake_acts.condition, enabled=lambda w: w.has_case),
)  # fmt: skip
