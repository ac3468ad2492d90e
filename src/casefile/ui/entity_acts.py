"""What a person does with people and places: name, merge, part, relate, put on the map."""

from functools import partial
from typing import TYPE_CHECKING

from casefile.model.change import UndoReport
from casefile.model.entity_view import EntityDetail
from casefile.model.gazetteer import KnownPlace
from casefile.model.view import ClaimRow
from casefile.strings import tr, trn
from casefile.ui import doors
from casefile.ui.dialogs import AskLine
from casefile.ui.entities_page import EntitiesPage
from casefile.ui.entity_sheets import ChooseSheet, FieldsSheet, PlacesSheet, RelationSheet
from casefile.ui.words import entity_kind_words

if TYPE_CHECKING:
    from casefile.services.desk import Desk
    from casefile.ui.window import MainWindow


def entities_page(window: "MainWindow") -> EntitiesPage:
    """Make the page of people and places, joined to the window."""
    page = EntitiesPage(window.theme, window.bridge)
    page.acts = EntityActs(window, page)
    return page


class EntityActs:
    """Acts on the entity that the page shows."""

    def __init__(self, window: "MainWindow", page: EntitiesPage) -> None:
        self._w, self._page = window, page
        part = page.part
        part.claim_wanted.connect(window.go_to_claim)
        part.entity_wanted.connect(self.go_to)
        part.deletion_wanted.connect(self.delete)
        part.parting_wanted.connect(self.part_again)
        part.acted.connect(self.run)
        page.add_wanted.connect(self.add)

    def run(self, act: str) -> None:
        """Do what a button asks for, where there is an entity and the case may be written."""
        detail = self._page.part.detail
        if detail is None:
            return
        if act == "search":
            self.search(detail)
        elif not self._w.writable:
            self._w.toast.say(tr("This case is open for reading only."))
        else:
            acts = {
                "edit": self.edit, "name": self.name, "merge": self.merge,
                "relate": self.relate, "locate": self.locate,
            }  # fmt: skip
            acts[act](detail)

    def go_to(self, key: str) -> None:
        """Show an entity, whatever the filter is."""
        self._page.field.clear()
        self._page.wanted = key
        self._page.refresh()

    def add(self) -> None:
        """Ask for a new entity."""

        def keep(values: dict[str, str]) -> None:
            self._w.bridge.act(
                lambda desk: doors.entities.add(desk, values["name"], values["kind"]),
                lambda found: self.go_to(found[0]),
                said=tr("Name added"),
            )

        FieldsSheet(self._w.theme, self._w, tr("New name"), None, keep).open()

    def edit(self, detail: EntityDetail) -> None:
        """Ask for the fields of an entity anew."""
        entity = detail.view.entity

        def keep(values: dict[str, str]) -> None:
            changed = {
                name: value
                for name, value in values.items()
                if value != (getattr(entity, name) or "")
            }
            if changed:
                self._w.bridge.act(
                    lambda desk: doors.entity_links.edit(desk, entity.id, **changed),
                    said=tr("Entity changed"),
                )

        FieldsSheet(self._w.theme, self._w, tr("Edit"), entity, keep).open()

    def name(self, detail: EntityDetail) -> None:
        """Ask for another name."""
        key = detail.view.entity.id

        def keep(words: str) -> None:
            self._w.bridge.act(
                lambda desk: doors.entities.alias(desk, key, words), said=tr("Other name added")
            )

        AskLine(self._w.theme, self._w, tr("Another name"), keep).open()

    def merge(self, detail: EntityDetail) -> None:
        """Ask which other entity is the same."""
        entity = detail.view.entity

        def keep(other: str) -> None:
            self._w.bridge.act(
                lambda desk: doors.entities.merge(desk, entity.id, other),
                said=tr("Taken for the same; they can be parted again"),
            )

        hint = tr("Which one is the same as {name}? Its names and claims come here.")
        ChooseSheet(
            self._w.theme, self._w, tr("Same as"), hint.format(name=entity.name or ""),
            self._others(entity.id), keep,
        ).open()  # fmt: skip

    def part_again(self, key: str) -> None:
        """Part an entity from the one it was merged into."""

        def parted(found: tuple[UndoReport, object]) -> None:
            left = len(found[0].changed_since)
            if left:
                said = trn(
                    "{n} field was changed since and stays.",
                    "{n} fields were changed since and stay.",
                    left,
                )
                self._w.toast.say(said)

        self._w.bridge.act(
            lambda desk: doors.entity_links.unmerge(desk, key), parted, said=tr("Parted again")
        )

    def relate(self, detail: EntityDetail) -> None:
        """Ask for a relation to another entity."""
        entity = detail.view.entity

        def keep(kind: str, other: str, claim: str | None) -> None:
            self._w.bridge.act(
                partial(_relate, entity.id, other, kind, claim), said=tr("Two entities related")
            )

        def show(rows: list[ClaimRow]) -> None:
            RelationSheet(
                self._w.theme, self._w, entity.name or "–", self._others(entity.id),
                [(row.id, row.statement) for row in rows], keep,
            ).open()  # fmt: skip

        self._w.bridge.ask(_all_claims, show, topic="claims to rest on")

    def locate(self, detail: EntityDetail) -> None:
        """Offer the known places of an entity's names."""
        key = detail.view.entity.id

        def keep(place: KnownPlace) -> None:
            self._w.bridge.act(
                lambda desk: doors.entity_links.locate(desk, key, place), said=tr("Place taken")
            )

        self._w.bridge.ask(
            lambda desk: doors.entity_links.known_places(desk, key),
            lambda found: PlacesSheet(self._w.theme, self._w, found, keep).open(),
            topic="known places",
        )

    def delete(self, key: str) -> None:
        """Delete a name or a relation; the toast brings it back."""
        self._w.bridge.act(lambda desk: doors.reading.delete(desk, [key]), said=tr("Deleted"))

    def search(self, detail: EntityDetail) -> None:
        """Search everything for all names of an entity at once."""
        names = [detail.view.entity.name, *(name.name for name in detail.view.names)]
        quoted = [f'"{name.replace(chr(34), " ")}"' for name in names if name]
        self._w.finding.search_for(" OR ".join(dict.fromkeys(quoted)))

    def _others(self, key: str) -> list[tuple[str, str]]:
        return [
            (one.entity.id, f"{one.entity.name}, {entity_kind_words(one.entity.kind)}")
            for one in self._page.known()
            if one.entity.id != key
        ]


def _relate(
    subject: str, other: str, kind: str, claim: str | None, desk: "Desk"
) -> tuple[str, object]:
    return doors.entity_links.relate(desk, subject, other, kind, claim=claim)


def _all_claims(desk: "Desk") -> list[ClaimRow]:
    return doors.claims.rows(desk)
