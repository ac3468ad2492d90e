"""What a search is told of names: those of the case, and a gazetteer."""

from dataclasses import dataclass, field

from casefile.model.gazetteer import Gazetteer
from casefile.search.case_names import CaseNames


@dataclass(frozen=True)
class Known:
    """Names that lead from one spelling to another."""

    names: CaseNames = field(default_factory=CaseNames)
    gazetteer: Gazetteer | None = None


NOTHING_KNOWN = Known()
