"""Record ids: random, or derived so that two people who make the same thing make one record."""

import unicodedata
import uuid

NAMESPACE = uuid.UUID("6f2b8a52-6c0e-5b0e-9d4a-6b8f6f1c3c11")


def new_id() -> str:
    """Give a fresh id: lower-case UUID version 4 (version 7 would leak creation times)."""
    return str(uuid.uuid4())


def id_fold(name: str) -> str:
    """Fold a name for derived ids; version 1, never changed: NFKC, case fold, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _derived(*parts: str) -> str:
    return str(uuid.uuid5(NAMESPACE, "\0".join(parts)))


def case_record_id() -> str:
    """Give the id of the one `case` record."""
    return _derived("case")


def tag_id(name: str) -> str:
    """Give the id of the tag with this name."""
    return _derived("tag", id_fold(name))


def tagging_id(tag: str, target: str) -> str:
    """Give the id of the link between a tag and a record."""
    return _derived("tagging", tag, target)


def assessment_id(claim: str, person: str) -> str:
    """Give the id of one person's assessment of one claim."""
    return _derived("assessment", claim, person)
