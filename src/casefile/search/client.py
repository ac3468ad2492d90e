"""The program's end of the pipe to the index writer."""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from casefile.jobs.progress import Progress
from casefile.model.errors import CasefileError
from casefile.model.hit import IndexDocument
from casefile.search.channel import ChannelClosed, receive, send, to_message
from casefile.strings import tr

COMMAND = (sys.executable, "-m", "casefile", "--index-child")
BATCH_DOCUMENTS = 200
BATCH_TEXT = 1_000_000  # code points
PATIENCE = 5.0  # seconds that a writer has to end


class WriterClient:
    """The index writer's process, started when it is first needed; one caller at a time."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = tuple(command or COMMAND)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The id of the running process."""
        return self._process.pid if self._process else None

    def write(
        self,
        place: tuple[Path, int, tuple[int, Mapping[str, str]] | None],
        changes: tuple[Iterable[IndexDocument], Iterable[str]],
        watch: tuple[Progress | None, int | None] = (None, None),
    ) -> tuple[dict[str, str], int]:
        """Write one generation; give the digests of its files and the document count.

        `place` is the folder, the new number, and number and digests of the generation to begin
        with; `changes` are documents and the ids of records that are gone; `watch` is the progress
        and the number of documents. Raises CasefileError when it was not written (nothing of it is
        left), Cancelled through the progress.
        """
        root, number, base = place
        start, known = (base[0], dict(base[1])) if base else (None, {})
        self._ask(do="begin", root=str(root), number=number, base=start, known=known)
        try:
            gone = list(changes[1])
            if gone:
                self._ask(do="remove", records=gone)
            self._add_all(changes[0], watch)
            answer = self._ask(do="commit")
        except BaseException:
            self._give_up()
            raise
        return answer["digests"], answer["documents"]

    def _add_all(
        self, documents: Iterable[IndexDocument], watch: tuple[Progress | None, int | None]
    ) -> None:
        progress, total = watch
        done = 0
        for batch in batches(documents):
            self._ask(do="add", documents=[to_message(document) for document in batch])
            done += len(batch)
            if progress:
                progress.at(done, total, tr("Indexing"))

    def close(self) -> None:
        """End the process; a generation that is not finished is dropped."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # it has gone already
                if stream:
                    stream.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _give_up(self) -> None:
        if self._process is not None:
            with suppress(CasefileError):  # a process that is gone holds nothing either
                self._ask(do="cancel")

    def _ask(self, **message: Any) -> dict[str, Any]:
        process = self._process or self._start()
        if process.stdin is None or process.stdout is None:  # pragma: no cover - asked for pipes
            raise AssertionError
        try:
            send(process.stdin, message)
            answer = receive(process.stdout)
        except ChannelClosed as error:
            self.close()
            raise CasefileError(
                tr("The index writer ended unexpectedly."),
                tr("The case is unharmed; the next search tries again."),
            ) from error
        if not answer["ok"]:
            raise not_written(answer["trouble"])
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it could hold words of the case
        )
        return self._process


def not_written(why: str) -> CasefileError:
    """Say that the index could not be written, and that nothing else is lost."""
    return CasefileError(
        tr("The index could not be written: {reason}.").format(reason=why),
        tr("The case is unharmed; the index is built anew from it."),
    )


def batches(documents: Iterable[IndexDocument]) -> Iterator[list[IndexDocument]]:
    """Give documents in pieces that make messages of a fair size."""
    batch: list[IndexDocument] = []
    size = 0
    for document in documents:
        if batch and (len(batch) >= BATCH_DOCUMENTS or size + len(document.text) > BATCH_TEXT):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch
