"""Widening a query by other spellings and forms, from what the index and the case know."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from casefile.model.gazetteer import name_key
from casefile.model.hit import Variant
from casefile.search.articles import ARTICLES
from casefile.search.forms import forms_of
from casefile.search.function_words import FUNCTION_WORDS
from casefile.search.names import Names
from casefile.search.syntax import And, Form, Most, Node, Or, Within, Words
from casefile.search.terms import Terms

FORM_WEIGHT = 0.8
LONGEST_NAME = 8  # words
_MOST_RUNS = 12  # words of one query that are looked at as parts of names


class Expander:
    """One query's variants; `found` lists what was added. `without` are kinds or spellings."""

    def __init__(self, terms: Terms, names: Names, without: tuple[str, ...] = ()) -> None:
        self._terms = terms
        self._names = names
        self._without = frozenset(map(name_key, without))
        self.found: dict[Variant, None] = {}

    def widened(self, node: Node) -> Node:
        """Give a tree whose words know their variants.

        What is excluded is excluded as it was written: nobody sees what a guess would hide.
        """
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, And):
            return And(tuple(self._runs(node.nodes)))
        if isinstance(node, Or):
            return Or(tuple(self.widened(part) for part in node.nodes))
        if isinstance(node, Most):
            return replace(node, nodes=tuple(self._loose(node.nodes)))
        if isinstance(node, Within):
            return replace(node, node=self.widened(node.node))
        return node

    def _words(self, node: Words) -> Words:
        if node.prefix or node.fuzzy:
            return node
        forms = self._inflected(node)
        # One word counts once, however many reasons there are to seek it.
        had = {word for form in forms if len(form.places) == 1 for word in form.places[0]}
        forms += [form for form in self._spelled(node) if not had.issuperset(form.places[0])]
        return replace(node, forms=tuple(forms)) if forms else node

    def _runs(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Put neighbours together that are one name: `Deir ez Zor` is known as a whole only."""
        at = 0
        while at < len(nodes):
            for end in range(min(len(nodes), at + LONGEST_NAME), at + 1, -1):
                run = _run(nodes[at:end])
                forms = self._spelled(run, whole=True) if run and end <= _MOST_RUNS else []
                if run and forms:
                    apart = And(tuple(self.widened(part) for part in nodes[at:end]))
                    yield Or((apart, replace(run, forms=tuple(forms))))
                    at = end
                    break
            else:
                after = _run(nodes[at : at + 2]) if _is_article(nodes[at]) else None
                yield self.widened(after or nodes[at])
                at += 2 if after else 1

    def _loose(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Give the words of a sentence, and the names among them besides.

        A word of which another form was said before counts once.
        """
        said: set[str] = set()
        for each in self._runs(nodes):
            apart, name = each.nodes if isinstance(each, Or) else (each, None)
            for part in apart.nodes if isinstance(apart, And) else (apart,):
                if isinstance(part, Words) and len(part.words) == 1:
                    if part.words[0] in said:
                        continue
                    said.update(part.words, *(f.places[0] for f in part.forms if f.why == "form"))
                yield part
            if name is not None:
                yield name

    def _inflected(self, node: Words) -> list[Form]:
        if "form" in self._without:
            return []
        places = [self._wanted(word, forms_of(word, self._terms)) for word in node.words]
        if not any(places):
            return []
        if len(places) == 1:
            return [Form((tuple(places[0]),), "form", FORM_WEIGHT)]
        both = tuple((word, *more) for word, more in zip(node.words, places, strict=True))
        return [Form(both, "form", FORM_WEIGHT)]

    def _wanted(self, word: str, spellings: Iterable[str]) -> list[str]:
        wanted = [s for s in spellings if s not in self._without]
        self.found |= dict.fromkeys(Variant(word, s, "form") for s in wanted)
        return wanted

    def _spelled(self, node: Words, *, whole: bool = False) -> list[Form]:
        """Give other spellings of a name; `whole`: only of all of the words together."""
        forms = []
        for form in self._names.spellings(node, whole=whole):
            if form.why not in self._without and name_key(form.said) not in self._without:
                forms.append(form)
                self.found[Variant(node.said, form.said, form.why)] = None
        return forms


def _is_article(node: Node) -> bool:
    """Say whether a word is an article that was typed apart from its name: `el Qasira`."""
    return (
        isinstance(node, Words)
        and len(node.words) == 1
        and node.words[0] in ARTICLES - FUNCTION_WORDS
    )


def _run(nodes: Sequence[Node]) -> Words | None:
    """Give plain neighbours as one phrase; None when they are not all plain."""
    plain = [n for n in nodes if isinstance(n, Words) and not (n.prefix or n.fuzzy or n.slop)]
    if len(plain) < len(nodes) or len({n.fields for n in plain}) > 1:
        return None
    words = tuple(word for n in plain for word in n.words)
    if not 1 < len(words) <= LONGEST_NAME:
        return None
    return Words(words, fields=plain[0].fields, said=" ".join(n.said for n in plain))
