"""Menus and shortcuts of the window, made from the table of commands."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from casefile.strings import tr
from casefile.ui import icons
from casefile.ui.commands import MENUS, Command, key_caps

if TYPE_CHECKING:
    from casefile.ui.window import MainWindow


class Menus:
    """Fills the menu bar; whether a command can run is asked when its menu opens."""

    def __init__(self, window: "MainWindow", bar: QMenuBar, run: Callable[[Command], None]) -> None:
        self._window, self._bar, self._run = window, bar, run
        self.actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        for command in window.commands.values():
            self.actions[command.id] = self._action(command)
        for title in MENUS:
            self._menu(title)
        window.theme.changed.connect(self.restyle)

    def show_case(self, *, is_open: bool) -> None:
        """Show the menus that need a case only while one is open."""
        for title in ("Case", "Source", "Mark", "Go"):
            self._menus[title].menuAction().setVisible(is_open)

    def restyle(self) -> None:
        """Draw the icons in the theme's colour."""
        color = self._window.theme.color("text2")
        for command in self._window.commands.values():
            if command.icon:
                self.actions[command.id].setIcon(icons.icon(command.icon, color))

    def context(self, scopes: tuple[str, ...]) -> QMenu:
        """Give a menu of what can be done in these scopes."""
        menu = QMenu(self._window)
        for command in self._window.commands.values():
            if command.scope in scopes and command.menu:
                action = menu.addAction(self._words(command))
                action.setEnabled(command.enabled(self._window))
                action.triggered.connect(partial(self._triggered, command))
        return menu

    def _action(self, command: Command) -> QAction:
        action = QAction(self._words(command), self._window)
        if command.scope == "all" and command.shortcut not in ("", "Esc"):
            # Esc goes to whoever has the focus first; what nobody wants reaches the window.
            action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(partial(self._triggered, command))
        self._window.addAction(action)
        return action

    def _words(self, command: Command) -> str:
        single = command.scope != "all" and command.shortcut
        return f"{command.words}\t{key_caps(command.shortcut)}" if single else command.words

    def _menu(self, title: str) -> None:
        menu = QMenu(tr(title), self._bar)
        self._menus[title] = menu
        self._bar.addMenu(menu)
        group = 0
        mine = [c for c in self._window.commands.values() if c.menu == title]
        for command in sorted(mine, key=lambda c: c.group):
            if command.group != group:
                menu.addSeparator()
                group = command.group
            menu.addAction(self.actions[command.id])
        menu.aboutToShow.connect(partial(self._grey, mine))
        menu.aboutToHide.connect(partial(self._free, mine))

    def _grey(self, commands: list[Command]) -> None:
        for command in commands:
            self.actions[command.id].setEnabled(command.enabled(self._window))

    def _free(self, commands: list[Command]) -> None:
        """Enable everything again: a shortcut must reach the command, which says why it cannot run."""
        for command in commands:
            self.actions[command.id].setEnabled(True)

    def _triggered(self, command: Command, *_: object) -> None:
        self._run(command)
