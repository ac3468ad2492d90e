"""Cases to test with: real ones, in a temporary folder."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casefile.model.ids import new_id
from casefile.store.case import CaseStore

PERSON = "0cc175b9-c0f1-4b6a-831c-399e26977266"
INSTALL = "4a8a08f0-9d37-4737-a564-9038408b5f33"
Make = Callable[..., CaseStore]


class Cases:
    """Makes and opens cases; all are closed in the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = itertools.count()
        self._made: list[CaseStore] = []

    def new(self, **how: Any) -> CaseStore:
        path = self._folder / f"{next(self._count)}.casefile"
        return self._keep(CaseStore.create(path, **({"person": PERSON, "install": INSTALL} | how)))

    def open(self, path: Path, **how: Any) -> CaseStore:
        return self._keep(CaseStore.open(path, **({"person": PERSON, "install": INSTALL} | how)))

    def _keep(self, store: CaseStore) -> CaseStore:
        self._made.append(store)
        return store

    def close(self) -> None:
        for store in self._made:
            store.close()


@pytest.fixture
def cases(tmp_path: Path) -> Iterator[Cases]:
    made = Cases(tmp_path)
    yield made
    made.close()


@pytest.fixture
def store(cases: Cases) -> CaseStore:
    return cases.new()


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from .filled import fill

    path = tmp_path_factory.mktemp("filled") / "original.casefile"
    fill(path)
    return path


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Path:
    """Give a closed case with a little of everything, to break."""
    path = tmp_path / "filled.casefile"
    shutil.copytree(filled_once, path)
    return path


@pytest.fixture
def id_() -> str:
    return new_id()
