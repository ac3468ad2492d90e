"""Commands as declared data: menus, strips, context menus, palette and key page come from them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casefile.strings import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from casefile.ui.window import MainWindow

MENUS = ("File", "Edit", "View", "Case", "Source", "Mark", "Go", "Help")
# A scope is where a key acts. "all" is the window; a single key acts only in the other scopes.
SCOPES = (
    "all",
    "item",
    "list",
    "reader",
    "page",
    "claim",
    "import",
    "rows",
    "history",
    "hits",
    "merge",
    "suggest",
)


def always(_window: "MainWindow") -> bool:
    """Say yes: the command can always run."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing a person can ask for; `text` is English and translated when shown.

    `shortcut` is in Qt's portable form; in a scope other than "all" it is a single key.
    `hint` is the short word for the bar of keys, `menu` an English menu title or empty.
    """

    id: str
    text: str
    run: "Callable[[MainWindow], object]"
    icon: str = ""
    shortcut: str = ""
    scope: str = "all"
    enabled: "Callable[[MainWindow], bool]" = always
    menu: str = ""
    hint: str = ""
    group: int = 0

    @property
    def words(self) -> str:
        """The text in the chosen language."""
        return tr(self.text)


def by_id(commands: tuple[Command, ...]) -> dict[str, Command]:
    """Give the commands by their ids."""
    return {command.id: command for command in commands}


def single_keys(commands: tuple[Command, ...]) -> dict[tuple[str, str], Command]:
    """Give the commands of the narrow scopes by scope and key."""
    return {(c.scope, c.shortcut): c for c in commands if c.scope != "all" and c.shortcut}


def clashes(commands: tuple[Command, ...]) -> list[tuple[str, str]]:
    """Name every key that two commands of one scope share."""
    seen: dict[tuple[str, str], str] = {}
    found = []
    for command in commands:
        if not command.shortcut:
            continue
        place = (command.scope, command.shortcut)
        if place in seen:
            found.append((seen[place], command.id))
        seen[place] = command.id
    return found


def key_caps(shortcut: str) -> str:
    """Write a shortcut as the caps show it: `Ctrl Shift F`, `Del`, `Enter`."""
    if shortcut in ("+", "-"):
        return shortcut
    names = {"Return": "Enter", "Delete": "Del"}
    head, plus, last = shortcut.rpartition("+")
    if shortcut.endswith("++"):
        head, plus, last = shortcut[:-2], "+", "+"
    parts = [*head.split("+"), last] if plus else [last]
    return " ".join(names.get(part, part) for part in parts if part)
