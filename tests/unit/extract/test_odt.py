from casefile.extract import odt, registry
from casefile.extract.context import Context
from casefile.extract.office_sample import zip_of

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "meta")
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt_of(body: str, automatic: str = "", **parts: str) -> bytes:
    content = (
        f"<office:document-content {NAMES} {DC}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    named = {f"{name}.xml": f"<x {NAMES} {DC}>{xml}</x>" for name, xml in parts.items()}
    return zip_of({"mimetype": odt.MEDIA_TYPE, "content.xml": content, **named})


def test_a_document_of_every_part(context: Context) -> None:
    body = (
        '<text:p text:style-name="P1">The bridge</text:p><text:h text:outline-level="1">Head</text:h>'
        '<text:p>Some <text:span>bold</text:span><text:s text:c="2"/>words<text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note> end"
        "<text:line-break/>next<!-- no word --></text:p>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    draft = registry.read(
        odt_of(
            body,
            '<style:style style:name="P1" style:parent-style-name="Title"/>',
            styles="<style:footer><text:p>Margin</text:p></style:footer>",
            meta="<dc:title>Said</dc:title><meta:initial-creator>Jane Roe</meta:initial-creator>"
            "<meta:creation-date>2024-04-03T10:00:00</meta:creation-date>",
        ),
        context,
    )
    assert [(z.kind, z.of(draft.text)) for z in draft.zones] == [
        ("headline", "The bridge"),
        ("heading", "Head"),
        ("body", "Some bold words end\nnext"),
        ("body", "A note."),
        ("list", "one"),
        ("body", "a\tb"),
        ("boilerplate", "Margin"),
    ]
    assert (draft.title, draft.byline) == ("The bridge", ("Jane Roe",))
    assert draft.published is not None
    assert (draft.published.edtf, draft.media_type) == ("2024-04-03", odt.MEDIA_TYPE)
    assert draft.complete


def test_what_was_deleted_is_left_out_and_said(context: Context) -> None:
    gone = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    draft = odt.read(odt_of(f"{gone}<text:p>Here.</text:p>"), context)
    assert draft.text == "Here."
    assert draft.warnings == ("words that were deleted with tracked changes are not shown",)


def test_a_locked_document_says_so(context: Context) -> None:
    data = zip_of(
        {
            "mimetype": odt.MEDIA_TYPE,
            "content.xml": "x",
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
        }
    )
    assert registry.read(data, context).reason == "the document is locked with a password"


def test_a_document_that_is_cut_off_says_so(context: Context) -> None:
    draft = registry.read(odt_of("<text:p>Here.</text:p>")[:-40], context)
    assert (draft.complete, draft.reason) == (False, "the file is cut off or damaged")
