"""What rules propose for a source; nothing of it is stored before a person accepts it."""

from dataclasses import dataclass

from casefile.model.values import DateValue, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One proposal of a claim, a date or an entity; places are code points of the source's text.

    `key` names it for as long as the text is the same. `name` is the speaker of a claim, the words
    of a date, or the name of an entity; `also` are other names of an entity; `kind_of` is the
    entity's kind; `speaker` and `attribution` stand in the text. `rule` says what found it.
    """

    key: str
    kind: str  # claim, date, entity
    place: Span
    quote: str
    name: str
    rule: str
    statement: str = ""
    speaker: Span | None = None
    attribution: str = ""
    when: DateValue | None = None
    where: str = ""
    kind_of: str = ""
    also: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What is proposed for one source, in the order of the text.

    `anchor` is the day that words like "yesterday" were counted from, `anchor_from` is given or
    published; `settled` counts what was accepted or refused before.
    """

    source: str
    text_hash: str
    found: tuple[Suggestion, ...]
    anchor: str | None = None
    anchor_from: str | None = None
    settled: int = 0
