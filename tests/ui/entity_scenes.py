"""Scenes of people and places."""

from pathlib import Path

from scenes import scene
from stage import Stage

from casefile.services import entities, entity_links
from casefile.ui.entities_page import EntitiesPage


def _people(stage: Stage, case: Path, name: str = "al-Harith") -> None:
    stage.open(case)
    window = stage.window
    desk = window.bridge.desk
    assert desk is not None
    known = {one.entity.name or "": one.entity.id for one in entities.rows(desk)}
    key = next(key for title, key in known.items() if name in title)
    other, _ = entities.add(desk, "Y. Harith")
    entities.merge(desk, key, other)
    brigade = next(key for title, key in known.items() if "Basalt" in title)
    entity_links.relate(desk, key, brigade, "accuses")
    window.run_id("go.entities")
    stage.settle()
    page = window.pages.get("entities")
    assert isinstance(page, EntitiesPage)
    page.wanted = key
    page.refresh()
    stage.settle()


@scene("60-people")
def _light(stage: Stage, case: Path) -> None:
    _people(stage, case)


@scene("61-people-dark", "dark")
def _dark(stage: Stage, case: Path) -> None:
    _people(stage, case)


@scene("62-place")
def _place(stage: Stage, case: Path) -> None:
    stage.open(case)
    window = stage.window
    desk = window.bridge.desk
    assert desk is not None
    key, _ = entities.add(desk, "دير الزور", "place")
    entities.alias(desk, key, "Deir Ezzor", "transliteration", "en")
    found = entity_links.known_places(desk, key)
    entity_links.locate(desk, key, found[0])
    window.run_id("go.entities")
    stage.settle()
    page = window.pages.get("entities")
    assert isinstance(page, EntitiesPage)
    page.field.setText("deir")
    stage.settle()
    page.part.acted.emit("locate")
    stage.settle()
