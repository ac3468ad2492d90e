"""Cutting a query into brackets, operators, field names, words and phrases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTES = '"“”„«»'
_RUN = re.compile(rf"[^\s(){_QUOTES}]+")
_FIELD = re.compile(r"([^\W\d_]+):(?=[^\s:/\\])")
_PHRASE_END = re.compile(f"[{_QUOTES}]")
_DISTANCE = re.compile(r"~(\d*)")
_TAIL = re.compile(r"(\*|~\d*)$")
_OPERATORS = {"AND": "and", "OR": "or", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: open, close, and, or, not, field, run or phrase.

    `tail` is what stood behind it: "*", "~", "~2" or nothing. `whole` is False for a phrase whose
    closing mark is missing.
    """

    kind: str
    text: str = ""
    tail: str = ""
    whole: bool = True


def tokens(query: str) -> Iterator[Token]:
    """Give the pieces of a query in order; nothing is an error here.

    A minus excludes only at the beginning, after white space or an opening bracket, so that the
    one in `al-Abdullah` joins; a field name counts in the same places and after a minus.
    """
    at, fresh = 0, True
    while at < len(query):
        letter = query[at]
        if letter.isspace():
            at, fresh = at + 1, True
        elif letter in "()":
            yield Token("open" if letter == "(" else "close")
            at, fresh = at + 1, letter == "("
        elif letter in _QUOTES:
            token, at = _phrase(query, at)
            yield token
            fresh = False
        elif fresh and letter == "-" and query[at + 1 : at + 2].strip("- \t\r\n"):
            yield Token("not", "-")
            at += 1
        elif fresh and (field := _FIELD.match(query, at)):
            yield Token("field", field.group(1))
            at = field.end()
        else:
            token, at = _run(query, at)
            yield token
            fresh = False


def _phrase(query: str, at: int) -> tuple[Token, int]:
    end = _PHRASE_END.search(query, at + 1)
    if end is None:
        return Token("phrase", query[at + 1 :], whole=False), len(query)
    distance = _DISTANCE.match(query, end.end())
    text = query[at + 1 : end.start()]
    if distance:
        return Token("phrase", text, distance.group()), distance.end()
    return Token("phrase", text), end.end()


def _run(query: str, at: int) -> tuple[Token, int]:
    match = _RUN.match(query, at)
    text = match.group() if match else query[at]
    end = at + len(text)
    if text in _OPERATORS:
        return Token(_OPERATORS[text], text), end
    tail = _TAIL.search(text)
    if tail:
        return Token("run", text[: tail.start()], tail.group()), end
    return Token("run", text), end
