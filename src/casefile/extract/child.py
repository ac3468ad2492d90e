"""The process that reads strangers' files; started as `casefile --extract-child`.

Standard input is the socket of the parent (this process then only forks readers), or, with
`--pipes`, a pipe of requests whose answers go to standard output.
"""

import io
import os
import socket
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from casefile.extract import budget, containers, letters, letters_child, probe, registry, sandbox
from casefile.extract.context import context_of
from casefile.extract.limits import Limits
from casefile.extract.members import Broken, member_frame
from casefile.extract.protocol import Frame, Gone, draft_frame, receive, send
from casefile.extract.sniff import HEAD, sniff
from casefile.model.errors import CasefileError

_MOST_REQUEST = 64 * 1024 * 1024

Write = Callable[[bytes], Any]


def main() -> int:
    """Serve the parent until it closes its end; the words behind `--extract-child` say how."""
    if sys.argv[2:3] == ["--pipes"]:
        return serve_pipes(sys.stdin.buffer, sys.stdout.buffer)
    if sys.argv[2:3] == [letters.CHILD]:
        return letters_child.main(sys.argv[3:])
    from casefile.extract import zygote  # not every system has fork

    return zygote.serve(socket.socket(fileno=0), int(sys.argv[2]))


def serve_one(channel: socket.socket, file: int, layers: dict[str, bool]) -> None:
    """Take one request, lock this process, read the file and answer; a process for itself."""
    request = receive(channel.recv, _MOST_REQUEST, 0).head
    limits = Limits.from_json(request["limits"])
    size = os.fstat(file).st_size
    sandbox.limit(limits, size, layers)
    held = {**layers, "seccomp": sandbox.filter_reader(layers)}
    if not held["seccomp"] and sniff(os.pread(file, HEAD, 0)).media_type != "image/heif":
        # The only decoder that cannot do without threads.
        sandbox.forbid_processes()
    budget.stop_in_time()

    def more(pages: int) -> None:
        sandbox.allow_pages(limits, pages)
        send(channel.sendall, Frame({"note": {"pages": pages}}))

    def at(page: int) -> None:
        send(channel.sendall, Frame({"note": {"page": page}}))

    budget.on_pages(more)
    budget.on_steps(at)
    budget.begin()
    send(channel.sendall, Frame({"note": {"started": True}}))
    request["layers"] = held
    if request["task"] == "members":
        with os.fdopen(os.dup(file), "rb") as opened:
            opened.seek(0)
            send(channel.sendall, walk(request, limits, (opened, size), channel.sendall))
        return
    data = _bytes_of(file, size)
    send(channel.sendall, answer(request, limits, data, channel.sendall))
    if request.get("stay"):
        _stay(channel, limits, data, held)


def _stay(channel: socket.socket, limits: Limits, data: bytes, held: dict[str, bool]) -> None:
    """Answer more requests about the one file until the parent closes its end.

    The computing time of all of them together stays that of one file.
    """
    while True:
        try:
            request = receive(channel.recv, _MOST_REQUEST, 0).head
        except Gone:
            return
        budget.begin()
        send(channel.sendall, Frame({"note": {"started": True}}))
        request["layers"] = held
        send(channel.sendall, answer(request, limits, data, channel.sendall))


def serve_pipes(requests: BinaryIO, answers: BinaryIO) -> int:
    """Answer requests one after the other; the parent ends this process after some of them."""
    registry.warm()
    containers.warm()
    layers = sandbox.lock_forker()

    def write(data: bytes) -> None:
        answers.write(data)
        answers.flush()

    while True:
        try:
            frame = receive(requests.read, _MOST_REQUEST, sys.maxsize)
        except Gone:
            return 0
        limits = Limits.from_json(frame.head["limits"])
        sandbox.limit(limits, len(frame.body), layers, fresh=False)
        send(write, Frame({"note": {"started": True}}))
        frame.head["layers"] = layers
        if frame.head["task"] == "members":
            held = (io.BytesIO(frame.body), len(frame.body))
            send(write, walk(frame.head, limits, held, write))
            continue
        send(write, answer(frame.head, limits, frame.body, write))


def walk(
    request: dict[str, Any], limits: Limits, container: tuple[BinaryIO, int], write: Write
) -> Frame:
    """Send the members of a container one by one; give the frame that says how it ended."""
    file, size = container
    reason: str | None = None
    try:
        for member in containers.walk(file, size, context_of(request, limits)):
            send(write, member_frame(member))
    except Broken as error:
        reason = str(error)
    except MemoryError:
        reason = "it needs more memory than allowed"
    except budget.OutOfTime:
        reason = "it takes longer than allowed"
    return Frame({"answer": {"reason": reason}})


def answer(request: dict[str, Any], limits: Limits, data: bytes, write: Write) -> Frame:
    """Do what was asked; trouble comes back as a sentence."""
    try:
        found = _perform(request, limits, data, write)
    except MemoryError:
        return Frame({"trouble": "It needs more memory than allowed."})
    except budget.OutOfTime:
        return Frame({"trouble": "It takes longer than allowed."})
    except CasefileError as error:
        return Frame({"trouble": error.message})
    except Exception as error:  # noqa: BLE001 - a parser may raise anything on a stranger's file
        return Frame({"trouble": f"The file is damaged or unusual ({type(error).__name__})."})
    return found


def _perform(request: dict[str, Any], limits: Limits, data: bytes, write: Write) -> Frame:
    task = request["task"]
    if task == "read":
        return draft_frame(registry.read(data, context_of(request, limits)))
    if task == "probe":
        return probe.run(request["paths"], request["layers"], write)
    return registry.derive(task, data, context_of(request, limits))


def _bytes_of(file: int, size: int) -> bytes:
    """Read the whole file from its beginning, wherever its descriptor stands."""
    parts = bytearray()
    while len(parts) < size:
        part = os.pread(file, size - len(parts), len(parts))
        if not part:
            break
        parts += part
    return bytes(parts)
