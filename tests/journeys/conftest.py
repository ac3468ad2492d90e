"""A stage for every journey: the real window, a real case in a folder of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stage import Stage

from casefile import resources
from casefile.services import samples
from casefile.services.places import Places

MakeStage = Callable[[], Stage]


@pytest.fixture(scope="session")
def sample_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample case once."""
    base = tmp_path_factory.mktemp("sample")
    return samples.build(Places(base / "cache", base / "config"), base / "case")


@pytest.fixture
def case(sample_case: Path, tmp_path: Path) -> Path:
    """Give a copy of the sample case."""
    target = tmp_path / "Copy.casefile"
    shutil.copytree(sample_case, target)
    return target


@pytest.fixture
def sample_files() -> Path:
    """Give the folder of the sample's files."""
    return resources.path(samples.FOLDER)


@pytest.fixture
def make_stage(qapp: object, tmp_path: Path) -> Iterator[MakeStage]:
    """Open windows one after the other; each is closed at the end."""
    stages: list[Stage] = []

    def make() -> Stage:
        stages.append(Stage(tmp_path / "home"))
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def stage(make_stage: MakeStage) -> Stage:
    """Give one open window."""
    return make_stage()
