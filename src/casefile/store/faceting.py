"""What some sources are made of that only the case knows: their tags, grades and claims."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select

from casefile.store.schema import VIEWS, record
from casefile.store.session import Reader, pairs, portions

_source, _tagging, _tag = VIEWS["source"], VIEWS["tagging"], VIEWS["tag"]
_claim, _annotation, _link = VIEWS["claim"], VIEWS["annotation"], VIEWS["evidence_link"]


def numbers(r: Reader, ids: Iterable[str]) -> list[int]:
    """Give the local numbers of records; used inside the store and handed back to it only."""
    found: list[int] = []
    for part in portions(ids):
        found += r.connection.execute(select(record.c.n).where(record.c.id.in_(part))).scalars()
    return found


def grades(r: Reader, sources: Iterable[int]) -> Counter[str]:
    """Count sources by their reliability; "" for those that were not judged."""
    found: Counter[str] = Counter()
    for part in portions(sources):
        asked = (
            select(func.coalesce(_source.c.reliability, ""), func.count())
            .where(_source.c.n.in_(part))
            .group_by(_source.c.reliability)
        )
        found.update(pairs(r.connection.execute(asked)))
    return found


def tags(r: Reader, sources: Iterable[int]) -> Counter[str]:
    """Count sources by the names of their tags."""
    found: Counter[str] = Counter()
    for part in portions(sources):
        asked = (
            select(_tag.c.name, func.count())
            .join(_tagging, _tagging.c.tag == _tag.c.n)
            .where(_tagging.c.target.in_(part), _tagging.c.deleted == 0, _tag.c.deleted == 0)
            .group_by(_tag.c.name)
        )
        found.update({str(name): count for name, count in r.connection.execute(asked) if name})
    return found


def with_claims(r: Reader, sources: Iterable[int]) -> set[int]:
    """Give those sources that a claim was made from, or that are evidence of one."""
    found: set[int] = set()
    for part in portions(sources):
        quoted = (
            select(_annotation.c.source)
            .join(_claim, _claim.c.quote == _annotation.c.n)
            .where(_annotation.c.source.in_(part), _claim.c.deleted == 0)
        )
        linked = select(_link.c.source).where(_link.c.source.in_(part), _link.c.deleted == 0)
        marked = (
            select(_annotation.c.source)
            .join(_link, _link.c.annotation == _annotation.c.n)
            .where(_annotation.c.source.in_(part), _link.c.deleted == 0)
        )
        for asked in (quoted, linked, marked):
            found.update(n for n in r.connection.execute(asked).scalars() if n is not None)
    return found


def having(r: Reader, facet: str, values: Iterable[str]) -> list[str]:
    """Give the ids of the sources that have any of these values of reliability, tag or claims."""
    wanted = list(values)
    if facet == "reliability":
        asked = select(_source.c.n).where(
            func.coalesce(_source.c.reliability, "").in_(wanted), _source.c.deleted == 0
        )
    elif facet == "tag":
        asked = (
            select(_tagging.c.target)
            .join(_tag, _tag.c.n == _tagging.c.tag)
            .where(_tag.c.name.in_(wanted), _tagging.c.deleted == 0, _tag.c.deleted == 0)
        )
    else:
        every = list(
            r.connection.execute(select(_source.c.n).where(_source.c.deleted == 0)).scalars()
        )
        claimed = with_claims(r, every)
        chosen = [n for n in every if (n in claimed) == ("yes" in wanted) or len(wanted) > 1]
        return _ids(r, chosen)
    return _ids(r, r.connection.execute(asked).scalars())


def _ids(r: Reader, chosen: Iterable[int]) -> list[str]:
    found: list[str] = []
    for part in portions(chosen):
        asked = select(record.c.id).where(record.c.n.in_(part))
        found += r.connection.execute(asked).scalars()
    return found
