"""Claims, their evidence and their assessments."""

from dataclasses import dataclass
from typing import ClassVar

from casefile.model.record import Record, date, integer, ref, text
from casefile.model.values import DateValue

STANCES = ("supports", "contradicts", "context")
LIKELIHOOD = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even",
    "likely",
    "very likely",
    "almost certain",
)
CONFIDENCE = ("low", "moderate", "high")
CREDIBILITY = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """A statement that somebody made; `quote` is the annotation that it rests on."""

    TABLE: ClassVar[str] = "claim"
    statement: str | None = text()
    quote: str | None = ref()
    speaker: str | None = ref()
    attribution: str | None = text()  # the words that give it to the speaker
    said: DateValue | None = date()
    about: DateValue | None = date()
    place: str | None = ref()
    status: str | None = text()
    question: str | None = ref()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink(Record):
    """A source or annotation that bears on a claim; `warrant` says why."""

    TABLE: ClassVar[str] = "evidence_link"
    claim: str | None = ref()
    source: str | None = ref()
    annotation: str | None = ref()
    stance: str | None = text()
    warrant: str | None = text()
    derived: str | None = ref()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """One analyst's judgement of a claim; another analyst's is another record."""

    TABLE: ClassVar[str] = "assessment"
    claim: str | None = ref()
    person: str | None = text()
    credibility: int | None = integer()
    likelihood: str | None = text()
    confidence: str | None = text()
    reasoning: str | None = text()
    as_of: str | None = text()
