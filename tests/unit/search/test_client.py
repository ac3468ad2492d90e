"""The program's end of the pipe: batches, and a writer that fails or dies."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.jobs.progress import Progress
from casefile.model.errors import Cancelled, CasefileError
from casefile.model.hit import IndexDocument
from casefile.search import client as module
from casefile.search.client import WriterClient, batches
from tests.unit.search.conftest import document


@pytest.fixture
def client() -> Iterator[WriterClient]:
    made = WriterClient()
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
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    program = (
        "import sys, time, struct; sys.stdin.buffer.read(4);"
        "sys.stdout.buffer.write(struct.pack('!I', 12) + b'{\"ok\": true}'); sys.stdout.flush();"
        "time.sleep(60)"
    )
    deaf = WriterClient([sys.executable, "-c", program])
    deaf._ask(do="begin")
    deaf.close()
    assert deaf.process_id is None
    deaf.close()
