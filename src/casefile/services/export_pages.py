"""Records of the case as pages of words that link to each other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

from casefile.jobs.progress import Progress
from casefile.model.annotation import Annotation
from casefile.model.case import Hypothesis, Question
from casefile.model.claim import Assessment, Claim
from casefile.model.entity import Entity, Relation
from casefile.model.exported import Block, ExportPage, PageFolder
from casefile.model.note import Collection, CollectionItem, Note
from casefile.model.record import Record
from casefile.model.source import Source
from casefile.model.values import DateValue
from casefile.model.view import ClaimView
from casefile.report.vault import tag
from casefile.services import claims, entities
from casefile.services.cases import handle_of, people
from casefile.services.export_rows import AT_ONCE, files_of, texts_of
from casefile.services.naming import called
from casefile.services.notes import tags_of
from casefile.store import records
from casefile.store.session import Reader, portions
from casefile.strings import tr

PAGED: Final = ("source", "claim", "entity", "question", "hypothesis", "collection")
R = TypeVar("R", bound=Record)
Facts = tuple[tuple[str, str | tuple[str, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """What pages of every kind need: handles, and notes by what they are about."""

    r: Reader
    progress: Progress
    marks: dict[int, str]
    who: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)


def folders(r: Reader, progress: Progress, marks: dict[int, str]) -> list[PageFolder]:
    """Give the folders of pages; each page is made when it is written."""
    near = _Around(r, progress, marks, people(r), _by(records.where(r, Note), "target"))
    plan: list[tuple[str, type[Record], Callable[..., Iterator[ExportPage]]]] = [
        (tr("Sources"), Source, _sources),
        (tr("Claims"), Claim, _claims),
        (tr("Entities"), Entity, _entities),
        (tr("Questions"), Question, partial(_asked, Question)),
        (tr("Hypotheses"), Hypothesis, partial(_asked, Hypothesis)),
        (tr("Collections"), Collection, _collections),
    ]
    found = []
    for name, cls, make in plan:
        ids = records.ids(r, cls)
        titles = called(r, ((cls.TABLE, one) for one in ids))
        found.append(PageFolder(name=name, titles=titles, pages=make(near, list(titles), titles)))
    return found


def index(title: str, summary: str, found: Iterable[PageFolder]) -> ExportPage:
    """Give the page that links to all others."""
    blocks = [Block(kind="text", words=summary)] if summary else []
    for each in found:
        if each.titles:
            blocks.append(Block(kind="heading", words=each.name))
            blocks += [Block(kind="item", words=t, link=id_) for id_, t in each.titles.items()]
    return ExportPage(id="", title=title, blocks=tuple(blocks))


def _sources(near: _Around, ids: list[str], titles: dict[str, str]) -> Iterator[ExportPage]:
    for n, part in enumerate(portions(ids, AT_ONCE)):
        near.progress.at(n * AT_ONCE, len(ids), tr("Writing"))
        marks = _by(records.where(near.r, Annotation, source=tuple(part)), "source")
        files, tags, texts = files_of(near.r, part), tags_of(near.r, part), texts_of(near.r, part)
        for one in records.many(near.r, Source, part):
            file = files.get(one.id)
            facts: Facts = (
                *_head(one, titles[one.id], tags[one.id]),
                ("kind", one.kind),
                ("published", _day(one.published)),
                ("publisher", one.publisher),
                ("byline", one.byline or ()),
                ("url", one.url),
                ("language", one.language),
                ("reliability", one.reliability),
                ("status", one.status),
                ("file", file.name if file else None),
                ("sha256", file.object if file else None),
            )
            blocks = [*_marks(near, marks.get(one.id, ())), *_notes(near, one.id)]
            if words := texts.get(one.id):
                blocks += [_heading(tr("Text")), Block(kind="text", words=words)]
            yield ExportPage(id=one.id, title=titles[one.id], facts=facts, blocks=tuple(blocks))


def _marks(near: _Around, found: Iterable[Annotation]) -> Iterator[Block]:
    for n, one in enumerate(sorted(found, key=lambda a: a.span or (1 << 60, 0))):
        if not n:
            yield _heading(tr("Marks"))
        yield Block(kind="quote", words=one.quote or tr("An area of the picture"))
        place = tr("page {n}").format(n=one.page) if one.page else ""
        told = [near.marks.get(one.mark or 0, ""), place, handle_of(near.who, one.made_by)]
        yield Block(kind="item", words=", ".join(word for word in told if word))
        if one.body:
            yield Block(kind="item", words=one.body, lead=tr("Note"))


def _claims(near: _Around, ids: list[str], titles: dict[str, str]) -> Iterator[ExportPage]:
    for part in portions(ids, AT_ONCE):
        for view in claims.views(near.r, part):
            one = view.claim
            facts: Facts = (
                *_head(one, titles[one.id], view.tags),
                ("said", _day(one.said)),
                ("about", _day(one.about)),
                ("status", one.status),
                ("attribution", one.attribution),
            )
            blocks = (
                Block(kind="text", words=one.statement or ""),
                *_roles(view),
                *_evidence(view),
                *_judged(near, view.assessments),
                *_notes(near, one.id),
            )
            yield ExportPage(id=one.id, title=titles[one.id], facts=facts, blocks=blocks)


def _roles(view: ClaimView) -> Iterator[Block]:
    for lead, entity in ((tr("Speaker"), view.speaker), (tr("Place"), view.place)):
        if entity is not None:
            yield Block(kind="item", words=entity.name or "", link=entity.id, lead=lead)
    if view.claim.question:
        yield Block(kind="item", words=tr("Question"), link=view.claim.question, lead=tr("Answers"))


def _evidence(view: ClaimView) -> Iterator[Block]:
    stances = {"supports": tr("Supports"), "contradicts": tr("Contradicts")}
    for n, one in enumerate(view.evidence):
        if not n:
            yield _heading(tr("Evidence"))
        lead = stances.get(one.stance, tr("Context"))
        yield Block(kind="item", words=one.source_title, link=one.source or "", lead=lead)
        if one.warrant:
            yield Block(kind="item", words=one.warrant, lead=tr("Why"))
        if one.quote:
            yield Block(kind="quote", words=one.quote)


def _judged(near: _Around, found: Iterable[Assessment]) -> Iterator[Block]:
    for n, one in enumerate(found):
        if not n:
            yield _heading(tr("Assessments"))
        told = [
            tr("credibility {n}").format(n=one.credibility) if one.credibility else "",
            tr(one.likelihood or ""),
            tr("confidence: {word}").format(word=tr(one.confidence)) if one.confidence else "",
            one.reasoning or "",
        ]
        words = "; ".join(word for word in told if word)
        yield Block(kind="item", words=words, lead=handle_of(near.who, one.person or one.made_by))


def _entities(near: _Around, ids: list[str], titles: dict[str, str]) -> Iterator[ExportPage]:
    relations = _by(records.where(near.r, Relation), "subject")
    for part in portions(ids, AT_ONCE):
        for view in entities.views(near.r, records.many(near.r, Entity, part)):
            one = view.entity
            names = tuple(dict.fromkeys(n.name for n in view.names if n.name))
            facts: Facts = (
                *_head(one, titles[one.id], view.tags, names),
                ("kind", one.kind),
                ("latitude", one.latitude),
                ("longitude", one.longitude),
                ("precision", one.precision),
            )
            blocks = [Block(kind="text", words=one.description)] if one.description else []
            if one.merged_into:
                other = titles.get(one.merged_into, "")
                blocks.append(_link(tr("The same as"), other, one.merged_into))
            for link in relations.get(one.id, ()):
                lead = link.kind or link.role or tr("Link")
                blocks.append(_link(lead, titles.get(link.object or "", ""), link.object or ""))
            blocks += _notes(near, one.id)
            yield ExportPage(id=one.id, title=titles[one.id], facts=facts, blocks=tuple(blocks))


def _asked(
    cls: type[Question] | type[Hypothesis], near: _Around, ids: list[str], titles: dict[str, str]
) -> Iterator[ExportPage]:
    for one in records.many(near.r, cls, ids):
        asked_by = near.who.get(one.asked_by or "", one.asked_by)
        facts: Facts = (
            *_head(one, titles[one.id], ()),
            ("status", one.status),
            ("asked_by", asked_by),
            ("due", _day(one.due)),
        )
        blocks = [Block(kind="text", words=one.body or "")]
        if isinstance(one, Hypothesis) and one.question:
            blocks.append(_link(tr("Answers"), tr("Question"), one.question))
        yield ExportPage(
            id=one.id, title=titles[one.id], facts=facts,
            blocks=(*blocks, *_notes(near, one.id)),
        )  # fmt: skip


def _collections(near: _Around, ids: list[str], titles: dict[str, str]) -> Iterator[ExportPage]:
    items = _by(records.where(near.r, CollectionItem, order=("position",)), "collection")
    for one in records.many(near.r, Collection, ids):
        targets = [item.target for item in items.get(one.id, ()) if item.target]
        named = called(
            near.r, ((kind, id_) for id_, kind in records.kinds_of(near.r, targets).items())
        )
        blocks = [Block(kind="text", words=one.description)] if one.description else []
        blocks += [Block(kind="item", words=named.get(t, t), link=t) for t in targets]
        facts = _head(one, titles[one.id], ())
        yield ExportPage(id=one.id, title=titles[one.id], facts=facts, blocks=tuple(blocks))


def _head(one: Record, title: str, tags: Iterable[str], names: tuple[str, ...] = ()) -> Facts:
    kept = tuple(word for each in tags if (word := tag(each)))
    return (("id", one.id), ("type", one.TABLE), ("aliases", (title, *names)), ("tags", kept))


def _notes(near: _Around, target: str) -> Iterator[Block]:
    for n, one in enumerate(near.notes.get(target, ())):
        if not n:
            yield _heading(tr("Notes"))
        yield Block(kind="text", words=one.body or "")


def _heading(words: str) -> Block:
    return Block(kind="heading", words=words)


def _link(lead: str, words: str, id_: str) -> Block:
    return Block(kind="item", words=words, link=id_, lead=lead)


def _day(value: DateValue | None) -> str | None:
    return (value.edtf or value.text) if value else None


def _by(found: Iterable[R], name: str) -> dict[str, list[R]]:
    gathered: dict[str, list[R]] = {}
    for one in found:
        gathered.setdefault(getattr(one, name) or "", []).append(one)
    return gathered
