"""Segments become one: which, and what went while nobody looked."""

from pathlib import Path

from casefile.search import contents, files
from casefile.search.contents import Part
from casefile.search.merging import FEW, MOST, Merged, due, merge
from casefile.search.reader import Snapshot
from casefile.search.segment import Stamp
from casefile.search.writer import Generation
from tests.unit.search.conftest import document, found


def part(name: int, documents: int, gone: int = 0) -> Part:
    return Part(f"case_{name}", documents, Stamp(0, 0, ""), tuple(range(gone)))


def test_segments_of_one_size_are_due_when_there_are_too_many() -> None:
    small = [part(n, 1 + n % 7) for n in range(FEW)]
    assert due([*small[1:], part(99, 500)]) == []
    assert due([*small, part(99, 500)]) == small
    assert due([part(n, MOST // 2) for n in range(FEW)]) == []  # too much memory
    shrunk = [part(n, 70, gone=67) for n in range(FEW)]
    assert due(shrunk) == shrunk


def test_what_went_during_a_merge_stays_gone(tmp_path: Path) -> None:
    first = Generation(tmp_path, 1)
    first.add([document(f"a{n}", "word") for n in range(4)])
    first.commit()
    second = Generation(tmp_path, 2, 1)
    second.add([document("a1", "later word"), document("b", "word")])
    second.commit()
    folder = files.generation_folder(tmp_path, 2)
    target = tmp_path / "merge"
    target.mkdir()
    done = merge(folder, contents.read(folder).parts, target)
    assert done.part.documents == 5
    third = Generation(tmp_path, 3, 2)  # meanwhile one document goes and one is replaced
    third.remove(["a2"])
    third.add([document("b", "changed")])
    third.commit()
    fourth = Generation(tmp_path, 4, 3)
    assert fourth.take(Merged.read(done.written()))
    assert fourth.commit()[1] == 4
    snapshot = Snapshot(files.generation_folder(tmp_path, 4))
    assert len(snapshot.leaves) == 2
    assert found(snapshot, "word") == {"a0", "a1", "a3"}
    assert found(snapshot, "later") == {"a1"}
    assert found(snapshot, "changed") == {"b"}


def test_a_merge_of_segments_that_are_here_no_more_is_passed_over(tmp_path: Path) -> None:
    first = Generation(tmp_path, 1)
    first.add([document("a", "word")])
    first.commit()
    folder = files.generation_folder(tmp_path, 1)
    done = merge(folder, contents.read(folder).parts, tmp_path)
    anew = Generation(tmp_path, 2)
    anew.add([document("b", "word")])
    anew.commit()
    third = Generation(tmp_path, 3, 2)
    assert not third.take(done)
    third.commit()
    assert found(Snapshot(files.generation_folder(tmp_path, 3)), "word") == {"b"}
