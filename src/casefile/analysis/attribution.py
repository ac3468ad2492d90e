"""Who is given as the speaker of a passage: proposals for a person to confirm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from casefile.analysis.cues import CAPITAL, Cue, cues, leading_words
from casefile.model.values import Span

_PARAGRAPH: Final = re.compile(r"\n\s*\n|\f")
_BREAK: Final = re.compile(r"(?<=[.!?؟…])[\"”»’)\]]*\s+(?=[\"“«‘(\[]*[^\W\d_a-zа-яё])")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Capt|Sgt|Gov|Sen|Rep|Prof|No|vs|г|ул|им)|\b[A-ZА-ЯЁ])\.$"
)
_FULL_NAME: Final = re.compile(rf"{CAPITAL}(?:\s+{CAPITAL}){{1,3}}")
_BACK: Final = 20_000  # code points in which the person behind a pronoun is sought
_NAMES_BACK: Final = 2_000
_WIDEST: Final = 4_000  # code points of a paragraph on either side of a passage
_GROUP_WORDS: Final = (
    "ministry government army group statement report agency council party company network "
    "observatory office officials activists witnesses residents"
)
_GROUPS: Final = frozenset(_GROUP_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One proposal; spans are code points of the text.

    `speaker_name` is resolved for pronouns and short names, `speaker_span` is what stands in the
    sentence; `words` give the speech to the speaker ("said"); `rule` names the pattern.
    """

    speaker_name: str
    speaker_span: Span
    words: str
    words_span: Span
    rule: str


def attribution(text: str, start: int, end: int) -> list[Attribution]:
    """Propose the speakers of a passage, nearest first; empty when the text names none.

    The sentences around the passage are read, and for speech in quotation marks the sentence
    before it in the same paragraph. A pronoun stands for the last speaker before it.
    """
    low, high = _sentences_around(text, start, end)
    before = Earlier(text, high)
    found = [
        (_distance(cue, start, end), made)
        for cue in cues(text, low, high)
        if (made := resolved(before, cue))
    ]
    if not found and text[low:high].lstrip().startswith(('"', "“", "«", "‘")):
        return _of_the_sentence_before(before, low)
    return [made for _, made in sorted(found, key=lambda pair: pair[0])]


class Earlier:
    """The speakers before a place, read at most once for all pronouns of a passage."""

    def __init__(self, text: str, high: int, low: int | None = None) -> None:
        self.text = text
        self._high = high
        self._low = max(0, high - _BACK) if low is None else low
        self._people: list[Cue] | None = None

    def person(self, at: int) -> str:
        """Give the last speaker before a place, or the last full name, or nothing."""
        if self._people is None:
            found = cues(self.text, self._low, self._high)
            self._people = [cue for cue in found if _is_person(cue)]
        for cue in reversed(self._people):
            if cue.words.end <= at:
                return cue.name
        names = _FULL_NAME.findall(self.text, max(0, at - _NAMES_BACK), at)
        return " ".join(names[-1].split()) if names else ""


def _is_person(cue: Cue) -> bool:
    if cue.how == "description":
        return _GROUPS.isdisjoint(cue.name.lower().split())
    return cue.how == "name"


def _of_the_sentence_before(earlier: Earlier, at: int) -> list[Attribution]:
    text = earlier.text
    before = len(text[:at].rstrip())
    if before < 1 or _PARAGRAPH.search(text, before, at):
        return []
    low, high = _sentences_around(text, before - 1, before)
    found = [made for cue in cues(text, low, high) if (made := resolved(earlier, cue))]
    return found[-1:]


def _distance(cue: Cue, start: int, end: int) -> int:
    return max(cue.words.start - end, start - cue.words.end, 0)


def _sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the range of the sentences that a passage touches, within its paragraphs."""
    low, high = max(0, start - _WIDEST), min(len(text), end + _WIDEST)
    for gap in _PARAGRAPH.finditer(text, low, start):
        low = gap.end()
    if after := _PARAGRAPH.search(text, end, high):
        high = after.start()
    for mark in _breaks(text, low, high):
        if mark <= start:
            low = mark
        elif mark >= end:
            return low, mark
    return low, high


def _breaks(text: str, low: int, high: int) -> Iterable[int]:
    """Give the beginnings of sentences, none of them inside quotation marks."""
    at, straight, depth = low, 0, 0
    for match in _BREAK.finditer(text, low, high):
        # Closing marks belong to the sentence that they end.
        piece = text[at : match.end()]
        straight += piece.count('"')
        depth = max(0, depth + sum(map(piece.count, "“«")) - sum(map(piece.count, "”»")))
        at = match.end()
        if straight % 2 or depth or _ABBREVIATION.search(text, low, match.start()):
            continue
        yield match.end()


def resolved(earlier: Earlier, cue: Cue) -> Attribution | None:
    """Name the speaker of a cue in full; None when nobody is meant by it."""
    name = cue.name
    if cue.how == "pronoun":
        name = earlier.person(cue.speaker.start)
    if cue.how == "source":
        name = re.sub(r"^(?:the|a|an)\s+(?=[A-Z])", "", name)
    if not name:
        return None
    return Attribution(
        speaker_name=_full_name(earlier.text, name, cue.speaker.end),
        speaker_span=cue.speaker,
        words=" ".join(cue.words.of(earlier.text).split()),
        words_span=cue.words,
        rule=cue.rule,
    )


def _full_name(text: str, name: str, at: int) -> str:
    """Give the fuller form, used before, of a name that is a single word."""
    if " " in name:
        return name
    before = text[max(0, at - _BACK) : at]
    for part in (CAPITAL, r"[А-ЯЁ][\w-]+"):
        fuller = re.findall(rf"\b((?:{part}\s+){{1,3}}{re.escape(name)})\b", before)
        for found in reversed(fuller):
            whole = found[leading_words(found) :]
            if whole != name:
                return " ".join(whole.split())
    return name
