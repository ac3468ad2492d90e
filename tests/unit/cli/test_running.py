"""Long work: a bar where one can be drawn, and Ctrl-C ends cleanly."""

import io
import threading
import time
from concurrent.futures import Future

import pytest

from casefile.cli.output import Output
from casefile.cli.running import with_progress
from casefile.jobs.progress import Progress
from casefile.model.errors import Cancelled


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def slow(progress: Progress) -> str:
    for n in range(12):
        progress.at(n, 12, "a \x1b[31m file")
        time.sleep(0.1)
    return "done"


def test_a_bar_on_a_terminal_only():
    seen, unseen = Terminal(), io.StringIO()
    assert with_progress(Output(io.StringIO(), seen), "Adding", slow) == "done"
    assert "Adding" in seen.getvalue()
    assert "/12" in seen.getvalue()
    assert "␛[31m" in seen.getvalue()
    assert with_progress(Output(io.StringIO(), unseen), "Adding", slow) == "done"
    assert unseen.getvalue() == ""


def test_short_work_shows_nothing():
    err = Terminal()
    assert with_progress(Output(io.StringIO(), err), "Adding", lambda _p: 1) == 1
    assert "Adding" not in err.getvalue()


def test_errors_of_the_work_come_back():
    def fail(_progress: Progress) -> None:
        msg = "no"
        raise ValueError(msg)

    with pytest.raises(ValueError, match="no"):
        with_progress(Output(io.StringIO(), io.StringIO()), "x", fail)


class Interrupting:
    """Raises KeyboardInterrupt in the waiting thread, as Ctrl-C does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self.left = times
        self._done = Future.done
        monkeypatch.setattr(Future, "done", self._look(self))

    @staticmethod
    def _look(own: "Interrupting"):
        def done(future: Future[object]) -> bool:
            if own.left and threading.current_thread() is threading.main_thread():
                own.left -= 1
                raise KeyboardInterrupt
            return own._done(future)

        return done


def until_cancelled(progress: Progress) -> str:
    try:
        for _ in range(100):
            progress.at(1)
            time.sleep(0.02)
    except Cancelled:
        return "kept"
    return "never stopped"


def test_the_first_interrupt_asks_the_work_to_stop(monkeypatch: pytest.MonkeyPatch):
    Interrupting(monkeypatch, 1)
    err = io.StringIO()
    assert with_progress(Output(io.StringIO(), err), "Adding", until_cancelled) == "kept"
    assert err.getvalue() == "Stopping. What is finished stays.\n"


def test_the_second_interrupt_waits_no_longer(monkeypatch: pytest.MonkeyPatch):
    Interrupting(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        with_progress(Output(io.StringIO(), io.StringIO()), "Adding", until_cancelled)
