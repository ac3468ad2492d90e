"""The two folders of a person on this machine: cache and configuration."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from casefile.model.errors import CaseUnusable
from casefile.model.ids import new_id
from casefile.strings import tr


@dataclass(frozen=True, slots=True)
class Places:
    """Where Casefile writes outside a case; the cache may be deleted at any time."""

    cache: Path
    config: Path

    @classmethod
    def of_system(cls) -> "Places":
        """Give the platform's folders; on Linux the XDG variables are honoured.

        CaseUnusable where the system names no home folder.
        """
        try:
            return cls(
                platformdirs.user_cache_path("casefile", appauthor=False).absolute(),
                platformdirs.user_config_path("casefile", appauthor=False).absolute(),
            )
        except RuntimeError as error:
            raise CaseUnusable(
                tr("There is no home folder to keep settings in."),
                tr("Set HOME to a folder that you may write to."),
            ) from error

    @property
    def settings_file(self) -> Path:
        """The person's settings."""
        return self.config / "settings.json"

    def index_key(self, case_id: str, case: Path) -> str:
        """Name the index of one case at one place; nothing of the path can be read from it."""
        return hashlib.sha256(f"{case_id}\0{case.resolve()}".encode()).hexdigest()

    def index_folder(self, key: str) -> Path:
        """Give the folder of an index by its key."""
        return self.cache / "index" / key[:32]

    def view_file(self, case_id: str) -> Path:
        """Give the file that holds how this person last looked at a case."""
        return self.config / "views" / f"{case_id}.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who works here: a person (chosen handle, may be empty) and an installation, both by UUID."""

    person: str
    install: str
    handle: str = ""


def identity(places: Places) -> Identity:
    """Read who works here, or make it at first use."""
    file = places.config / "person.json"
    try:
        data = json.loads(file.read_text("utf-8"))
        return Identity(data["person"], data["install"], data.get("handle", ""))
    except (OSError, ValueError, KeyError, TypeError):
        fresh = Identity(new_id(), new_id())
        keep_identity(places, fresh)
        return fresh


def keep_identity(places: Places, who: Identity) -> None:
    """Write who works here; replaces the file in one step."""
    file = places.config / "person.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    data = {"person": who.person, "install": who.install, "handle": who.handle}
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    fresh.replace(file)
