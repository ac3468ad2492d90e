"""The two folders of a person on this machine: cache and configuration."""

import hashlib
import json
from contextlib import suppress
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

    @property
    def replicas(self) -> Path:
        """The folder that holds what was last written here as each replica of a case."""
        return self.config / "replicas"

    def index_key(self, case_id: str, case: Path) -> str:
        """Name the index of one case at one place; nothing of the path can be read from it."""
        return hashlib.sha256(f"{case_id}\0{case.resolve()}".encode()).hexdigest()

    def index_folder(self, key: str) -> Path:
        """Give the folder of an index by its key."""
        return self.cache / "index" / key[:32]

    def view_file(self, case_id: str) -> Path:
        """Give the file that holds how this person last looked at a case."""
        return self.config / "views" / f"{case_id}.json"

    def refused_file(self, case_id: str) -> Path:
        """Give the file that holds which suggestions were refused here in a case."""
        return self.config / "refused" / f"{case_id}.json"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who works here: a person (chosen handle, may be empty) and an installation, both by UUID."""

    person: str
    install: str
    handle: str = ""


def identity(places: Places) -> Identity:
    """Read who works here, or make it at first use.

    A file that makes no sense is kept aside, never written over; CaseUnusable when the folder
    cannot be read or written.
    """
    file = places.config / "person.json"
    try:
        data = json.loads(file.read_text("utf-8"))
        return Identity(data["person"], data["install"], data.get("handle", ""))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _no_folder(places, error) from error
    except (ValueError, KeyError, TypeError):
        with suppress(OSError):
            file.replace(file.with_name("person.damaged.json"))
    fresh = Identity(new_id(), new_id())
    keep_identity(places, fresh)
    return fresh


def keep_identity(places: Places, who: Identity) -> None:
    """Write who works here; replaces the file in one step; CaseUnusable when it cannot be."""
    data = {"person": who.person, "install": who.install, "handle": who.handle}
    try:
        # The store is loaded with the first case, not with the window.
        from casefile.store import folder

        folder.replace(places.config / "person.json", json.dumps(data, ensure_ascii=False).encode())
    except OSError as error:
        raise _no_folder(places, error) from error


def _no_folder(places: Places, error: OSError) -> CaseUnusable:
    return CaseUnusable(
        tr("The folder of your settings cannot be used: {why}.").format(why=error.strerror),
        tr("Look at the free space and the permissions of {folder}.").format(folder=places.config),
    )
