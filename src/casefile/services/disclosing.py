"""What a disclosure would hold: current values of chosen records, without what is to be removed.

Only what is named here travels: nothing of the history, of deleted fields, of people and their
places, of files' metadata.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from casefile.analysis import redaction
from casefile.analysis.redaction import Redacted, Removal
from casefile.jobs.progress import Progress
from casefile.model.annotation import Annotation
from casefile.model.claim import Claim
from casefile.model.disclosure import Plan, Travel, TravelItem, digest_of
from casefile.model.entity import Entity, EntityName
from casefile.model.errors import Refused
from casefile.model.fold import folded_words
from casefile.model.source import Source
from casefile.model.values import DateValue
from casefile.model.view import ClaimView, TextView
from casefile.services import claims, pseudonyms
from casefile.services.desk import Desk
from casefile.services.export_rows import files_of
from casefile.services.reading import text_view, titles
from casefile.store import history, records
from casefile.store.session import Reader
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.record import Record

LEAST_PART: Final = 4  # letters of a part of a name that is sought alone
FORMS: Final = {"pdf": "pages", "photo": "photo"}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """A source as it goes out: its id, what becomes of its file, its text before and after."""

    source: str
    form: str
    before: TextView | None
    after: Redacted | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would be written; `records` are JSON, `shares` say which files are made for them."""

    travel: Travel
    records: list[Json]
    withheld: list[Json]
    shares: list[Share]


@dataclass(slots=True)
class _Work:
    """What the steps share."""

    r: Reader
    plan: Plan
    phrases: list[tuple[str, str]]
    names: dict[str, tuple[str, str]]  # of hidden entities: the id and name that travel
    chosen: dict[str, str]
    withheld: dict[str, Json] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    texts: dict[str, Redacted] = field(default_factory=dict)

    def clean(self, value: str | None) -> str | None:
        """Give words without what is to be removed."""
        if not value:
            return value
        said = redaction.remove(value, redaction.find(value, self.phrases)).text
        self.seen.append(said)
        return said

    def day(self, value: DateValue | None) -> Json | None:
        """Give a date without what is to be removed."""
        if value is None:
            return None
        return {**value.to_json(), "text": self.clean(value.text)}


def prepare(desk: Desk, plan: Plan, progress: Progress | None = None) -> Prepared:
    """Work out what would travel; nothing is written.

    Refused when nothing is chosen, or something that is no source, claim or entity.
    """
    progress = progress or Progress()
    secret = pseudonyms.of(desk, plan.hidden)
    with desk.store.read() as r:
        chosen = _chosen(r, plan)
        work = _Work(r, plan, _phrases(r, plan, secret), _names(desk, secret), chosen)
        found: list[Json] = []
        shares: list[Share] = []
        items: list[TravelItem] = []
        for n, (key, table) in enumerate(chosen.items()):
            progress.at(n, len(chosen), tr("Preparing"))
            if table == "source":
                share, made, item = _source(work, key)
                shares.append(share)
            else:
                made, item = (_claim if table == "claim" else _entity)(work, key)
            found.append(made)
            items.append(item)
        found += _spoken_of(found)
    return Prepared(
        travel=_travel(work, found, items),
        records=found,
        withheld=_told(work),
        shares=shares,
    )


def _chosen(r: Reader, plan: Plan) -> dict[str, str]:
    kinds = records.kinds_of(r, plan.chosen)
    wrong = [key for key in plan.chosen if kinds.get(key) not in ("source", "claim", "entity")]
    if wrong or not plan.chosen:
        raise Refused(
            tr("Nothing that can be disclosed was chosen.")
            if not plan.chosen
            else tr("{id} cannot be disclosed.").format(id=wrong[0][:8]),
            tr("Choose sources, claims or entities."),
        )
    classes: dict[str, type[Record]] = {"source": Source, "claim": Claim, "entity": Entity}
    found: dict[str, str] = {}
    for table, cls in classes.items():
        ids = [key for key in plan.chosen if kinds[key] == table]
        found |= {one.id: table for one in records.many(r, cls, ids) if not one.deleted}
    return found


def _phrases(r: Reader, plan: Plan, secret: dict[str, str]) -> list[tuple[str, str]]:
    """Give what is sought with what replaces it: words, then the names of hidden people."""
    found = [(words, removed()) for words in plan.words if words.strip()]
    for entity in records.many(r, Entity, plan.hidden):
        names = {entity.name or ""}
        names |= {one.name or "" for one in records.where(r, EntityName, entity=entity.id)}
        for name in sorted(filter(None, names), key=len, reverse=True):
            found.append((name, secret[entity.id]))
            if entity.kind == "person":
                parts = [part for part in folded_words(name) if len(part) >= LEAST_PART]
                found += [(part, secret[entity.id]) for part in parts]
    return list(dict.fromkeys(found))


def removed() -> str:
    """Give what stands where words were taken out."""
    return tr("[removed]")


def _names(desk: Desk, secret: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {key: (pseudonyms.id_of(desk, key), name) for key, name in secret.items()}


def _source(work: _Work, key: str) -> tuple[Share, Json, TravelItem]:
    one = records.many(work.r, Source, [key])[0]
    # What is called the text of a photo was written beside its pixels.
    before = text_view(work.r, key) if one.kind != "photo" else None
    after = _text(work, key, before)
    form = "text" if key in work.plan.texts_only else FORMS.get(one.kind or "", "text")
    values: Json = {
        "kind": one.kind,
        **_described(work, one),
        "language": one.language,
        "marks": list(_marks(work, key, before, after)),
    }
    if work.plan.addresses:
        values["url"] = work.clean(one.url)
    areas = work.plan.areas.get(key, ())
    notes = []
    if form == "text":
        notes.append(tr("The file itself stays here; its text goes along."))
    if form == "pages":
        notes.append(tr("Pages go along as pictures; words inside pictures are not looked for."))
    if form == "photo" and work.phrases and not areas:
        notes.append(tr("Words inside the photo are not looked for."))
    file = files_of(work.r, [key]).get(key)
    work.withheld[f"file {key}"] = {
        "what": "original", "title": values.get("title"), "sha256": file.object if file else None
    }  # fmt: skip
    count = len(after.removals) if after else 0
    item = TravelItem(
        record=key,
        kind=one.kind or "source",
        title=values.get("title") or tr("without a title"),
        form=form,
        removed=count + len(areas),
        notes=tuple(notes),
    )
    return Share(key, form, before, after), _record("source", key, values), item


def _described(work: _Work, one: Source) -> Json:
    """Give title, maker and date; of photos and PDFs only what a person wrote, unless chosen.

    What was read in such a file at its import may be its metadata.
    """
    found: Json = {
        "title": work.clean(one.title),
        "publisher": work.clean(one.publisher),
        "byline": [work.clean(name) for name in one.byline or ()],
        "published": work.day(one.published),
        "credit": work.clean(one.credit),
    }
    if one.kind not in FORMS or work.plan.credits:
        return found
    written = {name for each in history.of(work.r, one.id)[1:] for name in each.values}
    return {name: value for name, value in found.items() if name in written}


def _text(work: _Work, key: str, before: TextView | None) -> Redacted | None:
    """Give the newest text of a source without what is to be removed; worked out once."""
    if before is None:
        return None
    if key not in work.texts:
        spans = work.plan.spans.get(key, ())
        by_hand = [Removal(start, min(end, len(before.text)), removed()) for start, end in spans]
        found = [*by_hand, *redaction.find(before.text, work.phrases)]
        work.texts[key] = redaction.remove(before.text, found)
    return work.texts[key]


def _marks(
    work: _Work, key: str, before: TextView | None, after: Redacted | None
) -> Iterator[Json]:
    if before is None or after is None:
        return
    for one in records.where(work.r, Annotation, source=key):
        if one.span and one.text_hash == before.text_hash:
            start, end = after.place(*one.span)
            found: Json = {"start": start, "end": end, "quote": after.text[start:end]}
            if work.plan.judgements:
                found |= {"mark": one.mark, "note": work.clean(one.body)}
            yield found


def _claim(work: _Work, key: str) -> tuple[Json, TravelItem]:
    view = claims.views(work.r, [key])[0]
    one = view.claim
    values: Json = {
        "statement": work.clean(one.statement),
        "speaker": _person(work, view.speaker),
        "place": _person(work, view.place),
        "attribution": work.clean(one.attribution),
        "said": work.day(one.said),
        "about": work.day(one.about),
        "evidence": list(_evidence(work, view)),
    }
    if work.plan.judgements:
        values["assessments"] = [
            {
                "credibility": each.credibility,
                "likelihood": each.likelihood,
                "confidence": each.confidence,
                "reasoning": work.clean(each.reasoning),
            }
            for each in view.assessments
        ]
    item = TravelItem(record=key, kind="claim", title=values["statement"] or "")
    return _record("claim", key, values), item


def _evidence(work: _Work, view: ClaimView) -> Iterator[Json]:
    named = titles(work.r, {e.source for e in view.evidence if e.source})
    for each in view.evidence:
        found: Json = {"stance": each.stance, "warrant": work.clean(each.warrant)}
        if not work.plan.judgements:
            found.pop("warrant")
        if each.source in work.chosen:
            yield {**found, "source": each.source, "quote": _quote(work, each.annotation)}
            continue
        if each.source:
            work.withheld[f"source {each.source}"] = {
                "what": "source",
                "title": work.clean(named.get(each.source)),
                "sha256": each.sha256,
            }
        yield {**found, "withheld": True}


def _quote(work: _Work, annotation: str | None) -> str:
    """Give the marked words as they travel: what was taken out of their text by hand is out, too."""
    one = next(iter(records.many(work.r, Annotation, [annotation or ""])), None)
    if one is None:
        return ""
    key = one.source or ""
    before = text_view(work.r, key)
    after = _text(work, key, before)
    if before is None or after is None or one.span is None or one.text_hash != before.text_hash:
        return removed() if work.plan.spans.get(key) else work.clean(one.quote) or ""
    start, end = after.place(*one.span)
    return after.text[start:end]


def _entity(work: _Work, key: str) -> tuple[Json, TravelItem]:
    one = records.many(work.r, Entity, [key])[0]
    if key in work.names:
        id_, name = work.names[key]
        values: Json = {"name": name, "kind": one.kind}
    else:
        id_, name = key, work.clean(one.name) or ""
        aliases = {each.name for each in records.where(work.r, EntityName, entity=key)}
        values = {
            "name": name,
            "kind": one.kind,
            "names": sorted(filter(None, (work.clean(alias) for alias in aliases))),
            "description": work.clean(one.description),
            "latitude": one.latitude,
            "longitude": one.longitude,
        }
    return _record("entity", id_, values), TravelItem(record=key, kind="entity", title=name)


def _person(work: _Work, entity: Entity | None) -> Json | None:
    if entity is None:
        return None
    id_, name = work.names.get(entity.id, (entity.id, work.clean(entity.name)))
    return {"entity": id_, "name": name}


def _spoken_of(found: list[Json]) -> list[Json]:
    """Give the speakers and places of claims that were not chosen themselves, by name alone."""
    there = {each["id"] for each in found if each["tbl"] == "entity"}
    named = {}
    for each in found:
        for role in ("speaker", "place"):
            one = each["set"].get(role)
            if one and one["entity"] not in there:
                named[one["entity"]] = _record("entity", one["entity"], {"name": one["name"]})
    return list(named.values())


def _record(table: str, id_: str, values: Json) -> Json:
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    return {"tbl": table, "id": id_, "set": kept}


def _told(work: _Work) -> list[Json]:
    """Give what stays behind: named, or only how much of it there is."""
    stays = list(work.withheld.values())
    if work.plan.name_withheld:
        return stays
    return [{"what": "not named", "count": len(stays)}] if stays else []


def _travel(work: _Work, found: list[Json], items: list[TravelItem]) -> Travel:
    fields: dict[str, tuple[str, ...]] = {}
    for each in found:
        known = fields.get(each["tbl"], ())
        fields[each["tbl"]] = tuple(dict.fromkeys((*known, *each["set"])))
    withheld = _told(work)
    named = [each.get("title") or tr("without a title") for each in withheld if "title" in each]
    said = [tr("{n} things, not named").format(n=e["count"]) for e in withheld if "count" in e]
    phrases = [phrase for phrase, _ in work.phrases]
    taken = {word for phrase in phrases for word in folded_words(phrase)}
    texts = [one.text for one in work.texts.values()]
    left = redaction.leftovers([*work.seen, *texts], phrases)
    told = [*found, *withheld, *({"text": text} for text in texts)]
    return Travel(
        items=tuple(items),
        withheld=(*named, *said),
        fields=fields,
        leftovers=tuple(word for word in left if word not in taken),
        digest=digest_of(told, work.plan),
    )
