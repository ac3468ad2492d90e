"""The index writer's own process: it takes documents from the program and ends with it.

Each message has `do` (begin, add, remove, finish, commit,
cancel, merge) and is answered by one message, `ok` or
`trouble` in words. After trouble the generation that was begun is gone.
"""

import gc
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

from casefile.search import contents, files, seals
from casefile.search.channel import ChannelClosed, from_message, receive, send
from casefile.search.merging import Merged, due, merge
from casefile.search.writer import Generation

_LOOK = 1.0  # seconds between two looks whether the parent is still there


def main() -> int:
    """Serve the parent until it closes the pipe or dies; gives the exit status."""
    _end_with_parent(os.getppid())
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but messages may reach the pipe
    gc.set_threshold(100_000)  # words by the million and no cycle among them
    serve(source, target)
    return 0


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Answer messages until the stream ends."""
    desk = _Desk()
    try:
        while True:
            send(target, desk.answer(receive(source)))
    except ChannelClosed:
        desk.cancel({})


def _reason(error: Exception) -> str:
    """Give what the disk said, without a path of a person; a defect by its name."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"{type(error).__name__}: {error}"


class _Desk:
    """The one generation that is being written."""

    def __init__(self) -> None:
        self._generation: Generation | None = None
        self._root = Path()
        self._own: tuple[Path, dict[str, str]] | None = None  # what this process wrote last

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        acts = {
            "begin": self.begin,
            "add": self.add,
            "remove": self.remove,
            "finish": self.finish,
            "commit": self.commit,
            "merge": self.merge,
            "cancel": self.cancel,
        }
        try:
            return {"ok": True, **acts[message["do"]](message)}
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the batch is given up and the parent is told
            self.cancel({})
            return {"ok": False, "trouble": _reason(error)[:500]}

    def begin(self, message: dict[str, Any]) -> dict[str, Any]:
        self.cancel({})
        root, base, known = Path(message["root"]), message["base"], message["known"]
        if base is not None and (root, known) != self._own:
            seals.verify(files.generation_folder(root, base), known)
        self._generation = Generation(root, message["number"], base)
        if message["merged"]:
            self._generation.take(Merged.read(message["merged"]))
        self._root = root
        return {}

    def add(self, message: dict[str, Any]) -> dict[str, Any]:
        self._begun().add([from_message(data) for data in message["documents"]])
        return {}

    def remove(self, message: dict[str, Any]) -> dict[str, Any]:
        self._begun().remove(message["records"])
        return {}

    def finish(self, _: dict[str, Any]) -> dict[str, Any]:
        self._begun().finish()
        return {}

    def commit(self, message: dict[str, Any]) -> dict[str, Any]:
        generation = self._begun()
        generation.finish()
        if message.get("more") is not None:
            generation.join(files.generation_folder(self._root, message["more"]))
        digests, count = generation.commit()
        self._generation = None
        self._own = (self._root, digests)
        names = [part.name for part in due(generation.parts())]
        return {"digests": digests, "documents": count, "due": names}

    def merge(self, message: dict[str, Any]) -> dict[str, Any]:
        root = Path(message["root"])
        folder = files.generation_folder(root, message["number"])
        target = root / message["folder"]
        target.mkdir()
        wanted = set(message["names"])
        parts = [part for part in contents.read(folder).parts if part.name in wanted]
        return merge(folder, parts, target).written()

    def cancel(self, _: dict[str, Any]) -> dict[str, Any]:
        if self._generation is not None:
            generation, self._generation = self._generation, None
            generation.drop()
        return {}

    def _begun(self) -> Generation:
        if self._generation is None:
            msg = "no generation was begun"
            raise ValueError(msg)
        return self._generation


def _end_with_parent(parent: int) -> None:
    """End at once when the parent is gone, also in the middle of a commit.

    A timer and not the kernel's death signal, which is tied to the thread that started us.
    """

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
