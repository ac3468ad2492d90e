"""Keys and people: one's own key with its words, whose key is whose, what was sent and received."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from casefile.model.text import isolate
from casefile.strings import tr
from casefile.ui import doors
from casefile.ui.dates import local_time
from casefile.ui.desk_bridge import DeskBridge
from casefile.ui.pages import Page
from casefile.ui.pane import PaneHead
from casefile.ui.parts import LinkButton, OneLine, Words, button, column, row, wrapped
from casefile.ui.people_sheets import CompareSheet, PersonSheet
from casefile.ui.section import FactRow, Section
from casefile.ui.status_bar import State
from casefile.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from casefile.model.people import Exchange, KnownKey
    from casefile.model.upkeep import KeyState
    from casefile.services.desk import Desk

SHOWN = 200  # lines of the log


@dataclass(frozen=True, slots=True)
class Known:
    """What the page shows."""

    key: "KeyState"
    people: "list[KnownKey]"
    words: dict[str, tuple[str, ...]]
    log: "list[Exchange]"


class PeoplePage(Page):
    """`act_wanted` carries "key" or "unlock"."""

    scopes = ()
    act_wanted = Signal(str)

    def __init__(self, theme: Theme, bridge: DeskBridge) -> None:
        super().__init__(theme, "people", tr("Keys and people"), "panel")
        self._bridge = bridge
        self.known: Known | None = None
        self.head = PaneHead(theme, tr("Keys and people"))
        self.mine = Section(theme, tr("Your key"))
        self.people = Section(theme, tr("People you know"))
        self.log = Section(theme, tr("Sent and received"))
        self.trouble = wrapped(theme, "", "ui", "bad")
        self.view = self.area = QScrollArea()
        self.head.add(button(theme, tr("Add a person…"), self.add, "plus"))
        inside = QWidget()
        rows = column(inside, (24, 16, 24, 24), 8)
        rows.addWidget(self.trouble)
        for section in (self.mine, self.people, self.log):
            rows.addWidget(section)
        rows.addStretch(1)
        inside.setMaximumWidth(round(theme.dip(900)))
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(tr("Keys and people"))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = column(self)
        layout.addWidget(self.head)
        layout.addWidget(self.area, 1)
        self.trouble.hide()

    @override
    def refresh(self) -> None:
        self._bridge.ask(_read, self._arrived, self._failed, topic="people")

    def add(self) -> None:
        """Ask for a key and the name of its owner."""
        PersonSheet(self.theme, self.window(), self.trust).open()

    def trust(self, key: str, name: str, replaces: str = "") -> None:
        """Remember whose key this is."""

        def work(desk: "Desk") -> object:
            return doors.people.trust(
                desk.places, doors.people.public_of(key), name, replaces=replaces
            )

        self._bridge.act(work, lambda _: self.refresh())

    def compare(self, one: "KnownKey") -> None:
        """Ask for the words that the owner of a key reads aloud."""
        CompareSheet(self.theme, self.window(), one.name, partial(self.verify, one.key)).open()

    def verify(self, key: str, words: str) -> None:
        """Note that the words were compared."""
        self._bridge.act(
            lambda desk: doors.people.verify(desk.places, key, words), lambda _: self.refresh()
        )

    def forget(self, key: str) -> None:
        """Take a key off the list."""
        self._bridge.act(
            lambda desk: doors.people.forget(desk.places, key), lambda _: self.refresh()
        )

    def _failed(self, error: BaseException) -> None:
        self.trouble.setText(
            f"{getattr(error, 'message', '')} {getattr(error, 'hint', '')}".strip()
        )
        self._show_sections(shown=False)

    def _arrived(self, known: Known) -> None:
        self.known = known
        self._show_sections(shown=True)
        self._show_mine(known.key)
        self._show_people(known)
        self._show_log(known.log)

    def _show_sections(self, *, shown: bool) -> None:
        self.trouble.setVisible(not shown)
        for section in (self.mine, self.people, self.log):
            section.setVisible(shown)

    def _show_mine(self, key: "KeyState") -> None:
        self.mine.empty()
        if key.state == "none":
            words = tr("You have no key yet. With one, others can tell that a bundle is yours.")
            self.mine.rows.addWidget(wrapped(self.theme, words, "ui", "text2"))
            line = row(gap=8)
            line.addWidget(
                button(
                    self.theme, tr("Make a key…"), lambda: self.act_wanted.emit("key"), primary=True
                )
            )
            line.addStretch(1)
            self.mine.rows.addLayout(line)
            return
        aloud = wrapped(self.theme, "  ".join(key.words), "title")
        aloud.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        aloud.setAccessibleName(tr("Words of your key"))
        self.mine.rows.addWidget(aloud)
        told = tr(
            "Read these twelve words to others by phone. Whoever hears the same has your key."
        )
        self.mine.rows.addWidget(wrapped(self.theme, told, "label", "text2"))
        self.mine.rows.addWidget(FactRow(self.theme, tr("Key"), key.public))

    def _show_people(self, known: Known) -> None:
        self.people.empty()
        self.people.set_count(len(known.people))
        for one in known.people:
            self.people.rows.addWidget(
                PersonRow(self.theme, one, known.words[one.key], self.compare, self.forget)
            )
        if not known.people:
            self.people.say(
                tr("Nobody yet. Ask a colleague for the key, and add it with their name.")
            )

    def _show_log(self, log: "list[Exchange]") -> None:
        self.log.empty()
        self.log.set_count(len(log))
        for one in log[:SHOWN]:
            self.log.rows.addWidget(LogRow(self.theme, one))
        if not log:
            self.log.say(tr("Nothing of this case was sent or received from here."))


class PersonRow(QWidget):
    """A person: the name, how well the key is known, its words, what can be done."""

    def __init__(
        self,
        theme: Theme,
        one: "KnownKey",
        words: tuple[str, ...],
        compare: "Callable[[KnownKey], object]",
        forget: "Callable[[str], object]",
    ) -> None:
        super().__init__()
        good = bool(one.verified) and not one.replaced
        sign = State(theme, "shield-check" if good else "alert-triangle", "")
        sign.tint("good" if good else "warn")
        sign.setFixedWidth(22)
        whole = row(self, (0, 6, 0, 6), 8)
        whole.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(gap=2)
        lines.addWidget(OneLine(theme, one.name, "ui_strong"))
        state = (
            tr("words compared {when}").format(when=local_time(one.verified))
            if good
            else (tr("replaced by another key") if one.replaced else tr("words not compared yet"))
        )
        lines.addWidget(Words(theme, state, "label", "good" if good else "warn"))
        lines.addWidget(wrapped(theme, f"{one.key[:16]}…   {' '.join(words)}", "label", "text3"))
        whole.addLayout(lines, 1)
        if not good and not one.replaced:
            ask = button(theme, tr("Compare words…"), lambda: compare(one))
            whole.addWidget(ask, 0, Qt.AlignmentFlag.AlignTop)
        drop = LinkButton(theme, tr("Forget"), lambda: forget(one.key))
        whole.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{one.name}, {state}")


class LogRow(QWidget):
    """One line of the log; `undo` takes back the merge that it tells of."""

    def __init__(
        self, theme: Theme, one: "Exchange", undo: "Callable[[], object] | None" = None
    ) -> None:
        super().__init__()
        sign_of = {"sent": "package-export", "undone": "arrow-back-up"}
        line = row(self, (0, 3, 0, 3), 8)
        sign = State(theme, sign_of.get(one.way, "package-import"), "")
        sign.setFixedWidth(22)
        line.addWidget(sign)
        way = {"sent": tr("sent"), "undone": tr("merge undone")}.get(one.way, tr("received"))
        line.addWidget(Words(theme, local_time(one.when), "ui_medium"))
        kind = f"{way}, {tr(one.kind)}" if one.kind else way
        line.addWidget(Words(theme, kind, "label", "text2"))
        who = one.who or ", ".join(one.to)
        told = " · ".join(isolate(part) for part in (who, one.name, one.result) if part)
        line.addWidget(OneLine(theme, told, "label", "text2"), 1)
        if undo is not None:
            line.addWidget(LinkButton(theme, tr("Undo this merge"), undo))
        self.setAccessibleName(f"{local_time(one.when)}, {way}, {who}, {one.name}, {one.result}")


def _read(desk: "Desk") -> Known:
    people = doors.people.known(desk.places)
    return Known(
        key=doors.keys.state(desk.places, desk),
        people=people,
        words={one.key: doors.keys.spoken(bytes.fromhex(one.key)) for one in people},
        log=doors.exchange_log.entries(desk),
    )
