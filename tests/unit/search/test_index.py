"""The index as services use it: with its real writer, from several threads, damaged, hostile."""

import pickle  # noqa: TID251 - a hostile one is made here
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from casefile.jobs.progress import Progress
from casefile.model.errors import Cancelled, CasefileError
from casefile.model.hit import IndexState, SearchRequest
from casefile.search import files
from casefile.search.index import SearchIndex
from tests.unit.search.conftest import document

DOCUMENTS = [
    document("a", "tunnel and gate", added=30, earliest=20240101, latest=20240101),
    document("b", "tunnel tunnel tunnel", added=10, earliest=20240301, latest=20240301),
    document("c", "a tunnel with a very long story about many other things", added=20),
    document("d", "the tunnel claim", kind="claim", source="a", added=40),
    document("e", "nothing", kind="note", source="b", added=50),
]
Open = Callable[..., SearchIndex]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    made: list[SearchIndex] = []

    def make(state: IndexState | None = None) -> SearchIndex:
        made.append(SearchIndex(tmp_path / "index", state))
        return made[-1]

    yield make
    for index in made:
        index.close()


def asked(index: SearchIndex, query: str, **more: object) -> list[str]:
    answer = index.search(SearchRequest(query=query, **more))  # type: ignore[arg-type]  # a short hand
    return [hit.record for hit in answer.hits]


def folders(index: SearchIndex) -> list[str]:
    return sorted(p.name for p in index._folder.iterdir())


def test_an_index_is_built_searched_changed_and_opened_again(opened: Open) -> None:
    index = opened()
    assert not index.fit
    assert index.upto == 0
    assert index.state is None
    state = index.rebuild(DOCUMENTS, 7)
    assert (index.fit, index.upto, state.documents, state.upto) == (True, 7, 5, 7)
    assert asked(index, "tunnel")[0] == "b"
    later = index.update([document("a", "gate only"), document("f", "tunnel six")], ["b"], 9)
    assert (later.documents, later.upto) == (5, 9)
    assert sorted(asked(index, "tunnel")) == ["c", "d", "f"]
    again = opened(later)
    assert (again.fit, again.upto) == (True, 9)
    assert sorted(asked(again, "tunnel")) == ["c", "d", "f"]


def test_a_hit_says_what_it_is(opened: Open) -> None:
    index = opened()
    index.rebuild(DOCUMENTS, 1)
    answer = index.search(SearchRequest(query='claim:tunnel "tunnel claim" ('))
    assert answer.total == 1
    hit = answer.hits[0]
    assert (hit.record, hit.kind, hit.source) == ("d", "claim", "a")
    assert hit.score > 0
    assert answer.understood.startswith("“tunnel” in claims and the phrase “tunnel claim”")
    assert [sought.words for sought in answer.sought] == [("tunnel",), ("tunnel", "claim")]
    assert answer.trouble == ("A bracket is not closed; it is taken to close at the end.",)
    assert index.search(SearchRequest(query="gate")).hits[0].source is None


def test_order_page_and_total(opened: Open) -> None:
    index = opened()
    index.rebuild(DOCUMENTS, 1)
    assert asked(index, "tunnel", sort="date") == [
        "b",
        "a",
        *asked(index, "tunnel", sort="date")[2:],
    ]
    assert asked(index, "tunnel", sort="added") == ["d", "a", "c", "b"]
    whole = asked(index, "tunnel")
    assert asked(index, "tunnel", limit=2) == whole[:2]
    assert asked(index, "tunnel", limit=2, offset=2) == whole[2:]
    assert asked(index, "tunnel", limit=2, offset=9) == []
    assert index.search(SearchRequest(query="tunnel", limit=1)).total == 4
    assert asked(index, "tunnel", limit=0) == []


def test_kinds_and_sources_narrow(opened: Open) -> None:
    index = opened()
    index.rebuild(DOCUMENTS, 1)
    assert asked(index, "tunnel", kinds=("claim", "note")) == ["d"]
    assert sorted(asked(index, "tunnel OR nothing", sources=("a", "b"))) == ["a", "b", "d", "e"]
    answer = index.search(SearchRequest(query="tunnel", kinds=("claim",)))
    assert "only in claims" in answer.understood


def test_an_empty_question_is_answered_without_an_index(opened: Open) -> None:
    answer = opened().search(SearchRequest(query=" ( "))
    assert answer.total == 0
    assert answer.understood.startswith("Nothing was asked")
    assert answer.trouble


def test_without_an_index_one_sentence_is_said(opened: Open) -> None:
    with pytest.raises(CasefileError, match="being rebuilt"):
        opened().search(SearchRequest(query="a"))
    with pytest.raises(CasefileError, match="being rebuilt"):
        opened().update([], [], 1)


def change_byte(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    file.write_bytes(data)


def hostile(file: Path, ran: Path) -> None:
    class Runs:
        def __reduce__(self) -> object:
            return Path.touch, (ran,)

    file.unlink()
    file.write_bytes(pickle.dumps(Runs()))


@pytest.mark.parametrize("ending", ["toc", "seg"])
@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("damage", ["changed", "missing", "extra", "hostile"])
def test_a_file_that_differs_is_never_used(
    opened: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: str,
    ending: str,
    *,
    large: bool,
) -> None:
    state = opened().rebuild(DOCUMENTS, 1)
    folder = files.generation_folder(tmp_path / "index", state.generation)
    file = next(folder.glob(f"*.{ending}"))
    {
        "changed": lambda: change_byte(file),
        "missing": file.unlink,
        "extra": lambda: (folder / f"more.{ending}").write_bytes(b""),
        "hostile": lambda: hostile(file, tmp_path / "ran"),
    }[damage]()

    index = opened(state)
    if large:
        monkeypatch.setattr("casefile.search.reader.CHECKED_AT_ONCE", 0)
    if not large or (damage, ending) != ("changed", "seg"):  # else checked as it is read
        assert not index.fit
    with pytest.raises(CasefileError, match="being rebuilt"):
        asked(index, "tunnel")
    assert not index.fit
    assert not (tmp_path / "ran").exists()
    healed = index.rebuild(DOCUMENTS, 2)
    assert len(asked(index, "tunnel")) == 4
    assert folders(index) == [f"gen-{healed.generation}"]


def test_every_byte_can_be_looked_at_before_it_is_needed(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = opened().rebuild(DOCUMENTS, 1)
    monkeypatch.setattr("casefile.search.reader.CHECKED_AT_ONCE", 0)
    assert opened(state).examine()
    folder = files.generation_folder(tmp_path / "index", state.generation)
    segment = next(folder.glob("*.seg"))
    segment.write_bytes(b"\xff" + segment.read_bytes()[1:])
    index = opened(state)
    assert index.fit  # a large index is opened without looking at all of it
    assert not index.examine()
    assert not index.fit
    assert not opened(None).examine()


def test_an_index_of_another_version_is_built_anew(opened: Open) -> None:
    state = opened().rebuild(DOCUMENTS, 1)
    assert not opened(replace(state, schema="older")).fit


def test_damage_under_an_open_index_is_noticed(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = opened()
    index.rebuild(DOCUMENTS, 1)
    assert asked(index, "tunnel")

    def broken(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("casefile.search.segment.SegmentFile.read", broken)
        with pytest.raises(CasefileError, match="being rebuilt"):
            asked(index, "tunnel")
    assert not index.fit
    index.rebuild(DOCUMENTS, 2)
    assert len(asked(index, "tunnel")) == 4


def test_the_generation_that_is_remembered_outlives_a_crash(opened: Open) -> None:
    """A state that was never kept costs nothing: the one before it still opens."""
    index = opened()
    kept = index.rebuild(DOCUMENTS, 1)
    index.update([document("f", "tunnel")], [], 2)
    assert len(folders(index)) == 2
    index.close()
    again = opened(kept)
    assert again.upto == 1
    assert len(asked(again, "tunnel")) == 4
    again.update([document("f", "tunnel")], [], 2)
    assert len(asked(again, "tunnel")) == 5
    assert len(folders(again)) == 2


def test_a_failed_update_changes_nothing(opened: Open) -> None:
    index = opened()
    state = index.rebuild(DOCUMENTS, 1)
    with pytest.raises(CasefileError):
        index.update([document("f", "tunnel"), document("g", "x", added="soon")], ["a"], 2)
    assert index.state == state
    assert len(asked(index, "tunnel")) == 4
    assert folders(index) == ["gen-1"]


def test_a_cancelled_rebuild_leaves_the_old_index(opened: Open) -> None:
    index = opened()
    index.rebuild(DOCUMENTS, 1)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        index.rebuild(DOCUMENTS, 2, progress)
    assert index.upto == 1
    assert len(asked(index, "tunnel")) == 4


def test_readers_go_on_during_updates(opened: Open) -> None:
    index = opened()
    index.rebuild([document(f"d{n}", f"tunnel word{n}") for n in range(50)], 1)
    done = threading.Event()
    counts: list[int] = []

    def read() -> None:
        while not done.is_set():
            counts.append(index.search(SearchRequest(query='tunnel OR "tunnel word3"')).total)

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(read) for _ in range(2)]
        try:
            for n in range(5):
                index.update([document(f"new{n}", "tunnel")], [], n + 2)
        finally:
            done.set()
        for job in jobs:
            job.result()
    assert set(counts) <= set(range(50, 56))
    assert index.search(SearchRequest(query="tunnel")).total == 55
