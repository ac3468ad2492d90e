"""Stand between a process and the kernel: see every call that changes a file, and spoil some.

Nothing has to be installed: ptrace and a seccomp filter through ctypes. The filter stops the
process only at the calls of interest, before they happen; all its threads and children are
followed. One thread traces one process tree at a time, and has no other children meanwhile.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

CALLS = {
    1: "write",
    18: "pwrite64",
    20: "writev",
    40: "sendfile",
    74: "fsync",
    75: "fdatasync",
    76: "truncate",
    77: "ftruncate",
    82: "rename",
    83: "mkdir",
    84: "rmdir",
    86: "link",
    87: "unlink",
    90: "chmod",
    91: "fchmod",
    257: "openat",
    258: "mkdirat",
    263: "unlinkat",
    264: "renameat",
    265: "linkat",
    285: "fallocate",
    296: "pwritev",
    316: "renameat2",
    326: "copy_file_range",
}
OPENAT = 257
CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT  # an openat without these changes nothing

_TRACEME, _CONT, _GETREGS, _SETREGS = 0, 7, 12, 13
_SETOPTIONS = 0x4200
_OPTIONS = 2 | 4 | 8 | 0x10 | 0x80 | 0x100000  # fork, vfork, clone, exec, seccomp; end with us
_SECCOMP_STOP = 7
_WALL = 0x40000000
_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2
_X86_64 = 0xC000003E
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
_FIRST_ARGUMENTS = (14, 13, 12, 7, 9, 8)  # rdi rsi rdx r10 r8 r9 in user_regs_struct
_RAX, _ORIG_RAX = 10, 15

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


class _Registers(ctypes.Structure):
    _fields_ = (("r", ctypes.c_ulong * 27),)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def available() -> str:
    """Say why processes cannot be traced here; empty when they can."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "system calls are traced on Linux on x86-64 only"
    try:
        ending = trace(lambda: os._exit(7), lambda _: None)
    except OSError as error:
        return f"this system lets no process be traced ({error})"
    return "" if ending.status == 7 else f"this system lets no process be traced ({ending})"


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that is about to happen in one thread (`task`) of the tree."""

    task: int
    name: str
    arguments: tuple[int, ...]

    def text(self, argument: int) -> str:
        """Read a path that an argument points to."""
        found = b""
        at = self.arguments[argument]
        while b"\0" not in found:
            part = self.memory(at, 4096 - at % 4096)
            found, at = found + part, at + len(part)
        return os.fsdecode(found.split(b"\0", 1)[0])

    def memory(self, at: int, size: int) -> bytes:
        """Read memory of the process."""
        with open(f"/proc/{self.task}/mem", "rb", buffering=0) as file:  # noqa: PTH123 - no buffer
            return os.pread(file.fileno(), size, at)

    def opened(self, argument: int = 0) -> str:
        """Give the path behind a file descriptor; empty when it is none."""
        number = ctypes.c_int(self.arguments[argument]).value
        if number == -100:  # AT_FDCWD
            return _target(f"/proc/{self.task}/cwd")
        try:
            return _target(f"/proc/{self.task}/fd/{number}")
        except OSError:
            return ""

    def position(self) -> int:
        """Give the place where a `write` goes."""
        number = ctypes.c_int(self.arguments[0]).value
        words = Path(f"/proc/{self.task}/fdinfo/{number}").read_text("ascii")
        facts = dict(line.split(":", 1) for line in words.splitlines() if ":" in line)
        if int(facts["flags"], 8) & os.O_APPEND:
            return os.stat(f"/proc/{self.task}/fd/{number}").st_size  # noqa: PTH116 - of the file
        return int(facts["pos"])

    def path(self, folder: int | None, name: int) -> str:
        """Give the path that a call names by a folder's descriptor and a string."""
        words = self.text(name)
        if words.startswith("/"):
            return words
        base = self.opened(folder) if folder is not None else _target(f"/proc/{self.task}/cwd")
        return f"{base}/{words}" if words else base

    def place(self) -> str:
        """Give the path that the call changes, whatever kind of call it is."""
        if self.name in {"openat", "mkdirat", "unlinkat", "renameat", "renameat2", "linkat"}:
            return self.path(0, 1)
        if self.name in {"rename", "mkdir", "rmdir", "link", "unlink", "truncate", "chmod"}:
            return self.path(None, 0)
        return self.opened(2 if self.name == "copy_file_range" else 0)


def _target(link: str) -> str:
    return os.readlink(link)  # noqa: PTH115 - as it stands: Path would tidy it up


Verdict = int | None  # None: let it happen; an errno: make it fail; KILL: end the whole tree
KILL = -1


@dataclass(slots=True)
class Ending:
    """How the tree ended: the exit status of its first process, or the signal that ended it."""

    status: int | None = None
    signal: int | None = None
    killed: bool = False
    late: bool = False


@dataclass(slots=True)
class _Tree:
    first: int
    watch: Callable[[Call], Verdict]
    ending: Ending = field(default_factory=Ending)
    tasks: set[int] = field(default_factory=set)


def trace(run: Callable[[], None], watch: Callable[[Call], Verdict], limit: float = 300) -> Ending:
    """Fork; run something in the child with `watch` asked before each call; wait for the end.

    After `limit` seconds the tree is killed, and its ending says that it was late.
    """
    child = os.fork()
    if not child:
        _become_traced(run)
    tree = _Tree(child, watch, tasks={child})
    os.waitpid(child, _WALL)
    _ptrace(_SETOPTIONS, child, 0, _OPTIONS)
    _ptrace(_CONT, child)
    signal.signal(signal.SIGALRM, lambda *_: _too_late(tree))
    signal.setitimer(signal.ITIMER_REAL, limit, 1)
    try:
        _follow(tree)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return tree.ending


def _become_traced(run: Callable[[], None]) -> None:
    """Everything that the child does; it never returns."""
    status = 70
    try:
        _check(_libc.ptrace(_TRACEME, 0, None, None))
        os.kill(os.getpid(), signal.SIGSTOP)
        _install_filter()
        run()
        status = 0
    finally:
        os._exit(status)


def _install_filter() -> None:
    """Stop at the calls of interest; those of other machines' kinds pass."""
    code = [
        (0x20, 0, 0, 4),  # the architecture
        (0x15, 0, len(CALLS) + 3, _X86_64),
        (0x20, 0, 0, 0),  # the number of the call
        (0x15, 0, 2, OPENAT),
        (0x20, 0, 0, 32),  # its flags: the low half of the third argument
        (0x45, len(CALLS), len(CALLS) - 1, CHANGES),
    ]
    others = [number for number in CALLS if number != OPENAT]
    for n, number in enumerate(others):
        code.append((0x15, len(others) - n, 0, number))
    code += [(0x06, 0, 0, _ALLOW), (0x06, 0, 0, _TRACE)]
    raw = b"".join(struct.pack("HBBI", *one) for one in code)
    buffer = ctypes.create_string_buffer(raw)
    program = _Program(len(code), ctypes.addressof(buffer))
    _check(_libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0))
    _check(_libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0))


def _follow(tree: _Tree) -> None:
    while True:
        try:
            task, status = os.waitpid(-1, _WALL)
        except ChildProcessError:
            return
        if not os.WIFSTOPPED(status):
            tree.tasks.discard(task)
            if task == tree.first:
                _note_end(tree, status)
            continue
        tree.tasks.add(task)
        event, number = status >> 16, os.WSTOPSIG(status)
        try:
            if event == _SECCOMP_STOP:
                _judge(tree, task)
            elif event or number in {signal.SIGTRAP, signal.SIGSTOP}:
                _ptrace(_CONT, task)
            else:
                _ptrace(_CONT, task, 0, number)
        except ProcessLookupError:
            continue  # it died meanwhile; its end comes next


def _note_end(tree: _Tree, status: int) -> None:
    if os.WIFSIGNALED(status):
        tree.ending.signal = os.WTERMSIG(status)
    else:
        tree.ending.status = os.WEXITSTATUS(status)


def _judge(tree: _Tree, task: int) -> None:
    registers = _Registers()
    _ptrace(_GETREGS, task, 0, ctypes.addressof(registers))
    name = CALLS.get(registers.r[_ORIG_RAX])
    if name is not None:
        arguments = tuple(registers.r[n] for n in _FIRST_ARGUMENTS)
        verdict = tree.watch(Call(task, name, arguments))
        if verdict == KILL:
            tree.ending.killed = True
            _kill(tree)
            return
        if verdict is not None:
            registers.r[_ORIG_RAX] = ctypes.c_ulong(-1).value
            registers.r[_RAX] = ctypes.c_ulong(-verdict).value
            _ptrace(_SETREGS, task, 0, ctypes.addressof(registers))
    _ptrace(_CONT, task)


def _kill(tree: _Tree) -> None:
    for task in tree.tasks:
        try:
            os.kill(task, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _too_late(tree: _Tree) -> None:
    tree.ending.late = True
    _kill(tree)


def _ptrace(request: int, task: int, address: int = 0, data: int = 0) -> None:
    _check(_libc.ptrace(request, task, address, data))


def _check(result: int) -> None:
    if result == -1:
        number = ctypes.get_errno()
        if number == errno.ESRCH:
            raise ProcessLookupError
        raise OSError(number, os.strerror(number))
