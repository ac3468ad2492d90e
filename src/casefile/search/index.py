"""The search index of one case at one place: searched from any thread, written by one child."""

import heapq
import threading
from collections.abc import Iterable, Sequence, Sized
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.jobs.progress import Progress
from casefile.model.errors import CasefileError
from casefile.model.hit import IndexDocument, IndexState, RawAnswer, RawHit, SearchRequest
from casefile.search import files
from casefile.search.client import WriterClient
from casefile.search.query import Query, parse
from casefile.search.understood import understood
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.search.reader import Snapshot


class SearchIndex:
    """A folder of index generations, of which the one in `state` counts.

    Nothing is opened before every file's SHA-256 was found to be the one in `state`; this happens
    at the first use, not in the constructor, so that it can be done on a lane. The state that
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
        self._checked = False
        self._reading = threading.RLock()  # a snapshot serves one thread at a time
        self._writing = threading.Lock()

    @property
    def fit(self) -> bool:
        """True when there is an index that can be searched; else it needs a rebuild."""
        with self._reading:
            if self._state is not None and not self._checked:
                self._checked = True
                if not self._as_written(self._state):
                    self._state = None
            return self._state is not None

    @property
    def state(self) -> IndexState | None:
        """The state of the generation that is searched; None when there is none."""
        return self._state if self.fit else None

    @property
    def upto(self) -> int:
        """The last ledger position whose effects are in the index; 0 when it is not fit."""
        state = self.state
        return state.upto if state else 0

    def search(self, request: SearchRequest) -> RawAnswer:
        """Answer a request; CasefileError when there is no index that can be searched.

        Words that cannot be understood are no error: `trouble` tells how they were read.
        """
        query = parse(request.query)
        said = understood(query, request.kinds, boilerplate=request.boilerplate)
        if query.node is None:
            return RawAnswer(understood=said, total=0, hits=(), trouble=query.trouble)
        with self._reading:
            try:
                found = self._answer(query, request, said)
            except Exception as error:
                self._give_up()
                raise _rebuilding() from error
        return found

    def rebuild(
        self, documents: Iterable[IndexDocument], upto: int, progress: Progress | None = None
    ) -> IndexState:
        """Build the index anew beside the old one, then change over and remove the old one.

        Raises Cancelled through `progress`, CasefileError when it cannot be written; the old one
        then stays as it was.
        """
        total = len(documents) if isinstance(documents, Sized) else None
        with self._writing:
            state = self._write(None, (documents, ()), upto, (progress, total))
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
            self._drop_snapshot()

    def _as_written(self, state: IndexState) -> bool:
        if state.schema != files.VERSION:
            return False
        try:
            files.verify(files.generation_folder(self._folder, state.generation), state.digests)
        except files.DamagedIndex:
            return False
        return True

    def _write(
        self,
        base: IndexState | None,
        changes: tuple[Iterable[IndexDocument], Iterable[str]],
        upto: int,
        watch: tuple[Progress | None, int | None],
    ) -> IndexState:
        self._folder.mkdir(parents=True, exist_ok=True)
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
            self._drop_snapshot()
            self._state, self._checked = state, True
        return state

    def _answer(self, query: Query, request: SearchRequest, said: str) -> RawAnswer:
        # Whoosh is loaded with the first search, not with the window.
        from casefile.search.execute import Execution

        snapshot = self._opened()
        execution = Execution(snapshot, boilerplate=request.boilerplate)
        scores = execution.scores(query.node) if query.node else {}
        if request.kinds:
            kept = set().union(*(snapshot.labelled("kind", kind) for kind in request.kinds))
            scores = {d: s for d, s in scores.items() if d in kept}
        if request.sources:
            kept = set()
            for source in request.sources:
                kept |= snapshot.labelled("source", source) | snapshot.labelled("record", source)
            scores = {d: s for d, s in scores.items() if d in kept}
        page = ranked(snapshot, scores, request)
        return RawAnswer(
            understood=said,
            total=len(scores),
            hits=tuple(_hit(snapshot, document, scores[document]) for document in page),
            sought=query.sought,
            trouble=(*query.trouble, *dict.fromkeys(execution.trouble)),
        )

    def _opened(self) -> "Snapshot":
        from casefile.search.reader import Snapshot

        if not self.fit or self._state is None:
            raise _rebuilding()
        if self._snapshot is None:
            folder = files.generation_folder(self._folder, self._state.generation)
            self._snapshot = Snapshot(folder)
        return self._snapshot

    def _give_up(self) -> None:
        self._drop_snapshot()
        self._state = None

    def _drop_snapshot(self) -> None:
        if self._snapshot is not None:
            snapshot, self._snapshot = self._snapshot, None
            snapshot.close()


def ranked(snapshot: "Snapshot", scores: dict[int, float], request: SearchRequest) -> Sequence[int]:
    """Give the documents of the page that was asked for: best, latest or newest first."""
    wanted = max(0, request.offset) + max(0, request.limit)
    if request.sort == "date":
        earliest, _ = snapshot.days()
        best = heapq.nlargest(wanted, scores, key=lambda d: (earliest[d], scores[d], -d))
    elif request.sort == "added":
        added = snapshot.added()
        best = heapq.nlargest(wanted, scores, key=lambda d: (added[d], d))
    else:
        best = heapq.nlargest(wanted, scores, key=lambda d: (scores[d], -d))
    return best[max(0, request.offset) :]


def _hit(snapshot: "Snapshot", document: int, score: float) -> RawHit:
    return RawHit(
        record=snapshot.label(document, "record"),
        kind=snapshot.label(document, "kind"),
        source=snapshot.label(document, "source") or None,
        score=score,
    )


def _rebuilding() -> CasefileError:
    return CasefileError(
        tr("The index is being rebuilt."),
        tr("The case is unharmed; search again in a moment."),
    )
