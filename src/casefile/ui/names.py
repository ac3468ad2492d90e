"""What the palette offers: the commands of the table, sources and claims by name."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from casefile.model.view import ClaimRow, SourceFilter, SourceRow
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.commands import key_caps
from casefile.ui.palette import Offer, Palette, ranked
from casefile.ui.words import kind_icon, kind_words

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow

MOST = 12  # sources offered


def open_palette(window: "MainWindow", *, names_only: bool) -> Palette:
    """Open the palette over the window."""
    offers = [] if names_only else command_offers(window)
    palette = Palette(window.theme, window, offers, partial(_names, window))
    palette.open()
    palette.field.setFocus()
    return palette


def command_offers(window: "MainWindow") -> list[Offer]:
    """Give every command that can run now, menus' words in front."""
    return [
        Offer(c.icon, c.words, tr("command"), partial(window.run, c), key_caps(c.shortcut))
        for c in window.commands.values()
        if c.enabled(window) and c.id not in ("go.commands", "go.leave")
    ]


def _names(window: "MainWindow", words: str, then: Callable[[list[Offer]], None]) -> None:
    if not window.has_case or not words.strip():
        return

    def work(desk: "doors.desk.Desk") -> tuple[list[SourceRow], list[ClaimRow]]:
        ids = doors.reading.listing(desk, SourceFilter(words=words))
        return doors.reading.rows(desk, ids[:MOST]), doors.claims.rows(desk)

    def arrived(found: tuple[list[SourceRow], list[ClaimRow]]) -> None:
        rows, claims = found
        offers = [
            Offer(
                kind_icon(row.kind), row.title, kind_words(row.kind),
                partial(window.go_to_source, row.id),
            )
            for row in rows
        ]  # fmt: skip
        said = [
            Offer("quote", c.statement, kind_words("claim"), partial(window.go_to_claim, c.id))
            for c in claims
        ]
        then(offers + ranked(said, words)[:MOST])

    window.bridge.ask(work, arrived, topic="palette")
