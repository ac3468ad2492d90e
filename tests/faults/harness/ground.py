"""The ground that acts run on: a case, a cache and a configuration at one fixed place.

Every try begins with a copy of a template at the same place, because an index belongs to a place.
"""

import copy
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casefile.extract import registry
from casefile.extract.context import Context
from casefile.extract.pool import Extractor
from casefile.model.draft import Draft
from casefile.services.desk import Desk, open_desk
from casefile.services.places import Places

WORDS = (
    "The pumps of village {n} stopped at noon on Tuesday, said Yusuf al-Harith, an activist. "
    "The basalt column number{n} left by the north road before dawn with fifteen vehicles. "
)


class Remembered(Extractor):
    """A reader that knows the drafts of the files used here; our own words need no locked child."""

    def __init__(self, files: list[Path]) -> None:
        super().__init__()
        self._drafts = {
            _name_of(file): registry.read(file.read_bytes(), Context(file.name)) for file in files
        }

    def read(self, file: Path, **_: Any) -> Draft:
        """Give the draft of these bytes."""
        return self._drafts[_name_of(file)]


def _name_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass
class Ground:
    """Where things lie: `work` is what acts use, `templates` what it is copied from."""

    root: Path
    told: int = 1  # the descriptor that acknowledgements go to
    reader: Remembered = field(init=False)

    def __post_init__(self) -> None:
        self.work.mkdir(parents=True)
        self.incoming.mkdir()
        for n in range(FILES):
            text = f"Report {n} from the valley\n\n" + WORDS.format(n=n) * 12
            (self.incoming / f"{n:02}.txt").write_text(text, "utf-8")
        self.reader = Remembered(self.files(FILES))

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def case(self) -> Path:
        return self.work / "valley.casefile"

    @property
    def incoming(self) -> Path:
        return self.root / "in"

    @property
    def places(self) -> Places:
        return Places(self.work / "cache", self.work / "config")

    @property
    def note(self) -> Path:
        """What the template tells the act: ids, as JSON."""
        return self.work / "note.json"

    def files(self, count: int) -> list[Path]:
        return sorted(self.incoming.iterdir())[:count]

    @contextmanager
    def desk(self, *, write: bool = True) -> Iterator[Desk]:
        with open_desk(self.case, self.places, write=write, extractor=self.reader) as desk:
            yield desk

    def run_of(self, told: int) -> "Ground":
        """Give the same ground for the process that acts."""
        other = copy.copy(self)
        other.told = told
        return other

    def tell(self, **words: Any) -> None:
        """Acknowledge something, in a way that a kill cannot take back."""
        os.write(self.told, json.dumps(words).encode() + b"\n")

    def known(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.note.read_text("utf-8"))
        return found

    def keep(self, template: Path) -> None:
        """Make a template of what is at work."""
        shutil.copytree(self.work, template, symlinks=True)

    def lay(self, template: Path) -> None:
        """Begin anew with a template."""
        clear(self.work)
        shutil.copytree(template, self.work, symlinks=True, dirs_exist_ok=True)


FILES = 24


def clear(folder: Path) -> None:
    """Empty a folder, read-only files too."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
