"""What a query says, as a small tree; made by the parser, read by the executor and the describer."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Form:
    """Another way to write what was said: for each place the words of the index that may stand there.

    `why` is form, alias, acronym, gazetteer, rule or fuzzy; `weight` is how much one such word
    counts beside one of those that were said; `said` is how a person would write it.
    """

    places: tuple[tuple[str, ...], ...]
    why: str
    weight: float = 1.0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that stand together in one field; folded.

    `slop` None: in a row and in order; else in any order with at most so many other words between.
    `prefix` and `fuzzy` (an edit distance) speak of the last word. `fields` empty: all of them.
    `said` is how the person wrote it. `forms` are other ways to write all of it; records that hold
    any of them are found, and counted as holding one and the same thing.
    """

    words: tuple[str, ...]
    slop: int | None = None
    prefix: bool = False
    fuzzy: int = 0
    fields: tuple[str, ...] = ()
    said: str = field(default="", compare=False)
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A record that carries a label: field is kind, type, language or source."""

    fields: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """A record dated within two days (YYYYMMDD, both included).

    `certain`: all of its possible days lie within; else one of them does.
    """

    low: int
    high: int
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """What is found in records of one kind only."""

    kind: str
    node: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """Every record but these."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What all of the nodes find."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """What any of the nodes finds."""

    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Most:
    """What holds most of the nodes: together at least `share` of what all of them are worth.

    A node is worth the more the fewer records it finds.
    """

    nodes: "tuple[Node, ...]"
    share: float


Node = Words | Label | Days | Within | Not | And | Or | Most
