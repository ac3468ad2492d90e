"""What a PDF says of itself: people, programs, times, outline, attached files."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pypdfium2

from casefile.extract.pdf_pages import Pages
from casefile.extract.pdf_strings import line, moment
from casefile.model.document import Attached, DocumentFact, Heading

MOST_HEADINGS = 5_000
MOST_ATTACHED = 1_000

_T = TypeVar("_T")


def facts_of(pages: Pages) -> DocumentFact:
    """Read what stands beside the pages; what is damaged is left out."""

    def said(key: str) -> str | None:
        try:
            return line(pages.document.get_metadata_value(key)) or None
        except (pypdfium2.PdfiumError, UnicodeError, ValueError):
            return None

    return DocumentFact(
        author=said("Author"),
        subject=said("Subject"),
        keywords=said("Keywords"),
        creator=said("Creator"),
        producer=said("Producer"),
        created=_moment(said("CreationDate")),
        modified=_moment(said("ModDate")),
        outline=tuple(_some(lambda: _outline(pages), MOST_HEADINGS)),
        attached=tuple(_some(lambda: _attached(pages), MOST_ATTACHED)),
    )


def _moment(words: str | None) -> str | None:
    return moment(words) if words else None


def _some(make: Callable[[], Iterator[_T]], most: int) -> Iterator[_T]:
    """Give what comes before something breaks, and no more than that."""
    found = make()
    for _ in range(most):
        try:
            yield next(found)
        except (StopIteration, pypdfium2.PdfiumError, UnicodeError, ValueError):
            return


def _outline(pages: Pages) -> Iterator[Heading]:
    for each in pages.document.get_toc(max_depth=15):
        title = line(each.get_title() or "", 300)
        target = each.get_dest()
        index = target.get_index() if target is not None else None
        page = index + 1 if index is not None and 0 <= index < len(pages) else None
        if title:
            yield Heading(title=title, depth=max(each.level, 0), page=page)


def _attached(pages: Pages) -> Iterator[Attached]:
    for at in range(pages.document.count_attachments()):
        each = pages.document.get_attachment(at)
        try:
            size = len(each.get_data())
        except pypdfium2.PdfiumError:
            size = None
        yield Attached(name=line(each.get_name(), 300) or f"attachment {at + 1}", size=size)
