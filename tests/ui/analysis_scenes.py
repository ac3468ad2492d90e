"""Scenes of suggestions and of what rests on one origin."""

from pathlib import Path

from scenes import scene
from stage import Stage


def _suggest(stage: Stage, case: Path, title: str) -> None:
    stage.open(case)
    stage.window.go_to_source(stage.source(title))
    stage.settle()
    stage.window.run_id("source.suggest")


@scene("60-suggestions")
def _light(stage: Stage, case: Path) -> None:
    _suggest(stage, case, "Armoured column")


@scene("61-suggestions-dark", "dark")
def _dark(stage: Stage, case: Path) -> None:
    _suggest(stage, case, "Armoured column")
    stage.settle()
    stage.window.pages.get("suggestions").change()  # type: ignore[attr-defined]  # of that key


@scene("62-suggestions-arabic")
def _arabic(stage: Stage, case: Path) -> None:
    _suggest(stage, case, "رتل")
