"""Reading the pages of a PDF one after the other: pypdf's text, checked against PDFium's."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pypdf

from casefile.extract import budget, pdf_letters, pdf_marks, pdf_words
from casefile.extract.limits import Limits
from casefile.extract.pdf_pages import Pages
from casefile.model.document import FoundMark, ReadBy

PYPDF, PDFIUM = "pypdf", "PDFium"
_HARDLY = 64
_COVERS = 0.6
_SAME_LETTERS = 0.9
_GLYPH_NAMES = 3
_MORE_WORDS = 1.1
# After so many slow pages pypdf is not asked any more.
_MOST_SLOW = 3
_MOST_MARKS = 20_000
# All of a page gets so many times what pypdf gets: code outside of Python cannot be interrupted.
_PATIENCE = 4


@dataclass(slots=True)
class Reading:
    """Both readers of one PDF, and what has been read so far; page numbers count from 1.

    Pages of `left_out` broke a reader before and are not tried again.
    """

    first: pypdf.PdfReader | None
    second: Pages | None
    limits: Limits
    left_out: Collection[int] = ()
    believed: int = 1 << 30  # as many pages as a file of this size is given time for
    pages: list[str] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    marks: list[list[FoundMark]] = field(default_factory=list)
    shaped: list[int] = field(default_factory=list)
    slow: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    stopped: str = ""  # why not all pages were read
    _marked: int = 0  # marks so far; counted on the way, for there may be thousands of pages

    @property
    def count(self) -> int:
        """The number of pages."""
        one = len(self.first.pages) if self.first is not None else 0
        return max(one, len(self.second) if self.second is not None else 0)

    @property
    def taken(self) -> list[int]:
        """The pages with PDFium's text."""
        return [number for number, reader in enumerate(self.readers, 1) if reader == PDFIUM]

    def runs(self) -> tuple[ReadBy, ...]:
        """Give who read which pages, in runs."""
        found: list[ReadBy] = []
        for number, reader in enumerate(self.readers, 1):
            if found and found[-1].reader == reader:
                found[-1] = ReadBy(reader=reader, first=found[-1].first, last=number)
            else:
                found.append(ReadBy(reader=reader, first=number, last=number))
        return tuple(found)

    def read(self) -> None:
        """Read page after page as long as there is time."""
        count = self.count
        time = budget.Budget(self.limits, min(count, self.believed))
        for number in range(1, count + 1):
            if number > self.limits.pages:
                self.stopped = "no more pages are read of one file"
                return
            if time.over:
                self.stopped = "it took too long"
                return
            try:
                with budget.step(number, _PATIENCE * self.limits.one_page_seconds):
                    self._take(number, time)
            except budget.OutOfTime:
                self.stopped = "it took too long"
                return
            except MemoryError:
                self.stopped = "it needs more memory than allowed"
                return

    def _take(self, number: int, time: budget.Budget) -> None:
        """Read one page: its text, what is filled in, the marks on it."""
        if number in self.left_out:
            self.pages.append("")
            self.readers.append("")
            self.marks.append([])
            return
        text, reader = self._page(number, time)
        if self.second is not None:
            text = self._with_fields(text, self.second, number)
        marks: list[FoundMark] = []
        if self.second is not None and self._marked < _MOST_MARKS:
            marks = pdf_marks.marks_on(self.second, number - 1, text)
        self._marked += len(marks)
        self.pages.append(text)
        self.readers.append(reader)
        self.marks.append(marks)

    def _page(self, number: int, time: budget.Budget) -> tuple[str, str]:
        """Give the text of one page and its reader: pypdf unless PDFium's is clearly better."""
        one = self._first_text(number)
        if time.over:
            raise budget.OutOfTime
        other = self.second.text(number - 1) if self.second is not None else None
        if one is None and other is None:
            self.unread.append(number)
            return "", ""
        text, spare = pdf_letters.plain(one or ""), pdf_letters.plain(other or "")
        reader = PYPDF
        if one is None or better(text, spare):
            reader, text = PDFIUM, self._in_order(spare, number)
        elif spare:
            text = pdf_words.mended(text, spare)
        if pdf_letters.has_shapes(text):
            self.shaped.append(number)
            text, _ = pdf_letters.unshaped(text)
        self._judge(text, number)
        return text, reader

    def _in_order(self, spare: str, number: int) -> str:
        """Give PDFium's text; once more and slower where it has right-to-left words."""
        if self.second is None or not pdf_letters.is_right_to_left(spare):
            return spare
        return pdf_letters.plain(self.second.unturned(number - 1)) or spare

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

    def _with_fields(self, text: str, pages: Pages, number: int) -> str:
        """Put what is filled into form fields below the text, unless it stands there."""
        added = [
            f"{each.name}: {pdf_letters.plain(each.value)}" if each.name else each.value
            for each in pages.filled(number - 1)
            if each.value not in text
        ]
        if not added:
            return text
        self.filled.append(number)
        return "\n\n".join(filter(None, (text, "\n".join(added))))

    def _judge(self, text: str, number: int) -> None:
        """Note a page that is a picture, or whose letters have no meaning."""
        letters = sum(letter.isalnum() for letter in text)
        if self.second is not None:
            share = self.second.picture_share(number - 1) if 0 < letters < _HARDLY else 0.0
            if share >= _COVERS or (not letters and self.second.shows_something(number - 1)):
                self.scanned.append(number)
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
