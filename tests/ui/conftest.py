"""What the tests of the window share: a theme, a stage on a case of a few files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from stage import Stage

from casefile.services import ingest
from casefile.services.desk import create_desk
from casefile.services.places import Places
from casefile.ui.theme import Theme


@pytest.fixture
def theme(qapp: object) -> Theme:
    """Give a light theme at 100 %."""
    made = Theme("light")
    made.reduced_motion = True
    return made


PAGES = {
    "bridge": ("Bridge at Orlova closed", "The bridge was closed on 3 May 2024, the mayor said."),
    "market": ("Market burned", "The market burned for two hours. Nobody was hurt."),
    "odd": ("&lt;img src=//host.invalid/x.png&gt; title", "A body with &lt;i&gt;markup&lt;/i&gt;."),
}


def page(title: str, words: str) -> str:
    """Write a small article page."""
    more = "More words about what people saw there follow in this paragraph. " * 6
    return (
        f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{words}</p><p>{more}</p></article></body></html>"
    )


@pytest.fixture(scope="session")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a case of three small pages, once."""
    base = tmp_path_factory.mktemp("small")
    places = Places(base / "cache", base / "config")
    files = []
    for name, (title, words) in PAGES.items():
        files.append(base / f"{name}.html")
        files[-1].write_text(page(title, words), "utf-8")
    with create_desk(base / "Small.casefile", places, "Small") as desk:
        ingest.add(desk, files)
    return base / "Small.casefile"


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Iterator[Stage]:
    """Give one open window without a case."""
    made = Stage(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def filled(stage: Stage, tmp_path: Path, small_case: Path) -> Stage:
    """Give a window on a copy of the small case."""
    shutil.copytree(small_case, tmp_path / "Case.casefile")
    return stage.open(tmp_path / "Case.casefile")
