"""Writing a generation: all or nothing, the last of one id, nothing for the next document."""

from pathlib import Path

import pytest

from casefile.model.hit import IndexDocument
from casefile.search import files, seals, writer
from casefile.search.reader import Snapshot
from casefile.search.toc import Index
from casefile.search.wordcutter import Cutter
from casefile.search.writer import Generation, converted
from tests.unit.search.conftest import document, found


def grown(
    root: Path, number: int, digests: dict[str, str], *documents: IndexDocument
) -> dict[str, str]:
    generation = Generation(root, number, number - 1)
    generation.add(documents)
    return generation.commit()[0]


def first(root: Path, *documents: IndexDocument) -> dict[str, str]:
    generation = Generation(root, 1)
    generation.add(documents)
    return generation.commit()[0]


def second(root: Path, *documents: IndexDocument) -> Generation:
    first(root, *documents)
    return Generation(root, 2, 1)


def finds(root: Path, number: int, query: str) -> set[str]:
    snapshot = Snapshot(files.generation_folder(root, number))
    try:
        return found(snapshot, query)
    finally:
        snapshot.close()


def test_a_failed_document_leaves_nothing_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoosh alone would give its postings to the document that comes after it."""
    digests = first(tmp_path, document("old", "an old word"))
    generation = Generation(tmp_path, 2, 1)
    real = writer.converted

    def failing(one: IndexDocument, cutter: Cutter) -> dict[str, object]:
        made = real(one, cutter)
        return {**made, "added": "no number"} if one.record == "bad" else made

    monkeypatch.setattr(writer, "converted", failing)
    with pytest.raises(Exception, match="integer"):
        generation.add([document("bad", "secret evidence"), document("next", "other")])
    generation.drop()
    assert not files.generation_folder(tmp_path, 2).exists()
    digests = grown(tmp_path, 2, digests, document("next", "other"))
    assert finds(tmp_path, 2, "secret") == set()
    assert finds(tmp_path, 2, "other") == {"next"}
    assert finds(tmp_path, 2, "old") == {"old"}


def test_what_cannot_be_converted_stops_before_anything_is_written(tmp_path: Path) -> None:
    generation = Generation(tmp_path, 1)
    broken = IndexDocument(record="x", kind="source", text=None)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(AttributeError):
        generation.add([document("good", "word"), broken])
    generation.add([document("good", "word")])
    generation.commit()
    assert finds(tmp_path, 1, "word") == {"good"}


@pytest.mark.parametrize("fresh", [True, False])
def test_the_last_of_one_id_wins(tmp_path: Path, *, fresh: bool) -> None:
    generation = Generation(tmp_path, 2) if fresh else second(tmp_path, document("a", "zero same"))
    generation.add([document("a", "one same"), document("b", "same"), document("a", "two same")])
    generation.add([document("a", "three same")])
    generation.add([document("a", "four same")])
    _, count = generation.commit()
    assert count == 2
    assert finds(tmp_path, 2, "same") == {"a", "b"}
    assert finds(tmp_path, 2, "four") == {"a"}
    assert finds(tmp_path, 2, "zero OR one OR two OR three") == set()


@pytest.mark.parametrize("fresh", [True, False])
def test_a_record_can_be_taken_out_in_the_batch_that_brought_it(
    tmp_path: Path, *, fresh: bool
) -> None:
    generation = Generation(tmp_path, 2) if fresh else second(tmp_path, document("c", "word"))
    generation.add([document("a", "word"), document("b", "word")])
    generation.add([document("a", "later word")])
    generation.remove(["a", "nobody"])
    _, count = generation.commit()
    assert finds(tmp_path, 2, "word") == ({"b"} if fresh else {"b", "c"})
    assert count == len(finds(tmp_path, 2, "word"))


def test_many_small_updates_are_merged_and_lose_nothing(tmp_path: Path) -> None:
    digests = first(
        tmp_path, *(document(f"d{n}", f"word number {n}", tags=("x",)) for n in range(30))
    )
    for number in range(2, 16):
        digests = grown(
            tmp_path, number, digests,
            document(f"new{number}", f"word fresh {number}"), document("d3", f"changed {number}"),
        )  # fmt: skip
    assert len(finds(tmp_path, 15, "word")) == 29 + 14
    assert finds(tmp_path, 15, '"word fresh 7"') == {"new7"}
    assert finds(tmp_path, 15, "changed") == finds(tmp_path, 15, '"changed 15"') == {"d3"}
    assert finds(tmp_path, 15, "chang* -word") == {"d3"}
    assert len(finds(tmp_path, 15, "tag:x")) == 29
    segments = Index(files.generation_folder(tmp_path, 15)).contents().segments
    assert len(segments) < 10


def test_a_long_build_is_written_in_several_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "SEGMENT_DOCUMENTS", 4)
    monkeypatch.setattr(writer, "SEGMENT_TEXT", 60)
    first(
        tmp_path,
        *(document(f"d{n}", f"word w{n}", added=n) for n in range(9)),
        document("long", "word " * 20),
    )
    folder = files.generation_folder(tmp_path, 1)
    assert len(Index(folder).contents().segments) == 3
    snapshot = Snapshot(folder)
    assert found(snapshot, "word") == {*(f"d{n}" for n in range(9)), "long"}
    assert found(snapshot, "w7") == {"d7"}
    assert list(snapshot.added()[:9]) == list(range(9))
    assert "w8" in snapshot.vocabulary("body")
    snapshot.close()


def test_the_generation_before_is_untouched(tmp_path: Path) -> None:
    digests = first(tmp_path, document("a", "before"))
    grown(tmp_path, 2, digests, document("a", "after"))
    seals.verify(files.generation_folder(tmp_path, 1), digests)
    assert finds(tmp_path, 1, "before") == {"a"}
    assert finds(tmp_path, 2, "after") == {"a"}


def test_an_empty_index_answers(tmp_path: Path) -> None:
    generation = Generation(tmp_path, 1)
    assert generation.commit()[1] == 0
    assert finds(tmp_path, 1, "-word") == set()
    generation = Generation(tmp_path, 2, 1)
    assert generation.commit()[1] == 0


def test_words_are_kept_by_field_and_only_those_that_are_there(tmp_path: Path) -> None:
    first(tmp_path, document("a", "beta Alpha beta", title="Gamma"))
    snapshot = Snapshot(files.generation_folder(tmp_path, 1))
    assert list(snapshot.vocabulary("body")) == ["alpha", "beta"]
    assert list(snapshot.vocabulary("title")) == ["gamma"]
    assert list(snapshot.vocabulary("tag")) == []


def test_labels_dates_and_long_words_are_made_ready() -> None:
    fields = converted(
        document("a", "x" * 300, source_kind="Web Archive", language="pt_BR", earliest=20240101),
        Cutter(),
    )
    assert fields["body"] == [[b"x" * 80]]
    assert fields["type"] == ("web archive",)
    assert fields["language"] == ("pt-br", "pt")
    assert (fields["earliest"], fields["latest"]) == (20240101, 99991231)
    assert "earliest" not in converted(document("a", ""), Cutter())
