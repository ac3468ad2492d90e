"""Suggestions for a source: worked out by rules, accepted or refused one by one."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress

from casefile.analysis.moments import Moment, moments
from casefile.analysis.named import Named, key_of, named
from casefile.analysis.places_named import Places as NamedPlaces
from casefile.analysis.statements import Statement, statements
from casefile.model.annotation import Annotation, quote_selectors
from casefile.model.change import Changes
from casefile.model.claim import Claim
from casefile.model.dates import parse_when
from casefile.model.entity import Entity, EntityName, Mention
from casefile.model.errors import Refused, UsageError
from casefile.model.ids import new_id
from casefile.model.source import Source
from casefile.model.suggestion import Suggestion, Suggestions
from casefile.model.values import Span
from casefile.model.view import TextView
from casefile.model.zone import page_at
from casefile.services import entities
from casefile.services.desk import Desk, done
from casefile.services.reading import text
from casefile.services.spellings import gazetteer
from casefile.store import folder, records
from casefile.store.session import Reader
from casefile.store.writer import Writer
from casefile.strings import tr

_SPEECH = frozenset({"body", "lead", "summary", "quote", "list"})
_NAMES = _SPEECH | {"headline", "caption", "heading", "subheading"}
_RULE = "rule: "  # how a mention that came from a suggestion was made


def suggestions(
    desk: Desk, source: str, *, anchor: str | None = None, again: bool = False
) -> Suggestions:
    """Work out what rules propose for a source; `again` brings back what was refused.

    `anchor` is a day that phrases are counted from; without it the day of publication is taken. What
    was accepted already is left out.
    """
    view = text(desk, source)
    if view is None or not view.text.strip():
        raise Refused(tr("This source has no text to read suggestions from."))
    day, told = _anchor(desk, source, anchor)
    with desk.store.read() as r:
        known = _known_names(r)
        settled = _settled(r, source, view.text_hash)
    found = _worked_out(view, day, known)
    gone = settled | (set() if again else refused(desk, source))
    left = tuple(each for each in found if each.key not in gone)
    return Suggestions(
        source=source, text_hash=view.text_hash, found=left, anchor=day, anchor_from=told,
        settled=len(found) - len(left),
    )  # fmt: skip


def accept(
    desk: Desk, source: str, chosen: Suggestion, text_hash: str, **changed: str | None
) -> tuple[str, Changes]:
    """Keep a suggestion; gives the id of the claim, mark or entity.

    `changed` are the values of a claim as a person has edited them: statement, speaker, about, place,
    speaker_kind; of a date or an entity its name, which for a date is its words.
    """
    view = text(desk, source)
    if view is None or view.text_hash != text_hash:
        raise Refused(
            tr("The text of this source was read anew since."), tr("Ask for suggestions again.")
        )
    with desk.store.write("accept suggestion", kind=chosen.kind) as w:
        if chosen.kind == "claim":
            key = _keep_claim(w, view, chosen, changed)
        elif chosen.kind == "date":
            key = _mark(w, view, chosen.place, 2, _days(chosen, changed.get("name")))
        else:
            key = _keep_entity(w, view, chosen, changed.get("name") or chosen.name)
    return key, done(w)


def refuse(desk: Desk, source: str, key: str) -> None:
    """Remember on this machine that a suggestion is not wanted; it is not offered again."""
    _keep_refused(desk, source, sorted(refused(desk, source) | {key}))


def take_back(desk: Desk, source: str, key: str) -> None:
    """Offer a refused suggestion again."""
    _keep_refused(desk, source, sorted(refused(desk, source) - {key}))


def refused(desk: Desk, source: str) -> set[str]:
    """Give the keys of what was refused for a source on this machine."""
    found = _read_refused(desk).get(source, [])
    return {str(key) for key in found} if isinstance(found, list) else set()


def find(found: Suggestions, prefix: str) -> Suggestion:
    """Give the suggestion whose key begins so; Refused when there is none or several."""
    hits = [each for each in found.found if each.key.startswith(prefix)]
    if len(hits) != 1 or not prefix:
        raise Refused(
            tr("There is no suggestion {key}.").format(key=prefix),
            tr("suggest lists what there is; what was accepted or refused is gone."),
        )
    return hits[0]


def _worked_out(
    view: TextView, day: str | None, known: dict[str, tuple[str, str]]
) -> list[Suggestion]:
    words = view.text
    speech = _parts(view, _SPEECH) or [(0, len(words))]
    names = _parts(view, _NAMES) or speech
    spoken = statements(words, speech)
    when = moments(words, names, day)
    who = named(words, names, spoken, NamedPlaces(gazetteer()), known)
    made = [_claim(view, each, when, who) for each in spoken]
    made += [_date(view, each) for each in when]
    made += [_entity(view, each) for each in who]
    return sorted(made, key=lambda each: (each.kind != "claim", each.place.start))


def _parts(view: TextView, kinds: frozenset[str]) -> list[tuple[int, int]]:
    return [(zone.start, zone.end) for zone in view.zones if zone.kind in kinds]


def _claim(
    view: TextView, each: Statement, when: Sequence[Moment], who: Sequence[Named]
) -> Suggestion:
    inside = [m for m in when if _within(m.place, each.place)]
    places = {
        n.name for n in who if n.kind == "place" and any(_within(s, each.place) for s in n.mentions)
    }
    return Suggestion(
        key=_key(view.source, view.text_hash, "claim", each.place, ""), kind="claim", place=each.place,
        quote=each.place.of(view.text), name=each.by.speaker_name, rule=each.by.rule,
        statement=each.words, speaker=each.by.speaker_span, attribution=each.by.words,
        when=inside[0].when if len(inside) == 1 else None,
        where=places.pop() if len(places) == 1 else "",
        kind_of=_speaker_kind(each.by.speaker_name, who),
    )  # fmt: skip


def _speaker_kind(name: str, who: Sequence[Named]) -> str:
    found = next((n.kind for n in who if key_of(n.name) == key_of(name)), "person")
    return found if found in ("person", "organisation") else "person"


def _date(view: TextView, each: Moment) -> Suggestion:
    return Suggestion(
        key=_key(view.source, view.text_hash, "date", each.place, ""), kind="date", place=each.place,
        quote=each.place.of(view.text), name=each.place.of(view.text), rule=each.rule, when=each.when,
    )  # fmt: skip


def _entity(view: TextView, each: Named) -> Suggestion:
    return Suggestion(
        key=_key(view.source, view.text_hash, "entity", None, key_of(each.name)), kind="entity",
        place=each.mentions[0], quote=each.mentions[0].of(view.text), name=each.name, rule=each.rule,
        kind_of=each.kind, also=each.aliases, mentions=each.mentions,
    )  # fmt: skip


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _key(source: str, text_hash: str, kind: str, place: Span | None, name: str) -> str:
    """Name a suggestion: an entity by its name in a source, all else by its place in a text."""
    where = name if place is None else f"{text_hash}\0{place.start}\0{place.end}"
    return hashlib.sha256(f"{source}\0{kind}\0{where}".encode()).hexdigest()[:12]


def _anchor(desk: Desk, source: str, given: str | None) -> tuple[str | None, str | None]:
    if given:
        day = parse_when(given)
        if day.earliest is None or day.earliest != day.latest:
            raise UsageError(
                tr("{words} is no day.").format(words=given), tr("A day looks like 2024-05-03.")
            )
        return day.earliest, "given"
    with desk.store.read() as r:
        record = records.get(r, Source, source)
    came_out = record.published if record else None
    if came_out is None or came_out.earliest is None:
        return None, None
    return came_out.earliest, "published"


def _known_names(r: Reader) -> dict[str, tuple[str, str]]:
    """Give the names of the case, of people, organisations and places, by what spellings share."""
    living = {e.id: e for e in records.where(r, Entity) if e.name}
    found = {key_of(e.name or ""): (e.name or "", e.kind or "other") for e in living.values()}
    for other in records.where(r, EntityName):
        entity = living.get(other.entity or "")
        if entity is not None and len(key_of(other.name or "")) > 1:
            found.setdefault(key_of(other.name or ""), (entity.name or "", entity.kind or "other"))
    return {key: each for key, each in found.items() if key}


def _settled(r: Reader, source: str, text_hash: str) -> set[str]:
    """Give the keys of what the case has already: claims and dates by place, names by mention."""
    marks = {a.id: a for a in records.where(r, Annotation, source=source)}
    quoted = {c.quote for c in records.where(r, Claim) if c.quote in marks}
    gone = set()
    for key, mark in marks.items():
        if mark.span and mark.text_hash == text_hash:
            kind = "claim" if key in quoted else "date"
            gone.add(_key(source, text_hash, kind, Span(*mark.span), ""))
    told = [m for m in records.where(r, Mention, source=source) if m.accepted]
    named_ = {e.id: e.name or "" for e in records.many(r, Entity, [m.entity or "" for m in told])}
    return gone | {
        _key(source, text_hash, "entity", None, key_of(name)) for name in named_.values()
    }


def _keep_claim(w: Writer, view: TextView, each: Suggestion, changed: dict[str, str | None]) -> str:
    key, mark = new_id(), _mark(w, view, each.place, 1, None)
    speaker = changed.get("speaker", each.name)
    place = changed.get("place", each.where or None)
    about = each.when
    if "about" in changed:
        said = changed["about"]
        same = each.when is not None and each.when.text == said
        about = each.when if same else (parse_when(said) if said else None)
    kind = changed.get("speaker_kind") or each.kind_of or "person"
    w.put(
        Claim,
        key,
        statement=(changed.get("statement") or each.statement).strip(),
        quote=mark,
        speaker=entities.take(w, speaker, kind) if speaker else None,
        attribution=changed.get("attribution", each.attribution) or None,
        about=about,
        place=entities.take(w, place, "place") if place else None,
    )
    return key


def _days(each: Suggestion, said: str | None) -> str | None:
    """Give what stands beside the mark of a date: its days, or its words where none are known."""
    when = each.when if said in (None, each.name) else parse_when(said or "")
    return (when.edtf or when.text) if when else None


def _keep_entity(w: Writer, view: TextView, each: Suggestion, name: str) -> str:
    key = entities.take(w, name, each.kind_of)
    there = {key_of(n.name or "") for n in records.where(w, EntityName, entity=key)}
    for other in (*each.also, each.name):
        if key_of(other) not in there | {key_of(name)}:
            kind = "abbreviation" if other.isupper() else "alias"
            entities.put_alias(w, key, other, kind, None)
            there.add(key_of(other))
    for place in each.mentions:
        w.put(
            Mention, new_id(), source=view.source, text_hash=view.text_hash, start=place.start,
            end=place.end, surface=place.of(view.text), entity=key, accepted=True,
            method=_RULE + each.rule,
        )  # fmt: skip
    return key


def _mark(w: Writer, view: TextView, place: Span, mark: int, note: str | None) -> str:
    """Mark the words, or take the mark that stands on exactly these already."""
    for old in records.where(w, Annotation, source=view.source):
        if old.span == (place.start, place.end) and old.text_hash == view.text_hash:
            return old.id
    key = new_id()
    page = page_at(view.pages, place.start)
    w.put(
        Annotation, key, source=view.source, object=view.object, text_hash=view.text_hash,
        selectors=quote_selectors(view.text, place.start, place.end, page),
        motivation="commenting" if note else "highlighting", body=note, mark=mark, anchor="exact",
    )  # fmt: skip
    return key


def _read_refused(desk: Desk) -> dict[str, object]:
    """Read what was refused on this machine; a file that makes no sense refuses nothing."""
    with suppress(OSError, ValueError):
        found = json.loads(desk.places.refused_file(desk.store.case_id).read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def _keep_refused(desk: Desk, source: str, keys: list[str]) -> None:
    file = desk.places.refused_file(desk.store.case_id)
    whole = {**_read_refused(desk), source: keys}
    file.parent.mkdir(parents=True, exist_ok=True)
    folder.replace(file, json.dumps(whole).encode())
