"""Searches kept under a name, and what is new in them since this person looked."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from casefile.model.case import SavedSearch
from casefile.model.change import Changes
from casefile.model.errors import Refused
from casefile.model.hit import SearchAnswer, SearchRequest
from casefile.model.ids import new_id
from casefile.services import find
from casefile.services.desk import Desk, done
from casefile.services.documents import affected
from casefile.store import records
from casefile.strings import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSearch:
    """A saved search with its figures: `new` are found records made or changed since it was seen."""

    id: str
    name: str
    request: SearchRequest
    total: int | None = None
    new: tuple[str, ...] = ()


def save(desk: Desk, name: str, request: SearchRequest) -> tuple[str, Changes]:
    """Keep a search under a name; one of that name is replaced. Gives its id."""
    clean = " ".join(name.split())
    if not clean or not request.query.strip():
        raise Refused(tr("A saved search needs a name and words to seek."))
    options = {
        "kinds": " ".join(request.kinds),
        "boilerplate": "yes" if request.boilerplate else "",
        "sort": request.sort,
        "without": json.dumps(list(request.without), ensure_ascii=False),
    }
    with desk.store.write("save search", name=clean) as w:
        known = records.where(w, SavedSearch, name=clean)
        key = known[0].id if known else new_id()
        w.put(SavedSearch, key, name=clean, query=request.query, options=options)
    return key, done(w)


def delete(desk: Desk, key: str) -> Changes:
    """Give a saved search up."""
    with desk.store.write("delete search") as w:
        if records.get(w, SavedSearch, key) is None:
            raise Refused(tr("There is no saved search {id}.").format(id=key))
        w.delete(SavedSearch, key)
    return done(w)


def rows(desk: Desk, *, counted: bool = True) -> list[KeptSearch]:
    """Give the saved searches by name; `counted` with totals and what is new."""
    with desk.store.read() as r:
        kept = [_kept(each) for each in records.where(r, SavedSearch, order=("name",))]
    return [_with_figures(desk, each) for each in kept] if counted else kept


def named(desk: Desk, name: str) -> KeptSearch:
    """Give the saved search of this name or id; refused where there is none."""
    for each in rows(desk, counted=False):
        if name in (each.name, each.id) or (len(name) >= 8 and each.id.startswith(name)):
            return _with_figures(desk, each)
    raise Refused(tr("There is no saved search {id}.").format(id=name))


def run(desk: Desk, name: str, *, limit: int = 20) -> tuple[KeptSearch, SearchAnswer]:
    """Search again, and remember that it was seen up to here."""
    kept = named(desk, name)
    answer = find.search(desk, replace(kept.request, limit=limit))
    seen(desk, kept.id)
    return kept, answer


def seen(desk: Desk, key: str) -> None:
    """Remember, for this person on this machine, that a search was looked at as it is now."""
    marks = _marks(desk)
    marks[key] = desk.index.upto
    file = _file(desk)
    with suppress(OSError):  # a full disk loses only what was new at the last look
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(marks), "utf-8")
        fresh.replace(file)


def _with_figures(desk: Desk, kept: KeptSearch) -> KeptSearch:
    answer = desk.index.search(replace(kept.request, limit=find.EVERYTHING), find.known(desk))
    upto = _marks(desk).get(kept.id)
    if upto is None:
        return replace(kept, total=answer.total, new=tuple(hit.record for hit in answer.hits))
    # The order in which changes came here, not their clocks: a colleague's may be older.
    changed = desk.store.changes_after(upto).records
    with desk.store.read() as r:
        touched = {key for keys in affected(r, changed).values() for key in keys}
    new = tuple(hit.record for hit in answer.hits if hit.record in touched)
    return replace(kept, total=answer.total, new=new)


def _kept(record: SavedSearch) -> KeptSearch:
    options = record.options or {}
    try:
        without = tuple(str(each) for each in json.loads(options.get("without") or "[]"))
    except (ValueError, TypeError):  # a colleague's program may write it otherwise
        without = ()
    request = SearchRequest(
        query=record.query or "",
        kinds=tuple((options.get("kinds") or "").split()),
        boilerplate=bool(options.get("boilerplate")),
        sort=options.get("sort") or "relevance",
        without=without,
    )
    return KeptSearch(id=record.id, name=record.name or "", request=request)


def _file(desk: Desk) -> Path:
    return desk.places.config / "searches" / f"{desk.store.case_id}.json"


def _marks(desk: Desk) -> dict[str, int]:
    try:
        found = json.loads(_file(desk).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, int)} if isinstance(found, dict) else {}
