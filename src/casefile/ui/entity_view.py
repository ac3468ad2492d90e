"""One entity: names, place, claims, relations and merges, each with what can be done about it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casefile.model.entity import Entity, EntityName
from casefile.model.entity_view import EntityDetail, RelationView
from casefile.model.view import ClaimRow
from casefile.strings import later, tr, trn
from casefile.ui.dates import short_date
from casefile.ui.parts import IconButton, LinkButton, Words, button, clear, column, row, wrapped
from casefile.ui.theme import Theme
from casefile.ui.words import entity_kind_words, language_words

SHOWN = 40  # claims listed before "n more"
NAME_KINDS = {
    "alias": later("other name"),
    "primary": later("own name"),
    "transliteration": later("in other letters"),
    "abbreviation": later("short form"),
}
_METRES_A_KILOMETRE = 1000


class EntityPart(QWidget):
    """Shows an entity; the signals carry the ids of what is to be done to or shown."""

    claim_wanted = Signal(str)
    entity_wanted = Signal(str)
    deletion_wanted = Signal(str)
    parting_wanted = Signal(str)
    acted = Signal(str)  # edit, name, merge, relate, locate, search

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.detail: EntityDetail | None = None
        outer = column(self, (24, 14, 24, 20), 0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        outer.addLayout(self._rows)
        outer.addStretch(1)
        theme.changed.connect(self._again)

    def show_entity(self, detail: EntityDetail) -> None:
        """Show this one."""
        self.detail = detail
        clear(self._rows)
        self._head(detail.view.entity)
        self._names(detail)
        self._place(detail.view.entity)
        self._relations(detail)
        self._claims(tr("Says"), detail.speaks)
        if detail.happens:
            self._claims(tr("Happens here"), detail.happens)
        self._merged(detail)

    def _again(self) -> None:
        if self.detail is not None:
            self.show_entity(self.detail)

    def _head(self, entity: Entity) -> None:
        theme = self.theme
        self._rows.addWidget(Words(theme, entity_kind_words(entity.kind), "label", "text3"))
        self._rows.addWidget(wrapped(theme, entity.name or "–", "claim"))
        if entity.description:
            self._rows.addWidget(wrapped(theme, entity.description, "ui", "text2"))
        line = row(gap=8)
        for words, act in (
            (tr("Edit…"), "edit"), (tr("Same as…"), "merge"), (tr("Find its names"), "search"),
        ):  # fmt: skip
            line.addWidget(button(theme, words, partial(self.acted.emit, act)))
        line.addStretch(1)
        self._rows.addSpacing(6)
        self._rows.addLayout(line)

    def _title(self, words: str, act: str = "", does: str = "") -> None:
        self._rows.addSpacing(12)
        line = row(gap=8)
        line.addWidget(Words(self.theme, words, "label_strong", "text3"), 1)
        if act:
            line.addWidget(LinkButton(self.theme, does, partial(self.acted.emit, act)))
        self._rows.addLayout(line)

    def _names(self, detail: EntityDetail) -> None:
        self._title(tr("Other names"), "name", tr("Another name…"))
        for name in detail.view.names:
            self._row(name.name or "–", _name_words(name), name.id, tr("Delete this name"))
        if not detail.view.names:
            self._none(tr("None yet. Search finds every name that stands here."))

    def _place(self, entity: Entity) -> None:
        if entity.kind != "place" and not entity.latitude:
            return
        self._title(tr("Where"), "locate", tr("Known places…"))
        if not entity.latitude or not entity.longitude:
            self._none(tr("No coordinates yet."))
            return
        said = f"{entity.latitude}, {entity.longitude}"
        self._rows.addWidget(wrapped(self.theme, f"{said} {_within(entity.precision)}".strip()))

    def _relations(self, detail: EntityDetail) -> None:
        self._title(tr("Relations"), "relate", tr("Another relation…"))
        for each in detail.relations:
            self._relation(each)
        if not detail.relations:
            self._none(tr("None yet."))

    def _relation(self, each: RelationView) -> None:
        theme, relation = self.theme, each.relation
        other = each.other.name if each.other and each.other.name else "–"
        kind = relation.kind or "–"
        line = row(gap=8)
        words = f"{kind} → " if each.outward else f"← {kind} "
        line.addWidget(Words(theme, words, "ui", "text2"))
        if each.other:
            line.addWidget(
                LinkButton(theme, other, partial(self.entity_wanted.emit, each.other.id))
            )
        when = short_date(relation.when)
        if when:
            line.addWidget(Words(theme, when, "label", "text3"))
        if relation.claim:
            said = trn("{n} quote", "{n} quotes", each.evidence)
            link = LinkButton(theme, said, partial(self.claim_wanted.emit, relation.claim))
            link.setToolTip(each.statement.replace("<", "&lt;"))
            line.addWidget(link)
        else:
            line.addWidget(Words(theme, tr("rests on nothing yet"), "label", "warn"))
        line.addStretch(1)
        line.addWidget(self._delete(relation.id, tr("Delete this relation")))
        self._rows.addLayout(line)

    def _claims(self, title: str, claims: tuple[ClaimRow, ...]) -> None:
        self._title(f"{title}  {len(claims)}")
        for claim in claims[:SHOWN]:
            go = partial(self.claim_wanted.emit, claim.id)
            self._rows.addWidget(LinkButton(self.theme, claim.statement, go))
        if len(claims) > SHOWN:
            self._none(trn("{n} more", "{n} more", len(claims) - SHOWN))
        if not claims:
            self._none(tr("No claims yet."))

    def _merged(self, detail: EntityDetail) -> None:
        if not detail.merged:
            return
        self._title(tr("Taken for the same"))
        for each in detail.merged:
            line = row(gap=8)
            line.addWidget(Words(self.theme, each.name or "–", "ui"), 1)
            part = LinkButton(
                self.theme, tr("Part them again"), partial(self.parting_wanted.emit, each.id)
            )
            line.addWidget(part)
            self._rows.addLayout(line)

    def _row(self, words: str, more: str, key: str, does: str) -> None:
        line = row(gap=8)
        line.addWidget(Words(self.theme, words, "ui"))
        line.addWidget(Words(self.theme, more, "label", "text3"), 1)
        line.addWidget(self._delete(key, does))
        self._rows.addLayout(line)

    def _delete(self, key: str, does: str) -> IconButton:
        return IconButton(self.theme, "x", does, partial(self.deletion_wanted.emit, key))

    def _none(self, words: str) -> None:
        self._rows.addWidget(wrapped(self.theme, words, "label", "text3"))


def _name_words(name: EntityName) -> str:
    kind = tr(NAME_KINDS.get(name.kind or "", name.kind or ""))
    return ", ".join(filter(None, (kind, language_words(name.language) if name.language else "")))


def _within(precision: str | None) -> str:
    if not precision or not precision.isdigit():
        return tr("(how exactly is not said)")
    metres = int(precision)
    if metres >= _METRES_A_KILOMETRE:
        return tr("within {n} km").format(n=f"{metres / _METRES_A_KILOMETRE:g}")
    return tr("within {n} m").format(n=metres)
