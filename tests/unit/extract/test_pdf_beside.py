"""What a PDF holds beside its words: outline, metadata, attachments, marks, filled fields."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Highlight, Text
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from casefile.extract import derive, pdf
from casefile.extract.context import Context
from casefile.extract.pdf_strings import moment
from casefile.model.document import Attached, Heading, ReadBy
from casefile.model.draft import Draft

MakePdf = Callable[..., bytes]


def _changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _quads(*boxes: tuple[float, float, float, float]) -> ArrayObject:
    points = ArrayObject()
    for left, bottom, right, top in boxes:
        points.extend(FloatObject(n) for n in (left, top, right, top, left, bottom, right, bottom))
    return points


def _mark(writer: PdfWriter, note: DictionaryObject, page: int = 0, **words: str) -> None:
    for key, value in words.items():
        note[NameObject(f"/{key}")] = TextStringObject(value)
    writer.add_annotation(page, note)


def _field(writer: PdfWriter, kind: str, name: str, value: Any, **more: Any) -> None:
    """Add a form field with a widget on the first page."""
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject(kind),
            NameObject("/T"): TextStringObject(name),
            NameObject("/V"): value,
            NameObject("/Rect"): ArrayObject(FloatObject(n) for n in (20, 100, 200, 120)),
            **{NameObject(f"/{key}"): each for key, each in more.items()},
        }
    )
    place = writer._add_object(field)
    page = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", ()), place])
    form = writer._root_object.setdefault(NameObject("/AcroForm"), DictionaryObject())
    form[NameObject("/NeedAppearances")] = BooleanObject(True)
    form.setdefault(NameObject("/Fields"), ArrayObject()).append(place)


def test_a_highlight_stands_on_its_words(make_pdf: MakePdf, context: Context) -> None:
    data = make_pdf("the first page", "nothing here\nthe bridge is closed today")
    found = pdf.read(data, context)
    start = found.text.index("bridge is")
    page = found.pages[1]
    boxes = derive.page_boxes(data, context, 2, found.text[slice(*page)])
    first, last = boxes[start - page[0]], boxes[start - page[0] + len("bridge is") - 1]
    assert first is not None
    assert last is not None
    quads = _quads((first[0] * 300, 400 - first[3] * 400, last[2] * 300, 400 - first[1] * 400))
    note = Highlight(rect=(0, 0, 300, 400), quad_points=quads)
    marked = _changed(
        data,
        lambda w: _mark(w, note, 1, Contents="who says?", T="Mira", M="D:20210424130559+03'00'"),
    )
    draft = pdf.read(marked, context)
    (mark,) = draft.marks
    assert draft.text[mark.start : mark.end] == "bridge is"
    assert (mark.page, mark.kind, mark.note, mark.author) == (2, "highlight", "who says?", "Mira")
    assert mark.made == "2021-04-24T13:05:59+03:00"
    assert Draft.from_json(draft.to_json()) == draft


def test_notes_and_boxes_of_text_stand_on_an_area(make_pdf: MakePdf, context: Context) -> None:
    def change(writer: PdfWriter) -> None:
        _mark(writer, Text(rect=(30, 340, 48, 358), text="look at this"), T="Ivan")
        _mark(writer, FreeText(text="typed onto the page", rect=(30, 40, 130, 60)))
        _mark(writer, Text(rect=(30, 340, 48, 358), text="Accepted"), StateModel="Review")
        _mark(writer, Text(rect=(30, 340, 48, 358), text=""))

    draft = pdf.read(_changed(make_pdf("words"), change), context)
    assert [(m.kind, m.note, m.author, m.start == m.end) for m in draft.marks] == [
        ("note", "look at this", "Ivan", True),
        ("text box", "typed onto the page", None, True),
    ]
    left, top, right, bottom = draft.marks[0].boxes[0]
    assert (left, right) == (pytest.approx(0.1, abs=0.01), pytest.approx(0.16, abs=0.01))
    assert (top, bottom) == (pytest.approx(0.105, abs=0.01), pytest.approx(0.15, abs=0.01))


def test_what_is_filled_in_is_text_with_its_place(make_pdf: MakePdf, context: Context) -> None:
    def change(writer: PdfWriter) -> None:
        _field(writer, "/Tx", "Name", TextStringObject("Амина Odeh"))
        _field(writer, "/Tx", "Empty", TextStringObject(""))
        _field(writer, "/Tx", "Key", TextStringObject("s3cret"), Ff=FloatObject(1 << 13))
        _field(writer, "/Tx", "Known", TextStringObject("words of the page"))

    data = _changed(make_pdf("words of the page"), change)
    draft = pdf.read(data, context)
    assert draft.text == "words of the page\n\nName: Амина Odeh"
    assert draft.complete
    assert "what is filled into form fields stands below the text of page 1" in draft.warnings
    boxes = derive.page_boxes(data, context, 1, draft.text)
    at = draft.text.index("Амина")
    box = boxes[at]
    assert box is not None
    assert box[1] == pytest.approx(1 - 120 / 400, abs=0.01)


def test_outline_metadata_and_attachments(make_pdf: MakePdf, context: Context) -> None:
    def change(writer: PdfWriter) -> None:
        top = writer.add_outline_item("Part one", 0)
        writer.add_outline_item("Раздел", 1, parent=top)
        writer.add_attachment("list.csv", b"a,b\n1,2\n")
        writer.add_metadata({"/Author": "Mira Odeh", "/CreationDate": "D:20210424130559Z"})

    draft = pdf.read(_changed(make_pdf("one", "two"), change), context)
    facts = draft.document
    assert facts is not None
    assert facts.outline == (
        Heading(title="Part one", depth=0, page=1),
        Heading(title="Раздел", depth=1, page=2),
    )
    assert facts.attached == (Attached(name="list.csv", size=8),)
    assert (facts.author, facts.created) == ("Mira Odeh", "2021-04-24T13:05:59+00:00")
    assert facts.readers == (ReadBy(reader="pypdf", first=1, last=2),)
    assert "a file is attached to this PDF" in draft.warnings


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_a_password_opens_and_is_kept_nowhere(
    algorithm: str, make_pdf: MakePdf, context: Context
) -> None:
    word = "ключ-7"
    data = _changed(make_pdf("secret words"), lambda w: w.encrypt(word, algorithm=algorithm))
    if b"/Encrypt" not in data:
        pytest.skip("this algorithm is not written here")
    closed = pdf.read(data, context)
    assert (closed.text, closed.reason) == ("", "this PDF asks for a password")
    wrong = pdf.read(data, replace(context, passwords=("other",)))
    assert wrong.reason == "this PDF asks for a password, and none that was given fits"
    opened = pdf.read(data, replace(context, passwords=("other", word)))
    assert (opened.text, opened.complete) == ("secret words", True)
    assert word not in str(opened.to_json())
    picture = derive.page_picture(data, replace(context, passwords=(word,)), 1, 60)
    assert picture.width == 60


def test_pages_that_broke_a_reader_are_left_out(make_pdf: MakePdf, context: Context) -> None:
    draft = pdf.read(make_pdf("one", "two", "three"), replace(context, left_out=frozenset({0, 2})))
    assert draft.text == "one\f\fthree"
    assert draft.reason == "page 2 breaks the reader and was left out"


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("D:20210424130559+03'00'", "2021-04-24T13:05:59+03:00"),
        ("D:20210424130559Z", "2021-04-24T13:05:59+00:00"),
        ("D:20210424130559", "2021-04-24T13:05:59"),
        ("D:20210424", "2021-04-24"),
        ("20210424", "2021-04-24"),
        ("D:2021", "2021"),
        ("D:20211324", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_are_kept_as_written(words: str, when: str | None) -> None:
    assert moment(words) == when


def test_marks_are_written_into_a_copy(make_pdf: MakePdf, context: Context) -> None:
    data = make_pdf("the bridge is closed", "another page")
    boxes = derive.page_boxes(data, context, 1, "the bridge is closed")
    wanted = [box for box in boxes[4:10] if box is not None]
    mark = {"page": 1, "boxes": wanted, "note": "who?", "author": "Mira", "mark": 2}
    frame = derive.perform("marked_pdf", data, replace(context, parameters={"marks": [mark]}))
    again = pdf.read(frame.body, context)
    assert again.text == "the bridge is closed\fanother page"
    assert [(m.kind, again.text[m.start : m.end], m.note, m.author) for m in again.marks] == [
        ("highlight", "bridge", "who?", "Mira"),
        ("note", "", "who?", "Mira"),
    ]
    assert len(PdfReader(io.BytesIO(frame.body)).pages) == 2


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_marks_lie_on_the_words_of_turned_pages(
    turn: int, make_pdf: MakePdf, context: Context
) -> None:
    data = make_pdf("the bridge is closed").replace(b"/MediaBox", b"/Rotate %d/MediaBox" % turn)
    boxes = derive.page_boxes(data, context, 1, "the bridge is closed")
    mark = {"page": 1, "boxes": [box for box in boxes[4:10] if box is not None]}
    frame = derive.perform("marked_pdf", data, replace(context, parameters={"marks": [mark]}))
    again = pdf.read(frame.body, context)
    assert [again.text[m.start : m.end] for m in again.marks] == ["bridge"]
