"""Sheets about entities: its own fields, another one to choose, a relation, places to choose."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from casefile.model.entity import ENTITY_KINDS, Entity
from casefile.model.gazetteer import KnownPlace
from casefile.strings import tr
from casefile.ui.dialogs import Sheet
from casefile.ui.parts import Words, button, column, row, wrapped
from casefile.ui.theme import Theme
from casefile.ui.words import entity_kind_words

Named = Sequence[tuple[str, str]]  # id and what is shown
MOST = 12  # places offered


class FieldsSheet(Sheet):
    """Asks for an entity's own fields and hands them to `then` by name."""

    def __init__(
        self, theme: Theme, window: QWidget, title: str, entity: Entity | None,
        then: Callable[[dict[str, str]], object],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, title)
        self._then = then
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind"))
        for kind in ENTITY_KINDS:
            self.kind.addItem(entity_kind_words(kind), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(entity.kind if entity else "person")))
        self.fields = {
            "name": self._field(tr("Name"), entity.name if entity else None),
            "description": self._field(tr("Description"), entity.description if entity else None),
        }
        self.rows.addWidget(self.kind)
        if entity is not None:
            self.fields |= {
                "latitude": self._field(tr("Latitude, as 35.336"), entity.latitude),
                "longitude": self._field(tr("Longitude, as 40.142"), entity.longitude),
                "precision": self._field(tr("Precise to so many metres"), entity.precision),
            }
        keep = button(theme, tr("Keep"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.fields["name"].setFocus()

    def _field(self, name: str, text: str | None) -> QLineEdit:
        made = QLineEdit(text or "")
        made.setAccessibleName(name)
        made.returnPressed.connect(self.keep)
        block = column(gap=2)
        block.addWidget(Words(self.theme, name, "label", "text3"))
        block.addWidget(made)
        self.rows.addLayout(block)
        return made

    def keep(self) -> None:
        """Hand the fields over."""
        values = {name: field.text().strip() for name, field in self.fields.items()}
        self._then({**values, "kind": str(self.kind.currentData())})
        self.close_when_saved()


class ChooseSheet(Sheet):
    """Asks for one of many by its name; `verbs` are the buttons and what each hands over."""

    def __init__(
        self, theme: Theme, window: QWidget, title: str, hint: str, named: Named,
        then: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, title)
        self._then = then
        self.rows.addWidget(wrapped(theme, hint, "ui", "text2"))
        self.choice = chooser(theme, tr("Name"), named)
        self.rows.addWidget(self.choice)
        keep = button(theme, title, self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.choice.setFocus()

    def keep(self) -> None:
        """Hand over what was chosen; a name that is none of them chooses nothing."""
        key = chosen(self.choice)
        if key:
            self._then(key)
            self.close_when_saved()


class RelationSheet(Sheet):
    """Asks how an entity belongs to another, and on which claim that rests."""

    def __init__(
        self, theme: Theme, window: QWidget, name: str, named: Named, claims: Named,
        then: Callable[[str, str, str | None], object],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, tr("Relation"))
        self._then = then
        self.rows.addWidget(wrapped(theme, name, "ui_strong"))
        self.kind = QLineEdit()
        self.kind.setAccessibleName(tr("How they belong together"))
        self.kind.setPlaceholderText(tr("in a word, as: commands"))
        self.other = chooser(theme, tr("Whom or what"), named)
        self.claim = chooser(
            theme, tr("Claim that it rests on"), [("", tr("no claim yet")), *claims]
        )
        for part in (self.kind, self.other, self.claim):
            self.rows.addWidget(part)
        keep = button(theme, tr("Keep"), self.keep, primary=True)
        self.close_row(button(theme, tr("Leave"), self.close), keep)
        self.kind.setFocus()

    def keep(self) -> None:
        """Hand over the word, the other end and the claim."""
        other, kind = chosen(self.other), self.kind.text().strip()
        if other and kind:
            self._then(kind, other, chosen(self.claim) or None)
            self.close_when_saved()


class PlacesSheet(Sheet):
    """Offers the known places of a name; each is a button."""

    def __init__(
        self, theme: Theme, window: QWidget, places: Sequence[KnownPlace],
        then: Callable[[KnownPlace], object],
    ) -> None:  # fmt: skip
        super().__init__(theme, window, tr("Known places"))
        self._then = then
        said = tr("Places of this name, the largest first. The middle of the place is taken.")
        if not places:
            said = tr("No known place bears this name. The coordinates can be written by hand.")
        self.rows.addWidget(wrapped(theme, said, "ui", "text2"))
        self.buttons = []
        for place in places[:MOST]:
            words = f"{place.names[0]}, {place.country}  ({place.latitude}, {place.longitude})"
            made = button(theme, words, partial(self.keep, place))
            self.buttons.append(made)
            line = row(gap=0)
            line.addWidget(made)
            line.addStretch(1)
            self.rows.addLayout(line)
        self.close_row(button(theme, tr("Leave"), self.close))

    def keep(self, place: KnownPlace) -> None:
        """Hand the place over."""
        self._then(place)
        self.close_when_saved()


def chooser(theme: Theme, name: str, named: Named) -> QComboBox:
    """Make a box to choose from by typing a part of a name."""
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.setAccessibleName(name)
    made.setMaximumWidth(round(theme.dip(480)))
    for key, words in named:
        made.addItem(" ".join(words.split())[:120], key)
    finder = made.completer()
    if finder is not None:
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return made


def chosen(box: QComboBox) -> str:
    """Give the id of what stands in the box; nothing for words that are none of its lines."""
    number = box.findText(box.currentText())
    return str(box.itemData(number)) if number >= 0 else ""
