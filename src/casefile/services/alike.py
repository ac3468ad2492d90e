"""Which sources say or show the same as what comes in: found by keys, then compared."""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casefile.analysis import duplicates
from casefile.analysis.pictures import Look, near, same
from casefile.model.draft import Draft
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceLink
from casefile.model.view import DuplicateView
from casefile.model.zone import BODY_KINDS, Zone
from casefile.services.desk import Desk
from casefile.services.reading import titles as titles_of
from casefile.store import contents, likeness, records, sources
from casefile.store.session import Reader
from casefile.store.writer import Writer

SAME_TEXT, SIMILAR_TEXT = "same text", "similar text"
SIMILAR_PICTURE, SAME_ADDRESS = "similar picture", "same address"
MOST_LINKS = 5  # copies that a source is linked with; they are linked among each other
MOST_COMPARED = 8
_CAUGHT_UP = 200  # sources a transaction


@dataclass(frozen=True, slots=True)
class _Fresh:
    """One source of this batch, as later ones of it are compared with it."""

    source: str
    title: str
    pieces: frozenset[int]
    look: Look | None
    address: str | None


@dataclass(slots=True)
class Alike:
    """The sources of one batch against those in the case and those before them in the batch.

    What is in the case is asked once for the whole batch.
    """

    w: Writer
    drafts: Iterable[Draft]
    _fresh: list[_Fresh] = field(default_factory=list)
    _pieces: dict[int, frozenset[int]] = field(default_factory=dict)
    _holders: dict[int, list[int]] = field(default_factory=dict)
    _addresses: dict[str, list[str]] = field(default_factory=dict)
    _known: dict[str, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted: set[int] = set()
        addresses: set[str] = set()
        for draft in self.drafts:
            found = duplicates.pieces(spoken(draft.text, draft.zones))
            self._pieces[id(draft)] = found
            wanted.update(duplicates.keys(found))
            if draft.canonical_url:
                addresses.add(draft.canonical_url)
        self._holders = likeness.holders(self.w, wanted) if wanted else {}
        self._addresses = sources.by_urls(self.w, addresses) if addresses else {}

    def of(self, source: str, title: str, draft: Draft) -> list[DuplicateView]:
        """Say what a new source is a copy of, and link it with that; `remember` comes last."""
        found: dict[str, str] = {}
        pieces = self._pieces.get(id(draft), frozenset())
        look = look_of(draft.picture_look)
        if pieces:
            found |= self._same_words(pieces)
        if look is not None:
            for other in self._same_picture(look):
                found.setdefault(other, SIMILAR_PICTURE)
        for other in self._same_address(draft.canonical_url):
            found.setdefault(other, SAME_ADDRESS)
        self._fresh.append(_Fresh(source, title, pieces, look, draft.canonical_url))
        chosen = list(found)[:MOST_LINKS]
        for other in chosen:
            pair = {"source": source, "other": other}
            self.w.put(SourceLink, new_id(), kind="duplicate", reason=found[other], **pair)
        here = {each.source: each.title for each in self._fresh}
        named = titles_of(self.w, [other for other in chosen if other not in here]) | here
        return [DuplicateView(source=o, title=named.get(o, o), how=found[o]) for o in chosen]

    def remember(self) -> None:
        """Keep by what the sources of this batch will be found."""
        remember(self.w, [(each.source, each.pieces, each.look) for each in self._fresh])

    def _same_words(self, pieces: frozenset[int]) -> dict[str, str]:
        found: dict[str, str] = {}
        for each in self._fresh:
            _note_words(found, each.source, duplicates.same_words(pieces, each.pieces))
        shared = Counter(n for key in duplicates.keys(pieces) for n in self._holders.get(key, ()))
        likely = [
            number
            for number, count in shared.most_common(MOST_COMPARED)
            if count >= duplicates.SHARED_KEYS
        ]
        if likely:
            for source, known in self._read(likelihood_order(likely, self.w)).items():
                _note_words(found, source, duplicates.same_words(pieces, known))
        return found

    def _read(self, ids: Sequence[str]) -> dict[str, frozenset[int]]:
        missing = [one for one in ids if one not in self._known]
        if missing:
            self._known |= pieces_of(self.w, missing)
        return {one: self._known[one] for one in ids if one in self._known}

    def _same_picture(self, look: Look) -> list[str]:
        found = [
            each.source
            for each in self._fresh
            if each.look is not None
            and look.means[0] <= each.look.mean <= look.means[1]
            and same(each.look, look)
        ]
        darkest, brightest = look.means
        around = likeness.pictures(self.w, int(darkest), int(brightest) + 1)
        likely = near(look, [(p.source, int.from_bytes(p.key, "big")) for p in around])
        if likely:
            dots = likeness.dots(self.w, likely[:MOST_COMPARED])
            alike = [n for n in dots if same(look, Look(dots[n]))]
            living = likeness.living(self.w, alike)
            found += [living[n] for n in alike if n in living]
        return found

    def _same_address(self, address: str | None) -> list[str]:
        if not address:
            return []
        before = self._addresses.get(address, [])
        return before + [each.source for each in self._fresh if each.address == address]


def likelihood_order(numbers: Sequence[int], r: Reader) -> list[str]:
    """Name sources by their local numbers in the same order, deleted ones left out."""
    living = likeness.living(r, numbers)
    return [living[number] for number in numbers if number in living]


def look_of(words: str | None) -> Look | None:
    """Read a photo's dots; None where there are none that tell anything."""
    try:
        look = Look(base64.b64decode(words, validate=True)) if words else None
    except (ValueError, binascii.Error):
        return None
    return None if look is None or look.flat else look


def spoken(text: str, zones: Sequence[Zone]) -> str:
    """Give the words that a source itself says; all of them where none are marked as such."""
    body = " ".join(zone.of(text) for zone in zones if zone.kind in BODY_KINDS)
    return body if len(body) >= 200 else text


def pieces_of(r: Reader, ids: Sequence[str]) -> dict[str, frozenset[int]]:
    """Give the pieces of the stored texts of some sources."""
    found: dict[str, frozenset[int]] = {}
    newest = sources.newest_extraction(r, ids)
    wanted = {h for e in newest.values() for h in (e.text_hash, e.zones) if h}
    bodies = contents.many(r, wanted)
    for source, read in newest.items():
        if read.text_hash:
            zones = json.loads(bodies[read.zones]) if read.zones else []
            words = spoken(
                bodies[read.text_hash].decode(), [Zone.from_json(zone) for zone in zones]
            )
            found[source] = duplicates.pieces(words)
    return found


def remember(w: Writer, found: Sequence[tuple[str, frozenset[int], Look | None]]) -> None:
    """Keep by what sources will be found: the keys of their words, the looks of their photos."""
    texts = [(source, duplicates.keys(pieces)) for source, pieces, _ in found if pieces]
    looks = [
        (source, round(look.mean), look.key.to_bytes(18, "big"), look.dots)
        for source, _, look in found
        if look is not None
    ]
    if texts:
        likeness.remember_texts(w, texts)
    if looks:
        likeness.remember_pictures(w, looks)
    if found:
        likeness.remember_done(w, [source for source, *_ in found])


def catch_up(desk: Desk) -> int:
    """Learn by what sources are found that came another way, from a colleague's bundle or before.

    Gives their number. It writes no operation.
    """
    count = 0
    while True:
        with desk.store.write("likeness") as w:
            missing = likeness.unknown(w, _CAUGHT_UP)
            if not missing:
                return count
            pieces = pieces_of(w, missing)
            looks = _looks_of(w, missing)
            remember(w, [(s, pieces.get(s, frozenset()), looks.get(s)) for s in missing])
            count += len(missing)


def _looks_of(r: Reader, ids: Sequence[str]) -> dict[str, Look | None]:
    newest = sources.newest_extraction(r, ids)
    photos = {s.id for s in records.many(r, Source, ids) if s.kind == "photo"}
    wanted = {e.facts for source, e in newest.items() if source in photos and e.facts}
    bodies = contents.many(r, wanted)
    return {
        source: look_of(json.loads(bodies[read.facts]).get("picture_look"))
        for source, read in newest.items()
        if source in photos and read.facts in bodies
    }


def _note_words(found: dict[str, str], source: str, share: float) -> None:
    if share >= 1.0:
        found[source] = SAME_TEXT
    elif share >= duplicates.NEAR_WORDS:
        found[source] = SIMILAR_TEXT
