"""What Whoosh does to the unwary, and bugs of a codec like ours: one test for each.

The first five are bugs that an own codec invites, the other eight are Whoosh's traps.
"""

import os
import pickle  # noqa: TID251 - a hostile one is made here
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from whoosh import query as whoosh_query

from casefile.model.hit import IndexDocument, SearchRequest
from casefile.search import contents, files, merging, seals, writer
from casefile.search.execute import MAX_NEAR, Execution
from casefile.search.inversion import Inversion
from casefile.search.merging import merge
from casefile.search.postings import Posting
from casefile.search.query import parse
from casefile.search.reader import Snapshot
from casefile.search.scan import scan
from casefile.search.toc import Index
from casefile.search.writer import Generation
from tests.unit.search.conftest import document, found, written


def grown(root: Path, *steps: list[IndexDocument]) -> Path:
    """Write documents in several commits; gives the last folder."""
    for number, step in enumerate(steps, 1):
        generation = Generation(root, number, number - 1 or None)
        generation.add(step)
        generation.commit()
    return files.generation_folder(root, len(steps))


def test_bug_a_width_is_chosen_before_the_numbers_are_known(tmp_path: Path) -> None:
    """A word far down a long text, and one that stands there very often."""
    text = " ".join(["often"] * 70_000) + " far"
    snapshot = Snapshot(written(tmp_path, document("short", "far often"), document("long", text)))
    assert found(snapshot, "far") == found(snapshot, "often") == {"short", "long"}
    assert found(snapshot, '"often far"') == {"long"}
    (often,) = snapshot.postings("body", "often")
    assert often is not None
    assert list(often.times or ()) == [1, 70_000]


def test_bug_a_merge_empties_a_posting_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word whose last document went is no word any more, and no list without documents."""
    monkeypatch.setattr(merging, "FEW", 2)
    folder = grown(
        tmp_path,
        [document("a", "lonely word"), document("b", "word")],
        [document("a", "other word")],
    )
    snapshot = Snapshot(folder)
    assert len(snapshot.leaves) == 1
    assert "lonely" not in snapshot.vocabulary("body")
    assert found(snapshot, "word") == {"a", "b"}
    assert found(snapshot, "lonely OR lone*") == set()


def test_bug_narrow_numbers_are_put_among_wide_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge of a list with positions of two bytes and one with positions of four."""
    monkeypatch.setattr(merging, "FEW", 2)
    far = " ".join(["filler"] * 70_000) + " gate here"
    folder = grown(tmp_path, [document("near", "x gate here")], [document("far", far)])
    snapshot = Snapshot(folder)
    assert len(snapshot.leaves) == 1
    assert found(snapshot, '"gate here"') == {"near", "far"}
    (gate,) = snapshot.postings("body", "gate")
    assert gate is not None
    assert sorted(gate.places) == [1, 70_000]
    inversion = Inversion()
    inversion.add_list("body", b"w", {0: array("H", [3])})
    inversion.add_list("body", b"w", {1: array("I", [90_000])})
    sections = dict(inversion.sections("body", 2, places=True))
    assert Posting(sections["body.postings"][0]).places.tolist() == [3, 90_000]


def test_bug_a_wildcard_becomes_a_word(tmp_path: Path) -> None:
    snapshot = Snapshot(
        written(tmp_path, document("a", "gate"), document("b", "gates"), document("c", "g ate"))
    )
    assert found(snapshot, "gate*") == {"a", "b"}
    assert found(snapshot, '"gate*"') == {"a", "b"}
    assert found(snapshot, "gate") == {"a"}


def test_bug_vowel_signs_part_words(tmp_path: Path) -> None:
    """Folding comes before the expression that finds words."""
    snapshot = Snapshot(written(tmp_path, document("a", "كِتَابٌ جديد"), document("b", "كتا ب")))
    assert found(snapshot, "كتاب") == found(snapshot, "كِتاب") == {"a"}
    assert found(snapshot, '"كتاب جديد"') == {"a"}


def test_trap_a_failed_document_leaves_its_words_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writer.converted

    def failing(one: IndexDocument, cutter: object) -> dict[str, object]:
        made = real(one, cutter)  # type: ignore[arg-type]  # handed on
        return {**made, "added": "no number"} if one.record == "bad" else made

    monkeypatch.setattr(writer, "converted", failing)
    generation = Generation(tmp_path, 1)
    with pytest.raises(TypeError):
        generation.add([document("bad", "secret"), document("next", "other")])
    generation.drop()
    assert not files.generation_folder(tmp_path, 1).exists()
    assert found(Snapshot(written(tmp_path, document("next", "other"))), "secret") == set()


def test_trap_one_record_twice_in_a_commit_is_two_documents(tmp_path: Path) -> None:
    generation = Generation(tmp_path, 1)
    generation.add([document("a", "one same"), document("a", "two same")])
    generation.add([document("a", "three same")])
    assert generation.commit()[1] == 1
    snapshot = Snapshot(files.generation_folder(tmp_path, 1))
    assert found(snapshot, "same") == found(snapshot, "three") == {"a"}
    assert found(snapshot, "one OR two") == set()


def test_trap_a_searcher_serves_one_thread(tmp_path: Path) -> None:
    """Ours serves all of them."""
    documents = [document(f"d{n}", f"word number w{n} {'x ' * (n % 7)}") for n in range(200)]
    snapshot = Snapshot(written(tmp_path, *documents))

    def ask(n: int) -> bool:
        return found(snapshot, f'"number w{n}" word nu*') == {f"d{n}"}

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(200)))


def test_trap_opening_an_index_runs_what_lies_in_it(tmp_path: Path) -> None:
    """There is no pickle: a hostile one in the place of any file is not even read as one."""

    class Runs:
        def __reduce__(self) -> object:
            return Path.touch, (tmp_path / "ran",)

    folder = written(tmp_path, document("a", "word"))
    known = seals.seals(folder, contents.read(folder))
    for file in list(folder.iterdir()):
        whole = file.read_bytes()
        file.write_bytes(pickle.dumps(Runs()))
        with pytest.raises(files.DamagedIndex):
            Snapshot(folder, known)
        file.write_bytes(whole)
    assert not (tmp_path / "ran").exists()
    assert Snapshot(folder, known).count == 1


def test_trap_nothing_is_forced_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files, their folder and the one above are, and a zeroed block is no answer."""
    reached: list[str] = []
    real = os.fsync

    def seen(handle: int) -> None:
        reached.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", seen)
    folder = written(tmp_path, document("a", "word " * 9000))
    assert {p.name for p in folder.iterdir()} | {folder.name, tmp_path.name} == set(reached)
    segment = next(folder.glob("*.seg"))
    data = segment.read_bytes()
    known = seals.seals(folder, contents.read(folder))
    segment.write_bytes(bytes(4096) + data[4096:])
    with pytest.raises(files.DamagedIndex):
        found(Snapshot(folder, known), "word")


@pytest.mark.parametrize("name", ["al-Abdullah", "Abd-al-Rahman", "Deir ez-Zor"])
def test_trap_a_hyphen_excludes_the_person(tmp_path: Path, name: str) -> None:
    snapshot = Snapshot(written(tmp_path, document("a", f"Then {name} came."), document("b", "al")))
    assert found(snapshot, name) == {"a"}
    last = name.rpartition("-")[2]
    assert found(snapshot, f"-{last}") == {"b"}


def test_trap_stop_words_and_stems_make_phrases_and_names_inexact(tmp_path: Path) -> None:
    documents = [
        document("a", "to be or not to be"),
        document("b", "be to"),
        document("c", "الميادين"),
        document("d", "ياد"),
    ]
    snapshot = Snapshot(written(tmp_path, *documents))
    assert found(snapshot, "the") == set()
    assert found(snapshot, '"to be or not to be"') == {"a"}
    assert found(snapshot, '"not to"') == {"a"}
    assert found(snapshot, "الميادين") == {"c"}
    assert found(snapshot, "ياد") == {"d"}


def test_trap_nothing_stops_the_expansion_of_a_word(tmp_path: Path) -> None:
    """It is cut where it is made, and the person is told; a limit of time cannot reach it."""
    words = [f"gat{a}{b}" for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmnopqrst"]
    snapshot = Snapshot(written(tmp_path, document("a", " ".join(words))))
    node = parse("gate~2").node
    assert node is not None
    execution = Execution(snapshot, boilerplate=False)
    assert len(execution.scores(node)) == 1
    assert len(execution._match(node)[0].lists) <= MAX_NEAR  # type: ignore[arg-type]  # it is one of words
    assert "too many words" in execution.trouble[0]


def test_whoosh_itself_still_works_on_our_files(tmp_path: Path) -> None:
    """Every stock query and collector has what it asks for, lengths and columns included."""
    one = document("a", "gate river gate", title="Gate", kind="claim", earliest=5, latest=9)
    folder = grown(tmp_path, [one, document("b", "river")], [document("c", "gate")])
    index = Index(folder)
    with index.searcher() as searcher:
        reader = searcher.reader()
        assert reader.doc_frequency("body", "gate") == 2
        assert reader.frequency("body", "gate") == 3
        assert [t for f, t in reader.all_terms() if f == "body"] == [b"gate", b"river"]
        assert list(reader.column_reader("earliest")) == [5, 0, 0]
        assert list(reader.column_reader("kind")) == ["claim", "source", "source"]
        assert reader.doc_field_length(0, "body") == 3
        asked = whoosh_query.And([whoosh_query.Wildcard("body", "g?te"), whoosh_query.Every()])
        assert searcher.search(asked, limit=5, sortedby="latest").estimated_length() == 2
        assert searcher.search(whoosh_query.FuzzyTerm("body", "gste")).estimated_length() == 2
        span = whoosh_query.SpanNear(*(whoosh_query.Term("body", w) for w in ("gate", "river")))
        assert [hit.docnum for hit in searcher.search(span)] == [0]


def test_a_merge_through_whoosh_gives_the_same(tmp_path: Path) -> None:
    """Whoosh's own way of reading one segment into another, posting by posting."""
    folder = grown(
        tmp_path,
        [document("a", "gate river gate", tags=("x",)), document("b", "river")],
        [document("b", "gate"), document("c", "gate river")],
    )
    index = Index(folder)
    made = writer._SegmentWriter(index)
    made.commit(optimize=True)
    snapshot = Snapshot(folder)
    assert len(snapshot.leaves) == 1
    assert found(snapshot, '"gate river"') == {"a", "c"}
    assert found(snapshot, "gate") == {"a", "b", "c"}
    assert found(snapshot, "tag:x") == {"a"}
    parts = contents.read(folder).parts
    again = merge(folder, parts, tmp_path)
    assert again.part.documents == 3


def test_reading_and_index_agree_on_hyphens() -> None:
    answer = scan(
        SearchRequest(query="al-Abdullah"), [document("a", "Al-Abdullah denies it")]
    ).answer
    assert [hit.record for hit in answer.hits] == ["a"]
