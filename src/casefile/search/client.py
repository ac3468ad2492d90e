"""The program's end of the pipes to the index writers: one that writes, one that helps."""

import os
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from casefile.jobs.progress import Progress
from casefile.model.errors import CasefileError
from casefile.model.hit import IndexDocument
from casefile.search.channel import to_message
from casefile.search.pipe import Pipe, not_written
from casefile.strings import tr

COMMAND = (sys.executable, "-m", "casefile", "--index-child")
BATCH_DOCUMENTS = 200
BATCH_TEXT = 1_000_000  # code points
ALONE = 2000  # documents of a new index that one writer takes before the other one helps
_MERGING = "merge"

Base = tuple[int, Mapping[str, str]]
Place = tuple[Path, int, Base | None]
Watch = tuple[Progress | None, int | None]


class WriterClient:
    """The writers' processes, started when they are first needed; one caller at a time.

    The second one takes half of the documents of a large new index, and puts small segments
    together while nobody waits for it.
    """

    def __init__(self, command: Sequence[str] | None = None, *, helped: bool | None = None) -> None:
        self._writer = Pipe(command or COMMAND)
        self._helper = Pipe(command or COMMAND)
        self._helped = (os.cpu_count() or 1) > 1 if helped is None else helped

    @property
    def process_ids(self) -> tuple[int | None, int | None]:
        """The ids of the running processes."""
        return tuple(p.process.pid if p.process else None for p in (self._writer, self._helper))  # type: ignore[return-value]  # two of them

    @property
    def process_id(self) -> int | None:
        """The id of the running process that writes."""
        return self.process_ids[0]

    def write(
        self,
        place: Place,
        changes: tuple[Iterable[IndexDocument], Iterable[str]],
        watch: Watch = (None, None),
    ) -> tuple[dict[str, str], int]:
        """Write one generation; give the digests of its files and the document count.

        `place` is the folder, the new number, and number and digests of the generation to begin
        with; `changes` are documents and the ids of records that are gone; `watch` is the progress
        and the number of documents. Raises CasefileError when it was not written (nothing of it is
        left), Cancelled through the progress.
        """
        root, number, base = place
        start, known = (base[0], dict(base[1])) if base else (None, {})
        if base is None:
            self._give_up_merging()
        merged = self._merged() if base else None
        self._writer.ask(
            do="begin", root=str(root), number=number, base=start, known=known, merged=merged
        )
        try:
            gone = list(changes[1])
            if gone:
                self._writer.ask(do="remove", records=gone)
            if base:
                for batch in _told(batches(changes[0]), watch):
                    self._writer.ask(do="add", documents=batch)
                answer = self._writer.ask(do="commit")
            else:
                answer = self._write_anew(place, changes[0], watch)
        except BaseException:
            self._give_up()
            raise
        self._begin_merging(root, number, answer["due"])
        return answer["digests"], answer["documents"]

    def close(self) -> None:
        """End the processes; a generation that is not finished is dropped."""
        self._writer.close()
        self._helper.close()

    def _write_anew(
        self, place: Place, documents: Iterable[IndexDocument], watch: Watch
    ) -> dict[str, Any]:
        """Write a new index; a record goes to one writer only, so that its last document wins."""
        root, number, _ = place
        first: set[str] = set()
        records: set[str] = set()
        helping = False
        for batch in _told(batches(documents), watch):
            ids = _records(batch)
            records.update(ids)
            if len(records) <= ALONE or not self._helped:
                first.update(ids)
                self._writer.tell(do="add", documents=batch)
                continue
            if not helping:
                helping = True
                self._helper.ask(
                    do="begin", root=str(root), number=number + 1, base=None, known={}, merged=None
                )
            sides: tuple[list[Any], list[Any]] = ([], [])
            for record, document in zip(ids, batch, strict=True):
                sides[record not in first and zlib.crc32(record.encode()) & 1].append(document)
            for pipe, side in zip((self._writer, self._helper), sides, strict=True):
                if side:
                    pipe.tell(do="add", documents=side)
        if helping:
            self._helper.ask(do="finish")
        answer = self._writer.ask(do="commit", more=number + 1 if helping else None)
        if helping:
            self._helper.ask(do="cancel")
        if answer["documents"] != len(records):  # a writer lost what it was given
            raise not_written(tr("documents are missing"))
        return answer

    def _begin_merging(self, root: Path, number: int, names: list[str]) -> None:
        """Let the helper put segments together; nobody waits for it."""
        if names and self._helped and not self._helper.owes:
            with suppress(CasefileError, OSError):  # another time will do
                shutil.rmtree(root / _MERGING, ignore_errors=True)
                self._helper.tell(
                    do="merge", root=str(root), number=number, names=names, folder=_MERGING
                )

    def _merged(self) -> dict[str, Any] | None:
        """Give what the helper has put together since, if it is ready."""
        if self._helper.answered():
            with suppress(CasefileError):  # it stays as it was
                return self._helper.hear() or None
        return None

    def _give_up_merging(self) -> None:
        if self._helper.owes:
            self._helper.close()

    def _give_up(self) -> None:
        for pipe in (self._writer, self._helper):
            if pipe.process is not None and (pipe is self._writer or not pipe.owes):
                with suppress(CasefileError):  # a process that is gone holds nothing either
                    pipe.ask(do="cancel")
        if self._helper.owes:
            self._helper.close()


def _records(batch: Iterable[dict[str, Any]]) -> list[str]:
    return [document["record"] for document in batch]


def _told(documents: Iterable[list[IndexDocument]], watch: Watch) -> Iterator[list[dict[str, Any]]]:
    """Give batches as messages, telling how many were taken."""
    progress, total = watch
    done = 0
    for batch in documents:
        yield [to_message(document) for document in batch]
        done += len(batch)
        if progress:
            progress.at(done, total, tr("Indexing"))


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
