"""The search index of one case at one place: searched from any thread, written by one child."""

import threading
from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.jobs.progress import Progress
from casefile.model.errors import CasefileError
from casefile.model.hit import IndexDocument, IndexState, RawAnswer, SearchRequest
from casefile.search import files
from casefile.search.client import WriterClient
from casefile.search.known import NOTHING_KNOWN, Known
from casefile.search.pipe import not_written
from casefile.search.query import parse
from casefile.search.understood import understood
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.search.faceting import RawFacets
    from casefile.search.reader import Snapshot


class SearchIndex:
    """A folder of index generations, of which the one in `state` counts.

    Nothing is used before it was found to be what `state` remembers; opening happens at the first
    use, not in the constructor, so that it can be done on a lane. The state that
    `rebuild` and `update` give is the caller's to keep; until it is kept, the generation before
    stays on the disk.
    """

    def __init__(
        self, folder: Path, state: IndexState | None, *, command: Sequence[str] | None = None
    ) -> None:
        self._folder = folder
        self._state = state
        self._client = WriterClient(command)
        self._snapshot: Snapshot | None = None
        self.building: int | None = None  # documents taken so far by a rebuild that is under way
        self._reading = threading.RLock()
        self._writing = threading.Lock()

    @property
    def fit(self) -> bool:
        """True when there is an index that can be searched; else it needs a rebuild."""
        return self._opened() is not None

    def examine(self) -> bool:
        """Look at every byte; False when there is no index that is as it was written."""
        snapshot = self._opened()
        if snapshot is None:
            return False
        try:
            snapshot.examine()
        except (files.DamagedIndex, OSError):
            self._give_up(snapshot)
            return False
        return True

    @property
    def state(self) -> IndexState | None:
        """The state of the generation that is searched; None when there is none."""
        return self._state if self.fit else None

    @property
    def upto(self) -> int:
        """The last ledger position whose effects are in the index; 0 when it is not fit."""
        state = self.state
        return state.upto if state else 0

    def search(self, request: SearchRequest, known: Known = NOTHING_KNOWN) -> RawAnswer:
        """Answer a request; CasefileError when there is no index that can be searched.

        `known` are the names of the case and of places, for other spellings.

        Words that cannot be understood are no error: `trouble` tells how they were read.
        """
        query = parse(request.query)
        said = understood(query, request.kinds, boilerplate=request.boilerplate)
        if query.node is None:
            return RawAnswer(understood=said, total=0, hits=(), trouble=query.trouble)
        # Reading is loaded with the first search, not with the window.
        from casefile.search.answering import answer

        snapshot = self._opened()
        if snapshot is None:
            raise _rebuilding()
        try:
            return answer(snapshot, query, request, said, known)
        except Exception as error:  # whatever is wrong, the index is made again
            self._give_up(snapshot)
            raise _rebuilding() from error

    def facets(self, request: SearchRequest, known: Known) -> "RawFacets":
        """Count what a search finds by kind, language, publisher and day.

        CasefileError as `search`.
        """
        from casefile.search.answering import facets

        snapshot = self._opened()
        if snapshot is None:
            raise _rebuilding()
        try:
            return facets(snapshot, parse(request.query), request, known)
        except Exception as error:  # whatever is wrong, the index is made again
            self._give_up(snapshot)
            raise _rebuilding() from error

    def rebuild(
        self, documents: Iterable[IndexDocument], upto: int, progress: Progress | None = None
    ) -> IndexState:
        """Build the index anew beside the old one, then change over and remove the old one.

        Raises Cancelled through `progress`, CasefileError when it cannot be written; the old one
        then stays as it was.
        """
        total = len(documents) if isinstance(documents, Sized) else None
        with self._writing:
            self.building = 0
            try:
                state = self._write(None, (self._counted(documents), ()), upto, (progress, total))
            finally:
                self.building = None
            files.drop_generations(self._folder, [state.generation])
        return state

    def update(
        self, documents: Iterable[IndexDocument], gone: Iterable[str], upto: int
    ) -> IndexState:
        """Write documents in place of those with their ids, and take out the ids that are gone.

        All of it or nothing happens. CasefileError when the index is not fit or cannot be written.
        """
        with self._writing:
            before = self.state
            if before is None:
                raise _rebuilding()
            files.drop_generations(self._folder, [before.generation])
            return self._write(before, (documents, gone), upto, (None, None))

    def close(self) -> None:
        """Let the files and the writer go."""
        with self._writing:
            self._client.close()
        with self._reading:
            self._snapshot = None

    def _write(
        self,
        base: IndexState | None,
        changes: tuple[Iterable[IndexDocument], Iterable[str]],
        upto: int,
        watch: tuple[Progress | None, int | None],
    ) -> IndexState:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise not_written(error.strerror or "") from error
        current = base or self._state
        number = files.next_generation(self._folder, current.generation if current else 0)
        digests, count = self._client.write(
            (self._folder, number, (base.generation, base.digests) if base else None),
            changes,
            watch,
        )
        state = IndexState(
            generation=number, upto=upto, documents=count, schema=files.VERSION, digests=digests
        )
        with self._reading:
            self._state = state
            self._snapshot = self._open(state, self._snapshot)
            if self._snapshot is None:
                raise _rebuilding()
        return state

    def _counted(self, documents: Iterable[IndexDocument]) -> Iterator[IndexDocument]:
        for count, document in enumerate(documents, 1):
            self.building = count
            yield document

    def _opened(self) -> "Snapshot | None":
        with self._reading:
            if self._snapshot is None and self._state is not None:
                self._snapshot = self._open(self._state, None)
            return self._snapshot

    def _open(self, state: IndexState, before: "Snapshot | None") -> "Snapshot | None":
        """Open a generation if it is as the case remembers it; else forget it."""
        # Reading is loaded with the first search, not with the window.
        from casefile.search.reader import Snapshot

        folder = files.generation_folder(self._folder, state.generation)
        if state.schema == files.VERSION:
            with suppress(files.DamagedIndex, OSError):
                return Snapshot(folder, state.digests, before)
        self._state = None
        return None

    def _give_up(self, snapshot: "Snapshot") -> None:
        with self._reading:
            if self._snapshot is snapshot:
                self._snapshot = self._state = None


class IndexNotFit(CasefileError):
    """There is no index that can be searched; it is made again from the case."""


def _rebuilding() -> IndexNotFit:
    return IndexNotFit(
        tr("The index is being rebuilt."),
        tr("The case is unharmed; search again in a moment."),
    )
