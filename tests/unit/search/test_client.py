"""The program's end of the pipe: batches, and a writer that fails or dies."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.jobs.progress import Progress
from casefile.model.errors import Cancelled, CasefileError
from casefile.model.hit import IndexDocument
from casefile.search import client as module
from casefile.search import files, pipe
from casefile.search.client import WriterClient, batches
from casefile.search.reader import Snapshot
from tests.unit.search.conftest import document, found


@pytest.fixture
def client() -> Iterator[WriterClient]:
    made = WriterClient(helped=True)
    yield made
    made.close()


def many(count: int) -> Iterator[IndexDocument]:
    for n in range(count):
        yield document(f"d{n}", f"word {n}")


def test_batches_have_a_fair_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [len(batch) for batch in batches(many(450))] == [200, 200, 50]
    monkeypatch.setattr(module, "BATCH_TEXT", 10)
    texts = [
        document("a", "x" * 8),
        document("b", "x" * 30),
        document("c", "x"),
        document("d", "x"),
    ]
    assert [[d.record for d in batch] for batch in batches(texts)] == [["a"], ["b"], ["c", "d"]]
    assert list(batches([])) == []


def test_it_is_written_while_progress_is_told(tmp_path: Path, client: WriterClient) -> None:
    progress = Progress()
    digests, count = client.write((tmp_path, 1, None), (many(250), ()), (progress, 250))
    assert count == 250
    assert progress.step.done == progress.step.total == 250
    first = client.process_id
    digests, count = client.write((tmp_path, 2, (1, digests)), ((), ["d1", "d2"]))
    assert count == 248
    assert client.process_id == first


def test_a_cancelled_write_leaves_nothing(tmp_path: Path, client: WriterClient) -> None:
    progress = Progress()

    def documents() -> Iterator[IndexDocument]:
        yield from many(250)
        progress.cancel()
        yield from many(250)

    with pytest.raises(Cancelled):
        client.write((tmp_path, 1, None), (documents(), ()), (progress, None))
    assert not list(tmp_path.iterdir())
    assert client.write((tmp_path, 1, None), (many(1), ()))[1] == 1


def test_a_writer_that_is_killed_is_said_and_the_next_one_works(
    tmp_path: Path, client: WriterClient
) -> None:
    def documents() -> Iterator[IndexDocument]:
        yield from many(250)
        assert client.process_id
        os.kill(client.process_id, signal.SIGKILL)
        yield from many(250)

    with pytest.raises(CasefileError, match="ended unexpectedly"):
        client.write((tmp_path, 1, None), (documents(), ()))
    assert client.process_id is None
    assert client.write((tmp_path, 2, None), (many(1), ()))[1] == 1


def test_two_writers_share_a_new_index(
    tmp_path: Path, client: WriterClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ALONE", 200)
    changed = [document(f"d{n}", f"later {n}") for n in (5, 700)]
    digests, count = client.write((tmp_path, 1, None), ([*many(800), *changed], ()))
    assert count == 800
    assert sorted(p.name for p in tmp_path.iterdir()) == ["gen-1"]
    snapshot = Snapshot(files.generation_folder(tmp_path, 1), digests)
    assert len(snapshot.leaves) > 1
    assert len(found(snapshot, "word")) == 798
    assert found(snapshot, "later") == {"d5", "d700"}


@pytest.mark.parametrize("which", [0, 1])
def test_of_two_writers_one_is_killed(
    tmp_path: Path, client: WriterClient, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    """Whoosh's own several writers would lose what the killed one had, and say nothing."""
    monkeypatch.setattr(module, "ALONE", 200)

    def documents() -> Iterator[IndexDocument]:
        yield from many(800)
        victim = client.process_ids[which]
        assert victim
        os.kill(victim, signal.SIGKILL)
        yield from (document(f"e{n}", "more") for n in range(800))

    with pytest.raises(CasefileError, match="ended unexpectedly"):
        client.write((tmp_path, 1, None), (documents(), ()))
    digests, count = client.write((tmp_path, 9, None), (many(900), ()))
    assert count == 900
    assert len(found(Snapshot(files.generation_folder(tmp_path, 9), digests), "word")) == 900


def test_a_writer_that_loses_documents_is_noticed(
    tmp_path: Path, client: WriterClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.to_message

    def losing(one: IndexDocument) -> dict[str, object]:
        return {**real(one), "record": one.record.replace("d7", "d6")}

    monkeypatch.setattr(module, "to_message", losing)
    monkeypatch.setattr(module, "_records", lambda batch: [f"d{n}" for n in range(len(batch))])
    with pytest.raises(CasefileError, match="documents are missing"):
        client.write((tmp_path, 1, None), (many(10), ()))


def test_small_segments_are_put_together_while_nobody_waits(
    tmp_path: Path, client: WriterClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests, _ = client.write((tmp_path, 1, None), (many(70), ()))
    for number in range(2, 12):
        more = [document(f"more{number}-{n}", f"word {number}") for n in range(70)]
        digests, _ = client.write(
            (tmp_path, number, (number - 1, digests)), (more, [f"more{number - 1}-1", f"d{number}"])
        )
        deadline = time.monotonic() + 30
        while client._helper.owes and not client._helper.answered() and time.monotonic() < deadline:
            time.sleep(0.01)
        if number == 9:  # while it waits to be taken over, documents of it go
            digests, _ = client.write((tmp_path, 99, (9, digests)), ((), ["d50", "more4-7"]))
            (tmp_path / "gen-99").rename(tmp_path / "gen-9x")
            shutil.rmtree(tmp_path / "gen-9")
            (tmp_path / "gen-9x").rename(tmp_path / "gen-9")
    snapshot = Snapshot(files.generation_folder(tmp_path, 11), digests)
    assert len(snapshot.leaves) < 8
    names = found(snapshot, "word")
    assert len(names) == 70 - 10 - 1 + 10 * 70 - 9 - 1
    assert not names & {"d50", "more4-7", "more9-1", "d9"}


def test_trouble_of_the_writer_has_its_reason(tmp_path: Path, client: WriterClient) -> None:
    broken = IndexDocument(record="a", kind="source", added="soon")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(CasefileError, match="could not be written"):
        client.write((tmp_path, 1, None), ([broken], ()))
    assert not list(tmp_path.iterdir())


def test_a_program_that_is_no_writer_is_said(tmp_path: Path) -> None:
    with pytest.raises(CasefileError, match="ended unexpectedly"):
        WriterClient([sys.executable, "-c", "print('hello')"]).write((tmp_path, 1, None), ((), ()))


def test_a_writer_that_does_not_end_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pipe, "PATIENCE", 0.1)
    program = (
        "import sys, time, struct; sys.stdin.buffer.read(4);"
        "sys.stdout.buffer.write(struct.pack('!I', 12) + b'{\"ok\": true}'); sys.stdout.flush();"
        "time.sleep(60)"
    )
    deaf = WriterClient([sys.executable, "-c", program])
    deaf._writer.ask(do="begin")
    deaf.close()
    assert deaf.process_id is None
    deaf.close()
