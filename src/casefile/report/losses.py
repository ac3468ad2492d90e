"""What an export leaves out, told in a file beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casefile.strings import tr, trn

NAME: Final = "LOSSES.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What is counted before and while writing."""

    title: str
    format: str
    records: dict[str, int]
    acts: int
    deleted: int
    conflicting: int
    quoted: int = 0
    left_out: tuple[str, ...] = ()  # kinds of records that this format has no page for


def write(file: Path, losses: Losses) -> None:
    """Write the sentences, one a line."""
    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.writelines(line + "\n" for line in lines(losses))


def lines(losses: Losses) -> Iterator[str]:
    """Say what is here and what is not."""
    yield tr("This is a copy of the case “{title}” for other programs.").format(title=losses.title)
    yield tr("It cannot be read back into Casefile. What it leaves out:")
    yield ""
    yield "- " + trn(
        "The history: {n} act, with who changed what from what.",
        "The history: {n} acts, with who changed what from what.",
        losses.acts,
    )
    yield "- " + tr("The chain of hashes and the signatures that prove the history.")
    if losses.deleted:
        yield "- " + trn(
            "{n} record that was deleted.", "{n} records that were deleted.", losses.deleted
        )
    if losses.conflicting:
        yield "- " + trn(
            "The other values of {n} record on which people disagree; the newest is here.",
            "The other values of {n} records on which people disagree; the newest are here.",
            losses.conflicting,
        )
    yield "- " + tr("The original files. Each is named by its SHA-256.")
    yield "- " + tr("The maps of pages and zones of the texts.")
    yield from ("- " + words for words in _of_format(losses))
    yield ""
    yield from (f"{table}: {n}" for table, n in losses.records.items())


def _of_format(losses: Losses) -> Iterator[str]:
    if losses.format == "csv":
        yield tr("The texts of the sources; JSON Lines and Markdown have them.")
    if losses.quoted:
        yield trn(
            "{n} cell would have been taken for a formula and has a ' before its first letter.",
            "{n} cells would have been taken for formulas and have a ' before their first letter.",
            losses.quoted,
        )
    if losses.format == "markdown":
        yield tr("Where exactly in a text its marks stand; their words are here.")
        yield tr("Signs that Markdown would act on have a \\ before them.")
    if losses.left_out:
        yield tr("Records that have no page: {kinds}.").format(kinds=", ".join(losses.left_out))
