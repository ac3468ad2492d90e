import io
from collections.abc import Callable

import docx as word
import pytest

from casefile.extract import docx, registry
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.extract.office_sample import zip_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPE = docx.MEDIA_TYPE


def made(write: Callable[[word.document.Document], None]) -> bytes:
    document = word.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    body = f"<w:document {W}><w:body>{xml}</w:body></w:document>"
    return zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def test_a_document_of_every_part(context: Context) -> None:
    def write(document: word.document.Document) -> None:
        document.core_properties.title = "From the properties"
        document.core_properties.author = "Jane Roe"
        document.add_heading("The bridge", 0)
        document.add_heading("What happened", 1)
        document.add_paragraph("الجسر مفتوح مرة أخرى، قال المجلس يوم الاثنين.")
        document.add_paragraph("first", style="List Bullet")
        document.add_heading("Detail", 2)
        table = document.add_table(2, 2)
        for at, words in enumerate(("a", "b", "c", "d")):
            table.cell(at // 2, at % 2).text = words
        document.sections[0].header.paragraphs[0].text = "Margin"

    draft = registry.read(made(write), context)
    zones = [(z.kind, z.of(draft.text)) for z in draft.zones]
    assert zones == [
        ("headline", "The bridge"),
        ("heading", "What happened"),
        ("body", "الجسر مفتوح مرة أخرى، قال المجلس يوم الاثنين."),
        ("list", "first"),
        ("subheading", "Detail"),
        ("body", "a\tb"),
        ("body", "c\td"),
        ("boilerplate", "Margin"),
    ]
    assert (draft.title, draft.byline, draft.language) == ("The bridge", ("Jane Roe",), "ar")
    assert (draft.media_type, draft.complete, draft.warnings) == (TYPE, True, ())
    assert draft.published is not None
    assert draft.published_from == "document properties"


def test_words_in_boxes_notes_links_and_changes(context: Context) -> None:
    box = "<w:r><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:r>"
    data = with_body(
        f"<w:p><w:r><w:t>Before</w:t></w:r>{box}<w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins><w:del><w:r><w:delText> old</w:delText></w:r></w:del></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>A field.</w:t><w:br/><w:t>Next</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    draft = docx.read(data, context)
    assert draft.text == "In a box.\n\nBefore link new\n\nA field.\nNext"
    assert draft.warnings == ("words that were deleted with tracked changes are not shown",)


def test_an_article_in_a_document_is_read_as_one(context: Context) -> None:
    def write(document: word.document.Document) -> None:
        document.add_paragraph("Council opens the bridge over the river again")
        document.add_paragraph("By Jane Roe")
        document.add_paragraph("3 April 2024")
        for _ in range(5):
            document.add_paragraph(
                "The council met on Monday to hear the report about the bridge, and it agreed, after"
                " a long debate with many speakers, that the works should begin in spring."
            )

    draft = docx.read(made(write), context)
    assert draft.kind == "article"
    assert draft.title == "Council opens the bridge over the river again"
    assert draft.byline == ("Jane Roe",)
    assert draft.published is not None
    assert draft.published.edtf == "2024-04-03"


def test_a_damaged_part_is_said_and_its_words_are_kept(context: Context) -> None:
    broken = with_body("<w:p><w:r><w:t>Kept words.</w:t></w:r></w:p><w:p><w:r><w:t>More</w:p>")
    draft = registry.read(broken, context)
    assert "Kept words." in draft.text
    assert (draft.complete, draft.reason) == (False, "a part of the document is damaged")


@pytest.mark.parametrize("parts", [{}, {"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}])
def test_a_document_without_text_says_why(parts: dict[str, str], context: Context) -> None:
    draft = registry.read(
        zip_of({"[Content_Types].xml": "<T/>", "word/x.xml": "x", **parts}), context
    )
    assert not draft.complete
    assert draft.reason in ("there is no text in the document", "a part of the document is damaged")
    assert (
        registry.read(with_body("<w:p/>")[:300], context).reason == "the file is cut off or damaged"
    )


def test_a_bomb_is_not_unpacked() -> None:
    data = with_body("<w:p/>" + " " * 40_000_000)
    draft = registry.read(data, Context("x", limits=Limits(unpacked_bytes=1_000_000)))
    assert (draft.complete, draft.reason) == (False, "unpacked it is larger than allowed")


def test_where_the_walk_finds_little_the_bare_words_are_taken(context: Context) -> None:
    strange = f"<x {W}>" + "<y><w:t>Words in no paragraph at all.</w:t></y>" * 20 + "</x>"
    data = zip_of({"[Content_Types].xml": "<T/>", "word/document.xml": strange})
    draft = docx.read(data, context)
    assert draft.text.count("Words in no paragraph at all.") == 20
    assert draft.reason == "the file is unusual; its text has lost what its parts are"
