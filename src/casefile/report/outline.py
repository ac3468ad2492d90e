"""What a report says, in order, before any format: headings, facts, cards.

Every value is text of the case or computed; a format escapes all of them alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casefile.model.claim import Assessment
from casefile.model.source import Acquisition
from casefile.model.upkeep import CheckpointView
from casefile.model.values import DateValue
from casefile.model.view import ClaimView, EvidenceView, MarkView, ReportView, SourceView
from casefile.report import wording
from casefile.report.searches import SearchPart, searches
from casefile.strings import tr, trn


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value; `exact` values (hashes, names of files) are set in a fixed width."""

    label: str
    value: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A passage with where it stands: `label` says what it is to its claim."""

    label: str
    kind: str
    quote: str
    source: int | None
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A claim as it is printed; `judged` holds one list of facts an analyst."""

    number: int
    statement: str
    facts: tuple[Fact, ...]
    cards: tuple[Card, ...]
    judged: tuple[tuple[Fact, ...], ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A source in the appendix; `acquired` holds one list of facts an acquisition."""

    number: int
    title: str
    facts: tuple[Fact, ...]
    acquired: tuple[tuple[Fact, ...], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report."""

    title: str
    summary: str
    questions: tuple[str, ...]
    facts: tuple[Fact, ...]
    claims: tuple[ClaimPart, ...]
    marks: tuple[Card, ...]
    sources: tuple[SourcePart, ...]
    chains: tuple[tuple[Fact, ...], ...]
    custody: tuple[str, ...]
    verify: tuple[str, ...] = field(default=())
    searches: tuple[SearchPart, ...] | None = None  # None: the log of searches is not printed
    searched: str = ""


# Prints nothing when every stored file has the SHA-256 that it is named by.
CHECK_ALL = (
    'find objects -type f | while read -r f; do echo "$(basename "$f")  $f"; done '
    "| sha256sum --check --quiet"
)


def outline(view: ReportView) -> Outline:
    """Put a report together; sources are numbered from 1 in the order given."""
    numbers = {each.source.id: n for n, each in enumerate(view.sources, 1)}
    titles = {each.source.id: each.title for each in view.sources}
    used = {e.annotation for claim in view.claims for e in claim.evidence}
    spare = [mark for mark in view.marks if mark.annotation.id not in used]
    return Outline(
        title=view.info.title,
        summary=view.summary,
        questions=view.questions,
        facts=tuple(_about(view)),
        claims=tuple(
            _claim(n, claim, view, numbers, titles) for n, claim in enumerate(view.claims, 1)
        ),
        marks=tuple(_mark(mark, numbers) for mark in spare),
        sources=tuple(_source(n, each, view.people) for n, each in enumerate(view.sources, 1)),
        chains=tuple(
            (
                Fact(tr("Replica"), str(each.get("replica", "")), exact=True),
                Fact(tr("Operations"), str(each.get("seq", ""))),
                Fact(tr("Chain head"), str(each.get("chain", "")), exact=True),
            )
            for each in view.chains
        ),
        custody=custody(view.checkpoints),
        verify=verify(),
        searches=None if view.searches is None else searches(view.searches),
        searched=view.searched,
    )


def custody(checkpoints: Sequence[CheckpointView] = ()) -> tuple[str, ...]:
    """Say what the chain heads prove and what they do not."""
    return (
        tr(
            "Every change to this case is an operation in a hash chain, one chain for each replica. "
            "The heads below stand for all operations before them."
        ),
        tr(
            "It proves that nothing before a checkpoint that someone else holds was changed, removed "
            "or reordered; it does not prove that clocks were right, nor who sat at the keyboard."
        ),
        *_signed(checkpoints),
    )


def _signed(checkpoints: Sequence[CheckpointView]) -> Iterator[str]:
    holding: dict[str, CheckpointView] = {}
    for one in checkpoints:
        if one.ok:
            holding.setdefault(one.key, one)
        else:
            yield tr("A signed checkpoint does not hold: {why}.").format(why=one.detail)
    for one in holding.values():
        words = tr("{who} signed the first {n} operations with the key {key}.")
        yield words.format(who=one.who, n=one.operations, key=one.fingerprint)
    if not holding:
        yield tr(
            "No checkpoint of this case is signed yet. A copy of this report that someone else "
            "holds fixes the heads as they are printed here, and no more."
        )


def verify() -> tuple[str, ...]:
    """Say how anybody can verify the report and the originals without Casefile."""
    return (
        tr(
            "Beside this report lies a folder of the same name that ends in -proof. With Python and "
            "nothing else, “python3 verify.py” in that folder verifies the report, the chained log and "
            "the signatures, and says what it could not check."
        ),
        tr(
            "The original bytes lie in the case folder under objects/, each in a file named by its "
            "SHA-256, below a folder named by the first two digits. For one source, run "
            "sha256sum on its file and compare the answer with the SHA-256 printed above."
        ),
        tr("For all of them, run this in the case folder; it prints nothing when all agree:"),
    )


def _about(view: ReportView) -> Iterator[Fact]:
    yield Fact(tr("Made"), view.made_at)
    if view.made_by:
        yield Fact(tr("Made by"), view.made_by)
    yield Fact(tr("Made with"), view.program)
    yield Fact(tr("Case id"), view.info.id, exact=True)
    count = len(view.claims)
    yield Fact(tr("Claims"), trn("{n} claim", "{n} claims", count))
    yield Fact(tr("Sources"), trn("{n} source", "{n} sources", len(view.sources)))


def _claim(
    number: int,
    view: ClaimView,
    report: ReportView,
    numbers: dict[str, int],
    titles: dict[str, str],
) -> ClaimPart:
    return ClaimPart(
        number=number,
        statement=view.claim.statement or "",
        facts=tuple(_claim_facts(view, titles)),
        cards=tuple(_evidence(each, numbers) for each in view.evidence),
        judged=tuple(tuple(_assessment(each, report.people)) for each in view.assessments),
        conflicts=view.conflicts,
    )


def _claim_facts(view: ClaimView, titles: dict[str, str]) -> Iterator[Fact]:
    claim = view.claim
    speaker = (view.speaker.name or "") if view.speaker else tr("not named")
    yield Fact(tr("Speaker"), speaker)
    if claim.attribution:
        yield Fact(tr("Attribution words"), claim.attribution)
    for label, value in ((tr("Said"), claim.said), (tr("About"), claim.about)):
        yield from _date(label, value)
    if view.place:
        yield Fact(tr("Place"), view.place.name or "")
    if claim.status:
        yield Fact(tr("Status"), claim.status)
    if view.tags:
        yield Fact(tr("Tags"), ", ".join(view.tags))
    if view.origins:
        yield Fact(tr("Origins"), _origins(view))
    for sources, reasons in view.origins:
        if len(sources) > 1:
            named = "; ".join(titles.get(key, key) for key in sources)
            yield Fact(tr("One origin"), f"{named} ({', '.join(reasons)})")
    for note in view.notes:
        yield Fact(tr("Note"), note.body or "")


def _origins(view: ClaimView) -> str:
    count = sum(len(sources) for sources, _ in view.origins)
    sources = trn("{n} supporting source", "{n} supporting sources", count)
    origins = trn("{n} independent origin", "{n} independent origins", len(view.origins))
    return f"{sources}, {origins}"


def _date(label: str, value: DateValue | None) -> Iterator[Fact]:
    if value is None:
        return
    said, computed = wording.date_said(value), wording.date_computed(value)
    yield Fact(label, said)
    if said != computed:
        yield Fact(tr("{what}, computed").format(what=label), computed)


def _evidence(each: EvidenceView, numbers: dict[str, int]) -> Card:
    facts = list(_place(each.zone, each.page))
    if each.publisher:
        facts.append(Fact(tr("Publisher"), each.publisher))
    facts += _date(tr("Published"), each.published)
    if each.reliability:
        facts.append(Fact(tr("Reliability"), wording.graded(each.reliability, wording.RELIABILITY)))
    if each.warrant:
        facts.append(Fact(tr("Warrant"), each.warrant))
    if each.sha256:
        facts.append(Fact("SHA-256", each.sha256, exact=True))
    stance = tr(wording.STANCE.get(each.stance, each.stance))
    label = tr("Quote of the claim") if each.link is None else stance
    return Card(
        label=label,
        kind=each.stance if each.stance in wording.STANCE else "context",
        quote=each.quote,
        source=numbers.get(each.source or ""),
        title=each.source_title,
        facts=tuple(facts),
    )


def _place(zone: str | None, page: int | None) -> Iterator[Fact]:
    if zone:
        yield Fact(tr("Zone"), zone)
    if page:
        yield Fact(tr("Page"), str(page))


def _mark(each: MarkView, numbers: dict[str, int]) -> Card:
    annotation = each.annotation
    facts = list(_place(each.zone, annotation.page))
    if area := annotation.area:
        sides = f"{area.left:g}, {area.top:g}, {area.width:g}, {area.height:g}"
        facts.append(Fact(tr("Area: left, top, width, height in %"), sides))
    if annotation.body:
        facts.append(Fact(tr("Note"), annotation.body))
    if each.tags:
        facts.append(Fact(tr("Tags"), ", ".join(each.tags)))
    facts.append(Fact(tr("Marked by"), each.by or annotation.made_by[:8]))
    if annotation.object:
        facts.append(Fact("SHA-256", annotation.object, exact=True))
    return Card(
        label=tr("Mark"),
        kind="mark",
        quote=annotation.quote,
        source=numbers.get(annotation.source or ""),
        title=each.source_title,
        facts=tuple(facts),
    )


def _assessment(each: Assessment, people: dict[str, str]) -> Iterator[Fact]:
    person = each.person or ""
    yield Fact(tr("Judged by"), people.get(person) or person[:8])
    if each.credibility:
        yield Fact(tr("Credibility"), wording.graded(each.credibility, wording.CREDIBILITY))
    if each.likelihood:
        yield Fact(tr("Likelihood"), wording.likelihood(each.likelihood))
    if each.confidence:
        yield Fact(tr("Confidence"), each.confidence)
    if each.reasoning:
        yield Fact(tr("Reasoning"), each.reasoning)
    if each.as_of:
        yield Fact(tr("As of"), each.as_of)


def _source(number: int, view: SourceView, people: dict[str, str]) -> SourcePart:
    facts = [*_what_it_is(view), *_what_was_read(view)]
    return SourcePart(
        number=number,
        title=view.title,
        facts=tuple(facts),
        acquired=tuple(tuple(_acquired(each, people)) for each in view.acquisitions),
    )


def _what_it_is(view: SourceView) -> Iterator[Fact]:
    record, file = view.source, view.file
    if file:
        yield Fact("SHA-256", file.object or "", exact=True)
        yield Fact(tr("Size"), wording.size(file.size or 0))
        yield Fact(tr("Media type"), file.media_type or tr("not known"), exact=True)
        yield Fact(tr("Original name"), file.name or tr("not known"), exact=True)
    plain = (
        (tr("Kind"), record.kind),
        (tr("Byline"), "; ".join(record.byline or ())),
        (tr("Publisher"), record.publisher),
        (tr("Address"), record.url),
        (tr("Language"), record.language),
        (tr("Credit"), record.credit),
        (tr("Licence"), record.licence),
    )
    yield from (Fact(label, value) for label, value in plain if value)
    yield from _date(tr("Published"), record.published)
    if record.published and view.facts.published_from:
        yield Fact(tr("Published, read from"), view.facts.published_from)
    if record.reliability:
        yield Fact(tr("Reliability"), wording.graded(record.reliability, wording.RELIABILITY))
    if view.tags:
        yield Fact(tr("Tags"), ", ".join(view.tags))


def _what_was_read(view: SourceView) -> Iterator[Fact]:
    read = view.extraction
    if read:
        yield Fact(tr("Text read by"), f"{read.extractor} {read.version}", exact=True)
        if not read.complete:
            yield Fact(tr("Only partly read"), read.reason or tr("no reason is known"))
        for warning in read.warnings or ():
            yield Fact(tr("Remark"), warning)
    yield from (Fact(tr("Says the same as"), f"{d.title} ({d.how})") for d in view.duplicates)
    yield from (Fact(tr("Note"), note.body or "") for note in view.notes)


def _acquired(each: Acquisition, people: dict[str, str]) -> Sequence[Fact]:
    person = each.person or ""
    given = (
        (tr("Acquired"), each.acquired_at),
        (tr("How"), each.method),
        (tr("By"), people.get(person) or person[:8]),
        (tr("Name"), each.name),
        (tr("From"), each.from_uri),
        (tr("Captured"), each.captured_at),
        (tr("Time of the file"), each.file_time),
        (tr("Tool"), each.tool),
        (tr("Note"), each.note),
    )
    return [Fact(label, value) for label, value in given if value]
