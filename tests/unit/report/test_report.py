"""A report says what the case says, in exact words, and nothing in it acts."""

import hashlib
import re
import stat
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from casefile.model.annotation import Annotation, quote_selectors
from casefile.model.claim import Assessment, Claim
from casefile.model.dates import parse_when
from casefile.model.entity import Entity
from casefile.model.errors import CaseUnusable, UsageError
from casefile.model.note import Note
from casefile.model.source import Acquisition, Extraction, Source, SourceFile
from casefile.model.view import (
    CaseInfo,
    ClaimView,
    DuplicateView,
    EvidenceView,
    Facts,
    MarkView,
    ReportView,
    SourceView,
)
from casefile.report.html import render as html
from casefile.report.markdown import escape
from casefile.report.markdown import render as markdown
from casefile.report.outline import CHECK_ALL, outline
from casefile.report.writing import write

HASH = hashlib.sha256(b"bytes").hexdigest()
QUOTE = "In the last week of April, «قوات»  entered the <town> & left"
EVIL = (
    "<script>alert(1)</script>",
    "<img src=//host/x onerror=alert(1)>",
    "](javascript:alert(1))",
    "{{ 7*7 }}{% include 'x' %}",
    "\u202eright\u2066 to left",
    "</style></blockquote>",
    "`code` **bold** # not a heading",
    "nul\x00 bell\x07",
)


def source(words: str = "A saved page") -> SourceView:
    record = Source(
        id="s1",
        kind="article",
        title=words,
        publisher="River Times",
        byline=("Rana Haddad", words),
        url="https://example.org/?a=1&b=2",
        published=parse_when("12 May 2024"),
        reliability="B",
    )
    return SourceView(
        source=record,
        title=words,
        file=SourceFile(
            id="f1", object=HASH, name=f"{words}.html", media_type="text/html", size=12345
        ),
        extraction=Extraction(
            id="x1",
            extractor="html",
            version="1",
            complete=False,
            reason="cut off",
            warnings=(words,),
        ),
        facts=Facts(published_from="meta article:published_time"),
        acquisitions=(
            Acquisition(
                id="q1",
                acquired_at="2024-05-13T10:00:00.000Z",
                method="import of a file",
                person="p1",
                name=words,
            ),
        ),
        tags=("river",),
        notes=(Note(id="n1", body=words),),
        duplicates=(DuplicateView(source="s2", title=words, how="same text"),),
    )


CITED = EvidenceView(
    link=None,
    stance="supports",
    source="s1",
    source_title="A saved page",
    annotation="a1",
    quote=QUOTE,
    zone="body",
    page=3,
    sha256=HASH,
    reliability="B",
    publisher="River Times",
    published=parse_when("12 May 2024"),
    mark=1,
    warrant=None,
)


def evidence(words: str) -> tuple[EvidenceView, ...]:
    linked = replace(CITED, link="l1", stance="contradicts", annotation="a2", quote=words)
    return replace(CITED, source_title=words), replace(linked, warrant=words)


def claim(words: str = "They entered the town") -> ClaimView:
    judged = Assessment(
        id="j1",
        person="p1",
        credibility=2,
        likelihood="very likely",
        confidence="moderate",
        reasoning=words,
    )
    return ClaimView(
        claim=Claim(
            id="c1",
            statement=words,
            attribution="said",
            said=parse_when("12 May 2024"),
            about=parse_when("in the last week of April"),
        ),
        speaker=Entity(id="e1", name="Omar al-Said"),
        place=Entity(id="e2", name="Deir Ezzor"),
        evidence=evidence(words),
        assessments=(judged,),
        origins=((("s1", "s2"), ("same text",)), (("s3",), ())),
        conflicts=("statement",),
        tags=(),
        notes=(),
    )


def mark(words: str) -> MarkView:
    made = Annotation(
        id="a9",
        source="s1",
        object=HASH,
        mark=1,
        body=words,
        selectors=quote_selectors(words, 0, len(words), 2),
    )
    return MarkView(
        annotation=made, source_title=words, zone="caption", tags=(), claims=(), by="Analyst"
    )


def report(words: str = "The river case") -> ReportView:
    info = CaseInfo(
        id="case-id",
        title=words,
        path="/x",
        format=1,
        counts={},
        kinds={},
        triage={},
        size=1,
        writable=True,
    )
    return ReportView(
        info=info,
        made_at="2024-06-01T08:00:00.000Z",
        made_by="Analyst",
        program="Casefile 0.1.0",
        claims=(claim(words),),
        sources=(source(words),),
        marks=(mark(words),),
        people={"p1": "Analyst"},
        chains=({"replica": "r1", "seq": 42, "chain": "c" * 64},),
        summary=words,
        questions=(words,),
    )


class Page(HTMLParser):
    """Collects what a browser would act on, and the words that a person reads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.quotes: list[str] = []
        self._quoting = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "blockquote":
            self._quoting = True
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        self._quoting = self._quoting and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._quoting:
            self.quotes[-1] += data


SAID = (
    "The river case", QUOTE, "Omar al-Said", "said", "in the last week of April",
    "EDTF XXXX-04-24/XXXX-04-30", "2024-05-12", "body", "River Times", HASH, "B – usually reliable",
    "2 – probably true", "very likely (80–95 %)", "Deir Ezzor", "html 1", "cut off", "text/html",
    "12\u202f345 bytes", "2024-05-13T10:00:00.000Z", "import of a file", "meta article:published_time",
    "c" * 64, "3 supporting sources, 2 independent origins", "nor who sat at the keyboard",
    "No checkpoint of this case is signed yet", "sha256sum", CHECK_ALL,
)  # fmt: skip


@pytest.mark.parametrize("words", SAID)
def test_html_says(words: str):
    assert words in Page(html(outline(report()))).words


@pytest.mark.parametrize("words", SAID)
def test_markdown_says(words: str):
    text = markdown(outline(report()))
    assert words in text or escape(words) in text


def test_a_quote_is_printed_exactly_and_set_by_its_own_direction():
    page = html(outline(report()))
    assert Page(page).quotes[0] == QUOTE
    assert '<blockquote dir="auto">' in page


@pytest.mark.parametrize("words", EVIL)
def test_nothing_of_a_case_acts_in_html(words: str):
    text = html(outline(report(words)))
    page, calm = Page(text), Page(html(outline(report())))
    assert page.tags == calm.tags
    assert {name for name, _ in page.attributes} == {name for name, _ in calm.attributes}
    assert not {"script", "img", "link", "iframe", "object", "base", "form"} & set(page.tags)
    assert all(value and value.startswith("#") for name, value in page.attributes if name == "href")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    shown = words.replace("\x00", "\ufffd").replace("\x07", "\ufffd")
    assert shown in page.words


def test_html_fetches_nothing():
    text = html(outline(report()))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert f'http-equiv="Content-Security-Policy" content="{policy}"' in text
    assert "url(" not in text
    assert "@import" not in text
    assert "src=" not in text


READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def kinds(text: str) -> list[str]:
    """Give what a Markdown reader makes of a text, the words left out."""
    found = []
    for token in READER.parse(text):
        found.append(token.type)
        found += [child.type for child in token.children or () if child.type != "text"]
    # A file name of plain letters alone is set in a fixed width.
    return [kind for kind in found if kind not in {"text_special", "code_inline"}]


@pytest.mark.parametrize(
    "words", [*EVIL, "- item", "1. item", "> quote", "==", "--", "# head", "a|b"]
)
def test_nothing_of_a_case_acts_in_markdown(words: str):
    text = markdown(outline(report(words)))
    calm = markdown(outline(report()))
    assert kinds(text) == kinds(calm)
    assert "://" not in re.sub(r"\\://", "", text)


@given(st.text(max_size=60))
def test_a_markdown_reader_sees_the_words(words: str):
    (opened, inline, closed) = READER.parse("x " + escape(words))
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    seen = "".join(child.content for child in inline.children or ())
    shown = re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", " ".join(words.split()))
    assert seen.strip("\u2068\u2069") == f"x {shown}".strip().strip("\u2068\u2069") or any(
        c in shown for c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"
    )


@given(st.text(st.sampled_from("-+=:>#*_`~1.)( \n|&<w"), max_size=20))
def test_a_line_of_marks_is_a_paragraph(words: str):
    line = escape(words)
    assert "\n" not in line
    if line:
        assert [token.type for token in READER.parse(line)] == [
            "paragraph_open",
            "inline",
            "paragraph_close",
        ]


def test_numbers_lead_from_evidence_to_its_source():
    page = html(outline(report()))
    assert 'href="#source-1"' in page
    assert 'id="source-1"' in page


def test_marks_of_claims_are_not_listed_twice():
    view = report()
    own = replace(view.marks[0], annotation=replace(view.marks[0].annotation, id="a1"))
    assert outline(replace(view, marks=(own,))).marks == ()


def test_an_empty_case_has_a_report():
    view = replace(report(), claims=(), sources=(), marks=(), summary="", questions=(), chains=())
    for text in (html(outline(view)), markdown(outline(view))):
        assert "There are no claims in this report." in text


def test_written_by_suffix(tmp_path: Path):
    for name, start in (("r.html", "<!doctype html>"), ("r.MD", "# The river case")):
        write(report(), tmp_path / name)
        assert (tmp_path / name).read_text("utf-8").startswith(start)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.MD", "r.html"]
    assert stat.S_IMODE((tmp_path / "r.html").stat().st_mode) & 0o400


@pytest.mark.parametrize("name", ["r.pdf", "r.docx", "r"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str):
    with pytest.raises(UsageError, match="cannot be written as") as caught:
        write(report(), tmp_path / name)
    assert ".html" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(CaseUnusable, match="No such file"):
        write(report(), tmp_path / "absent" / "r.html")


def test_a_report_that_fails_leaves_the_old_one(tmp_path: Path):
    file = tmp_path / "r.md"
    file.mkdir()
    with pytest.raises(CaseUnusable):
        write(report(), file)
    assert [p.name for p in tmp_path.iterdir()] == ["r.md"]


def test_the_command_that_verifies_finds_a_changed_file(tmp_path: Path):
    folder = tmp_path / "objects" / HASH[:2]
    folder.mkdir(parents=True)
    (folder / HASH).write_bytes(b"bytes")
    good = subprocess.run(
        ["sh", "-c", CHECK_ALL], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (good.returncode, good.stdout) == (0, "")
    (folder / HASH).write_bytes(b"other")
    bad = subprocess.run(
        ["sh", "-c", CHECK_ALL], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert bad.returncode != 0
    assert HASH in bad.stdout
