"""People whose keys this person knows, and what was exchanged with them."""

from dataclasses import asdict, dataclass, field
from typing import Any

MINE, VERIFIED, TRUSTED, UNKNOWN = "mine", "verified", "trusted", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """A key that this person gave a name.

    `key` is the Ed25519 public key, 64 hex digits; `since` and `verified` are milliseconds since
    1970, `verified` 0 until its words were compared by another way; `replaced` is the key that came
    after it, "" while it holds; `recipient` what files are encrypted to, "" where nobody gave it.
    """

    key: str
    name: str
    person: str = ""
    since: int = 0
    verified: int = 0
    replaced: str = ""
    recipient: str = ""

    def to_json(self) -> dict[str, Any]:
        """Give it as it is kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is known of a key: `state` is mine, verified, trusted or unknown.

    `warnings` say what does not fit: a known name with another key, signs that mislead.
    """

    state: str
    key: str
    words: tuple[str, ...]
    fingerprint: str
    known: KnownKey | None = None
    warnings: tuple[str, ...] = ()

    @property
    def trusted(self) -> bool:
        """True where this person said whose key it is."""
        return self.state != UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One line of the log of what was exchanged.

    `way` is sent, received or undone; `merge` the id of the merge that was made or undone; `when`
    milliseconds since 1970; `name` the file's name without a
    place; `sha256` of the file; `key` of who signed it, hex, and `who` what they were called then.
    """

    way: str
    when: int
    kind: str
    name: str
    sha256: str = ""
    size: int = 0
    key: str = ""
    who: str = ""
    result: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    merge: str = ""
