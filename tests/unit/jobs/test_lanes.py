"""Lanes keep their order, drop what is stale, and lose no answer and no error."""

import threading
import time

import pytest

from casefile.jobs.lanes import Lanes


@pytest.fixture
def lanes():
    made = Lanes()
    yield made
    made.close()


def answers(lanes: Lanes, count: int) -> list:
    found = []
    until = time.monotonic() + 5
    while len(found) < count and time.monotonic() < until:
        found += lanes.inbox.drain()
        time.sleep(0.002)
    return found


def test_writes_keep_their_order(lanes):
    done: list[int] = []
    for n in range(20):
        lanes.write(lambda n=n: done.append(n))
    answers(lanes, 20)
    assert done == list(range(20))


def test_an_error_is_carried_to_the_asker(lanes):
    ticket = lanes.read(lambda: 1 / 0)
    (answer,) = answers(lanes, 1)
    assert answer.ticket == ticket
    assert isinstance(answer.error, ZeroDivisionError)


def test_only_the_newest_waiting_question_of_a_topic_is_asked(lanes):
    gate = threading.Event()
    ran: list[str] = []
    blockers = [lanes.read(gate.wait) for _ in range(3)]
    old = lanes.read(lambda: ran.append("old"), topic="search")
    new = lanes.read(lambda: ran.append("new"), topic="search")
    assert not lanes.is_current(old, "search")
    assert lanes.is_current(new, "search")
    gate.set()
    tickets = {answer.ticket for answer in answers(lanes, len(blockers) + 1)}
    assert ran == ["new"]
    assert old not in tickets


def test_a_late_answer_to_an_old_question_is_dropped(lanes):
    begun, gate = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        gate.wait()
        return "late"

    lanes.read(slow, topic="page")
    begun.wait(5)
    lanes.read(lambda: "fresh", topic="page")
    gate.set()
    time.sleep(0.05)
    assert [a.value for a in answers(lanes, 1)] == ["fresh"]


def test_long_work_apart_does_not_hold_the_writes_up(lanes):
    gate = threading.Event()
    lanes.apart("import", gate.wait)
    lanes.write(lambda: "written")
    assert [a.value for a in answers(lanes, 1)] == ["written"]
    assert lanes.busy
    gate.set()


def test_close_finishes_waiting_writes_and_drops_waiting_reads():
    lanes = Lanes()
    gate = threading.Event()
    done: list[str] = []
    for _ in range(3):
        lanes.read(gate.wait)
    lanes.read(lambda: done.append("read"))
    lanes.write(gate.wait)
    lanes.write(lambda: done.append("written"))
    threading.Timer(0.05, gate.set).start()
    lanes.close()
    assert done == ["written"]
    assert not lanes.busy


def test_the_inbox_gives_at_most_so_many(lanes):
    for _ in range(10):
        lanes.write(lambda: None)
    while lanes.busy:
        time.sleep(0.002)
    assert len(lanes.inbox.drain(most=4)) == 4
    assert len(lanes.inbox.drain()) == 6
