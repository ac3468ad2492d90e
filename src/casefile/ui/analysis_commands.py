"""Commands of what rules work out: suggestions."""

from typing import TYPE_CHECKING, cast

from casefile.strings import later
from casefile.ui.commands import Command

if TYPE_CHECKING:
    from casefile.ui.suggest_page import SuggestPage
    from casefile.ui.window import MainWindow


def suggest_page(window: "MainWindow") -> "SuggestPage":
    """Make the page of suggestions, joined to the window."""
    from casefile.ui.suggest_page import SuggestPage

    page = SuggestPage(window.theme, window.bridge)

    def go(source: str, place: int) -> None:
        window.go_to_source(source)
        window.desk.when_shown(source, lambda: window.reading.go_to(place))

    page.place_wanted.connect(go)
    return page


def suggest(window: "MainWindow") -> None:
    """Show what rules propose for the current source."""
    targets = window.sources.targets()
    if targets:
        _page(window).show_source(targets[0])
        window.pages.show("suggestions")


def _page(window: "MainWindow") -> "SuggestPage":
    return cast("SuggestPage", window.pages.get("suggestions"))


ANALYSIS = (
    Command(id="source.suggest", text=later("Suggestions"), icon="quote", shortcut="S",
            scope="item", menu="Source", group=1, run=suggest,
            enabled=lambda w: w.has_case, hint=later("suggestions")),
    Command(id="suggest.keep", text=later("Keep this suggestion"), icon="check", shortcut="A",
            scope="suggest", run=lambda w: _page(w).keep(), enabled=lambda w: w.writable,
            hint=later("keep")),
    Command(id="suggest.change", text=later("Change this suggestion"), icon="pencil", shortcut="E",
            scope="suggest", run=lambda w: _page(w).change(), enabled=lambda w: w.writable,
            hint=later("change")),
    Command(id="suggest.refuse", text=later("Refuse this suggestion"), icon="x", shortcut="N",
            scope="suggest", run=lambda w: _page(w).refuse(), enabled=lambda w: w.has_case,
            hint=later("refuse")),
)  # fmt: skip
