"""What each paragraph of a saved article is; or that the text is no article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from casefile.extract.article_dateline import split_dateline
from casefile.extract.article_names import BY
from casefile.extract.article_noise import ends_article, is_noise, opens_related
from casefile.extract.article_zones import Pictures, Piece
from casefile.extract.saved_text_captions import find_captions
from casefile.extract.saved_text_head import Head, read_labelled, read_plain
from casefile.extract.saved_text_lines import Paragraph

_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●◦]|\(?\d{1,2}[.)])\s+\S")
_QUOTED = re.compile(r"^\s*>")
_ADDRESS = re.compile(r"^\s*(?:url\s*:\s*)?(https?://\S+)\s*$", re.IGNORECASE)
_CRUMBS = re.compile(r"\s*(?:[>»›/]|\|)\s*")
_PATH = re.compile(r"\S\s*[>»›]\s*\S")
# A line of a log or a table: it begins with a clock or a number, or has columns.
_DATA = re.compile(
    r"^\s*(?:\[?\d{1,4}[-/:.]\d{2}|\d+[\t;,]|[^\t]*\t[^\t]*\t|[^;]*;[^;]*;|[{}\[\]<])"
)
_MASTHEAD = re.compile(
    r"\b(?:times|post|gazette|daily|courier|herald|tribune|journal|chronicle|news agency|\w+\.(?:com|org|net|info|ru|ua|ir|sy|iq))\b",
    re.IGNORECASE,
)
_HEAD_PARAGRAPHS = 16
_NEAR = 6  # paragraphs; how close the first ones of an article follow one another
_NO_LINK = 3  # paragraphs of prose above a line about comments, or at least half of all
_MENU = 3  # lines of a few words in a row
_HEADLINE = (4, 35)  # words
_SECTION_WORDS = 4
_SUBHEADING_WORDS = 14
_TAIL_WORDS = 12
_MOST_DATA = 0.3
_FEW_LETTERS = 0.6
_PLAIN_ARTICLE = (4, 150)  # paragraphs and words that make an article without any other sign


@dataclass(slots=True)
class Article:
    """What was found in a saved article."""

    title: str
    section: str | None = None
    url: str | None = None
    body: str = ""
    head: Head = field(default_factory=Head)
    pieces: list[Piece] = field(default_factory=list)
    pictures: Pictures = field(default_factory=Pictures)


def find_article(paragraphs: Sequence[Paragraph], text: str) -> Article | None:
    """Find the zones of an article; None when the text is something else."""
    if not paragraphs or _is_data(paragraphs, text):
        return None
    return _Reading(paragraphs, text).article()


def _is_data(paragraphs: Sequence[Paragraph], text: str) -> bool:
    """Tell a log, a table or code from prose."""
    seen = [c for c in text[:20_000] if not c.isspace()]
    letters = sum(c.isalpha() for c in seen)
    if letters < _FEW_LETTERS * len(seen):
        return True
    rows = sum(bool(_DATA.match(text[p.start : p.end])) for p in paragraphs)
    return rows > _MOST_DATA * len(paragraphs)


class _Reading:
    """One pass over the paragraphs, from what is sure to what is left."""

    def __init__(self, paragraphs: Sequence[Paragraph], text: str) -> None:
        self._all, self._text = paragraphs, text
        self._found = Article(title="")
        self._kinds: dict[int, str] = {}
        self._noise = False

    def article(self) -> Article | None:
        """Read everything; None when there is no headline with a body under it."""
        pieces, captions = find_captions(self._all, self._text, self._found.pictures)
        self._found.pieces += pieces
        self._kinds.update(dict.fromkeys(captions, ""))
        end = self._end_of_article()
        prose = [n for n in range(end) if n not in self._kinds and self._is_prose(n)]
        if not prose:
            return None
        opening = self._opening(prose)
        prose = [n for n in prose if n >= opening]
        headline = self._headline(opening)
        if headline is None:
            return None
        self._kinds[headline] = "headline"
        self._found.title = self._all[headline].line
        self._second_line(headline)
        self._above(headline)
        first = self._below(headline, prose)
        if first is None:
            return None
        self._body(first, end)
        return self._found if self._is_article(first, end) else None

    def _second_line(self, headline: int) -> None:
        """Take a second line of the headline: right below it, beginning with a small letter."""
        for below in self._all[headline + 1 : headline + 2]:
            if below.blank == 0 and below.line[:1].islower() and not below.is_prose:
                self._kinds[headline + 1] = "headline"
                self._found.title += " " + below.line

    def _words(self, number: int) -> str:
        return self._text[self._all[number].start : self._all[number].end]

    def _is_prose(self, number: int) -> bool:
        paragraph = self._all[number]
        return paragraph.is_prose and not is_noise(paragraph.line) and not BY.match(paragraph.line)

    def _end_of_article(self) -> int:
        """Give the number of the first paragraph behind the article; all from there is noise.

        Comments and forms end it where they stand below some prose (above it they are links to
        the comments); lines of other kinds end it where no prose follows.
        """
        prose = [n for n in range(len(self._all)) if self._is_prose(n)]
        if not prose:
            return len(self._all)
        end = len(self._all)
        for number in range(prose[0] + 1, len(self._all)):
            before = sum(n < number for n in prose)
            enough = before >= _NO_LINK or 2 * before >= len(prose)
            if enough and ends_article(self._all[number].line):
                end = number
                break
        self._noise = end < len(self._all)
        last = max((n for n in prose if n < end), default=prose[0])
        for number in range(last + 1, end):
            if is_noise(self._all[number].line):
                self._noise = True
                return number
        return end

    def _opening(self, prose: list[int]) -> int:
        """Give the first paragraph of the article's running text: one with others soon after it."""
        for place, number in enumerate(prose):
            near = [n for n in prose[place + 1 :] if n - number <= _NEAR]
            if len(near) >= min(2, len(prose) - 1):
                return number
        return prose[0]

    def _headline(self, first: int) -> int | None:
        """Give the line above the prose that can be a headline.

        The highest of those that stand together: a menu, lines of a few words each, lies between
        them and what else the page had at its top.
        """
        best, short = None, 0
        for number in range(min(first, len(self._all) - 1), -1, -1):
            if number in self._kinds or self._is_labelled(number):
                continue
            if self._can_be_headline(number):
                best, short = number, 0
            elif not self._is_prose(number) and not is_noise(self._all[number].line):
                short += 1
            if short >= _MENU or first - number > _HEAD_PARAGRAPHS:
                break
        return best

    def _is_labelled(self, number: int) -> bool:
        return read_labelled(self._all[number], self._text, Head())

    def _can_be_headline(self, number: int) -> bool:
        paragraph = self._all[number]
        if not _HEADLINE[0] <= paragraph.words <= _HEADLINE[1]:
            return False
        stops = paragraph.is_sentence and paragraph.line[-1] not in "?!؟…\"”»'"
        if stops or _BULLET.match(paragraph.line) or _ADDRESS.match(paragraph.line):
            return False
        return not (is_noise(paragraph.line) or split_dateline(paragraph.line))

    def _above(self, headline: int) -> None:
        """Read the lines above the headline: section, byline, dates; the rest is noise."""
        short: list[int] = []
        for number in range(max(0, headline - _HEAD_PARAGRAPHS), headline):
            paragraph = self._all[number]
            address = _ADDRESS.match(paragraph.line)
            if address:
                self._found.url = self._found.url or address[1]
            elif number in self._kinds:
                continue
            elif is_noise(paragraph.line):
                self._noise = True
                if _PATH.search(paragraph.line) and paragraph.words <= 2 * _SECTION_WORDS:
                    short.append(number)
            elif read_labelled(paragraph, self._text, self._found.head):
                self._kinds[number] = ""
            elif paragraph.words <= 2 * _SECTION_WORDS and not paragraph.is_sentence:
                short.append(number)
        if short and not _MASTHEAD.search(self._all[short[-1]].line):
            self._section(short[-1])

    def _section(self, number: int) -> None:
        crumbs = [c for c in _CRUMBS.split(self._words(number)) if c.strip()]
        if not crumbs or len(crumbs[-1].split()) > _SECTION_WORDS:
            return
        self._kinds[number] = "section"
        self._found.section = crumbs[-1].strip()

    def _below(self, headline: int, prose: list[int]) -> int | None:
        """Read the lines between headline and body; give the first paragraph of the body."""
        under = [n for n in prose if n > headline]
        if not under:
            return None
        first = under[0]
        labelled = [n for n in self._unknown(headline + 1, first + 3) if self._reads(n)]
        if labelled and labelled[-1] > first and len(under) > 1:
            # A sentence above the byline sums the article up.
            self._kinds.update({n: "summary" for n in self._unknown(headline + 1, labelled[-1])
                                if self._is_prose(n) and not split_dateline(self._words(n))})  # fmt: skip
            first = next((n for n in under if n not in self._kinds), first)
        for number in self._unknown(headline + 1, first):
            paragraph = self._all[number]
            if is_noise(paragraph.line):
                self._noise = True
            elif read_plain(paragraph, self._text, self._found.head):
                self._kinds[number] = ""
            elif paragraph.words > _SECTION_WORDS:
                self._kinds[number] = "summary"
        return first

    def _unknown(self, start: int, stop: int) -> list[int]:
        return [n for n in range(start, min(stop, len(self._all))) if n not in self._kinds]

    def _reads(self, number: int) -> bool:
        paragraph = self._all[number]
        if is_noise(paragraph.line) or not read_labelled(paragraph, self._text, self._found.head):
            return False
        self._kinds[number] = ""
        return True

    def _body(self, first: int, end: int) -> None:
        last = max(n for n in range(first, end) if n == first or self._is_prose(n))
        words: list[str] = []
        related = False
        for number in range(first, end):
            if number in self._kinds:
                related = False
                continue
            related = (related or opens_related(self._all[number].line)) and not self._is_prose(
                number
            )
            kind = "" if related else self._body_kind(number, first, last)
            if kind:
                self._kinds[number] = kind
                words.append(self._all[number].line)
            elif number not in self._kinds:
                self._noise = True
        self._found.body = "\n".join(words)
        self._pieces(first)

    def _body_kind(self, number: int, first: int, last: int) -> str:
        """Give the kind of a paragraph of the body; empty for what is none of it."""
        paragraph = self._all[number]
        if is_noise(paragraph.line):
            return ""
        if number > last and (paragraph.words <= _TAIL_WORDS or not paragraph.is_sentence):
            labelled = read_labelled(paragraph, self._text, self._found.head)
            if labelled:
                self._kinds[number] = "tail"
            ending = paragraph.is_sentence and not labelled
            return "body" if ending or (_BULLET.match(paragraph.line) and not labelled) else ""
        if _QUOTED.match(paragraph.line):
            return "quote"
        if _BULLET.match(paragraph.line):
            return "list"
        short = paragraph.words <= _SUBHEADING_WORDS and number > first
        open_end = not paragraph.is_sentence or paragraph.line[-1] in "?؟？"
        if short and open_end and paragraph.line[-1] not in ":,;،؛" and number < last:
            return "subheading" if self._stands_over_prose(number) else "body"
        return "body"

    def _stands_over_prose(self, number: int) -> bool:
        """Tell whether running text, a list or a caption follows a line."""
        after = number + 1
        return after < len(self._all) and (
            self._is_prose(after) or after in self._kinds or bool(_BULLET.match(self._words(after)))
            or self._all[after].is_sentence
        )  # fmt: skip

    def _pieces(self, first: int) -> None:
        for number, kind in self._kinds.items():
            paragraph = self._all[number]
            if not kind or kind == "tail":
                continue
            start = paragraph.start
            if number == first:
                start = self._dateline(paragraph)
            self._found.pieces.append(Piece(start, paragraph.end, kind))
        self._found.pieces += self._found.head.pieces

    def _dateline(self, paragraph: Paragraph) -> int:
        """Part the dateline from the first paragraph; give where the rest begins."""
        head = self._found.head
        found = split_dateline(self._text[paragraph.start : paragraph.end])
        if found is None:
            return paragraph.start
        head.dateline = head.dateline or found.place
        if found.date is not None and head.published is None and found.date.value.edtf:
            head.published = found.date.value
        head.pieces.append(Piece(paragraph.start, paragraph.start + found.end, "dateline"))
        return paragraph.start + found.end

    def _is_article(self, first: int, end: int) -> bool:
        """Tell an article from a note: it has a sign of a newsroom, or much running text."""
        prose = [n for n in range(first, end) if self._kinds.get(n) == "body" and self._is_prose(n)]
        words = sum(self._all[n].words for n in prose)
        head = self._found.head
        signs = bool(head.names or head.dateline or head.published or self._found.pictures.facts)
        if signs or self._noise:
            return len(prose) >= 1 and words >= _HEADLINE[1]
        return len(prose) >= _PLAIN_ARTICLE[0] and words >= _PLAIN_ARTICLE[1]
