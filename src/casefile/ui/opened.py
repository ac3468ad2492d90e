"""Everything that the reading pane shows of one source."""

from dataclasses import dataclass

from casefile.model import text as texts
from casefile.model.hit import Sought
from casefile.model.view import MarkView, SourceView, TextView


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that the pane shows of a source."""

    view: SourceView
    text: TextView | None
    marks: list[MarkView]
    hits: list[tuple[int, int]] | None


def sought_in_source(words: str) -> list[Sought]:
    """Read words typed in the find bar: several are a phrase, one is the beginning of a word."""
    folded = tuple(texts.folded_words(words))
    return [Sought(folded, prefix=len(folded) == 1)] if folded else []
