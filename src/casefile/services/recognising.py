"""Letters in pictures: pages without words are read by the system's tesseract."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casefile.extract import letters
from casefile.extract.letters import Recognised, Recogniser, Scan
from casefile.jobs.progress import Progress
from casefile.model.document import FINE, Box, DocumentFact, ReadBy, pages_in_words, wordless_words
from casefile.model.draft import Draft
from casefile.model.errors import Refused
from casefile.model.zone import Zone
from casefile.services import rereading
from casefile.services.desk import Desk
from casefile.services.rereading import Reread
from casefile.strings import tr

EXTRACTOR, VERSION = "casefile.letters", "1"
READER = "tesseract"


@dataclass(frozen=True, slots=True)
class Recognition:
    """A reading with recognised letters: the pages that were read, and how sure it is (0 to 100)."""

    reread: Reread
    pages: tuple[int, ...]
    languages: tuple[str, ...]
    confidence: int


def available() -> Recogniser | None:
    """Give the recogniser of this system, or None."""
    return letters.find()


def recognise(
    desk: Desk,
    source: str,
    *,
    languages: Sequence[str] = (),
    progress: Progress | None = None,
    recogniser: Recogniser | None = None,
) -> Recognition:
    """Read the pages of a source that have no words, or a photo, and keep that as a new reading.

    `languages` are two-letter names or tesseract's own; without any the script decides. Refused
    when every page has words; CasefileError when there is no recogniser or it knows no such language.
    """
    progress = progress or Progress()
    recogniser = recogniser or available()
    if recogniser is None:
        raise letters.missing()
    file = rereading.original(desk, source)
    path = desk.store.objects.path(file.object or "")
    draft = desk.extractor.read(path, name=file.name or "")
    wanted = _pages_of(draft)
    found: dict[int, Recognised] = {}
    chosen: tuple[str, ...] = ()
    for done, page in enumerate(wanted):
        progress.at(done, len(wanted), file.name or "")
        scan = _scan(desk, path, page, draft)
        chosen = chosen or recogniser.chosen(languages, scan)
        found[page] = recogniser.read(scan, chosen)
    with_words = {page: each for page, each in found.items() if each.text}
    if not with_words:
        raise Refused(
            tr("No letters were recognised."),
            tr("Name the language, for example --language ar; the source is as it was."),
        )
    told = {READER: recogniser.version, "languages": "+".join(chosen)}
    fresh = _with(draft, with_words, told)
    sure = _confidence(with_words.values())
    return Recognition(
        rereading.keep(desk, source, fresh, "recognise"), tuple(with_words), chosen, sure
    )


def _pages_of(draft: Draft) -> tuple[int, ...]:
    if draft.kind == "photo":
        return (1,)
    wordless = draft.document.wordless if draft.document else ()
    if not wordless:
        raise Refused(
            tr("Every page of this source has its words already.")
            if draft.pages
            else tr("This source has no pages and no picture to recognise letters in."),
            draft.reason or "",
        )
    return wordless


def _scan(desk: Desk, path: Path, page: int, draft: Draft) -> Scan:
    dots = letters.DOTS if draft.pages else 0
    width, height, greys = desk.extractor.scan(path, page, letters.DOTS)
    return Scan(width, height, greys, dots)


def _with(draft: Draft, found: dict[int, Recognised], told: dict[str, str]) -> Draft:
    """Put recognised words into a draft, below what a page has already."""
    fresh = _on_pages(draft, found) if draft.pages else _below(draft, found[1])
    pages = list(found)
    sure = _confidence(found.values())
    seen = pages_in_words(pages) if draft.pages else tr("the picture")
    still = tuple(p for p in (draft.document or DocumentFact()).wordless if p not in found)
    reasons = [r for r in (draft.reason or "").split("; ") if r and not r.endswith("without text")]
    reasons += [wordless_words(still)] if still else []
    return replace(
        fresh,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters={**draft.parameters, **told},
        document=_facts(fresh, draft.document or DocumentFact(), found, still),
        warnings=(
            *draft.warnings,
            f"the letters of {seen} were recognised, {sure} of 100 sure; compare with the picture",
        ),
        complete=not reasons,
        reason="; ".join(reasons) or None,
    )


def _on_pages(draft: Draft, found: dict[int, Recognised]) -> Draft:
    texts, moves, at = [], [], 0
    bounds: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(draft.pages, 1):
        words = _joined(draft.text[start:end], found.get(number))
        texts.append(words)
        moves.append((start, end, at - start))
        bounds.append((at, at + len(words)))
        at += len(words) + 1
    text = "\f".join(texts)

    def moved(place: int) -> int:
        return place + next((by for start, end, by in moves if start <= place <= end), 0)

    heads = [
        replace(zone, start=moved(zone.start), end=moved(zone.end))
        for zone in draft.zones
        if zone.kind == "headline"
    ]
    marks = tuple(replace(m, start=moved(m.start), end=moved(m.end)) for m in draft.marks)
    return replace(draft, text=text, pages=tuple(bounds), zones=_zones(text, heads), marks=marks)


def _below(draft: Draft, found: Recognised) -> Draft:
    text = _joined(draft.text, found)
    start = len(text) - len(found.text)
    return replace(draft, text=text, zones=(*draft.zones, Zone("body", start, len(text))))


def _joined(words: str, found: Recognised | None) -> str:
    return "\n\n".join(filter(None, (words.rstrip(), found.text))) if found else words


def _zones(text: str, heads: Sequence[Zone]) -> tuple[Zone, ...]:
    zones, at = [], 0
    for head in (*heads, Zone("headline", len(text), len(text))):
        part = text[at : head.start]
        if part.strip():
            start = at + len(part) - len(part.lstrip())
            zones.append(Zone("body", start, at + len(part.rstrip())))
        if head.end > head.start:
            zones.append(head)
        at = head.end
    return tuple(zones)


def _facts(
    fresh: Draft, facts: DocumentFact, found: dict[int, Recognised], still: tuple[int, ...]
) -> DocumentFact:
    pages = fresh.pages or ((0, len(fresh.text)),)
    readers: list[ReadBy] = []
    for run in facts.readers or (ReadBy(reader="", first=1, last=1),):
        for number in range(run.first, run.last + 1):
            each = found.get(number)
            name = READER if each else run.reader
            sure = each.confidence if each else None
            last = readers[-1] if readers else None
            if last and (last.reader, last.confidence, last.last) == (name, sure, number - 1):
                readers[-1] = replace(last, last=number)
            else:
                readers.append(ReadBy(reader=name, first=number, last=number, confidence=sure))
    placed = [
        (page, pages[page - 1][1] - len(each.text) + start, length, *_parts(box))
        for page, each in found.items()
        for start, length, box in each.words
    ]
    return replace(facts, readers=tuple(readers), wordless=still, placed=tuple(placed))


def _parts(box: Box) -> tuple[int, ...]:
    return tuple(round(side * FINE) for side in box)


def _confidence(found: Iterable[Recognised]) -> int:
    letters_ = [(len(each.text), each.confidence) for each in found]
    return round(sum(n * sure for n, sure in letters_) / max(sum(n for n, _ in letters_), 1))
