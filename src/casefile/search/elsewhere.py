"""Why a record was found when its text does not say: by a tag, a speaker, a publisher, its days."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casefile.model.hit import FILTER, IndexDocument, Sought
from casefile.search.groups import WORD_FIELDS, chunks
from casefile.search.marks import find
from casefile.search.snippets import reason


def why_elsewhere(document: IndexDocument, sought: Sequence[Sought]) -> tuple[str, ...]:
    """Say how what was sought stands in the fields of a record that are not its text, and in which.

    Gives reasons as `snippets.reason` does, then names of fields; FILTER when it is in none.
    """
    found = list(_found(replace(document, text="", zones=()), sought))
    told = dict.fromkeys([*(how for how, _ in found), *(field for _, field in found)])
    return tuple(told) or (FILTER,)


def _found(document: IndexDocument, sought: Sequence[Sought]) -> Iterator[tuple[str, str]]:
    for field, text in chunks(document):
        wanted = [replace(s, fields=()) for s in sought if field in (s.fields or WORD_FIELDS)]
        for mark in find(text, wanted, (), boilerplate=False, most=1) if text else ():
            yield reason(wanted[mark.sought]), field
