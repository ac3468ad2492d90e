"""Work goes out, answers come back in the window's thread; trouble and defects are told apart."""

import threading
import time
from pathlib import Path

from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.model.change import Changes
from casefile.model.errors import Cancelled, Refused
from casefile.services.desk import create_desk
from casefile.services.places import Places
from casefile.services.views import LocalView
from casefile.ui.desk_bridge import DeskBridge, changes_in

CHANGES = Changes(act="a", label="x", records={"source": ("1",)}, upto=1)


def opened(qtbot: QtBot, tmp_path: Path) -> DeskBridge:
    bridge = DeskBridge()

    def opener() -> object:
        places = Places(tmp_path / "cache", tmp_path / "config")
        desk = create_desk(tmp_path / "A.casefile", places)
        return desk, LocalView(desk)

    with qtbot.waitCallback() as then:
        bridge.open(opener, then, then)
    return bridge


def test_answers_arrive_in_the_asking_thread(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = opened(qtbot, tmp_path)
    with qtbot.waitCallback() as then:
        bridge.ask(lambda _: threading.current_thread().name, then)
    assert then.args[0].startswith("read")
    qtbot.waitUntil(lambda: not bridge.is_busy)
    bridge.close()


def test_only_the_newest_question_of_a_topic_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = opened(qtbot, tmp_path)
    found: list[int] = []
    for n in range(6):
        bridge.ask(lambda _, n=n: (time.sleep(0.02), n)[1], found.append, topic="t")
    qtbot.waitUntil(lambda: not bridge.is_busy)
    assert found == [5]
    bridge.close()


def test_changes_are_announced_before_the_answer(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = opened(qtbot, tmp_path)
    order: list[str] = []
    bridge.changed.connect(lambda changes, _: order.append(changes.label))
    bridge.said.connect(order.append)
    bridge.act(lambda _: ("id", CHANGES), lambda _: order.append("then"), said="Done")
    qtbot.waitUntil(lambda: not bridge.is_busy)
    assert order == ["x", "Done", "then"]
    bridge.close()


def test_trouble_is_told_as_trouble_and_a_defect_as_a_defect(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = opened(qtbot, tmp_path)
    told: list[str] = []
    bridge.trouble.connect(lambda error: told.append(error.message))
    bridge.crashed.connect(lambda trace: told.append(trace.strip().rsplit("\n", 1)[-1]))

    def fail(error: BaseException) -> object:
        raise error

    bridge.act(lambda _: fail(Refused("Not so.", "Do that.")))
    bridge.act(lambda _: fail(ZeroDivisionError("ours")))
    bridge.act(lambda _: fail(Cancelled()))
    qtbot.waitUntil(lambda: not bridge.is_busy)
    assert told == ["Not so.", "ZeroDivisionError: ours"]
    bridge.close()


def test_a_case_that_cannot_be_opened_is_told_to_the_asker(qtbot: QtBot) -> None:
    bridge = DeskBridge()

    def opener() -> object:
        raise Refused("no")

    with qtbot.waitCallback() as failed:
        bridge.open(opener, failed, failed)
    assert isinstance(failed.args[0], Refused)
    bridge.close()


def test_changes_are_found_in_what_services_give() -> None:
    assert changes_in(CHANGES) is CHANGES
    assert changes_in(("id", CHANGES)) is CHANGES
    assert changes_in("other") is None


def test_long_work_does_not_hold_up_writes(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = opened(qtbot, tmp_path)
    go = threading.Event()
    bridge.apart("import", lambda _: go.wait(10))
    with qtbot.waitCallback(timeout=2000) as then:
        bridge.act(lambda _: "written", then)
    go.set()
    assert then.args == ["written"]
    qtbot.waitUntil(lambda: not bridge.is_busy)
    bridge.close()


def test_what_is_asked_of_a_closed_bridge_is_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    bridge = opened(qtbot, tmp_path)
    bridge.close()
    asked: list[object] = []
    bridge.ask(lambda desk: desk, asked.append)
    bridge.act(lambda desk: desk, asked.append)
    bridge.apart("import", lambda desk: desk, asked.append)
    bridge.later(lambda: 1, asked.append)
    qtbot.wait(60)
    assert asked == []


def test_a_search_that_waits_does_not_outlive_its_window(filled: Stage, qtbot: QtBot) -> None:
    filled.window.strip.search.setFocus()
    qtbot.keyClicks(filled.window.strip.search, "pumping")  # a clock is now waiting to ask
    filled.window.close()
    qtbot.wait(600)  # what a slot raises meanwhile fails this test
    assert filled.window.bridge.desk is None
