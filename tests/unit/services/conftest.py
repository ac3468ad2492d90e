"""A desk on a real case in a temporary folder, with small saved texts to import."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.extract.pool import Extractor
from casefile.services import ingest
from casefile.services.desk import Desk, create_desk
from casefile.services.places import Places

ARTICLE = """Valley dispatches

Armoured column takes pumping station at Tell Marun

By Leila Haddon in al-Qasira

An armoured column entered the grounds of the Tell Marun pumping station in the last
week of March and has cut off water to at least six villages, according to residents
and a local activist.

"They came from the north road shortly before dawn, between twelve and fifteen
vehicles," Yusuf al-Harith, an activist in al-Qasira, said by telephone. He said the
pumps had stopped by noon.

The Nahra Observatory for Rights said on Tuesday that the unit belongs to the Basalt
Brigade, which has held the ridge above the valley since January. The brigade did not
answer written questions.

Do you like this article?

0 Comment(s)
Comment Policy * Denotes Required Field 1500 / 1500
"""
DENIAL = """Basalt Brigade denies seizing pumping station

By Radio Nahra staff

"No unit of ours entered any civilian installation," a spokesman for the Basalt
Brigade said on Saturday in a statement that was read on the radio.

The spokesman added that the station stopped because a transformer had burned out, and
that engineers were free to enter the grounds at any time of the day.

He gave no evidence of this, and two engineers who live beside the station said that
they had been turned away at the gate on three mornings in a row.
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "cache", tmp_path / "config")


@pytest.fixture(scope="session")
def extractor() -> Iterator[Extractor]:
    """Share one reader's child: starting it costs more than a whole test."""
    with Extractor() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, places: Places, extractor: Extractor) -> Iterator[Desk]:
    with create_desk(tmp_path / "valley.casefile", places, extractor=extractor) as made:
        yield made


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "column.txt").write_text(ARTICLE, "utf-8")
    (folder / "denial.txt").write_text(DENIAL, "utf-8")
    return folder


@pytest.fixture
def sources(desk: Desk, files: Path) -> dict[str, str]:
    """Import both articles; give their ids by file name."""
    report = ingest.add(desk, [files])
    return {Path(entry.path).name: entry.source or "" for entry in report.entries}
