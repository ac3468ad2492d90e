"""Two people, two windows, two keys, one case: a bundle out, a delta back, three conflicts settled."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stage import Stage

from casefile.model.exchange import Wanted
from casefile.services import cases, claims, exchange_log, keys
from casefile.services.desk import Desk
from casefile.ui import exchange_acts
from casefile.ui.exchange_page import ExchangePage
from casefile.ui.parts import LinkButton

pytestmark = pytest.mark.journey
NAMES = ("H. Reuter", "M. Kassar")


@pytest.fixture
def two(qapp: object, tmp_path: Path, case: Path) -> Iterator[tuple[Stage, Stage]]:
    """A window on the sample case, and a colleague's on an empty one; each has a key of its own."""
    with ExitStack() as stages:
        made = []
        for name, path, new in (("a", case, False), ("b", tmp_path / "Theirs.casefile", True)):
            stage = Stage(tmp_path / name)
            stage.window.bridge.crashed.connect(pytest.fail)
            stages.callback(stage.close)
            keys.new(stage.places, None)
            stage.open(path, new=new)
            desk = stage.window.bridge.desk
            desk.signer = keys.unlock(stage.places)
            made.append(stage)
        cases.set_handle(made[0].window.bridge.desk, NAMES[0])
        yield made[0], made[1]


def page_of(stage: Stage) -> ExchangePage:
    stage.window.run_id("case.exchange")
    stage.settle()
    page = stage.window.pages.get("exchange")
    assert isinstance(page, ExchangePage)
    return page


def sent(stage: Stage, file: Path, kind: str) -> Path:
    """Write a bundle in the window."""
    page = page_of(stage)
    page.write_to(file, Wanted(kind=kind))
    stage.until(lambda: file.is_file() or page.trouble.isVisible(), 60_000)
    assert not page.trouble.isVisible(), page.trouble.text()
    stage.settle()
    return file


def looked_at(stage: Stage, file: Path) -> ExchangePage:
    """Look at a bundle in the window; nothing changes."""
    page, before = page_of(stage), stage.window.bridge.desk.upto
    page.look(file)
    stage.until(lambda: page.preview is not None or page.trouble.isVisible(), 60_000)
    assert stage.window.bridge.desk.upto == before
    return page


def shared(two: tuple[Stage, Stage], tmp_path: Path) -> None:
    """Bring the whole case to the colleague, who learns whose key it was signed with."""
    mine, theirs = two
    page = looked_at(theirs, sent(mine, tmp_path / "all.casebundle", "full"))
    assert page.preview.verified.signature == "unknown key"
    page._trust(page.preview.verified.key, NAMES[0])
    theirs.until(lambda: page.preview.verified.signature == "trusted")
    merged(theirs)
    cases.set_handle(theirs.window.bridge.desk, NAMES[1])  # an empty case takes the other's id


def merged(stage: Stage) -> None:
    """Take in the bundle that is looked at."""
    page = stage.window.pages.get("exchange")
    page.merge()
    stage.until(lambda: page.preview is None and not stage.window.bridge.is_busy, 60_000)
    stage.settle()


def disagree(two: tuple[Stage, Stage]) -> None:
    """Let both change three claims, and the colleague judge one."""
    here, there = (stage.window.bridge.desk for stage in two)
    keys_ = [row.id for row in claims.rows(here)]
    assert keys_ == [row.id for row in claims.rows(there)]
    for key in keys_[:3]:
        words = claims.view(here, key).claim.statement
        claims.edit(here, key, statement=f"In short: {words}")
        claims.edit(there, key, statement=f"{words} So they say.")
    claims.assess(there, keys_[0], credibility=4, reasoning="Two engineers deny it")


def test_two_people_exchange_and_settle_three_conflicts(
    two: tuple[Stage, Stage], tmp_path: Path, qtbot: QtBot
) -> None:
    mine, theirs = two
    shared(two, tmp_path)
    disagree(two)
    page = looked_at(mine, sent(theirs, tmp_path / "new.casebundle", "delta"))
    found = page.preview
    assert found is not None, page.trouble.text()
    assert (found.verified.kind, len(found.conflicts), found.other_case) == ("delta", 3, False)
    assert found.new_records > 0
    assert NAMES[1] in [handle for _, handle, _ in found.who]
    merged(mine)
    shown = mine.window.pages.get("conflicts")
    assert shown.isVisible()
    settled = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        settled.append(shown.shown)
        qtbot.keyClick(shown.view, key)
        mine.settle()
    assert shown.model.rows == []
    here = mine.window.bridge.desk
    said = [claims.view(here, one.record).claim.statement for one in settled]
    assert said[:2] == [settled[0].mine.value, settled[1].theirs.value]
    assert said[2].startswith("In short: ")
    assert said[2].endswith("So they say.")
    report = tmp_path / "report.html"
    mine.window.case.write_report(report)
    mine.until(report.is_file, 60_000)
    mine.settle()
    words = report.read_text("utf-8")
    assert all(part in words for part in (NAMES[1], "Two engineers deny it", said[1]))
    log = [(one.way, one.kind) for one in exchange_log.entries(here)]
    assert log == [("received", "delta"), ("sent", "full")]


def test_merging_again_changes_nothing(two: tuple[Stage, Stage], tmp_path: Path) -> None:
    _, theirs = two
    shared(two, tmp_path)
    before = theirs.window.bridge.desk.upto
    found = looked_at(theirs, tmp_path / "all.casebundle").preview
    assert (found.new_records, found.changed_records) == (0, 0)
    merged(theirs)
    assert theirs.window.bridge.desk.upto == before


def test_a_whole_merge_is_undone_and_done_again(
    two: tuple[Stage, Stage], tmp_path: Path, qtbot: QtBot
) -> None:
    mine, theirs = two
    shared(two, tmp_path)
    disagree(two)
    here = mine.window.bridge.desk
    before = statements(here)
    looked_at(mine, sent(theirs, tmp_path / "new.casebundle", "delta"))
    merged(mine)
    after = statements(here)
    assert after != before
    page = page_of(mine)
    (undo,) = [one for one in page.log.findChildren(LinkButton) if one.text() == "Undo this merge"]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    mine.settle()
    assert statements(here) == before
    assert [one.way for one in exchange_log.entries(here)] == ["undone", "received", "sent"]
    assert not [
        one for one in page_of(mine).log.findChildren(LinkButton) if one.text().startswith("Undo")
    ]
    mine.window.run_id("edit.redo")
    mine.settle()
    assert statements(here) == after


def statements(desk: Desk) -> list[tuple[str | None, int]]:
    found = [claims.view(desk, row.id).claim for row in claims.rows(desk)]
    return [(one.statement, one.conflicts) for one in found]


def test_a_bundle_that_was_changed_is_refused_and_leaves_the_case(
    two: tuple[Stage, Stage], tmp_path: Path
) -> None:
    mine, theirs = two
    body = bytearray(sent(mine, tmp_path / "all.casebundle", "full").read_bytes())
    body[len(body) // 2] ^= 1
    (tmp_path / "bad.casebundle").write_bytes(body)
    page = looked_at(theirs, tmp_path / "bad.casebundle")
    assert page.preview is None
    assert "Your case is as it was." in page.hint.text()
    exchange_acts.conflicts(theirs.window)
    theirs.settle()
    assert theirs.window.pages.get("conflicts").empty.isVisible()
