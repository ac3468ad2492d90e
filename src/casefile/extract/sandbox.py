"""Locking a process down: limits of the system, Landlock, seccomp; each as far as it is there."""

import ctypes
import errno
import os
import signal
import stat
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from casefile import resources
from casefile.extract.limits import Limits

if sys.platform != "win32":
    import resource

try:
    import pyseccomp
except (ImportError, RuntimeError, OSError):  # no libseccomp on this system
    pyseccomp = None

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_LANDLOCK = (444, 445, 446)  # create ruleset, add rule, restrict self: the same on every machine
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CLONE_THREAD = 0x10000
_OPENING = {"open": 1, "openat": 2}  # the place of the flags among the arguments

# What a reader needs once everything is loaded: memory, clocks, its own descriptors.
_READER_CALLS = (
    *("read", "readv", "pread64", "write", "writev", "lseek", "close", "dup", "fcntl", "poll"),
    *("ppoll", "select", "pselect6", "sendto", "sendmsg", "recvfrom", "recvmsg"),
    *("fstat", "newfstatat", "stat", "lstat", "statx", "access", "faccessat", "faccessat2"),
    *("readlink", "readlinkat", "getcwd", "getdents64", "brk", "mmap", "munmap", "mremap"),
    *("mprotect", "madvise", "futex", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn"),
    *("sigaltstack", "setitimer", "getitimer", "clock_gettime", "clock_getres", "gettimeofday"),
    *("clock_nanosleep", "nanosleep", "time", "times", "getrusage", "getrlimit", "setrlimit"),
    *("getrandom", "getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid"),
    *("sched_yield", "sched_getaffinity", "membarrier", "rseq", "set_robust_list"),
    *("set_tid_address", "arch_prctl", "sysinfo", "uname", "restart_syscall", "exit"),
    "exit_group",
)
# What not even the process that forks the readers may do.
_FORBIDDEN = (
    *("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4"),
    *("execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev", "bpf"),
    *("io_uring_setup", "io_uring_enter", "userfaultfd", "mount", "umount2", "unshare", "setns"),
    *("keyctl", "add_key", "request_key", "perf_event_open", "memfd_create", "openat2"),
)
_RUNNING = ("execve",)
_FORKING = ("fork", "vfork", "clone", "clone3")


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; end at once if it already has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def lock_forker() -> dict[str, bool]:
    """Close network, programs and files for this process and all that it forks.

    Gives which layers hold. Files below Python's own folders and the fonts stay readable where
    Landlock holds.
    """
    if sys.platform != "linux":
        return {"landlock": False, "seccomp": False}
    _drop_capabilities()
    ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    rights = dict.fromkeys(_readable(), _READ_FILE | _READ_DIR)
    return {"landlock": _landlock(rights), "seccomp": _deny_list()}


def lock_program(readable: Iterable[str], runnable: Iterable[str]) -> dict[str, bool]:
    """Lock this process before it becomes another program that reads a stranger's picture.

    Files below `readable` stay readable, only `runnable` may be run; no network, no other process,
    no writing. Gives which layers hold.
    """
    if sys.platform != "linux":
        return {"landlock": False, "seccomp": False}
    _drop_capabilities()
    ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    rights = dict.fromkeys(readable, _READ_FILE | _READ_DIR)
    rights |= dict.fromkeys(runnable, _READ_FILE | _EXECUTE)
    held = _landlock(rights)
    # Running is the one thing that this process still has to do.
    return {"landlock": held, "seccomp": _deny_list(_RUNNING, _FORKING)}


def limit_program(seconds: int, memory: int) -> None:
    """Set the limits of the system for a program that this process becomes."""
    if sys.platform == "win32":
        return
    _set(resource.RLIMIT_CPU, seconds, seconds + 2)
    _set(resource.RLIMIT_AS, memory, memory)
    _set(resource.RLIMIT_FSIZE, 0, 0)
    _set(resource.RLIMIT_CORE, 0, 0)


def limit(limits: Limits, size: int, layers: dict[str, bool], *, fresh: bool = True) -> None:
    """Set the limits of the system for the reading of one file of `size` bytes.

    `fresh` is False in a process that reads several files one after the other.
    """
    if sys.platform == "win32":
        return
    cpu = limits.cpu_seconds + (0 if fresh else _cpu_used())
    memory = limits.large_memory + size if fresh else resource.RLIM_INFINITY
    most = cpu + limits.page_seconds * page_bound(limits, size) + 2
    _set(resource.RLIMIT_CPU, int(cpu + 1), int(most + 1) if fresh else resource.RLIM_INFINITY)
    _set(resource.RLIMIT_AS, limits.memory + size, memory)
    _set(resource.RLIMIT_FSIZE, 0, 0)
    _set(resource.RLIMIT_CORE, 0, 0)
    if fresh and not all(layers.get(name) for name in ("landlock", "seccomp")):
        # Nothing else may be there to keep files and sockets shut, but without a free number
        # neither can be opened.
        _set(resource.RLIMIT_NOFILE, _first_free(), _first_free())


def forbid_processes() -> None:
    """Forbid new processes where no filter does; threads are forbidden with them."""
    if sys.platform != "win32":
        _set(resource.RLIMIT_NPROC, 0, 0)


def page_bound(limits: Limits, size: int) -> int:
    """Give the number of pages that a file of so many bytes is believed to have at most."""
    return min(limits.pages, size // 64)


def allow_pages(limits: Limits, pages: int) -> None:
    """Raise the CPU limit for a file of so many pages; the hard limit stays."""
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    more = limits.cpu_seconds + limits.page_seconds * min(pages, limits.pages)
    _set(resource.RLIMIT_CPU, int(more + 1), hard)


def allow_large() -> None:
    """Take the memory that a large photo may use."""
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    _set(resource.RLIMIT_AS, hard, hard)


def filter_reader(layers: dict[str, bool]) -> bool:
    """Leave this process only the system calls of a reader; say whether that holds."""
    if pyseccomp is None or not layers.get("seccomp"):
        return False
    calls = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in _READER_CALLS:
        _rule(calls, pyseccomp.ALLOW, name)
    _rule(calls, pyseccomp.ALLOW, "prlimit64", pyseccomp.Arg(0, pyseccomp.EQ, 0))
    thread = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)
    _rule(calls, pyseccomp.ALLOW, "clone", thread)
    # glibc falls back to `clone`, whose flags a filter can see.
    _rule(calls, pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    if layers.get("landlock"):
        for name, place in _OPENING.items():
            reading = pyseccomp.Arg(place, pyseccomp.MASKED_EQ, _WRITING, 0)
            _rule(calls, pyseccomp.ALLOW, name, reading)
    calls.load()
    return True


def _deny_list(but: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> bool:
    if pyseccomp is None:
        return False
    try:
        calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        for name in (*(name for name in _FORBIDDEN if name not in but), *more):
            _rule(calls, pyseccomp.ERRNO(errno.EPERM), name)
        calls.load()
    except (OSError, RuntimeError, ValueError):
        return False
    return True


def _rule(calls: Any, action: Any, name: str, *arguments: Any) -> None:
    try:
        calls.add_rule(action, name, *arguments)
    except (ValueError, OSError, RuntimeError):
        # A call that this machine does not have needs no rule.
        return


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def _landlock(allowed: Mapping[str, int]) -> bool:
    """Shut every file and port but those below the paths given, each with its rights."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    create, add, restrict = _LANDLOCK
    version = call(create, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rights = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    attributes = _Ruleset((1 << rights) - 1, 0b11, 0b11)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = call(create, ctypes.byref(attributes), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    for path, right in allowed.items():
        try:
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what this person cannot open needs no permission
        whole = right if stat.S_ISDIR(os.fstat(handle).st_mode) else right & ~_READ_DIR
        beneath = _Beneath(whole, handle)
        call(add, rules, 1, ctypes.byref(beneath), 0)
        os.close(handle)
    held = bool(call(restrict, rules, 0) == 0)
    os.close(rules)
    return held


def _readable() -> set[str]:
    """Give the folders with what Python and the libraries load late: code, data, fonts."""
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    paths |= {str(resources.path("")), str(Path(__file__).parent.parent), *_FONTS}
    paths |= {p for p in sys.path if p.endswith(("-packages", "lib-dynload", ".whl", ".zip"))}
    if getattr(sys, "frozen", False):
        paths.add(sys.prefix)
    return set(filter(None, paths))


def _drop_capabilities() -> None:
    """Give up what root may do beyond others; a reader of strangers' files needs none of it."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)())


def _set(which: int, soft: int, hard: int) -> None:
    _, most = resource.getrlimit(which)
    if most != resource.RLIM_INFINITY:
        hard = most if hard == resource.RLIM_INFINITY else min(hard, most)
        soft = min(soft, hard)
    resource.setrlimit(which, (soft, hard))


def _cpu_used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _first_free() -> int:
    handle = os.dup(1)
    os.close(handle)
    return handle
