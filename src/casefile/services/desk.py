"""The desk: everything that is open for one case, passed explicitly."""

import threading
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from casefile.extract.pool import Extractor
from casefile.model.case import Case
from casefile.model.change import Changes
from casefile.model.errors import OlderFormat
from casefile.model.ids import case_record_id
from casefile.search.index import SearchIndex
from casefile.services.places import Identity, Places, identity
from casefile.settings import Settings
from casefile.store import index_state, records
from casefile.store.case import CaseStore
from casefile.store.recorded import Recorded
from casefile.store.writer import Writer

if TYPE_CHECKING:
    from casefile.model.signing import Signer

_SUFFIX = ".casefile"
_EVERY = 1 << 62  # no ledger grows so long


class Desk:
    """One open case: its store, its index, the reader of strangers' files, the person's settings.

    The index and the reader's child process are made at first use; a reader that was lent is shared
    with other desks and outlives this one.
    """

    def __init__(
        self, store: CaseStore, places: Places, who: Identity, extractor: Extractor | None = None
    ) -> None:
        self.store = store
        self._lent = extractor
        self.places = places
        self.who = who
        self.settings = Settings(places.settings_file)
        self.hindrance = ""  # why it was opened for reading, where writing was wanted
        self.index_lock = threading.Lock()
        self._opening = threading.Lock()
        self._index: SearchIndex | None = None
        self.signer: Signer | None = None
        self.before_closing: list[Callable[[], None]] = []

    @property
    def person(self) -> str:
        """The id of the person who works here."""
        return self.who.person

    @property
    def title(self) -> str:
        """The title of the case, or the folder's name while it has none."""
        with self.store.read() as r:
            case = records.get(r, Case, case_record_id())
        return (case and case.title) or self.store.path.name.removesuffix(_SUFFIX)

    @property
    def upto(self) -> int:
        """The position of the ledger's last operation here."""
        return self.store.changes_after(_EVERY).upto

    @cached_property
    def extractor(self) -> Extractor:
        """The reader of strangers' files; its child starts with the first file."""
        return self._lent or Extractor()

    @property
    def index_key(self) -> str:
        """The name of this case's index at this place."""
        return self.places.index_key(self.store.case_id, self.store.path)

    @property
    def index(self) -> SearchIndex:
        """The search index, checked against what the store remembers of it."""
        with self._opening:
            if self._index is None:
                with self.store.read() as r:
                    state = index_state.recall(r, self.index_key)
                self._index = SearchIndex(self.places.index_folder(self.index_key), state)
            return self._index

    def adopted(self, case: str) -> None:
        """Go on under the id that an empty case took from a bundle; its index has another name."""
        with self._opening:
            self.store.case_id = case
            if self._index is not None:
                self._index.close()
                self._index = None

    def close(self) -> None:
        """End the children and close the case; a second call does nothing."""
        while self.before_closing:
            self.before_closing.pop()()
        if self._index is not None:
            self._index.close()
            self._index = None
        if self._lent is None and "extractor" in self.__dict__:
            self.extractor.close()
            del self.__dict__["extractor"]
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_desk(
    path: Path,
    places: Places,
    *,
    write: bool = True,
    wait: float = 2.0,
    extractor: Extractor | None = None,
) -> Desk:
    """Open a case; raises CaseUnusable with a sentence when that is not possible."""
    who = identity(places)
    opened = partial(
        CaseStore.open, path, person=who.person, install=who.install, wait=wait,
        recorded=Recorded(places.replicas),
    )  # fmt: skip
    try:
        store = opened(write=write)
    except OlderFormat:  # opening it for writing brings it to this format, after a backup
        opened().close()
        store = opened(write=write)
    store.sign(who.handle)
    return Desk(store, places, who, extractor)


def create_desk(
    path: Path, places: Places, title: str | None = None, *, extractor: Extractor | None = None
) -> Desk:
    """Make a new case and open it; without a title no operation is written."""
    who = identity(places)
    store = CaseStore.create(
        path, person=who.person, install=who.install, title=title,
        recorded=Recorded(places.replicas),
    )  # fmt: skip
    store.sign(who.handle)
    return Desk(store, places, who, extractor)


def done(writer: Writer) -> Changes:
    """Give what a finished transaction changed, empty when it changed nothing."""
    return writer.changes or Changes(act="", label="", records={}, upto=0)


def merged(parts: Iterable[Changes]) -> Changes:
    """Put the changes of several transactions of one act together."""
    found: dict[str, dict[str, None]] = {}
    act, label, upto = "", "", 0
    for part in parts:
        act, label, upto = part.act or act, part.label or label, max(upto, part.upto)
        for table, ids in part.records.items():
            found.setdefault(table, {}).update(dict.fromkeys(ids))
    records_ = {table: tuple(ids) for table, ids in found.items()}
    return Changes(act=act, label=label, records=records_, upto=upto)
