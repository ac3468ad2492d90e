"""What every test stands on: a home of its own, no network, no unexpected log record.

No Qt here, so that a test of the model does not pay for a window.
"""

import logging
import os
import random
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
_HOME = Path(tempfile.mkdtemp(prefix="casefile-home-"))
_REAL_HOME = os.environ.get("HOME")


def _move_home() -> None:
    """Give this process and its children a home that no person owns."""
    os.environ["HOME"] = str(_HOME)
    for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(_HOME / kind.lower())
    runtime = _HOME / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ.pop("LANGUAGE", None)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


_move_home()

_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("ci", max_examples=500, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("long", max_examples=5000, deadline=None, suppress_health_check=_SLOW)
_CI = settings.get_profile("ci")
settings.register_profile("ci-quarter", parent=_CI, max_examples=_CI.max_examples // 4)
_PROFILE = os.environ.get("CASEFILE_PROFILE", "quick")
if _PROFILE == "ci" and os.environ.get("CASEFILE_QUARTER", "all") != "all":
    _PROFILE = "ci-quarter"
settings.load_profile(_PROFILE)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker of the log guard."""
    config.addinivalue_line(
        "markers", "allow_logs(*loggers): log records of WARNING and above are expected"
    )


def pytest_unconfigure() -> None:
    """Take the borrowed home away."""
    shutil.rmtree(_HOME, ignore_errors=True)
    if _REAL_HOME is not None:
        os.environ["HOME"] = _REAL_HOME


# The network: an audit hook sees every socket of this process, made in Python or in C.

_NETWORK = {int(socket.AF_INET), int(socket.AF_INET6)}
_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_attempts: list[str] = []


class NetworkUsed(BaseException):
    """Something asked for the network; no `except Exception` may swallow it."""


def _watch(event: str, args: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event == "socket.__new__" and args[1] in _NETWORK:
        what = f"a socket of family {args[1]}"
    elif event in _NAMES:
        what = f"{event} of {args[0]!r}"
    else:
        return
    _attempts.append(what)
    msg = f"no test may use the network: {what}"
    raise NetworkUsed(msg)


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """Fail the test when it asked for the network; a test of this guard clears the list."""
    _attempts.clear()
    yield _attempts
    if _attempts:
        pytest.fail("asked for the network: " + "; ".join(_attempts))


# The log: a record of WARNING or above is a defect unless the test says that it expects it.


class LogGuard(logging.Handler):
    """Collect records of WARNING and above that nobody said to expect."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.unexpected: list[logging.LogRecord] = []
        self._allowed: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record unless an open `allow` covers it."""
        words = record.getMessage()
        for logger, part in self._allowed:
            under = not logger or record.name == logger or record.name.startswith(logger + ".")
            if under and part in words:
                return
        self.unexpected.append(record)

    @contextmanager
    def allow(self, logger: str = "", containing: str = "") -> Iterator[None]:
        """Expect records of this logger and below it (empty: any) with these words in them."""
        entry = (logger, containing)
        self._allowed.append(entry)
        try:
            yield
        finally:
            self._allowed.remove(entry)


@pytest.fixture(autouse=True)
def log_guard(request: pytest.FixtureRequest) -> Iterator[LogGuard]:
    """Fail the test on unexpected records; `with log_guard.allow("name"):` expects some."""
    guard = LogGuard()
    root = logging.getLogger()
    with ExitStack() as open_contexts:
        for marker in request.node.iter_markers("allow_logs"):
            for logger in marker.args or ("",):
                open_contexts.enter_context(guard.allow(logger))
        root.addHandler(guard)
        open_contexts.callback(root.removeHandler, guard)
        yield guard
    if guard.unexpected:
        lines = (f"{r.levelname} {r.name}: {r.getMessage()}" for r in guard.unexpected)
        pytest.fail("unexpected log records:\n" + "\n".join(lines))


# How much of what has a count.


@dataclass(frozen=True)
class Tier:
    """The tier of this run: quick, ci (with a quarter 0..3, or None for all) or long."""

    name: str
    quarter: int | None

    def count(self, *, quick: int, ci: int, long: int, whole: bool = False) -> int:
        """Give the number of tries; a quarter of `ci` when this run does a quarter, but `whole`."""
        number = {"quick": quick, "ci": ci, "long": long}[self.name]
        return number if whole or self.quarter is None else max(1, number // 4)

    @property
    def seed(self) -> int:
        """Give what chance begins with: always the same, but for the long counts."""
        return random.SystemRandom().randrange(10**6) if self.name == "long" else 1

    def choose(self, cases: Sequence[T], *, quick: int) -> Sequence[T]:
        """Give the cases of this run: some `quick` spread over all, every fourth, or all."""
        if self.name == "quick":
            return cases[:: max(1, -(-len(cases) // quick))]
        return cases if self.quarter is None else cases[self.quarter :: 4]


@pytest.fixture(scope="session")
def tier() -> Tier:
    """Give the tier that `./test` set; quick when pytest is run by hand."""
    quarter = os.environ.get("CASEFILE_QUARTER", "all")
    name = os.environ.get("CASEFILE_TIER", "quick")
    return Tier(name, None if quarter == "all" or name != "ci" else int(quarter))


# Where things lie.


@pytest.fixture(scope="session")
def project() -> Path:
    """Give the root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Give the folder of shared corpora; skip where it is absent."""
    folder = (ROOT / ".." / "shared" / "corpora").resolve()
    if not folder.is_dir():
        pytest.skip("the shared corpora are not here")
    return folder
