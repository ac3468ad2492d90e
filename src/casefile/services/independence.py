"""Which of a claim's sources share an origin, and why: by rules, and as people decided."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from casefile.analysis.attribution import attribution
from casefile.analysis.cues import cues
from casefile.analysis.independence import Tie, Witness, same_name, ties
from casefile.model.change import Changes
from casefile.model.entity import Entity, EntityName, Relation
from casefile.model.errors import UsageError
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceLink
from casefile.model.text import fold
from casefile.model.view import EvidenceView
from casefile.services.desk import Desk, done
from casefile.services.reading import text_view
from casefile.store import records
from casefile.store.session import Reader
from casefile.strings import later, tr

RELATIONS = ("derives from", "independent")
Clusters = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
_WHOLE = 60_000  # code points of a source that are heard as a whole
_OWNS = ("own", "subsidiary", "publish", "владе", "принадлеж", "издает", "يملك", "تملك", "مالك")
_SAID = {
    "wire": later("both carry {name}"),
    "cites": later("one cites {name}"),
    "speaker": later("both quote {name}"),
    "owner": later("both belong to {name}"),
}


def origins(r: Reader, evidence: Sequence[EvidenceView], speaker: str = "") -> Clusters:
    """Gather the sources of some evidence by origin; give (sources, reasons) each, by their ids.

    Two sources are of one origin when they were found to be copies, when one was said to derive
    from the other, or when a rule ties them; a person's "independent" sets the rule aside.
    `speaker` is who makes the claim, where that is known.
    """
    wanted = sorted({each.source for each in evidence if each.source})
    links = _links(r, wanted)
    parted = {frozenset((k.source, k.other)) for k in links if k.kind == "independent"}
    pairs = [
        (k.source or "", k.other or "", k.reason or k.kind or "")
        for k in links
        if k.kind != "independent" and (k.decided or frozenset((k.source, k.other)) not in parted)
    ]
    if len(wanted) > 1:
        pairs += [
            (tie.one, tie.other, _words(tie))
            for tie in ties(_witnesses(r, wanted, evidence, speaker))
            if frozenset((tie.one, tie.other)) not in parted
        ]
    return _clusters(wanted, pairs)


def relate(desk: Desk, source: str, other: str, *, kind: str, reason: str) -> Changes:
    """Note that a source derives from another, or is independent of it, and why.

    The newer decision on the same two stands; the older one is taken back with it.
    """
    if kind not in RELATIONS:
        raise UsageError(tr("Two sources derive from one another or are independent."))
    with desk.store.write("relate", kind=kind) as w:
        pair = {source, other}
        for link in _links(w, sorted(pair)):
            if link.decided and link.kind in RELATIONS and {link.source, link.other} == pair:
                w.delete(SourceLink, link.id)
        w.put(
            SourceLink, new_id(), kind=kind, reason=reason, decided=True, source=source, other=other
        )
    return done(w)


def _links(r: Reader, wanted: Sequence[str]) -> list[SourceLink]:
    if not wanted:
        return []
    kinds = ("duplicate", *RELATIONS)
    found = records.where(r, SourceLink, source=tuple(wanted), kind=kinds)
    return [link for link in found if link.other in wanted]


def _witnesses(
    r: Reader, wanted: Sequence[str], evidence: Sequence[EvidenceView], speaker: str
) -> list[Witness]:
    owners, made = _owners(r), []
    sought = {speaker} if speaker else set()
    for source in records.many(r, Source, list(wanted)):
        view = text_view(r, source.id)
        words = view.text if view else ""
        quotes = [e.quote for e in evidence if e.source == source.id and e.quote]
        speakers = tuple(_speakers(words, quotes))
        sought.update(speakers)
        one = Witness(
            key=source.id,
            text=words,
            publisher=source.publisher or "",
            byline=", ".join(source.byline or ()),
            speakers=speakers,
            owners=owners.get(_key(source.publisher or ""), ()),
        )
        made.append((one, bool(quotes)))
    # A source that bears on the claim as a whole counts with whoever of the speakers it quotes.
    return [one if quoted else _whole(one, sought) for one, quoted in made]


def _whole(one: Witness, sought: Iterable[str]) -> Witness:
    heard = {cue.name for cue in cues(one.text, 0, min(len(one.text), _WHOLE)) if cue.name}
    found = [name for name in sorted(sought) if any(same_name(name, each) for each in heard)]
    return replace(one, speakers=tuple(found))


def _speakers(words: str, quotes: Sequence[str]) -> Iterable[str]:
    """Give whom a text lets say each of some quotes: the nearest one that is named."""
    for quote in quotes:
        at = words.find(quote)
        found = attribution(words, at, at + len(quote)) if at >= 0 else []
        if found:
            yield found[0].speaker_name


def _owners(r: Reader) -> dict[str, tuple[str, ...]]:
    """Give whom publishers belong to, by the relations that people noted in the case."""
    known = {each.id: each for each in records.where(r, Entity)}
    names: dict[str, list[str]] = {key: [each.name or ""] for key, each in known.items()}
    for other in records.where(r, EntityName):
        names.setdefault(other.entity or "", []).append(other.name or "")
    found: dict[str, tuple[str, ...]] = {}
    for link in records.where(r, Relation):
        kind, passive = fold(link.kind or "").text, "by" in (link.kind or "").split()
        if not any(part in kind for part in _OWNS):
            continue
        owner, owned = (link.object, link.subject) if passive else (link.subject, link.object)
        if owner in known:
            for name in names.get(owned or "", ()):
                found[_key(name)] = (*found.get(_key(name), ()), known[owner].name or "")
    return found


def _clusters(wanted: Sequence[str], pairs: Iterable[tuple[str, str, str]]) -> Clusters:
    root = {key: key for key in wanted}
    reasons: dict[str, list[str]] = {key: [] for key in wanted}
    for one, other, reason in pairs:
        a, b = _top(root, one), _top(root, other)
        if a != b:
            root[b] = a
            reasons[a] += reasons.pop(b)
        reasons[a].append(reason)
    members: dict[str, list[str]] = {}
    for key in wanted:
        members.setdefault(_top(root, key), []).append(key)
    return tuple((tuple(each), tuple(sorted(set(reasons[top])))) for top, each in members.items())


def _words(tie: Tie) -> str:
    return tr(_SAID[tie.kind]).format(name=tie.name)


def _key(name: str) -> str:
    return " ".join(fold(name).text.split())


def _top(root: dict[str, str], key: str) -> str:
    while root[key] != key:
        key = root[key]
    return key
