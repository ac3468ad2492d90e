"""Long work has a lane of its own name: it keeps its order and holds nothing else up."""

import threading
import time

from casefile.jobs.lanes import Lanes


def answers(lanes: Lanes, count: int) -> list[object]:
    found: list[object] = []
    until = time.monotonic() + 5
    while len(found) < count and time.monotonic() < until:
        found += [answer.value for answer in lanes.inbox.drain()]
        time.sleep(0.005)
    return found


def test_a_lane_apart_keeps_its_order_and_lets_writes_pass() -> None:
    lanes, go = Lanes(), threading.Event()
    lanes.apart("import", lambda: ("first", go.wait(5)))
    lanes.apart("import", lambda: "second")
    lanes.apart("index", lambda: "other lane")
    lanes.write(lambda: "written")
    assert sorted(map(str, answers(lanes, 2))) == ["other lane", "written"]
    assert lanes.busy
    go.set()
    assert answers(lanes, 2) == [("first", True), "second"]
    lanes.close()


def test_closing_drops_what_waits_apart() -> None:
    lanes, begun, done = Lanes(), threading.Event(), []
    lanes.apart("import", lambda: (begun.set(), time.sleep(0.1), done.append("running")))
    lanes.apart("import", lambda: done.append("waiting"))
    assert begun.wait(5)
    lanes.close()
    assert done == ["running"]
