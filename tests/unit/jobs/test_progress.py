"""Progress is told by the worker, read by a face, and stops or holds the work."""

import threading

import pytest

from casefile.jobs.progress import Progress, Step
from casefile.model.errors import Cancelled


def test_the_newest_word_is_shown():
    progress = Progress()
    progress.at(3, 10, "page")
    assert progress.step == Step(3, 10, "page")


def test_cancel_stops_the_work_at_its_next_step():
    progress = Progress()
    progress.at(1)
    progress.cancel()
    assert progress.cancelled
    with pytest.raises(Cancelled):
        progress.at(2)


def test_pause_holds_the_work_until_it_may_go_on():
    progress = Progress()
    progress.pause()
    passed = threading.Event()

    def work() -> None:
        progress.at(1)
        passed.set()

    worker = threading.Timer(0, work)
    worker.start()
    assert not passed.wait(0.05)
    progress.resume()
    assert passed.wait(5)


def test_cancel_frees_held_work():
    progress = Progress()
    progress.pause()
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.at(1)
