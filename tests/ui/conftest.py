"""What the tests of the window share: a theme, a stage on a case of a few files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from stage import Stage

from casefile.ui.theme import Theme


@pytest.fixture
def theme(qapp: object) -> Theme:
    """Give a light theme at 100 %."""
    made = Theme("light")
    made.reduced_motion = True
    return made


@pytest.fixture
def small_case(tmp_path: Path) -> list[Path]:
    """Write a few texts to be imported."""
    folder = tmp_path / "texts"
    folder.mkdir()
    files = []
    for n, words in enumerate(
        (
            "Bridge closed\n\nThe bridge at Orlova was closed on 3 May 2024, the mayor said.",
            "Market burned\n\nThe market burned for two hours. Nobody was hurt, witnesses said.",
            "<img src=//host.invalid/x.png><b>Bold</b> title\n\nA body with <i>markup</i> in it.",
        )
    ):
        files.append(folder / f"text-{n}.txt")
        files[-1].write_text(words + "\n\n" + "More words follow here. " * 15, "utf-8")
    return files


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Iterator[Stage]:
    """Give one open window without a case."""
    made = Stage(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def filled(stage: Stage, tmp_path: Path, small_case: list[Path]) -> Stage:
    """Give a window on a case with a few sources."""
    stage.open(tmp_path / "Case.casefile", new=True)
    stage.import_files(*small_case)
    return stage
