import hashlib

import pytest

from casefile.model.annotation import Annotation
from casefile.model.ids import new_id
from casefile.model.note import Tag, Tagging
from casefile.model.source import Extraction, Source, SourceFile
from casefile.model.values import DateValue
from casefile.model.view import SourceFilter
from casefile.store import sources
from casefile.store.case import CaseStore

A, B, C, D = (f"aaaaaaaa-0000-4000-8000-00000000000{n}" for n in range(4))
TAG = "bbbbbbbb-0000-4000-8000-000000000000"


def day(words: str) -> DateValue:
    return DateValue(text=words, edtf=words, earliest=words, latest=words)


@pytest.fixture
def full(store: CaseStore) -> CaseStore:
    with store.write("import") as w:
        w.put(
            Source, A, title="banana", kind="article", publisher="Zeit", published=day("2021-05-02")
        )
        w.put(Source, B, title="Apple", kind="pdf", publisher="al-Ahram", reliability="B")
        w.put(Source, C, kind="article", status="later", published=day("2020-01-01"))
        w.put(Source, D, title="gone", kind="photo")
        w.put(SourceFile, new_id(), source=C, object="1" * 64, role="original", name="c.html")
        w.put(SourceFile, new_id(), source=C, object="2" * 64, role="capture", name="shot.png")
        w.put(SourceFile, new_id(), source=D, object="3" * 64, role="original", name="d.jpg")
        w.delete(Source, D)
        w.put(Tag, TAG, name="x")
        w.put(Tagging, new_id(), tag=TAG, target=B)
        untagged = new_id()
        w.put(Tagging, untagged, tag=TAG, target=A)
        w.delete(Tagging, untagged)
    return store


@pytest.mark.parametrize(
    ("sort", "up", "down"),
    [
        ("published", [C, A, B], [A, C, B]),
        ("title", [B, A, C], [A, B, C]),
        ("added", [A, B, C], [C, B, A]),
        ("publisher", [B, A, C], [A, B, C]),
        ("reliability", [B, A, C], [B, C, A]),
        ("kind", [A, C, B], [B, C, A]),
    ],
)
def test_sorted_with_the_empty_ones_last(
    full: CaseStore, sort: str, up: list[str], down: list[str]
) -> None:
    with full.read() as r:
        assert sources.listing(r, SourceFilter(), sort) == up
        assert sources.listing(r, SourceFilter(), sort, descending=True) == down


@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        (SourceFilter(kind="article"), [A, C]),
        (SourceFilter(status="later"), [C]),
        (SourceFilter(status="none"), [A, B]),
        (SourceFilter(tag=TAG), [B]),
        (SourceFilter(tag=new_id()), []),
        (SourceFilter(words="APP ahr"), [B]),
        (SourceFilter(words="  "), [A, B, C]),
        (SourceFilter(words="gone"), []),
        (SourceFilter(ids=(C, A, D, new_id())), [A, C]),
        (SourceFilter(kind="article", status="none", words="an", ids=(A,)), [A]),
    ],
)
def test_every_condition_holds(full: CaseStore, how: SourceFilter, wanted: list[str]) -> None:
    with full.read() as r:
        assert sources.listing(r, how, "added") == wanted


def test_words_are_found_however_they_are_written(full: CaseStore) -> None:
    with full.write("edit") as w:
        w.put(Source, A, title="Кёльн", publisher="الأهرام")
    with full.read() as r:
        for words in ("кельн", "КЁЛЬН", "الاهرام"):
            assert sources.listing(r, SourceFilter(words=words)) == [A]


def test_an_unknown_sort_is_a_defect(full: CaseStore) -> None:
    with full.read() as r, pytest.raises(KeyError):
        sources.listing(r, SourceFilter(), "colour")


def test_rows_have_marks_names_and_how_completely_they_were_read(full: CaseStore) -> None:
    gone = new_id()
    with full.write("annotate") as w:
        for one in (new_id(), new_id(), gone):
            w.put(Annotation, one, source=A)
        w.delete(Annotation, gone)
        w.put(Extraction, new_id(), source=A, complete=True)
        w.put(Source, A, byline=("X", "Y"), language="en")
    with full.write("read again") as w:
        w.put(Extraction, new_id(), source=A, complete=False)
        w.put(Extraction, new_id(), source=B, complete=True)
    with full.read() as r:
        a, c, d, b = sources.rows(r, [A, C, new_id(), D, B])
    assert (a.id, a.marks, a.complete, a.byline, a.language) == (A, 2, False, ("X", "Y"), "en")
    assert a.published == day("2021-05-02")
    assert (b.marks, b.complete, b.published, b.reliability) == (0, True, None, "B")
    assert (c.title, c.complete, c.status, c.publisher) == ("c.html", False, "later", "")
    assert (d.title, d.kind) == ("gone", "photo")
    assert a.added > 1_600_000_000_000


def test_rows_of_nothing(store: CaseStore) -> None:
    with store.read() as r:
        assert sources.rows(r, []) == []
        assert sources.listing(r, SourceFilter()) == []


def test_who_has_these_bytes(full: CaseStore) -> None:
    with full.read() as r:
        assert sources.by_object(r, "1" * 64) == (C, False)
        assert sources.by_object(r, "2" * 64) == (C, False)  # as the bytes of a merged source are
        assert sources.by_object(r, "3" * 64) == (D, True)
        assert sources.by_object(r, "4" * 64) is None
        assert sources.object_names(r) == {
            "1" * 64: "c.html",
            "2" * 64: "shot.png",
            "3" * 64: "d.jpg",
        }
    with full.write("import") as w:
        w.put(SourceFile, new_id(), source=A, object="3" * 64, role="original")
    with full.read() as r:
        assert sources.by_object(r, "3" * 64) == (A, False)


def test_who_says_this_text_and_who_has_this_address(full: CaseStore) -> None:
    text = hashlib.sha256(b"text").hexdigest()
    with full.write("read") as w:
        for one in (A, B, D):
            w.put(Extraction, new_id(), source=one, text_hash=text)
        gone = new_id()
        w.put(Extraction, gone, source=C, text_hash=text)
        w.delete(Extraction, gone)
        w.put(Source, A, canonical_url="https://example.org/a")
        w.put(Source, B, url="https://example.org/a")
    with full.read() as r:
        assert sources.by_text(r, text) == [A, B]
        assert sources.by_text(r, "0" * 64) == []
        assert sources.by_url(r, "https://example.org/a") == [A]


def test_figures(full: CaseStore) -> None:
    with full.write("import") as w:
        w.put(Source, new_id())
        w.put(Source, new_id(), kind="other")
    with full.read() as r:
        kinds, triage = sources.figures(r)
    assert kinds == {"article": 2, "pdf": 1, "other": 2}
    assert triage == {"none": 4, "later": 1}


def test_the_newest_extraction_of_each(full: CaseStore) -> None:
    old, new, other = new_id(), new_id(), new_id()
    with full.write("read") as w:
        w.put(Extraction, old, source=A, version="1")
        w.put(Extraction, new, source=A, version="2")
        w.put(Extraction, other, source=B)
    with full.read() as r:
        found = sources.newest_extraction(r, [A, B, C])
        assert {source: one.id for source, one in found.items()} == {A: new, B: other}
        assert sources.newest_extraction(r, []) == {}
