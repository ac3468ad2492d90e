"""Calls of the command line in this process, on a real case in a temporary folder."""

import contextlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from casefile.cli.main import main
from casefile.services.places import Places

ARTICLE = """Valley dispatches

Armoured column takes pumping station at Tell Marun

By Leila Haddon in al-Qasira

An armoured column entered the grounds of the Tell Marun pumping station in the last week of March
and has cut off water to at least six villages, according to residents and a local activist.

"They came from the north road shortly before dawn, between twelve and fifteen vehicles," Yusuf
al-Harith, an activist in al-Qasira, said by telephone. He said the pumps had stopped by noon.

The Nahra Observatory for Rights said on Tuesday that the unit belongs to the Basalt Brigade, which
has held the ridge above the valley since January. The brigade did not answer written questions.
"""


@dataclass
class Said:
    """What one call printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Window:
    """Stands where the window is handed in: notes what it was asked for."""

    calls: list[tuple[Any, Any]] = field(default_factory=list)

    def __call__(self, case: Path | None, places: Places, *, picture: Path | None = None) -> int:
        assert isinstance(places, Places)
        self.calls.append((case, picture))
        if picture:
            picture.write_bytes(b"picture")
        return 0


Call = Callable[..., Said]


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], window: Window) -> Call:
    places = Places(tmp_path / "cache", tmp_path / "config")

    def run(*words: object) -> Said:
        capsys.readouterr()
        status = main([str(word) for word in words], window, places)
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Give a folder with a case that holds the article, and the id of the source; only copied."""
    folder = tmp_path_factory.mktemp("built")
    places = Places(folder / "cache", folder / "config")
    (folder / "column.txt").write_text(ARTICLE, "utf-8")
    made = str(folder / "valley.casefile")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(["new", made], Window(), places) == 0
        printed.truncate(printed.seek(0))
        assert main(["add", made, str(folder / "column.txt"), "--json"], Window(), places) == 0
    return folder, json.loads(printed.getvalue())["added"][0]["source"]


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path, call: Call) -> Path:
    """Give a case; an empty one, unless the test has `source` as well."""
    made = tmp_path / "valley.casefile"
    if "source" in request.fixturenames:
        request.getfixturevalue("source")
    else:
        assert call("new", made).status == 0
    return made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "column.txt"
    file.write_text(ARTICLE, "utf-8")
    return file


@pytest.fixture
def source(tmp_path: Path, built: tuple[Path, str]) -> str:
    """Give the id of the article in a case of this test's own."""
    folder, key = built
    for name in ("valley.casefile", "config"):
        shutil.copytree(folder / name, tmp_path / name, dirs_exist_ok=True)
    return key
