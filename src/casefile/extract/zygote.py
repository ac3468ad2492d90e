"""A warm process that forks one reader for each file; it is locked before the first request.

A request is one byte with three descriptors: the file, the reader's end of a channel to the
parent, and a pipe on which the parent is told how the reader ended. When the parent closes its
end of that pipe, the reader is killed.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

from casefile.extract import child, containers, large_pages, registry, sandbox
from casefile.extract.protocol import Gone, Misfit

_DESCRIPTORS = 3


@dataclass(slots=True)
class _Readers:
    """The readers that run: process id by the pipe that waits for its end."""

    pipes: dict[int, int] = field(default_factory=dict)

    def ended(self) -> None:
        """Tell the parent of every reader that has ended."""
        by_process = {process: pipe for pipe, process in self.pipes.items()}
        while by_process:
            process, status, used = os.wait4(-1, os.WNOHANG)
            if not process:
                return
            pipe = by_process.pop(process)
            code = os.waitstatus_to_exitcode(status)
            word = {"code": code, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss}
            _tell(pipe, word)
            del self.pipes[pipe]

    def kill(self, pipe: int) -> None:
        """End the reader that the parent no longer waits for; `ended` clears up."""
        os.kill(self.pipes[pipe], signal.SIGKILL)


def serve(control: socket.socket, parent: int) -> int:
    """Fork a reader for each request until the parent closes its end."""
    sandbox.die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wake, alarm = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(alarm, False)
    registry.warm()
    containers.warm()
    gc.collect()
    gc.freeze()
    large_pages.gather()
    layers = sandbox.lock_forker()
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.set_wakeup_fd(alarm)
    readers = _Readers()
    while True:
        poll = select.poll()
        poll.register(control, select.POLLIN)
        poll.register(wake, select.POLLIN)
        for pipe in readers.pipes:
            poll.register(pipe, 0)
        ready = dict(poll.poll())
        if ready.pop(wake, None):
            os.read(wake, 4096)
        asked = ready.pop(control.fileno(), None)
        readers.ended()
        # Before a new request: it may get the number of a pipe that has just been closed.
        for pipe in ready.keys() & readers.pipes.keys():
            readers.kill(pipe)
        if asked and not _take(control, readers, layers, wake, alarm):
            return 0


def _take(control: socket.socket, readers: _Readers, layers: dict[str, bool], *ours: int) -> bool:
    """Take one request and fork its reader; False when the parent is gone."""
    word, handles, _, _ = socket.recv_fds(control, 1, _DESCRIPTORS)
    if not word:
        return False
    file, channel, pipe = handles
    try:
        process = os.fork()
    except OSError as error:
        _tell(pipe, {"code": 1, "error": str(error)})
    else:
        if process == 0:
            _read(file, channel, layers, [control.detach(), pipe, *ours, *readers.pipes])
        readers.pipes[pipe] = process
    os.close(file)
    os.close(channel)
    return True


def _read(file: int, channel: int, layers: dict[str, bool], others: list[int]) -> None:
    """Be the reader of one file and end."""
    code = 1
    try:
        sandbox.die_with_parent(os.getppid())
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for handle in others:
            os.close(handle)
        # The number of the standard input must not be free for something else.
        os.dup2(1, 0)
        with socket.socket(fileno=channel) as end:
            child.serve_one(end, file, layers)
        code = 0
    except (OSError, Gone, Misfit):
        # The parent no longer listens, and nobody else is there to tell.
        code = 2
    finally:
        os._exit(code)


def _tell(pipe: int, word: Mapping[str, object]) -> None:
    # The parent may no longer wait for it.
    with contextlib.suppress(OSError):
        os.write(pipe, json.dumps(word).encode())
    os.close(pipe)
