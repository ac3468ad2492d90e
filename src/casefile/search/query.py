"""The query language: words, phrases, fields, dates and operators become a tree.

`a b` asks for both; `OR` joins its neighbours (`a OR b c` is `(a OR b) c`) and a written `AND`
binds closer; `-b` and `NOT b` exclude. Nothing a person types is an error: what cannot be used is
passed over and said in `trouble`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casefile.model.hit import SEARCHED_KINDS, Sought
from casefile.model.text import fold, folded_words, isolate
from casefile.search.days import day_range
from casefile.search.groups import FIELD_NAMES, MAX_WORD
from casefile.search.lexer import Token, tokens
from casefile.search.syntax import And, Days, Label, Most, Node, Not, Or, Within, Words
from casefile.strings import tr

MAX_TERMS = 500
MAX_DEPTH = 40
MAX_SLOP = 100
MAX_PHRASE = 200
_LABELS = {"kind": ("kind", "type"), "lang": ("language",), "language": ("language",)}
_DATES = {"date": False, "published": False, "possibly": False, "certainly": True}
_KINDS = {
    **{kind: kind for kind in SEARCHED_KINDS if kind != "source"},
    "mark": "annotation",
    "claims": "claim",
    "notes": "note",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood; `node` is None when it asks for nothing."""

    node: Node | None
    sought: tuple[Sought, ...]
    trouble: tuple[str, ...]


def parse(text: str) -> Query:
    """Read a query; never raises."""
    parser = _Parser(list(tokens(text)))
    node = parser.query()
    return Query(node, sought(node) if node else (), tuple(dict.fromkeys(parser.trouble)))


def shown(words: str) -> str:
    """Give words of a query as a sentence can hold them."""
    return words if words.isascii() else isolate(words)


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._terms = 0
        self.trouble: list[str] = []

    def query(self) -> Node | None:
        nodes = []
        while self._at < len(self._tokens):
            nodes += self._all_of((), 0)
            if self._peek() == "close":
                self._at += 1
                self._say(tr("A closing bracket has no opening one and is passed over."))
        return _joined(And, nodes)

    def _peek(self) -> str | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _say(self, sentence: str) -> None:
        self.trouble.append(sentence)

    def _all_of(self, fields: tuple[str, ...], depth: int) -> list[Node]:
        """Read up to a closing bracket or the end; neighbours are joined by AND."""
        nodes = []
        while self._peek() not in (None, "close"):
            node = self._any_of(fields, depth)
            if node is not None:
                nodes.append(node)
        return nodes

    def _any_of(self, fields: tuple[str, ...], depth: int) -> Node | None:
        nodes = [self._both(fields, depth)]
        while self._peek() == "or":
            self._take()
            nodes.append(self._both(fields, depth))
            self._say_lonely("OR", nodes)
        return _joined(Or, [node for node in nodes if node is not None])

    def _both(self, fields: tuple[str, ...], depth: int) -> Node | None:
        nodes = [self._one(fields, depth)]
        while self._peek() == "and":
            self._take()
            nodes.append(self._one(fields, depth))
            self._say_lonely("AND", nodes)
        return _joined(And, [node for node in nodes if node is not None])

    def _say_lonely(self, operator: str, nodes: list[Node | None]) -> None:
        if nodes[-1] is None or nodes[-2] is None:
            self._say(
                tr("{operator} has nothing on one side and is passed over.").format(
                    operator=operator
                )
            )

    def _one(self, fields: tuple[str, ...], depth: int) -> Node | None:
        """Read one operand; None when there is none, or nothing in it can be sought."""
        kind = self._peek()
        if kind in (None, "close", "or", "and"):
            return None
        token = self._take()
        if kind == "not":
            return self._excluded(token, fields, depth)
        if kind == "open":
            return self._bracket(fields, depth)
        if kind == "field":
            return self._in_field(token.text, fields, depth)
        return self._term(token, fields)

    def _excluded(self, token: Token, fields: tuple[str, ...], depth: int) -> Node | None:
        node = self._one(fields, depth + 1) if depth < MAX_DEPTH else None
        if node is None:
            self._say(
                tr("{operator} has nothing to exclude and is passed over.").format(
                    operator=token.text
                )
            )
            return None
        return node.node if isinstance(node, Not) else Not(node)

    def _bracket(self, fields: tuple[str, ...], depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self._say(tr("Brackets are nested too deep; the innermost are passed over."))
            return self._one(fields, depth) if self._peek() != "open" else None
        node = _joined(And, self._all_of(fields, depth + 1))
        if self._peek() == "close":
            self._at += 1
        else:
            self._say(tr("A bracket is not closed; it is taken to close at the end."))
        return node

    def _in_field(self, name: str, fields: tuple[str, ...], depth: int) -> Node | None:
        folded = fold(name).text
        if depth >= MAX_DEPTH:
            self._say(tr("Fields are nested too deep; the innermost are passed over."))
            return None
        if folded in FIELD_NAMES:
            return self._one((FIELD_NAMES[folded],), depth + 1)
        if folded in _KINDS:
            node = self._one(fields, depth + 1)
            return Within(_KINDS[folded], node) if node else None
        if folded in _LABELS or folded in _DATES:
            return self._valued(folded, name)
        self._say(
            tr("There is no field “{name}”; it is sought as a word.").format(name=shown(name))
        )
        rest = self._one(fields, depth + 1)
        word = self._term(Token("run", name), fields)
        return _joined(And, [node for node in (word, rest) if node is not None])

    def _valued(self, folded: str, name: str) -> Node | None:
        """Read a field whose value is a label or days, not words."""
        if self._peek() not in ("run", "phrase"):
            self._say(tr("Nothing stands behind {name}:").format(name=shown(name)))
            return None
        token = self._take()
        if folded in _LABELS:
            value = fold(" ".join(token.text.split())).text.replace("_", "-")
            return Label(_LABELS[folded], value) if value else None
        days = day_range(token.text)
        if days is None:
            self._say(
                tr(
                    "“{words}” is no date and is passed over; write 2024, 2024-04, 2024-04-24 or"
                    " 2024-04..2024-05."
                ).format(words=shown(token.text))
            )
            return None
        return Days(*days, certain=_DATES[folded])

    def _term(self, token: Token, fields: tuple[str, ...]) -> Node | None:
        text, tail = token.text, token.tail
        if not token.whole:
            self._say(tr("A quotation mark is not closed; the phrase runs to the end."))
        if token.kind == "phrase" and text.rstrip().endswith("*"):
            text, tail = text.rstrip()[:-1], tail or "*"
        if "*" in text:
            self._say(tr("* works at the end of a word only; elsewhere it parts words."))
        words = tuple(word[:MAX_WORD] for word in folded_words(text))
        if not words:
            if tail:
                self._say(tr("{sign} needs letters before it.").format(sign=tail))
            return None
        self._terms += len(words)
        if self._terms > MAX_TERMS:
            self._say(tr("The query is too long; only its first 500 words are used."))
            return None
        plain = Words(words[:MAX_PHRASE], fields=fields, said=" ".join(text.split()))
        if tail == "*":
            return replace(plain, prefix=True)
        if not tail:
            return plain
        number = int(tail[1:5] or 1)
        return self._near(plain, number) if token.kind == "phrase" else self._fuzzy(plain, number)

    def _near(self, plain: Words, number: int) -> Words:
        if number > MAX_SLOP:
            self._say(tr("Words can be sought at most 100 words apart; that is what was done."))
        if len(plain.words) < 2 or not number:
            return plain
        return replace(plain, slop=min(number, MAX_SLOP))

    def _fuzzy(self, plain: Words, number: int) -> Words:
        if number > 2:
            self._say(tr("At most two letters may differ; that is what was sought."))
        if len(plain.words[-1]) < 3:
            self._say(
                tr("“{word}” is too short to be sought with other letters.").format(
                    word=shown(plain.said)
                )
            )
            number = 0
        return replace(plain, fuzzy=min(number, 2))


def _joined(kind: type[And] | type[Or], nodes: Sequence[Node]) -> Node | None:
    flat: list[Node] = []
    for node in nodes:
        flat += node.nodes if isinstance(node, kind) else [node]
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def sought(node: Node) -> tuple[Sought, ...]:
    """Give what is to be marked: whatever is not excluded, in all ways to write it."""
    found: dict[Sought, None] = {}
    for part, words in enumerate(_wanted(node)):
        slop, fields = words.slop or 0, words.fields
        found[Sought(words.words, slop, words.prefix, words.fuzzy, fields, part=part)] = None
        for form in words.forms:
            first = tuple(place[0] for place in form.places)
            found[
                Sought(
                    first, slop, fields=fields, places=form.places, why=form.why, said=form.said,
                    part=part,
                )
            ] = None  # fmt: skip
    return tuple(found)


def _wanted(node: Node) -> Iterator[Words]:
    if isinstance(node, And | Or | Most):
        for part in node.nodes:
            yield from _wanted(part)
    elif isinstance(node, Within):
        yield from _wanted(node.node)
    elif isinstance(node, Words):
        yield node
