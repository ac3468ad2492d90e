"""Where sentences begin and end, in Latin, Cyrillic and Arabic script."""

import re
from collections.abc import Iterator

# Words that a full stop follows inside a sentence; in lower case, without the stop.
_TITLES_WRITTEN = """
mr mrs ms dr prof st rev hon sen rep gov pres lt col gen maj capt sgt cpl brig adm cmdr insp fr sr
messrs mt ft no nos vs fig figs vol pp p ch art sec cf ca approx dept est e.g i.e al jan feb mar apr
jun jul aug sep sept oct nov dec
г ул им пос пл просп стр руб тыс млн млрд ст см ср напр др проф акад гр д кв корп обл ген полк
подполк кап лейт сержант рт и.о о б н
"""
# Words with a full stop that end a sentence as often as not.
_MAYBE_WRITTEN = "etc inc ltd co corp jr a.m p.m u.s u.k u.n u.a.e e.u d.c т.д т.п гг вв пр"
_STARTERS_WRITTEN = """
the a an he she it they we i you this that these those in on at but and as when if after before
there his her its their our my for from with by to
он она оно они мы вы я это в на но и а по как если когда после для из с к у
"""
_TITLES = frozenset(_TITLES_WRITTEN.split())
_MAYBE = frozenset(_MAYBE_WRITTEN.split())
_STARTERS = frozenset(_STARTERS_WRITTEN.split())
# The look behind keeps a page of dots from being tried again at every dot.
_STOP = re.compile(
    "(?<![.!?…؟۔。！？])[.!?…؟۔。！？]++(?:[\"'”’»›）)\\]」』]*+(?=\\s|$)|(?<=[。！？])[」』”]*+)"
)
_PARAGRAPH = re.compile(r"\n\s*\n\s*")
_LINE_END = re.compile("[\n\f]+")
_LAST_WORD = re.compile(r"[^\s(\[«“\"']+$")
_OPENERS = "\"'“‘«‹„([\u2068"
_WRAPPED = 40  # a line shorter than this was ended on purpose
_REACH = 4000  # code points looked at on each side of a position


def sentences(text: str) -> list[tuple[int, int]]:
    """Give the sentences of a text as half-open ranges of code points, without outer white space.

    A blank line ends a sentence; one line break does unless the line was plainly wrapped.
    """
    found = []
    at = 0
    for gap in _PARAGRAPH.finditer(text):
        found += list(_in_paragraph(text, at, gap.start()))
        at = gap.end()
    return [*found, *_in_paragraph(text, at, len(text))]


def sentence_at(text: str, position: int) -> tuple[int, int] | None:
    """Give the sentence that holds a code point or ends right before it; None where there is none."""
    low, end = max(0, position - _REACH), min(len(text), position + _REACH)
    for gap in _PARAGRAPH.finditer(text, low, end):
        if gap.end() > position:
            end = gap.start()
            break
        low = gap.end()
    near = None
    for start, stop in _in_paragraph(text, low, end):
        if start <= position < stop:
            return start, stop
        if stop == position:
            near = (start, stop)
    return near


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for stop in _ends(text, start, end):
        first, last = _trimmed(text, at, stop)
        if first < last:
            yield first, last
        at = stop
    first, last = _trimmed(text, at, end)
    if first < last:
        yield first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Give the ends of the sentences but the last."""
    stops = [m.end() for m in _STOP.finditer(text, start, end) if _is_end(text, m, start, end)]
    breaks = [
        m.start() for m in _LINE_END.finditer(text, start, end)
        if not _is_wrapped(text, m, start, end)
    ]  # fmt: skip
    yield from sorted({*stops, *breaks})


def _is_end(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    following = text[stop.end() : min(end, stop.end() + 60)].lstrip()
    bare = following.lstrip(_OPENERS)
    if bare and bare[0].islower():
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(start, stop.start() - 24), stop.start())
    word = before.group().lower() if before else ""
    if not bare or word not in _MAYBE:
        return not bare or not (word in _TITLES or _is_initial(word))
    return re.split(r"[\s,]", bare, maxsplit=1)[0].lower() in _STARTERS


def _is_initial(word: str) -> bool:
    """One letter, or letters each with a stop (J. R. R., А.С.): a name goes on."""
    return all(len(part) == 1 and part.isalpha() for part in word.split("."))


def _is_wrapped(text: str, line_end: re.Match[str], start: int, end: int) -> bool:
    """Say whether a line break only wraps a long line."""
    line_start = max(start, text.rfind("\n", start, line_end.start()) + 1)
    line = text[line_start : line_end.start()].rstrip()
    following = text[line_end.end() : min(end, line_end.end() + 20)].lstrip()
    if not line or not following:
        return True
    if following[0].islower() or line[-1] in ",;-–—،؛":
        return True
    cased = following[0].isupper() or not following[0].isalpha()
    return not cased and len(line) >= _WRAPPED
