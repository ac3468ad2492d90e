"""`data/casefile.json`: what a bundle says of itself."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from casefile.bundle import layout
from casefile.bundle.unsound import Unsound
from casefile.model.exchange import BUNDLE_KINDS, DISCLOSURE, Heads, read_heads
from casefile.model.ledger import canonical, is_hash, is_uuid
from casefile.strings import tr

COUNTS: Final = ("operations", "stubs", "objects", "contents", "bytes")
LONGEST: Final = 500  # letters of a title or a name
_KEYS: Final = {"format", "kind", "case", "title", "made", "base", "heads", "counts", "signer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a bundle says of itself; `key` is 32 bytes, or empty when it is not signed."""

    kind: str
    case: str
    title: str
    made: str
    base: Heads = ()
    heads: Heads = ()
    counts: dict[str, int] = field(default_factory=dict)
    key: bytes = b""
    person: str = ""
    name: str = ""

    def written(self) -> bytes:
        """Write it."""
        signer = None
        if self.key:
            signer = {"key": self.key.hex(), "person": self.person, "name": self.name[:LONGEST]}
        return canonical(
            {
                "format": layout.FORMAT,
                "kind": self.kind,
                "case": self.case,
                "title": self.title[:LONGEST],
                "made": self.made,
                "base": [one.to_json() for one in self.base],
                "heads": [one.to_json() for one in self.heads],
                "counts": self.counts,
                "signer": signer,
            }
        )


def read(body: bytes) -> About:
    """Read it; Unsound when it is not written as it should be, or of a newer format."""
    try:
        data = json.loads(body.decode("utf-8"))
        if (
            type(data) is dict
            and type(data.get("format")) is int
            and data["format"] > layout.FORMAT
        ):
            raise Unsound("newer", tr("it was made by a newer Casefile"))
        same = type(data) is dict and canonical(data) == body and _sound(data)
        heads = (read_heads(data["base"]), read_heads(data["heads"])) if same else ((), ())
    except (ValueError, RecursionError) as error:
        raise _unsound() from error
    if not same:
        raise _unsound()
    signer = data["signer"] or {"key": "", "person": "", "name": ""}
    return About(
        kind=data["kind"], case=data["case"], title=data["title"], made=data["made"],
        base=heads[0], heads=heads[1], counts=data["counts"],
        key=bytes.fromhex(signer["key"]), person=signer["person"], name=signer["name"],
    )  # fmt: skip


def _unsound() -> Unsound:
    return Unsound("about", tr("what it says of itself is not written as bundles are"))


def _sound(data: dict[str, Any]) -> bool:
    words = [data.get(name) for name in ("kind", "case", "title", "made")]
    if data.keys() != _KEYS or not all(type(one) is str and len(one) <= LONGEST for one in words):
        return False
    counts = data["counts"]
    if type(counts) is not dict or counts.keys() != set(COUNTS):
        return False
    numbers = all(type(one) is int and one >= 0 for one in counts.values())
    named = is_uuid(data["case"]) or (data["kind"] == DISCLOSURE and data["case"] == "")
    return data["kind"] in BUNDLE_KINDS and named and numbers and _sound_signer(data["signer"])


def _sound_signer(signer: Any) -> bool:
    if signer is None:
        return True
    if type(signer) is not dict or signer.keys() != {"key", "person", "name"}:
        return False
    person = is_uuid(signer["person"]) or signer["person"] == ""
    name = signer["name"]
    return is_hash(signer["key"]) and person and type(name) is str and len(name) <= LONGEST
