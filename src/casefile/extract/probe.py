"""Trying what a reader must not be able to do: the truth about the locks, not the intention."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from casefile.extract.protocol import Frame, send

NAMES = (
    *(
        "no inet socket",
        "no unix socket",
        "no reading of files",
        "no listing of folders",
        "no writing of files",
    ),
    *("no new process", "no 2 GiB of memory", "no other program"),
)
LAYERS = ("rlimits", "landlock", "seccomp", "no network")
_TOO_MUCH = 2 * 1024 * 1024 * 1024


def run(paths: dict[str, str], layers: dict[str, bool], write: Callable[[bytes], Any]) -> Frame:
    """Try everything; give for each name of NAMES whether it was blocked, and for LAYERS.

    `paths` names a `file` and a `folder` that a reader must not read, a `target` that it must not
    write and a `program` that it must not run. The last try replaces this process where it is not blocked, so what was found before
    is sent first.
    """
    tries: tuple[Callable[[], object], ...] = (
        lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
        lambda: socket.socketpair(socket.AF_UNIX),
        lambda: Path(paths["file"]).read_bytes(),
        lambda: list(Path(paths["folder"]).iterdir()),
        lambda: _write(Path(paths["target"])),
        _fork,
        lambda: bytearray(_TOO_MUCH),
    )
    blocked = {name: _blocked(attempt) for name, attempt in zip(NAMES, tries, strict=False)}
    blocked |= {name: layers.get(name, False) for name in ("landlock", "seccomp")}
    blocked |= {"rlimits": blocked["no 2 GiB of memory"], "no network": blocked["no inet socket"]}
    send(write, Frame({"note": {"blocked": blocked}}))
    program = paths["program"]
    blocked[NAMES[-1]] = _blocked(lambda: os.execv(program, [program, "--version"]))  # noqa: S606 - it is meant to fail
    return Frame({"answer": {"blocked": blocked}})


def _blocked(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, MemoryError):
        return True
    return False


def _write(file: Path) -> None:
    # A byte is written, too: a limit on file sizes lets an empty file be made.
    with file.open("ab", buffering=0) as handle:
        handle.write(b"x")


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
