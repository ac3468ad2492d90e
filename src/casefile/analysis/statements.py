"""The statements of a text that it gives to somebody: proposals for a person to confirm."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from casefile.analysis.attribution import Attribution, Earlier, resolved
from casefile.analysis.cues import Cue, cues
from casefile.model.sentences import sentences
from casefile.model.values import Span

OPENING: Final = '"“«„‘'
_CLOSING: Final = '"”»“’'
_QUOTED: Final = re.compile(r"[\"“«„]([^\"“”«»„]{2,})[\"”»“]?")
_LEAST: Final = 4  # words of a statement; less says nothing
_GOES_ON: Final = "quotation goes on"
_THAT: Final = re.compile(
    r"^(?:[\s,:;—–-]|\b(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)*"
    r"(?:(?:that|what|что|أن|إن|أنّ|إنّ|بأن)\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement with its speaker; `place` is the sentence that holds it, in code points.

    `words` are the statement without the words that name its speaker; `by` says who and which rule
    found it.
    """

    words: str
    place: Span
    by: Attribution


def statements(text: str, parts: Iterable[tuple[int, int]]) -> list[Statement]:
    """Give the statements in some parts of a text that the text gives to somebody, in order.

    One a sentence at most. A quotation that goes on in the next sentence keeps its speaker.
    """
    earlier = Earlier(text, len(text), 0)
    found: list[Statement] = []
    for start, end in parts:
        last: Statement | None = None
        for low, high in sentences(text[start:end]):
            last = _of_sentence(earlier, Span(start + low, start + high), last, found)
            if last is not None:
                found.append(last)
    return found


def _of_sentence(
    earlier: Earlier, place: Span, last: Statement | None, found: list[Statement]
) -> Statement | None:
    text = earlier.text
    for cue in _best_first(text, place, cues(text, place.start, place.end)):
        by = resolved(earlier, cue)
        words = "" if by is None else without(text, place, by)
        if by is not None and len(words.split()) >= _LEAST:
            return Statement(words=words, place=place, by=by)
    before = last or (found[-1] if found else None)
    if before is not None and _goes_on(text, before, place):
        by = Attribution(
            speaker_name=before.by.speaker_name, speaker_span=before.by.speaker_span,
            words=before.by.words, words_span=before.by.words_span, rule=_GOES_ON,
        )  # fmt: skip
        words = _plain(place.of(text))
        return Statement(words=words, place=place, by=by) if len(words.split()) > 1 else None
    return None


def _best_first(text: str, place: Span, found: list[Cue]) -> Iterator[Cue]:
    """Give the cues outside quotation marks first; those inside are somebody's own words."""
    inside = [Span(*m.span(1)) for m in _QUOTED.finditer(text, place.start, place.end)]

    def quoted(cue: Cue) -> bool:
        return any(s.start <= cue.words.start < s.end for s in inside)

    yield from sorted((c for c in found if not quoted(c)), key=lambda c: c.how == "description")


def _goes_on(text: str, before: Statement, place: Span) -> bool:
    """Say whether a sentence without a speaker is the next one of a quotation."""
    between = text[before.place.end : place.start]
    if between.strip() or between.count("\n") > 2:
        return False
    words = place.of(text)
    if not words.startswith(tuple(OPENING)):
        return _is_open(text, before, place)
    return any(mark in before.place.of(text) for mark in OPENING + _CLOSING)


def _is_open(text: str, before: Statement, place: Span) -> bool:
    """Say whether a quotation that was opened before is still open where a sentence begins."""
    low = text.rfind("\n\n", 0, before.place.end) + 1
    said = text[low : place.start]
    if said.count('"') % 2:
        return True
    return said.count("“") > said.count("”") or said.count("«") > said.count("»")


def without(text: str, place: Span, by: Attribution) -> str:
    """Give a sentence without the words that name its speaker."""
    first = min(by.speaker_span.start, by.words_span.start)
    last = max(by.speaker_span.end, by.words_span.end)
    head, tail = text[place.start : first], text[last : place.end]
    if not re.search(r"\w", head):
        return _plain(_THAT.sub("", tail, count=1))
    before = re.split(r"[,،—–]\s*(?=[^,،—–]*$)", head)[0] if len(head) > _LEAST else head
    after = tail.lstrip(" ,.،;:")
    if re.search(r"[,،\"”»—]\s*\S*[^,،\"”»—]*$", head):
        return _plain(f"{before}, {after}" if _says_more(after) else before)
    return _plain(_THAT.sub("", tail, count=1))


def _says_more(after: str) -> bool:
    """Say whether what follows the speaker belongs to the statement, not only to the speaking."""
    lead = _THAT.match(after)
    return bool(re.search(r"[,;].*\w", after)) or bool(lead and lead.group().strip())


def _plain(words: str) -> str:
    flat = " ".join(words.split()).strip(" ,;:—–-")
    bare = flat.strip('"“”«»„ ').rstrip(",")
    pairs = any(mark in bare for mark in '"“”«»')
    shown = flat if pairs else bare
    return shown[:1].upper() + shown[1:]
