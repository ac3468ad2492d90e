"""The table of commands is whole: no key twice, every icon shipped, every shortcut readable."""

import pytest
from PySide6.QtGui import QKeySequence
from stage import Stage

from casefile import resources
from casefile.ui.command_table import COMMANDS
from casefile.ui.commands import MENUS, SCOPES, Command, clashes, key_caps


def test_no_key_is_given_twice() -> None:
    assert clashes(COMMANDS) == []
    twice = Command(id="x", text="x", run=lambda _: None, shortcut="Ctrl+K")
    assert clashes((*COMMANDS, twice)) == [("go.commands", "x")]


def test_ids_are_unique_and_parts_are_known() -> None:
    assert len({c.id for c in COMMANDS}) == len(COMMANDS)
    assert {c.scope for c in COMMANDS} <= set(SCOPES)
    assert {c.menu for c in COMMANDS} - {""} <= set(MENUS)


def test_a_narrow_scope_never_shadows_a_wider_one() -> None:
    item = {c.shortcut for c in COMMANDS if c.scope == "item"}
    inner = {c.shortcut for c in COMMANDS if c.scope in ("list", "reader", "page") and c.shortcut}
    assert item & inner == set()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.id)
def test_icons_are_shipped_and_shortcuts_readable(command: Command) -> None:
    if command.icon:
        assert (resources.path("icons") / f"{command.icon}.svg").is_file()
    if command.scope == "all" and command.shortcut:
        assert QKeySequence(command.shortcut).toString()


@pytest.mark.parametrize(
    ("shortcut", "caps"),
    [("Ctrl+Shift+F", "Ctrl Shift F"), ("Return", "Enter"), ("Ctrl++", "Ctrl +"),
     ("Delete", "Del"), ("[", "["), ("Ctrl+-", "Ctrl -"), ("Shift+J", "Shift J")],
)  # fmt: skip
def test_caps_are_written_as_on_keys(shortcut: str, caps: str) -> None:
    assert key_caps(shortcut) == caps


def test_every_command_can_be_asked_whether_it_runs(stage: Stage) -> None:
    for command in COMMANDS:
        assert command.enabled(stage.window) in (True, False)


def test_without_a_case_a_command_says_what_is_missing(stage: Stage) -> None:
    stage.window.run_id("edit.find")
    assert stage.window.toast.words.text() == "Open a case first."


def test_menus_hold_every_command_that_names_one(stage: Stage) -> None:
    titles = {a.text(): a.menu() for a in stage.window.strip.menus.actions()}
    for command in COMMANDS:
        if command.menu:
            texts = [a.text().split("\t")[0] for a in titles[command.menu].actions()]
            assert command.words in texts
    menu = titles["File"]
    menu.aboutToShow.emit()
    actions = stage.window.menus.actions
    assert not actions["case.report"].isEnabled()
    menu.aboutToHide.emit()
    assert actions["case.report"].isEnabled()
    assert stage.window.menus.context(("item",)).actions()
