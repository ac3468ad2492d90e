"""The lines around a headline of a saved text: byline, dateline, dates."""

import re
from dataclasses import dataclass, field

from casefile.extract.article_dates import Found, find_dates
from casefile.extract.article_names import BY, looks_like_names, names_in, split_place
from casefile.extract.article_zones import Piece
from casefile.extract.saved_text_lines import Paragraph
from casefile.model.values import DateValue

_PUBLISHED = re.compile(
    r"(?:first )?publish(?:ed)?|posted|date|issued|опубликован[оа]?|размещено|дата(?: публикации)?|نشر(?:ت)?(?: في| بتاريخ)?|تاريخ(?: النشر)?|منتشر|تاریخ|veröffentlicht|erstellt|publié|publicado|yayın",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last )?(?:updated?|modified)|edited|обновлен[оа]|изменен[оа]|آخر تحديث|تحديث|حدث|به‌روز|aktualisiert|stand|mis à jour|actualizado|güncelle",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?|[٠-٩]{1,2}:[٠-٩]{2})(?:\s*(?:[ap]\.?m\.?|uhr|h))?(?:\s*\(?(?:gmt|utc|msk|мск|est|edt|cet|bst|eet)(?:[+-]\d+)?\)?)?|\b(?:at|um|à|в|on|of|г|года|год|م|الساعة)\b\.?"
    r"|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    re.IGNORECASE,
)
# A capital, or a capital behind the article of a name: al-Qasira, ash-Shaddadi, d'Ivoire.
_PROPER = re.compile(r"(?:[a-z]{1,4}[-'’])?[^\W\d_a-z]")
_JOINTS = " \t\n|•·,،;:–—-/()[]"
_MOST_DATE_WORDS = 14
_MOST_BYLINE_WORDS = 16
_MOST_PLACE_WORDS = 4


@dataclass(slots=True)
class Head:
    """What was read so far of the lines around the headline."""

    names: tuple[str, ...] = ()
    dateline: str | None = None
    published: DateValue | None = None
    pieces: list[Piece] = field(default_factory=list)


def read_labelled(paragraph: Paragraph, text: str, head: Head) -> bool:
    """Take a line that says by its form what it is: a byline with a label, a date; False if not."""
    words = text[paragraph.start : paragraph.end]
    if BY.match(words) and paragraph.words <= _MOST_BYLINE_WORDS:
        return _read_byline(paragraph, words, head)
    dates = [found for found in find_dates(words) if not _inside_sentence(words, found)]
    if dates and paragraph.words <= _MOST_DATE_WORDS and _is_date_line(words, dates):
        _read_dates(paragraph, words, dates, head)
        return True
    return False


def read_plain(paragraph: Paragraph, text: str, head: Head) -> bool:
    """Take a short line without a label under the headline: names, or else a place."""
    words = text[paragraph.start : paragraph.end]
    if paragraph.is_sentence or paragraph.words > 2 * _MOST_PLACE_WORDS:
        return False
    if not head.names and _cased(words) and looks_like_names(words):
        return _read_byline(paragraph, words, head)
    if head.dateline is None and paragraph.words <= _MOST_PLACE_WORDS and _is_place(words):
        head.dateline = words.strip(_JOINTS)
        head.pieces.append(Piece(paragraph.start, paragraph.end, "dateline"))
        return True
    return False


def _read_byline(paragraph: Paragraph, words: str, head: Head) -> bool:
    """Part a byline into names, place and date, as far as they are there."""
    first = next((f for f in find_dates(words)), None)
    end = len(words[: first.start].rstrip(_JOINTS)) if first else len(words)
    label = BY.match(words)
    begin = label.end() if label else 0
    people, place = split_place(words[begin:end])
    # "By Radio Nahra staff": with the label before it, a newsroom is an author, too.
    names = names_in([people]) or (names_in([people], duties=True) if label else ())
    if not names or not (looks_like_names(people) or (label and len(people.split()) <= 8)):
        return False
    head.names = head.names or names
    start = paragraph.start
    cut = begin + words[begin:].index(people) + len(people) if place else end
    head.pieces.append(Piece(start, start + cut, "byline"))
    if place:
        head.pieces.append(Piece(start + cut, start + end, "dateline"))
        head.dateline = head.dateline or place
    if first:
        _read_dates(paragraph, words, list(find_dates(words)), head, begin=end)
    return True


def _read_dates(
    paragraph: Paragraph, words: str, dates: list[Found], head: Head, begin: int = 0
) -> None:
    """Give each date of a line its zone; a place before the first is the dateline."""
    before = words[begin : dates[0].start]
    label = _UPDATED.search(before) or _PUBLISHED.search(before)
    place = _CLOCK.sub(" ", before).strip(_JOINTS)
    if not label and begin == 0 and _is_place(place) and len(place.split()) <= _MOST_PLACE_WORDS:
        head.pieces.append(Piece(paragraph.start, paragraph.start + dates[0].start, "dateline"))
        head.dateline = head.dateline or place
        begin = dates[0].start
    for number, found in enumerate(dates):
        last = number == len(dates) - 1
        end = len(words) if last else _next_label(words, found.end, dates[number + 1].start)
        updated = _UPDATED.search(words[begin : found.start])
        if updated is None and head.published is None:
            head.published = found.value
        kind = "updated" if updated else "published"
        head.pieces.append(Piece(paragraph.start + begin, paragraph.start + end, kind))
        begin = end


def _next_label(words: str, start: int, stop: int) -> int:
    label = _UPDATED.search(words, start, stop) or _PUBLISHED.search(words, start, stop)
    return label.start() if label else start


def _is_date_line(words: str, dates: list[Found]) -> bool:
    """Tell whether a line holds dates and what belongs to them, and little else."""
    rest = words
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    labelled = bool(_PUBLISHED.search(rest) or _UPDATED.search(rest))
    rest = _UPDATED.sub(" ", _PUBLISHED.sub(" ", _CLOCK.sub(" ", rest))).strip(_JOINTS)
    left = [w for w in re.findall(r"[^\W\d_]+", rest) if len(w) > 1]
    return not left or (labelled and len(left) <= 3) or (len(left) <= 3 and _is_place(rest))


def _inside_sentence(words: str, found: Found) -> bool:
    return len(words) > 120 or (
        bool(re.search(r"[.!?؟]\s*$", words)) and found.end < len(words) - 30
    )


def _is_place(words: str) -> bool:
    parts = [w for w in re.split(r"[\s,،/]+", words.strip(_JOINTS)) if w]
    if not 1 <= len(parts) <= _MOST_PLACE_WORDS or any(c.isdigit() for c in words):
        return False
    return all(_PROPER.match(w) for w in parts) if _cased(words) else len(parts) <= 2


def _cased(words: str) -> bool:
    return words.lower() != words.upper()
