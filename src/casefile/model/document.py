"""What a paged document says of itself beside its text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

Box = tuple[float, float, float, float]
FINE = 10_000  # parts of the page picture that the boxes of placed words are kept in
MARK_KINDS = ("highlight", "underline", "strike out", "note", "text box", "drawing", "stamp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One line of an outline; `depth` from 0, `page` from 1 or None where it leads nowhere."""

    title: str
    depth: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file inside of the document; `size` in bytes, None when it cannot be unpacked."""

    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBy:
    """A run of pages (from 1, both ends included) and what read their words.

    `confidence` is the mean of what a recogniser of letters said of its words, 0 to 100.
    """

    reader: str
    first: int
    last: int
    confidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMark:
    """A mark or note that was in the file already.

    `start` and `end` are code points in the draft's text, equal where no words lie below; `boxes`
    are fractions of the page picture (left, top, right, bottom). Author and time are as written.
    """

    page: int
    kind: str
    start: int = 0
    end: int = 0
    boxes: tuple[Box, ...] = ()
    note: str | None = None
    author: str | None = None
    made: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact:
    """What the file says: people, programs, times (ISO, with the zone as written), outline, files.

    `wordless` names pages (from 1) that show something but have no words to read. `placed` holds
    words found by recognising letters: page, start in the text, length, and four sides of the box
    in ten-thousandths of the page picture.
    """

    author: str | None = None
    subject: str | None = None
    keywords: str | None = None
    creator: str | None = None
    producer: str | None = None
    created: str | None = None
    modified: str | None = None
    outline: tuple[Heading, ...] = ()
    attached: tuple[Attached, ...] = ()
    readers: tuple[ReadBy, ...] = ()
    wordless: tuple[int, ...] = ()
    placed: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read plain JSON; fields of a newer version are passed over, misfits raise ValueError."""
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data}
        known["outline"] = tuple(Heading(**each) for each in known.get("outline", ()))
        known["attached"] = tuple(Attached(**each) for each in known.get("attached", ()))
        known["readers"] = tuple(ReadBy(**each) for each in known.get("readers", ()))
        known["wordless"] = tuple(known.get("wordless", ()))
        known["placed"] = tuple(tuple(each) for each in known.get("placed", ()))
        found = cls(**known)
        found.check()
        return found

    def boxes_on(self, page: int, start: int, end: int) -> tuple[Box | None, ...] | None:
        """Give the boxes of the recognised words of a page; None where nothing was recognised.

        `start` and `end` are the page's place in the text; a letter has a share of its word's box.
        """
        rows = [row for row in self.placed if row[0] == page]
        if not rows:
            return None
        boxes: list[Box | None] = [None] * (end - start)
        for _, first, length, *sides in rows:
            left, top, right, bottom = (side / FINE for side in sides)
            step = (right - left) / max(length, 1)
            for at in range(length):
                if 0 <= first - start + at < len(boxes):
                    box = (left + at * step, top, left + (at + 1) * step, bottom)
                    boxes[first - start + at] = box
        return tuple(boxes)

    def check(self) -> None:
        """Raise ValueError unless every value is of its type."""
        words = [getattr(self, f.name) for f in fields(self)][:7]
        words += [heading.title for heading in self.outline]
        words += [each.name for each in self.attached] + [each.reader for each in self.readers]
        numbers: list[object] = [each for row in self.placed for each in row]
        numbers += [*self.wordless, *(heading.page for heading in self.outline)]
        numbers += [heading.depth for heading in self.outline]
        numbers += [each.size for each in self.attached]
        for each in self.readers:
            numbers += [each.first, each.last, each.confidence]
        if not all(word is None or isinstance(word, str) for word in words):
            msg = "a word of a document that is none"
            raise ValueError(msg)
        if not all(n is None or (isinstance(n, int) and n >= 0) for n in numbers):
            msg = "a number of a document that is none"
            raise ValueError(msg)
        if any(len(row) != _PLACED for row in self.placed):
            msg = "a placed word that is not seven numbers"
            raise ValueError(msg)


_PLACED = 7


def found_mark(data: Mapping[str, Any], length: int) -> FoundMark:
    """Read one mark of a text of so many code points; raises ValueError when it does not fit."""
    boxes = tuple(_box(each) for each in data.get("boxes") or ())
    mark = FoundMark(**{**data, "boxes": boxes})
    numbers = (mark.page, mark.start, mark.end)
    words = (mark.note, mark.author, mark.made)
    if (
        mark.kind not in MARK_KINDS
        or not all(isinstance(n, int) for n in numbers)
        or not all(word is None or isinstance(word, str) for word in words)
        or not (mark.page >= 1 and 0 <= mark.start <= mark.end <= length)
    ):
        msg = "a mark that does not fit"
        raise ValueError(msg)
    return mark


def _box(sides: Any) -> Box:
    left, top, right, bottom = (float(side) for side in sides)
    if not (0 <= left <= right <= 1 and 0 <= top <= bottom <= 1):
        msg = "a mark beside its page"
        raise ValueError(msg)
    return left, top, right, bottom


def wordless_words(pages: Iterable[int]) -> str:
    """Say that pages show something but have no words."""
    return f"{pages_in_words(pages, 'shows a picture', 'show pictures')} without text"


def pages_in_words(numbers: Iterable[int], one: str = "", many: str = "") -> str:
    """Name pages: "page 5", "pages 5 and 6", "pages 1 to 4, 7 and 9"; then `one` or `many`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    count = sum(map(len, runs))
    words = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return " ".join(
        filter(None, ("page" if count == 1 else "pages", words, one if count == 1 else many))
    )
