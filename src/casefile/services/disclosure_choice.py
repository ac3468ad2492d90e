"""Choosing for a disclosure: by search, by tag, and what marks of a tag take out."""

from collections.abc import Iterable

from casefile.model.annotation import Annotation
from casefile.model.area import Area
from casefile.model.errors import Refused
from casefile.model.hit import SearchRequest
from casefile.model.ids import tag_id
from casefile.model.note import Tagging
from casefile.services import find
from casefile.services.desk import Desk
from casefile.services.reading import text_view
from casefile.store import records
from casefile.strings import tr

CHOOSABLE = ("source", "claim", "entity")
Spans = dict[str, tuple[tuple[int, int], ...]]
Areas = dict[str, tuple[Area, ...]]


def tagged(desk: Desk, names: Iterable[str]) -> list[str]:
    """Give the sources, claims and entities that bear one of these tags."""
    ids = tuple(tag_id(" ".join(name.split())) for name in names)
    if not ids:
        return []
    with desk.store.read() as r:
        targets = [one.target for one in records.where(r, Tagging, tag=ids) if one.target]
        kinds = records.kinds_of(r, targets)
    return [key for key in dict.fromkeys(targets) if kinds.get(key) in CHOOSABLE]


def found(desk: Desk, query: str) -> list[str]:
    """Give the sources, claims and entities that a search finds."""
    hits = find.search(desk, SearchRequest(query=query, limit=find.EVERYTHING)).hits
    return list(dict.fromkeys(hit.record for hit in hits if hit.kind in CHOOSABLE))


def marked(desk: Desk, tag: str) -> tuple[Spans, Areas]:
    """Give by source the words and the areas that marks of a tag show.

    Refused where such a mark stands on an older text: nothing is left in by mistake.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    areas: dict[str, list[Area]] = {}
    name = " ".join(tag.split())
    if not name:
        return {}, {}
    with desk.store.read() as r:
        targets = [one.target for one in records.where(r, Tagging, tag=tag_id(name))]
        marks = records.many(r, Annotation, [target for target in targets if target])
        for one in marks:
            if one.deleted or not one.source:
                continue
            if one.area is not None:
                areas.setdefault(one.source, []).append(one.area)
            elif one.span is not None:
                view = text_view(r, one.source)
                if view is None or view.text_hash != one.text_hash:
                    raise Refused(
                        tr("“{words}” is to be taken out of a text that was read anew.").format(
                            words=one.quote[:80]
                        ),
                        tr("Open its source, so that the mark is carried over, or mark it again."),
                    )
                spans.setdefault(one.source, []).append(one.span)
    return (
        {key: tuple(each) for key, each in spans.items()},
        {key: tuple(each) for key, each in areas.items()},
    )
