"""Reading strangers' files from outside: ask, check what comes back, never fail for a file."""

import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from casefile.extract import probe, registry, sniff
from casefile.extract.forked import Forker, Lost, Stopped
from casefile.extract.limits import Limits
from casefile.extract.members import Broken, Member, member_of
from casefile.extract.protocol import (
    Frame,
    Misfit,
    boxes_of,
    copy_of,
    draft_of,
    greys_of,
    picture_of,
)
from casefile.extract.recycled import Recycler
from casefile.extract.staying import Staying
from casefile.extract.unknown import not_read
from casefile.model.draft import Draft
from casefile.model.errors import CasefileError
from casefile.model.values import Picture
from casefile.model.view import PageBoxes
from casefile.strings import tr

COMMAND = (
    (sys.executable, "--extract-child")
    if getattr(sys, "frozen", False)
    # -P: no module out of the folder where the program happens to be started.
    else (sys.executable, "-P", "-m", "casefile", "--extract-child")
)
_TRIES = 2
# Pages that break the reader are left out one by one, but only so many.
_MOST_LEFT_OUT = 4
_MOST_PASSWORDS = 100
_MISFIT = "the reader gave an answer that does not fit"
_STOPPED = "the reader stopped working"

_T = TypeVar("_T")


class _Readers(Protocol):
    def ask(
        self, file: int, request: Frame, limits: Limits, seen: Callable[[Any], None]
    ) -> Frame: ...

    def stream(self, file: int, request: Frame, limits: Limits) -> Iterator[Frame]: ...

    def close(self) -> None: ...


class Extractor:
    """Reads files in locked-down processes; every method may be called from any thread.

    At most `workers` files are read at once; more callers wait. `command` is how the child is
    started; `fork` is False where the system has none.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        workers: int = 2,
        command: tuple[str, ...] | None = None,
        *,
        fork: bool = sys.platform == "linux",
    ) -> None:
        self.limits = limits or Limits()
        self._command = command or COMMAND
        self._fork = fork
        self._slots = threading.Semaphore(workers)
        self._workers = workers
        self._guard = threading.Lock()
        self._readers: _Readers | None = None
        self._closed = False
        self._protections: dict[str, bool] | None = None
        self._passwords: tuple[str, ...] = ()
        self._staying = Staying()

    def start(self) -> None:
        """Start the child now, so that the first file need not wait for it."""
        self._running()

    def allow(self, workers: int) -> None:
        """Let at least so many files be read at once."""
        with self._guard:
            more, self._workers = workers - self._workers, max(workers, self._workers)
        if more > 0:
            self._slots.release(more)

    def try_passwords(self, passwords: Iterable[str]) -> None:
        """Try these on whatever asks for one from now on; they stay in memory, never on disk."""
        known = (*(p for p in passwords if p), *self._passwords)
        self._passwords = tuple(dict.fromkeys(known))[:_MOST_PASSWORDS]

    def forget_passwords(self) -> None:
        """Try none any more."""
        self._passwords = ()
        self._staying.close()

    def close(self) -> None:
        """End the child; whoever still waits gets a draft that says so."""
        with self._guard:
            self._closed = True
            readers, self._readers = self._readers, None
        self._staying.close()
        if readers is not None:
            readers.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def read(self, file: Path, *, name: str, parameters: dict[str, Any] | None = None) -> Draft:
        """Read one file; trouble with it is said in the draft (`complete`, `reason`).

        `name` is the file's name as given; `parameters` are those of the format files.
        """
        try:
            with _opened(file) as handle:
                kind = registry.kind_of(os.read(handle, sniff.HEAD))
                if os.fstat(handle).st_size > self.limits.input_bytes:
                    return not_read(kind, "the file is larger than what is read")
                return self._draft(handle, kind, {"name": name, "with": parameters or {}})
        except OSError as error:
            reason = f"the file cannot be opened ({error.strerror or type(error).__name__})"
            return not_read(sniff.UNKNOWN, reason)

    def members(self, file: Path | int, *, name: str) -> Iterator[Member]:
        """Give the files inside a container one by one, as they are asked for.

        `file` is its path or an open descriptor, `name` its name as given. Raises Broken with the
        reason where it ends before its end; what came before is whole.
        """
        try:
            with _opened(file) as handle:
                yield from self._members(handle, name)
        except OSError as error:
            msg = f"the file cannot be opened ({error.strerror or type(error).__name__})"
            raise Broken(msg) from error
        except Stopped as error:
            raise Broken(str(error)) from error
        except Misfit as error:
            raise Broken(_MISFIT) from error
        except Lost as error:
            raise Broken(_STOPPED) from error

    def _members(self, handle: int, name: str) -> Iterator[Member]:
        request = self._request({"task": "members", "name": name}, self.limits)
        left = self.limits.archive_bytes
        readers = self._running()
        # No slot is taken: the reader of a container mostly waits for those of its members.
        for count, frame in enumerate(readers.stream(handle, request, self.limits), 1):
            if "member" not in frame.head:
                reason = frame.head.get("answer", {}).get("reason") or frame.head.get("trouble")
                if reason:
                    raise Broken(" ".join(str(reason).split())[:300])
                return
            left -= len(frame.body)
            if count > self.limits.members or left < 0:
                raise Misfit
            yield member_of(frame)

    def page_picture(self, file: Path, page: int, width: int) -> Picture:
        """Draw a page of a PDF (from 1), so many pixels wide; CasefileError when it cannot be."""
        return self._derive(
            file,
            {"task": "page_picture", "with": {"page": page, "width": width}, "stay": True},
            lambda frame: picture_of(frame, self.limits),
        )

    def page_boxes(self, file: Path, page: int, page_text: str) -> PageBoxes:
        """Give the place of each code point of the stored text of a page of a PDF."""
        return self._derive(
            file,
            {"task": "page_boxes", "with": {"page": page, "text": page_text}, "stay": True},
            lambda frame: boxes_of(frame, len(page_text)),
        )

    def scan(self, file: Path, page: int, dots: int) -> tuple[int, int, bytes]:
        """Draw a page (from 1) or a photo in greys: width, height, a byte a dot."""
        arguments = {"page": page, "dots": dots}
        return self.derive(file, "scan", arguments, lambda frame: greys_of(frame, self.limits))

    def photo_part(
        self, file: Path, box: tuple[int, int, int, int], width: int, height: int
    ) -> Picture:
        """Draw a piece of a photo, in pixels of the upright photo, no larger than that."""
        arguments = {"box": list(box), "width": width, "height": height}
        return self.derive(
            file, "photo_part", arguments, lambda frame: picture_of(frame, self.limits)
        )

    def bare_photo(self, file: Path) -> tuple[str, bytes]:
        """Give a copy of a photo with nothing but its pixels: media type and bytes."""
        return self.derive(file, "bare_photo", {}, copy_of)

    def marked_pdf(self, file: Path, marks: Sequence[Mapping[str, Any]]) -> bytes:
        """Give a copy of a PDF with marks written into it; see `pdf_copies.marked`."""
        return self.derive(file, "marked_pdf", {"marks": list(marks)}, lambda f: copy_of(f)[1])

    def photo_picture(self, file: Path, max_width: int, max_height: int) -> Picture:
        """Draw a photo upright, no larger than that; CasefileError when it cannot be."""
        return self._derive(
            file,
            {"task": "photo_picture", "with": {"width": max_width, "height": max_height}},
            lambda frame: picture_of(frame, self.limits),
        )

    def protections(self) -> dict[str, bool]:
        """Say which protections hold, as tried in a reader; asked once."""
        if self._protections is None:
            self._protections = self._probe()
        return dict(self._protections)

    def _probe(self) -> dict[str, bool]:
        found: dict[str, bool] = {}

        def seen(note: Any) -> None:
            if isinstance(note, dict) and isinstance(note.get("blocked"), dict):
                found.update((name, value is True) for name, value in note["blocked"].items())

        paths = {
            "file": __file__ if sys.platform == "win32" else "/etc/passwd",
            "folder": str(Path.home()),
            "target": os.devnull,
            "program": "/bin/true",
        }
        try:
            with _opened(Path(__file__)) as handle:
                seen(self._ask(handle, {"task": "probe", "paths": paths}, seen).head.get("answer"))
        except (OSError, Stopped, Misfit, Lost):
            # The last try ends the reader where it is not blocked; what it found came before.
            found.setdefault(probe.NAMES[-1], False)
        return {name: found.get(name, False) for name in (*probe.LAYERS, *probe.NAMES)}

    def _draft(self, handle: int, kind: sniff.Kind, request: dict[str, Any]) -> Draft:
        try:
            frame = self._read(handle, {"task": "read", **request})
            if "answer" in frame.head:
                return draft_of(frame)
            return not_read(kind, _words(frame) or _MISFIT)
        except Stopped as stopped:
            return not_read(kind, str(stopped))
        except Misfit:
            return not_read(kind, _MISFIT)
        except Lost:
            return not_read(kind, _STOPPED)

    def _read(self, handle: int, request: dict[str, Any]) -> Frame:
        """Ask, and again without the page that broke the reader while there is time for it."""
        limits, left_out = self.limits, set[int]()
        began = time.monotonic()
        while True:
            at: list[int] = []

            def seen(note: Any, at: list[int] = at) -> None:
                if isinstance(note, dict) and isinstance(note.get("page"), int):
                    at[:] = [note["page"]]

            try:
                return self._ask(handle, {**request, "left_out": sorted(left_out)}, seen, limits)
            except Stopped:
                left = self.limits.wall_seconds - (time.monotonic() - began)
                if not at or at[0] in left_out or len(left_out) >= _MOST_LEFT_OUT or left < 1:
                    raise
                left_out.add(at[0])
                limits = replace(limits, wall_seconds=left)

    def derive(
        self, file: Path, task: str, arguments: dict[str, Any], take: Callable[[Frame], _T]
    ) -> _T:
        """Have something made of a file; CasefileError with the reason when it cannot be."""
        return self._derive(file, {"task": task, "with": arguments}, take)

    def _derive(self, file: Path, request: dict[str, Any], take: Callable[[Frame], _T]) -> _T:
        hint = tr("The original is kept and can be saved to a file.")
        try:
            with _opened(file) as handle:
                frame = self._stay(handle, request) or self._ask(handle, request)
            if "answer" in frame.head:
                return take(frame)
            raise CasefileError(_words(frame) or tr(_MISFIT), hint)
        except OSError as error:
            raise CasefileError(tr("The file cannot be opened."), error.strerror or "") from error
        except Stopped as error:
            raise CasefileError(tr("It cannot be drawn: {why}.").format(why=error), hint) from error
        except (Misfit, Lost) as error:
            raise CasefileError(tr("It cannot be drawn."), hint) from error

    def _stay(self, handle: int, request: dict[str, Any]) -> Frame | None:
        """Ask the reader that stays with this file; None where that is not to be had."""
        if not request.pop("stay", False):
            return None
        frame = self._request({**request, "stay": True}, self.limits)
        with self._slots:
            readers = self._running()
            if not isinstance(readers, Forker):
                return None
            return self._staying.ask(readers, handle, self.limits, frame)

    def _ask(
        self,
        handle: int,
        request: dict[str, Any],
        seen: Callable[[Any], None] = lambda _note: None,
        limits: Limits | None = None,
    ) -> Frame:
        """Ask, and once more with new readers when the old ones are gone."""
        limits = limits or self.limits
        frame = self._request(request, limits)
        with self._slots:
            for _ in range(_TRIES):
                readers = self._running()
                try:
                    return readers.ask(handle, frame, limits, seen)
                except Lost:
                    self._drop(readers)
        raise Lost

    def _request(self, request: dict[str, Any], limits: Limits) -> Frame:
        more = {"limits": limits.to_json(), "passwords": list(self._passwords)}
        return Frame({**request, **more})

    def _running(self) -> _Readers:
        with self._guard:
            if self._closed:
                raise Lost
            if self._readers is None:
                self._readers = Forker(self._command) if self._fork else Recycler(self._command)
            return self._readers

    def _drop(self, readers: _Readers) -> None:
        """Take lost readers out; whoever comes first does it."""
        with self._guard:
            if self._readers is not readers:
                return
            self._readers = None
        readers.close()


@contextmanager
def _opened(file: Path | int) -> Iterator[int]:
    """Open a regular file without waiting for the other end of a pipe; an open one stays open."""
    if isinstance(file, int):
        yield file
        return
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(file, flags | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            msg = "not a regular file"
            raise OSError(0, msg)
        yield handle
    finally:
        os.close(handle)


def _words(frame: Frame) -> str:
    """Give the sentence of a reader in trouble, as plain words of a bounded length."""
    words = frame.head.get("trouble")
    return " ".join(words.split())[:300] if isinstance(words, str) else ""
