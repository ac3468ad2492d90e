import pytest

from casefile.extract import registry, rtf
from casefile.extract.context import Context

HEAD = (
    rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Arial;}"
    rb"{\f2\fcharset128 Gothic;}{\f3\fcharset178 Arabic;}}{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s15 Title;}}"
)


def texts(body: bytes, context: Context) -> list[tuple[str, str]]:
    draft = rtf.read(HEAD + body + b"}", context)
    draft.check()
    assert draft.complete
    return [(z.kind, z.of(draft.text)) for z in draft.zones]


def test_a_document_of_every_part(context: Context) -> None:
    body = (
        rb"{\info{\title My title}{\author Jane Roe}{\creatim\yr2024\mo4\dy3}}{\header Margin\par}"
        rb"\pard\s15 The bridge\par\pard\s1 Head\par\pard\plain Some {\b bold} words{\footnote\pard A note.} end\line next\par"
        rb"\trowd\cellx1\cellx2 a\cell b\cell\row\pard after {\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\*\odd gone}\par"
    )
    draft = registry.read(HEAD + body + b"}", context)
    assert [(z.kind, z.of(draft.text)) for z in draft.zones] == [
        ("headline", "The bridge"),
        ("boilerplate", "Margin"),
        ("heading", "Head"),
        ("body", "Some bold words end\nnext"),
        ("body", "A note."),
        ("body", "a\tb"),
        ("body", "after link"),
    ]
    assert (draft.title, draft.byline) == ("The bridge", ("Jane Roe",))
    assert draft.published is not None
    assert draft.published.edtf == "2024-04-03"


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (rb"\f1\'d1\'eb\'ee\'e2\'e0", "Слова"),
        (rb"\f2\'83\'41\'83B", "アィ"),
        (rb"\f3\'c7\'e1\'cc\'d3\'d1", "الجسر"),
        (rb"\u1083?\u1080 ?x", "лиx"),
        (rb"\uc2\u1083ab\uc0\u1080 c", "лиc"),
        (rb"\u8220\ldblquote x\u8221\rdblquote .", "“x”."),
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"a\~b\_c\{d\}\\", "a\u00a0b\u2011c{d}\\"),
        (rb"\emdash\lquote x\rquote", "—‘x’"),
        (rb"one{\pict\bin5 }}}}} two}three", "onethree"),
        (rb"{\upr{plain}{\*\ud{\u1083 ?}}}", "л"),
    ],
)
def test_letters_in_every_form(marks: bytes, words: str, context: Context) -> None:
    assert texts(marks + rb"\par", context)[0][1] == words


def test_a_chosen_encoding_wins() -> None:
    chosen = Context("x", {"encoding": "windows-1251"})
    draft = rtf.read(rb"{\rtf1\ansi \'d1\'eb\'ee\'e2\'e0\par}", chosen)
    assert draft.text == "Слова"
    assert draft.parameters == {"encoding": "windows-1251"}


def test_deleted_words_are_left_out_and_said(context: Context) -> None:
    draft = rtf.read(HEAD + rb"Here{\deleted  gone}.\par}", context)
    assert draft.text == "Here."
    assert draft.warnings == ("words that were deleted with tracked changes are not shown",)


def test_a_file_that_is_cut_off_says_so(context: Context) -> None:
    draft = registry.read(HEAD + rb"Here are words", context)
    assert (draft.text, draft.complete, draft.reason) == (
        "Here are words",
        False,
        "the file is cut off",
    )


def test_a_code_page_that_nobody_knows_stops_nothing() -> None:
    assert rtf.read(rb"{\rtf1\ansi\ansicpg99999 Words\'e9\par}", Context("x")).text == "Wordsé"
