"""People and places in the real window: named, taken for the same, parted, related, located."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from stage import Stage

from casefile.ui.dialogs import AskLine
from casefile.ui.entities_page import EntitiesPage
from casefile.ui.entity_sheets import ChooseSheet, FieldsSheet, PlacesSheet, RelationSheet


@pytest.fixture
def page(stage: Stage, case: Path) -> EntitiesPage:
    stage.open(case)
    stage.window.desk.go("entities")
    stage.settle()
    found = stage.window.pages.get("entities")
    assert isinstance(found, EntitiesPage)
    return found


def _sheet(kind: type) -> object:
    """Give the open sheet of a kind."""
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


def _go(stage: Stage, page: EntitiesPage, name: str) -> None:
    rows = [one.entity.name for one in page.model.rows]
    page.list.go_to(rows.index(name))
    stage.settle()
    stage.until(lambda: page.part.detail and page.part.detail.view.entity.name == name)


def _add(stage: Stage, page: EntitiesPage, name: str, kind: str) -> None:
    page.add_wanted.emit()
    sheet = _sheet(FieldsSheet)
    sheet.fields["name"].setText(name)
    sheet.kind.setCurrentIndex(sheet.kind.findData(kind))
    sheet.keep()
    stage.settle()


def test_two_names_become_one_person_and_two_again(stage: Stage, page: EntitiesPage) -> None:
    _add(stage, page, "Y. Harith", "person")
    _go(stage, page, "Yusuf al-Harith")
    spoke = len(page.part.detail.speaks)
    page.part.acted.emit("merge")
    sheet = _sheet(ChooseSheet)
    sheet.choice.setCurrentText("Y. Harith, Person")
    sheet.keep()
    stage.settle()
    assert "Y. Harith" not in [one.entity.name for one in page.model.rows]
    assert "Y. Harith" in [name.name for name in page.part.detail.view.names]
    (gone,) = page.part.detail.merged
    page.part.parting_wanted.emit(gone.id)
    stage.settle()
    assert "Y. Harith" in [one.entity.name for one in page.model.rows]
    _go(stage, page, "Yusuf al-Harith")
    assert page.part.detail.merged == ()
    assert len(page.part.detail.speaks) == spoke


def test_a_relation_rests_on_a_claim_and_leads_there(stage: Stage, page: EntitiesPage) -> None:
    _go(stage, page, "Yusuf al-Harith")
    page.part.acted.emit("relate")
    stage.settle()
    sheet = _sheet(RelationSheet)
    sheet.kind.setText("accuses")
    sheet.other.setCurrentText("Basalt Brigade, Unit")
    sheet.claim.setCurrentIndex(1)
    sheet.keep()
    stage.settle()
    (seen,) = page.part.detail.relations
    assert (seen.relation.kind, seen.other.name) == ("accuses", "Basalt Brigade")
    assert seen.evidence
    _go(stage, page, "Basalt Brigade")
    (back,) = page.part.detail.relations
    assert not back.outward
    page.part.claim_wanted.emit(back.relation.claim)
    stage.settle()
    assert stage.window.mode == "claims"
    assert stage.window.claims_page.view.claim.id == back.relation.claim


def test_an_arabic_place_is_named_and_located(stage: Stage, page: EntitiesPage) -> None:
    _add(stage, page, "دير الزور", "place")
    page.part.acted.emit("name")
    sheet = _sheet(AskLine)
    sheet.field.setText("Deir Ezzor")
    sheet.keep()
    stage.settle()
    page.field.setText("deir EZ")
    stage.settle()
    assert [one.entity.name for one in page.model.rows] == ["دير الزور"]
    page.part.acted.emit("locate")
    stage.until(lambda: any(isinstance(w, PlacesSheet) for w in QApplication.topLevelWidgets()))
    places = _sheet(PlacesSheet)
    places.buttons[0].click()
    stage.settle()
    entity = page.part.detail.view.entity
    assert (entity.latitude or "").startswith("35.3")
    assert entity.precision == "5000"
    stage.window.run_id("edit.undo")
    stage.settle()
    assert page.part.detail.view.entity.latitude is None


def test_all_names_are_searched_at_once(stage: Stage, page: EntitiesPage) -> None:
    _go(stage, page, "Yusuf al-Harith")
    page.part.acted.emit("search")
    stage.settle()
    assert stage.window.mode == "search"
    titles = [hit.title for hit in stage.window.search.model.rows]
    assert any("رتل" in title for title in titles)
    assert any("Колонна" in title for title in titles)
