"""Where in the window a record can be looked at."""

from dataclasses import dataclass

from casefile.model.annotation import Annotation
from casefile.model.claim import Claim
from casefile.model.kinds import KINDS
from casefile.model.source import Source
from casefile.services.desk import Desk
from casefile.store import records
from casefile.store.session import Reader

DEPTH = 3  # records that a record may belong to, one through another
_OWNERS = ("claim", "annotation", "source", "target")  # fields that name what a record belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """A claim, or a source, perhaps at a mark; nothing for a record that has no place."""

    claim: str | None = None
    source: str | None = None
    mark: str | None = None


def whereabouts(desk: Desk, record: str) -> Whereabouts:
    """Say where a record can be looked at."""
    with desk.store.read() as r:
        return _of(r, record)


def _of(r: Reader, record: str, depth: int = 0) -> Whereabouts:
    kind = records.kind_of(r, record)
    one = records.get(r, KINDS[kind], record) if kind in KINDS else None
    if isinstance(one, Source):
        return Whereabouts(source=record)
    if isinstance(one, Claim):
        return Whereabouts(claim=record)
    if isinstance(one, Annotation):
        return Whereabouts(source=one.source, mark=None if one.deleted else record)
    for name in _OWNERS:
        belongs = getattr(one, name, None)
        if isinstance(belongs, str) and depth < DEPTH:
            return _of(r, belongs, depth + 1)
    return Whereabouts()
