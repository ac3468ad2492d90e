"""Copies stand side by side with what is different."""

from casefile.model.source import SourceLink
from casefile.services import copies, ingest
from casefile.store import records


def test_two_copies_show_what_differs(desk, files):
    words = (files / "column.txt").read_text("utf-8")
    copy = files / "copy.txt"
    copy.write_text(words.replace("six villages", "seven villages"), "utf-8")
    first, second = (e.source for e in ingest.add(desk, [files / "column.txt", copy]).entries)
    (found,) = copies.copies_of(desk, first)
    assert (found.source, found.how) == (second, "similar text")
    both = copies.beside(desk, first, second)
    assert [both.left.text.text[s.start : s.end] for s in both.different.left] == ["six"]
    assert [both.right.text.text[s.start : s.end] for s in both.different.right] == ["seven"]
    assert not both.same_bytes


def test_two_copies_are_linked_once(desk, files):
    words = (files / "column.txt").read_text("utf-8")
    copy = files / "copy.txt"
    copy.write_text(words.replace("six villages", "seven villages"), "utf-8")
    first, second = (e.source for e in ingest.add(desk, [files / "column.txt", copy]).entries)
    with desk.store.read() as r:
        links = records.where(r, SourceLink, kind="duplicate")
    assert [(link.source, link.other, link.reason) for link in links] == [
        (second, first, "similar text")
    ]
