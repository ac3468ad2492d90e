"""Calls of the command line in this process, on a real case in a temporary folder."""

import json
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


@pytest.fixture
def case(tmp_path: Path, call: Call) -> Path:
    made = tmp_path / "valley.casefile"
    assert call("new", made).status == 0
    return made


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "column.txt"
    file.write_text(ARTICLE, "utf-8")
    return file


@pytest.fixture
def source(call: Call, case: Path, article: Path) -> str:
    """Give the id of the article, added to the case."""
    return str(call("add", case, article, "--json").json["added"][0]["source"])
