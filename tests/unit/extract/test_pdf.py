import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casefile.extract import pdf
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.model.document import pages_in_words
from casefile.model.zone import Zone, page_at

MakePdf = Callable[..., bytes]
INK = b"0 0 0 rg 50 50 200 200 re f"


def test_pages_are_joined_by_a_form_feed_that_belongs_to_none(
    make_pdf: MakePdf, context: Context
) -> None:
    draft = pdf.read(make_pdf("first page\nsecond line", "", "third page"), context)
    assert draft.text == "first page\nsecond line\f\fthird page"
    assert [draft.text[a:b] for a, b in draft.pages] == [
        "first page\nsecond line",
        "",
        "third page",
    ]
    assert page_at(draft.pages, draft.text.index("third")) == 3
    assert page_at(draft.pages, draft.text.index("\f")) is None
    assert draft.zones == (Zone("body", 0, len(draft.text)),)
    assert draft.complete
    draft.check()


def test_a_title_that_is_the_first_line_is_a_headline(make_pdf: MakePdf, context: Context) -> None:
    draft = pdf.read(
        make_pdf("The bridge is closed\nNobody knows why.", title="The bridge is closed"), context
    )
    assert draft.title == "The bridge is closed"
    assert [(z.kind, z.of(draft.text)) for z in draft.zones] == [
        ("headline", "The bridge is closed"),
        ("body", "Nobody knows why."),
    ]


@pytest.mark.parametrize(
    "title", ["", "Microsoft Word - letter.doc", "untitled", "report.pdf", "--"]
)
def test_a_title_that_names_a_program_or_file_is_none(
    title: str, make_pdf: MakePdf, context: Context
) -> None:
    assert pdf.read(make_pdf("Some words\nof one size", title=title), context).title is None


def test_the_largest_line_stands_in_for_a_title(make_pdf: MakePdf, context: Context) -> None:
    page = (
        b"BT /F 9 Tf 20 370 Td (The Daily) Tj ET BT /F 24 Tf 20 330 Td (Bridge closed) Tj ET"
        b" BT /F 11 Tf 13 TL 20 300 Td (It was closed on Monday and) Tj T* (will stay so.) Tj ET"
    )
    assert pdf.read(make_pdf(page), context).title == "Bridge closed"


def test_pages_that_show_something_without_text_are_named(
    make_pdf: MakePdf, context: Context
) -> None:
    draft = pdf.read(make_pdf("words", INK, INK, "", "more words"), context)
    assert not draft.complete
    assert draft.reason == "pages 2 and 3 show pictures without text"
    assert "more words" in draft.text


def test_an_empty_page_is_complete(make_pdf: MakePdf, context: Context) -> None:
    assert pdf.read(make_pdf("words", ""), context).complete


def test_a_password_is_asked_for_unless_it_is_empty(make_pdf: MakePdf, context: Context) -> None:
    closed = pdf.read(make_pdf("secret words", password="key"), context)
    assert (closed.complete, closed.reason, closed.text) == (
        False,
        "this PDF asks for a password",
        "",
    )
    assert pdf.read(make_pdf("open words", password=""), context).text == "open words"


def test_a_damaged_table_still_gives_the_text(make_pdf: MakePdf, context: Context) -> None:
    data = make_pdf("the words survive")
    lost = data.replace(b"startxref\n", b"startxref\n9")
    assert pdf.read(lost, context).text == "the words survive"


def test_nonsense_has_a_reason(context: Context) -> None:
    draft = pdf.read(b"%PDF-1.4 and nothing else", context)
    assert not draft.complete
    assert draft.reason


def test_what_was_read_before_the_time_was_over_is_kept(make_pdf: MakePdf) -> None:
    limits = replace(Limits(), cpu_seconds=0.0, page_seconds=0.0)
    draft = pdf.read(make_pdf("one", "two"), Context("file", {}, limits))
    assert not draft.complete
    assert draft.reason == "reading stopped after page 0 of 2: it took too long"
    few = replace(Limits(), pages=1)
    draft = pdf.read(make_pdf("one", "two"), Context("file", {}, few))
    assert draft.text == "one"
    assert draft.reason == "reading stopped after page 1 of 2: no more pages are read of one file"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([5], "page 5 is"),
        ([6, 5], "pages 5 and 6 are"),
        ([1, 2, 3, 7], "pages 1 to 3 and 7 are"),
        ([1, 3, 4, 9], "pages 1, 3, 4 and 9 are"),
    ],
)
def test_pages_in_words(numbers: list[int], words: str) -> None:
    assert pages_in_words(numbers, "is", "are") == words


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("pypdf_samples/habibi.pdf", "حَبيبي"),
        ("pdfjs/ArabicCIDTrueType.pdf", "انواع الخطوط العربية"),
        ("docling/right_to_left_01.pdf", "تحسين الإنتاجية وحل المشكلات"),
    ],
)
def test_arabic_is_in_the_order_of_reading(
    corpora: Path, context: Context, name: str, word: str
) -> None:
    draft = pdf.read((corpora / "pdf" / name).read_bytes(), context)
    assert word in draft.text


@pytest.mark.corpora
def test_words_are_those_of_a_known_text(corpora: Path, context: Context) -> None:
    data = (corpora / "pdf/pypdf_resources/crazyones.pdf").read_bytes()
    known = (corpora / "pdf/pypdf_resources/crazyones.txt").read_text("utf-8")
    draft = pdf.read(data, context)
    assert draft.text.split() == unicodedata.normalize("NFKC", known).split()
