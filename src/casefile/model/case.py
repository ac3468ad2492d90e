"""The case itself: what it asks, who works on it, how it names its marks."""

from dataclasses import dataclass
from typing import ClassVar

from casefile.model.record import Record, date, integer, json, ref, text
from casefile.model.values import DateValue

FORMAT = 2  # of the tables; SQLite's user_version
APPLICATION_ID = 0x43534631  # "CSF1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """The one record about the whole case."""

    TABLE: ClassVar[str] = "case"
    title: str | None = text()
    summary: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Record):
    """What is asked, by whom, until when."""

    TABLE: ClassVar[str] = "question"
    body: str | None = text()
    status: str | None = text()
    asked_by: str | None = text()
    due: DateValue | None = date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis(Record):
    """An answer that may turn out wrong."""

    TABLE: ClassVar[str] = "hypothesis"
    body: str | None = text()
    status: str | None = text()
    asked_by: str | None = text()
    due: DateValue | None = date()
    question: str | None = ref()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Somebody who works on the case, under a handle of their choice."""

    TABLE: ClassVar[str] = "person"
    handle: str | None = text()
    note: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKey(Record):
    """A public key of a person, and since when."""

    TABLE: ClassVar[str] = "person_key"
    person: str | None = ref()
    key: str | None = text()
    since: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMeaning(Record):
    """The name that this case gives to one of the five marks."""

    TABLE: ClassVar[str] = "mark_meaning"
    number: int | None = integer()
    name: str | None = text()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch(Record):
    """A search kept under a name."""

    TABLE: ClassVar[str] = "saved_search"
    name: str | None = text()
    query: str | None = text()
    options: dict[str, str] | None = json()
