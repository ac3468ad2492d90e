"""What a person does about how documents came in: copies, state, another encoding, watching."""

from functools import partial
from typing import TYPE_CHECKING

from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.redecode_sheet import RedecodeSheet

if TYPE_CHECKING:
    from casefile.services.recognising import Recognition
    from casefile.ui.condition_page import ConditionPage
    from casefile.ui.copies_page import CopiesPage
    from casefile.ui.window import MainWindow


def copies(window: "MainWindow") -> None:
    """Show the copies of the current source side by side."""
    targets = window.sources.targets()
    if targets:
        page = window.pages.get("copies")
        page.show_source(targets[0])  # type: ignore[attr-defined]  # the page of that key
        window.pages.show("copies")


def condition(window: "MainWindow") -> None:
    """Show how far the documents are."""
    window.pages.show("condition")


def redecode(window: "MainWindow") -> None:
    """Offer other encodings for the source in the reader."""
    opened = window.reading.opened
    if opened is not None:
        key = opened.view.source.id
        RedecodeSheet(window.theme, window, window.bridge, key, partial(_redecode, window)).open()


def recognise(window: "MainWindow") -> None:
    """Have the letters of the shown source's pictures recognised, beside all other work."""
    opened = window.reading.opened
    if opened is None:
        return
    key = opened.view.source.id

    def done(found: "Recognition") -> None:
        window.bridge.changed.emit(found.reread.changes, window.reading)
        said = trn("{n} page read", "{n} pages read", len(found.pages))
        window.toast.say(tr("{pages}; {n} of 100 sure").format(pages=said, n=found.confidence))

    window.toast.say(tr("Letters are being recognised. This takes a while."))
    window.bridge.apart(
        "recognise", lambda desk: doors.recognising.recognise(desk, key), done, window.bridge.report
    )


def _redecode(window: "MainWindow", source: str, encoding: str) -> None:
    said = tr("Read again as {encoding}").format(encoding=encoding)
    window.bridge.act(lambda desk: doors.redecode.redecode(desk, source, encoding), said=said)


def copies_page(window: "MainWindow") -> "CopiesPage":
    """Make the page of copies, joined to the window."""
    from casefile.ui.copies_page import CopiesPage

    page = CopiesPage(window.theme, window.bridge)
    page.source_wanted.connect(window.go_to_source)
    return page


def condition_page(window: "MainWindow") -> "ConditionPage":
    """Make the page of the state of the documents, joined to the window."""
    from casefile.ui.condition_page import ConditionPage

    page = ConditionPage(window.theme, window.bridge)
    page.source_wanted.connect(window.go_to_source)
    return page
