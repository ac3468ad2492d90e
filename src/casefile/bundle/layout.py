"""What may stand in a bundle, by name, and how much of it."""

import re
from typing import Final

FORMAT: Final = 1
BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE: Final = TAGMANIFEST + ".minisig"
TAGS: Final = (BAGIT, BAG_INFO, MANIFEST)  # what the tag manifest vouches for
CRATE, PAGE = "data/ro-crate-metadata.json", "data/ro-crate-preview.html"
ABOUT: Final = "data/casefile.json"
CHECKPOINTS, OBJECT_LIST = "data/checkpoints.jsonl", "data/objects.jsonl"
STUBS, SOURCES = "data/stubs.jsonl", "data/sources.csv"
RECORDS, WITHHELD = "data/records.jsonl", "data/withheld.jsonl"
OPS, OBJECTS = "data/ops/", "data/objects/"
BAGIT_WORDS: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

_FIXED: Final = frozenset(
    {BAGIT, BAG_INFO, MANIFEST, TAGMANIFEST, SIGNATURE, CRATE, PAGE, ABOUT, CHECKPOINTS}
    | {OBJECT_LIST, STUBS, SOURCES, RECORDS, WITHHELD}
)
_REPLICA: Final = re.compile(
    r"data/ops/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl"
)
_OBJECT: Final = re.compile(r"data/objects/([0-9a-f]{2})/(\1[0-9a-f]{62})")
NEEDED: Final = frozenset({BAGIT, BAG_INFO, MANIFEST, TAGMANIFEST, CRATE, PAGE, ABOUT})

MOST_MEMBERS: Final = 4_000_000
MOST_BYTES: Final = 1 << 44
LONGEST_NAME: Final = 160
MOST_WORDS: Final = 16 * 1024 * 1024  # bytes of what is read at once: casefile.json, bag-info, …
LONGEST_LINE: Final = 2 * 1024 * 1024  # bytes of a line of JSON
LONGEST_MANIFEST: Final = 1 << 30


def known(name: str) -> bool:
    """Say whether a member may have this name; nothing else may stand in a bundle."""
    return (
        name in _FIXED
        or _REPLICA.fullmatch(name) is not None
        or _OBJECT.fullmatch(name) is not None
    )


def is_payload(name: str) -> bool:
    """Say whether a member is evidence or ledger, not a word about the bag."""
    return name.startswith("data/")


def ops_name(replica: str) -> str:
    """Name the member with the operations of a replica."""
    return f"{OPS}{replica}.jsonl"


def replica_of(name: str) -> str | None:
    """Give the replica whose operations a member holds; None for any other member."""
    found = _REPLICA.fullmatch(name)
    return found[1] if found else None


def object_name(sha256: str) -> str:
    """Name the member with some bytes."""
    return f"{OBJECTS}{sha256[:2]}/{sha256}"


def object_of(name: str) -> str | None:
    """Give the SHA-256 that a member is named by; None for any other member."""
    found = _OBJECT.fullmatch(name)
    return found[2] if found else None
