"""What a person does with a claim: add evidence, change a stance, delete."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.origins_sheet import OriginsSheet
from casefile.ui.words import STANCES

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


class ClaimActs:
    """Acts on the claim that is shown."""

    def __init__(self, window: "MainWindow") -> None:
        self._w = window

    def add_evidence(self) -> None:
        """Link what is selected in the reader to this claim."""
        claim = self._w.claims_page.claim
        if claim is None:
            return
        if self._w.reading.source is None:
            self._w.toast.say(tr("Open a source and select the words first, then press E there."))
            return
        self._w.marks.link(claim)

    def change_stance(self) -> None:
        """Offer the three stances for the evidence that has the focus."""
        card = self._w.claims_page.current_card()
        if card is None or card.evidence.link is None:
            self._w.toast.say(tr("Choose linked evidence first."))
            return
        menu = QMenu(self._w)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for stance, (words, *_) in STANCES.items():
            action = menu.addAction(tr(words))
            action.triggered.connect(partial(self.set_stance, card.evidence.link, stance))
        menu.popup(QCursor.pos())

    def set_stance(self, link: str, stance: str, *_: object) -> None:
        """Change how a piece of evidence bears on its claim."""
        self._w.bridge.act(
            lambda desk: doors.claims.set_stance(desk, link, stance), said=tr("Stance changed")
        )

    def origins(self) -> None:
        """Ask which of the claim's sources share an origin, or do not."""
        view = self._w.claims_page.view
        if view is None:
            return
        titles = {e.source: e.source_title for e in view.evidence if e.source}
        if len(titles) < 2:
            self._w.toast.say(tr("This claim rests on one source. E adds evidence."))
            return
        sources = sorted(titles.items(), key=lambda pair: pair[1])
        OriginsSheet(self._w.theme, self._w, sources, self.decide).open()

    def decide(self, one: str, other: str, kind: str, why: str) -> None:
        """Keep what a person knows of two sources."""
        self._w.bridge.act(
            lambda desk: doors.independence.relate(desk, one, other, kind=kind, reason=why),
            said=tr("Two sources linked"),
        )

    def delete(self) -> None:
        """Delete the claim; the toast brings it back."""
        claim = self._w.claim_list.current_id()
        if claim is not None:
            said = trn("{n} claim deleted", "{n} claims deleted", 1)
            self._w.bridge.act(lambda desk: doors.reading.delete(desk, [claim]), said=said)
