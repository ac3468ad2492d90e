"""The judgement of a claim: origins, credibility, likelihood and confidence, other analysts."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from casefile.model.claim import CONFIDENCE, CREDIBILITY, LIKELIHOOD, Assessment
from casefile.model.view import ClaimView
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.choices import Choice
from casefile.ui.claims_page import origins_words
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.pane import Pane
from casefile.ui.parts import Ground, Rule, Words, clear, column, wrapped
from casefile.ui.theme import Theme
from casefile.ui.words import CREDIBILITY as CREDIBILITY_WORDS

_RANGES = ("0–5", "5–20", "20–45", "45–55", "55–80", "80–95", "95–100")


class Judgement(Pane):
    """Two separate controls, as the standard asks: how credible, and how likely with what confidence."""

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "judgement", tr("Judgement"), "panel")
        self._bridge = bridge
        self._claim: str | None = None
        self._shown: ClaimView | None = None
        self._origins = Ground(theme, "warn_soft")
        self._first = wrapped(theme, "", "ui_strong")
        self._second = wrapped(theme, "", "label", "text2")
        self._clusters = QVBoxLayout()
        self.credibility = Choice(
            theme,
            tr("Credibility"),
            [(n, str(n), f"{n}, {tr(CREDIBILITY_WORDS[n])}") for n in CREDIBILITY],
        )
        self._credibility_words = Words(theme, "", "label", "text2")
        self.likelihood = Choice(
            theme,
            tr("Likelihood"),
            [(word, str(n), tr(word)) for n, word in enumerate(LIKELIHOOD, 1)],
        )
        self._likelihood_words = Words(theme, "", "label", "text2")
        self.confidence = Choice(
            theme, tr("Confidence"), [(w, tr(w).capitalize(), tr(w)) for w in CONFIDENCE]
        )
        self._others = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        theme = self.theme
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr("Judgement"))
        inside = QWidget()
        area.setWidget(inside)
        column(self).addWidget(area)
        rows = column(inside, (14, 12, 14, 14), 6)
        rows.addWidget(Words(theme, tr("Independence"), "ui_strong"))
        card = column(self._origins, (12, 8, 12, 8), 2)
        card.addWidget(self._first)
        card.addWidget(self._second)
        rows.addWidget(self._origins)
        rows.addLayout(self._clusters)
        rows.addSpacing(6)
        rows.addWidget(Rule(theme))
        rows.addSpacing(6)
        rows.addWidget(Words(theme, tr("Your judgement"), "ui_strong"))
        parts: tuple[tuple[str, Choice, Words | None], ...] = (
            (tr("Credibility of the information"), self.credibility, self._credibility_words),
            (tr("Likelihood"), self.likelihood, self._likelihood_words),
            (tr("Confidence in that judgement"), self.confidence, None),
        )
        for name, choice, words in parts:
            rows.addWidget(Words(theme, name, "label", "text3"))
            rows.addWidget(choice)
            if words is not None:
                rows.addWidget(words)
        rows.addSpacing(8)
        rows.addLayout(self._others)
        rows.addStretch(1)
        self.credibility.chosen.connect(lambda v: self._assess(credibility=v))
        self.likelihood.chosen.connect(lambda v: self._assess(likelihood=v))
        self.confidence.chosen.connect(lambda v: self._assess(confidence=v))

    def show_claim(self, view: ClaimView) -> None:
        """Show what was judged of a claim."""
        self._claim, self._shown = view.claim.id, view
        first, second, enough = origins_words(view)
        self._origins.recolour("good_soft" if enough else "warn_soft")
        self._first.setText(first)
        self._second.setText(second)
        clear(self._clusters)
        titles = {e.source: e.publisher or e.source_title for e in view.evidence if e.source}
        for n, (sources, reasons) in enumerate(view.origins, 1):
            head = tr("Origin {n}").format(n=n)
            self._clusters.addWidget(Words(self.theme, head, "label_strong", "text3"))
            names = ", ".join(titles.get(s, s[:8]) for s in sources)
            self._clusters.addWidget(wrapped(self.theme, names, "label"))
            if reasons:
                self._clusters.addWidget(wrapped(self.theme, "; ".join(reasons), "label", "text3"))
        mine = self._mine(view)
        self.credibility.show_value(mine.credibility if mine else None)
        self.likelihood.show_value(mine.likelihood if mine else None)
        self.confidence.show_value(mine.confidence if mine else None)
        self._credibility_words.setText(
            f"{mine.credibility}, {tr(CREDIBILITY_WORDS[mine.credibility])}"
            if mine and mine.credibility
            else tr("Not judged yet.")
        )
        self._likelihood_words.setText(likelihood_words(mine.likelihood if mine else None))
        self._show_others(view, mine)

    def take_focus(self) -> None:
        """Go to the first control."""
        self.credibility.take_focus()

    def _mine(self, view: ClaimView) -> Assessment | None:
        person = self._bridge.desk.person if self._bridge.desk else ""
        return next((a for a in view.assessments if a.person == person), None)

    def _show_others(self, view: ClaimView, mine: Assessment | None) -> None:
        clear(self._others)
        others = [a for a in view.assessments if a is not mine]
        if not others:
            return
        if mine is None:
            said = trn(
                "{n} other judgement, shown once yours is set",
                "{n} other judgements, shown once yours is set",
                len(others),
            )
            self._others.addWidget(wrapped(self.theme, said, "label", "text3"))
            return
        for each in others:
            parts = (str(each.credibility or ""), each.likelihood or "", each.confidence or "")
            said = f"{(each.person or '')[:8]}: {', '.join(p for p in parts if p)}"
            self._others.addWidget(wrapped(self.theme, said, "label", "text2"))

    def _assess(self, **values: Any) -> None:
        claim = self._claim
        given = {key: value for key, value in values.items() if value is not None}
        if claim is None or not given:
            return

        def work(desk: "doors.desk.Desk") -> object:
            return doors.claims.assess(desk, claim, **given)

        self._bridge.act(work, failed=self._refused, said=tr("Judgement kept"))

    def _refused(self, error: BaseException) -> None:
        self._bridge.report(error)
        if self._shown is not None:
            self.show_claim(self._shown)


def likelihood_words(word: str | None) -> str:
    """Name a likelihood with its range of per cent."""
    if word not in LIKELIHOOD:
        return tr("Not judged yet.")
    return f"{tr(word).capitalize()}, {_RANGES[LIKELIHOOD.index(word)]} %"
