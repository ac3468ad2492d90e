"""Reading the pages of a PDF one after the other: pypdf's text, checked against PDFium's."""

from dataclasses import dataclass, field

import pypdf

from casefile.extract import budget, pdf_letters
from casefile.extract.limits import Limits
from casefile.extract.pdf_pages import Pages

_HARDLY = 64
_COVERS = 0.6
_SAME_LETTERS = 0.9
_GLYPH_NAMES = 3
_MORE_WORDS = 1.1
# After so many slow pages pypdf is not asked any more.
_MOST_SLOW = 3


@dataclass(slots=True)
class Reading:
    """Both readers of one PDF, and what has been read so far; page numbers count from 1."""

    first: pypdf.PdfReader | None
    second: Pages | None
    limits: Limits
    pages: list[str] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)  # the pages with PDFium's text
    shaped: list[int] = field(default_factory=list)
    slow: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    noted: list[int] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of pages."""
        one = len(self.first.pages) if self.first is not None else 0
        return max(one, len(self.second) if self.second is not None else 0)

    def read(self) -> None:
        """Read page after page as long as there is time."""
        count = self.count
        time = budget.Budget(self.limits, count)
        for number in range(1, min(count, self.limits.pages) + 1):
            if time.over:
                return
            try:
                self.pages.append(self._page(number, time))
            except (budget.OutOfTime, MemoryError):
                return

    def _page(self, number: int, time: budget.Budget) -> str:
        """Give the text of one page: pypdf's unless PDFium's is clearly better."""
        one = self._first_text(number)
        if time.over:
            raise budget.OutOfTime
        other = self.second.text(number - 1) if self.second is not None else None
        if one is None and other is None:
            self.unread.append(number)
            return ""
        text, spare = pdf_letters.plain(one or ""), pdf_letters.plain(other or "")
        if better(text, spare):
            self.taken.append(number)
            text = spare
        if pdf_letters.has_shapes(text):
            self.shaped.append(number)
            text, _ = pdf_letters.unshaped(text)
        self._judge(text, number)
        return text

    def _first_text(self, number: int) -> str | None:
        if self.first is None or len(self.slow) >= _MOST_SLOW:
            return None
        try:
            with budget.at_most(self.limits.one_page_seconds):
                return self.first.pages[number - 1].extract_text()
        except budget.OutOfTime:
            self.slow.append(number)
        except Exception:  # noqa: BLE001 - pypdf raises anything on damaged pages; PDFium may read it
            return None
        return None

    def _judge(self, text: str, number: int) -> None:
        """Note a page that is a picture, or whose letters have no meaning."""
        letters = sum(letter.isalnum() for letter in text)
        if self.second is not None:
            share = self.second.picture_share(number - 1) if 0 < letters < _HARDLY else 0.0
            if share >= _COVERS or (not letters and self.second.shows_something(number - 1)):
                self.scanned.append(number)
            if self.second.has_notes(number - 1):
                self.noted.append(number)
        if pdf_letters.unreadable(text) > max(letters, 4) // 4:
            self.garbled.append(number)


def better(text: str, spare: str) -> bool:
    """Say whether PDFium's text of a page is taken instead of pypdf's.

    It is when it has twice the readable letters (so also when pypdf gives none), when pypdf gives
    names of glyphs instead of letters, when it has the same letters in more words (pypdf ran some
    together), and when it has the same letters where pypdf gives Arabic in printed shapes, whose
    words pypdf does not put in order.
    """
    ours, theirs = pdf_letters.letters_of(text), pdf_letters.letters_of(spare)
    readable = ours.total() - pdf_letters.unreadable(text)
    if theirs.total() - pdf_letters.unreadable(spare) > max(2 * readable, 0):
        return True
    if pdf_letters.glyph_names(text) >= _GLYPH_NAMES > pdf_letters.glyph_names(spare):
        return theirs.total() * 2 > ours.total()
    if pdf_letters.shared(ours, theirs) < _SAME_LETTERS or pdf_letters.has_shapes(spare):
        return False
    shaped = pdf_letters.has_shapes(text)
    return shaped or pdf_letters.words(spare) > pdf_letters.words(text) * _MORE_WORDS
