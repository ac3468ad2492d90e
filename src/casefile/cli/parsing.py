"""The words of a call: one parser a command, and trouble as a sentence instead of an exit."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from typing_extensions import override

from casefile.model.errors import UsageError
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.cli.context import Answer, Context

    Run = Callable[[argparse.Namespace, Context], Answer]

_AS_IT_IS: Final = "\0"  # before a word that argparse must not take for an option
# How many words after a command are taken as they are: case, name and query.
_VERBATIM: Final = {"search": 2, "search-cases": 1, "searches save": 3}


class Parser(argparse.ArgumentParser):
    """Raises UsageError with a sentence; knows no abbreviated options."""

    def __init__(self, **values: Any) -> None:
        values.setdefault("allow_abbrev", False)
        super().__init__(**values)

    @override
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and where its form is written."""
        words = message.replace(_AS_IT_IS, "").strip()
        sentence = words[:1].upper() + words[1:]
        raise UsageError(
            sentence if sentence.endswith(".") else sentence + ".",
            tr("Its form: {usage}").format(usage=" ".join(self.format_usage().split()[1:])),
        )


@dataclass(frozen=True, slots=True)
class Commands:
    """Where a noun's file declares its commands."""

    parsers: Any

    def add(self, name: str, run: "Run", words: str, *, case: bool = True) -> Parser:
        """Declare a command with its one-line help; `case` gives it CASE as its first word."""
        parser: Parser = self.parsers.add_parser(name, help=words, description=words)
        parser.set_defaults(run=run, command=name)
        if case:
            parser.add_argument("case", metavar="CASE", type=whole_path)
        return parser

    def group(self, name: str, words: str) -> "Commands":
        """Declare a command that has commands of its own."""
        parser = self.parsers.add_parser(name, help=words, description=words)
        found = parser.add_subparsers(
            dest="subcommand", metavar="COMMAND", required=True, parser_class=Parser
        )
        return Commands(found)


def as_it_is(word: str) -> str:
    """Take off the mark that `prepared` put before a word."""
    return word.removeprefix(_AS_IT_IS)


def whole_path(word: str) -> Path:
    """Read a path; an empty one is a mistake, not the current folder."""
    clean = as_it_is(word)
    if not clean or "\0" in clean:
        raise argparse.ArgumentTypeError(tr("a path is needed"))
    return Path(clean)


def count(word: str) -> int:
    """Read a whole number from 0."""
    if not word.isascii() or not word.isdigit() or len(word) > 9:
        raise argparse.ArgumentTypeError(
            tr("a whole number is needed, not {word}").format(word=word)
        )
    return int(word)


def prepared(argv: Sequence[str]) -> tuple[list[str], bool]:
    """Give the words for the parser, and whether JSON is wanted.

    `--json` may stand anywhere before `--`; the query of a search, and the words before it, are
    taken as they are.
    """
    words: list[str] = []
    json = False
    verbatim = first = 0
    for at, word in enumerate(argv):
        if verbatim and not (word == "--json" and verbatim == first):
            help_wanted = word in {"-h", "--help"} and verbatim == first
            words.append(word if help_wanted else _AS_IT_IS + word)
            verbatim -= 1
        elif word == "--":
            words += argv[at:]
            break
        elif word == "--json":
            json = True
        else:
            words.append(word)
            first = verbatim = _VERBATIM.get(" ".join(words), 0)
    return words, json
