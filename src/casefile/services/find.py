"""Search: the index finds records, the stored text gives the passages."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from casefile.jobs.progress import Progress
from casefile.model.hit import (
    FILTER,
    Hit,
    IndexDocument,
    RawAnswer,
    RawHit,
    SearchAnswer,
    SearchRequest,
    Snippet,
    Sought,
    Suggestion,
)
from casefile.model.source import Extraction, Source
from casefile.model.text import folded_words
from casefile.model.zone import Zone
from casefile.search.elsewhere import why_elsewhere
from casefile.search.index import IndexNotFit
from casefile.search.known import Known
from casefile.search.parts import one_less
from casefile.search.query import shown
from casefile.search.snippets import marks, snippet
from casefile.services import covering, spellings
from casefile.services.desk import Desk
from casefile.services.documents import SEARCHED, affected, body_of, documents, whole_case, words_of
from casefile.services.reading import text, titles
from casefile.services.scanning import scanned
from casefile.store import contents, records, sources
from casefile.store.session import Reader
from casefile.strings import tr

EVERYTHING = 100_000  # hits, where all are wanted


def search(desk: Desk, request: SearchRequest) -> SearchAnswer:
    """Search the case; any thread. What the index lacks is said in `coverage`."""
    began = time.perf_counter()
    answer = _answer(desk, request)
    covered = covering.coverage(desk)
    with desk.store.read() as r:
        hits = tuple(_hits(r, answer.hits, answer.sought, boilerplate=request.boilerplate))
    return SearchAnswer(
        query=request.query,
        understood=answer.understood,
        total=answer.total,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
        hits=hits,
        sought=answer.sought,
        trouble=answer.trouble,
        coverage=(*answer.coverage, *covering.sentences(covered)),
        variants=answer.variants,
        whole=answer.whole,
        covered=covered,
        suggestions=() if answer.total else tuple(_suggestions(desk, request)),
    )


def _suggestions(desk: Desk, request: SearchRequest) -> Iterator[Suggestion]:
    """Try an empty search with each of its parts left out."""
    tried = []
    for part, rest in one_less(request.query):
        total = _answer(desk, replace(request, query=rest, limit=0, offset=0)).total
        if total:
            words = tr("Without “{words}”: {n}").format(words=shown(part), n=total)
            tried.append(Suggestion(rest, total, words))
    yield from sorted(tried, key=lambda each: -each.total)


def known(desk: Desk) -> Known:
    """Give the names of the case and the gazetteer, for searching the index itself."""
    return spellings.known(desk)


def _answer(desk: Desk, request: SearchRequest) -> RawAnswer:
    """Ask the index; while there is none, or it turns out to be damaged, read the case itself."""
    if desk.index.fit:
        with suppress(IndexNotFit):
            return desk.index.search(request, spellings.known(desk))
    return scanned(desk, request)


def catch_up(desk: Desk, progress: Progress | None = None) -> bool:
    """Bring the index up to the ledger; False where this process may not write.

    An index that does not match what the store remembers of it is made again, never opened.
    """
    if not desk.store.writable:
        return desk.index.fit
    with desk.index_lock:
        index = desk.index
        if not index.fit:
            upto = desk.upto  # read before the records: what comes meanwhile is caught up later
            state = index.rebuild(whole_case(desk), upto, progress)
        else:
            changes = desk.store.changes_after(index.upto)
            if not changes.records:
                return True
            fresh, gone = _news(desk, changes.records)
            state = index.update(fresh, gone, changes.upto)
        with desk.store.write("index") as w:
            w.remember_index(desk.index_key, state)
    return True


def reindex(desk: Desk, progress: Progress | None = None) -> int:
    """Make the index again from the case; gives the number of documents."""
    with desk.index_lock:
        upto = desk.upto  # read before the records: what comes meanwhile is caught up later
        state = desk.index.rebuild(whole_case(desk), upto, progress)
        with desk.store.write("index") as w:
            w.remember_index(desk.index_key, state)
    return state.documents


def marks_in(
    desk: Desk, source: str, sought: Iterable[Sought], *, boilerplate: bool = False
) -> list[tuple[int, int]]:
    """Give the places in a source's text that a search means; code points."""
    view = text(desk, source)
    if view is None:
        return []
    return marks(view.text, tuple(sought), view.zones, boilerplate=boilerplate)


def _news(
    desk: Desk, changed: dict[str, tuple[str, ...]]
) -> tuple[Iterator[IndexDocument], list[str]]:
    with desk.store.read() as r:
        touched = affected(r, changed)
        gone = [
            each.id
            for kind, ids in touched.items()
            for each in records.many(r, SEARCHED[kind], list(ids))
            if each.deleted
        ]

    def fresh() -> Iterator[IndexDocument]:
        for kind, ids in touched.items():
            listed = sorted(ids)
            for start in range(0, len(listed), 100):
                with desk.store.read() as r:
                    found = list(documents(r, kind, listed[start : start + 100]))
                yield from found

    return fresh(), gone


def _hits(
    r: Reader, found: tuple[RawHit, ...], sought: tuple[Sought, ...], *, boilerplate: bool
) -> Iterator[Hit]:
    ids = {kind: [h.record for h in found if h.kind == kind] for kind in SEARCHED}
    named = titles(r, [h.source for h in found if h.source])
    about = {s.id: s for s in records.many(r, Source, [h.source for h in found if h.source])}
    passages = _Passages(r, ids, sought, boilerplate=boilerplate)
    pieces = {hit.record: passages.of(hit) for hit in found}
    silent = [hit for hit in found if not pieces[hit.record][0].why]
    reasons = _reasons(r, silent, sought)
    for hit in found:
        source = about.get(hit.source or "")
        piece, title = pieces[hit.record]
        piece = replace(piece, why=reasons.get(hit.record) or tuple(_told(piece.why, sought)))
        yield Hit(
            record=hit.record,
            kind=hit.kind,
            source=hit.source,
            title=named.get(hit.source or "", "") if hit.kind == "source" else title,
            score=hit.score,
            snippet=piece,
            source_kind=(source.kind or "") if source else "",
            subtitle=(source.publisher or "") if source else "",
        )


def _told(why: Iterable[str], sought: Iterable[Sought]) -> Iterator[str]:
    """Give the reasons of a hit that tell more than that it holds what was typed, as it was typed."""
    why = tuple(why)
    typed = {word for one in sought if not one.why for word in one.words}
    for reason in why:
        how, _, said = reason.partition(": ")
        if (
            not said
            or "exact" not in why
            or how == "form"
            or not typed.issuperset(folded_words(said))
        ):
            yield reason


def _reasons(
    r: Reader, found: Iterable[RawHit], sought: tuple[Sought, ...]
) -> dict[str, tuple[str, ...]]:
    """Say of records whose text does not tell why they were found: a tag, a speaker, days."""
    kinds: dict[str, list[str]] = {}
    for hit in found:
        kinds.setdefault(hit.kind, []).append(hit.record)
    if not sought:
        return {record: (FILTER,) for ids in kinds.values() for record in ids}
    return {
        document.record: why_elsewhere(document, sought)
        for kind, ids in kinds.items()
        for document in documents(r, kind, ids)
    }


class _Passages:
    """The best passage of each hit, the stored texts fetched in one go."""

    def __init__(
        self,
        r: Reader,
        ids: dict[str, list[str]],
        sought: tuple[Sought, ...],
        *,
        boilerplate: bool,
    ) -> None:
        self._sought = sought
        self._boilerplate = boilerplate
        self._read: dict[str, Extraction] = sources.newest_extraction(r, ids["source"])
        hashes = {h for e in self._read.values() for h in (e.text_hash, e.zones, e.pages) if h}
        self._bodies = contents.many(r, hashes)
        self._words = {
            each.id: words_of(r, each)
            for kind, record in SEARCHED.items()
            if kind != "source"
            for each in records.many(r, record, ids[kind])
        }

    def of(self, hit: RawHit) -> tuple[Snippet, str]:
        """Give the passage, and the title of a record that is not a source."""
        if hit.kind != "source":
            words = self._words.get(hit.record, "")
            return self._snippet(words, body_of(words), ()), words.split("\n")[0][:120]
        read = self._read.get(hit.record)
        if read is None or not read.text_hash:
            return Snippet(text="", marks=(), start=0), ""
        words = self._bodies[read.text_hash].decode()
        zones = tuple(Zone.from_json(z) for z in self._json(read.zones))
        pages = tuple((int(a), int(b)) for a, b in self._json(read.pages))
        return self._snippet(words, zones, pages), ""

    def _json(self, key: str | None) -> list[dict[str, object]]:
        return json.loads(self._bodies[key]) if key else []

    def _snippet(
        self, words: str, zones: tuple[Zone, ...], pages: tuple[tuple[int, int], ...]
    ) -> Snippet:
        return snippet(words, zones, pages, self._sought, boilerplate=self._boilerplate)
