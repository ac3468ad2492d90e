"""The report as Markdown: every word of a case is escaped, so that it stays text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from casefile.report.outline import CHECK_ALL, Card, ClaimPart, Fact, Outline, SourcePart
from casefile.strings import tr

# What means something anywhere, and what does so at the beginning of a line or makes a bare link.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$^@])")
_FIRST: Final = re.compile(r"^([-+=:])")
_NUMBERED: Final = re.compile(r"^(\d+)([.)])")
_LINK: Final = re.compile(r"(:(?=//)|(?<=www)\.|(?<=WWW)\.)")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OPENERS: Final = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"


def render(report: Outline) -> str:
    """Give the report as CommonMark text."""
    return "\n".join(_lines(report)) + "\n"


def escape(value: str) -> str:
    """Make text of a case into one line that means nothing to Markdown or HTML.

    Text that holds marks of direction is put into an isolate, so that its neighbours keep theirs.
    """
    line = _CONTROL.sub("\ufffd", " ".join(value.split()))
    for pattern in (_SPECIAL, _FIRST, _LINK):
        line = pattern.sub(r"\\\1", line)
    line = _NUMBERED.sub(r"\1\\\2", line)
    if not any(mark in line for mark in _OPENERS):
        return line
    opened = 1 + sum(line.count(mark) for mark in _OPENERS)
    return "\u2068" + line + "\u2069" * opened


def _lines(report: Outline) -> Iterator[str]:
    yield f"# {escape(report.title)}"
    yield ""
    if report.summary:
        yield from (escape(report.summary), "")
    yield from (f"- {tr('Question')}: {escape(each)}" for each in report.questions)
    yield from _facts(report.facts)
    yield from ("", f"## {tr('Claims')}", "")
    if not report.claims:
        yield from (tr("There are no claims in this report."), "")
    for claim in report.claims:
        yield from _claim(claim)
    if report.marks:
        yield from (f"## {tr('Marks without a claim')}", "")
    for card in report.marks:
        yield from _card(card)
    yield from (f"## {tr('Sources')}", "")
    for source in report.sources:
        yield from _source(source)
    yield from _searches(report)
    yield from _custody(report)


def _claim(claim: ClaimPart) -> Iterator[str]:
    yield f"### {claim.number}\\. {escape(claim.statement)}"
    yield ""
    yield from _facts(claim.facts)
    yield ""
    for card in claim.cards:
        yield from _card(card)
    for judged in claim.judged:
        yield from (f"{tr('Assessment')}:", "", *_facts(judged), "")
    if claim.conflicts:
        words = ", ".join(map(escape, claim.conflicts))
        yield from (f"{tr('Different values are kept for')}: {words}", "")


def _card(card: Card) -> Iterator[str]:
    number = f" \\[{card.source}\\]" if card.source else ""
    yield f"**{escape(card.label)}** – {escape(card.title)}{number}"
    yield ""
    for line in card.quote.splitlines():
        yield f"> {escape(line)}"
    if card.quote:
        yield ""
    yield from _facts(card.facts)
    yield ""


def _source(source: SourcePart) -> Iterator[str]:
    yield f"### \\[{source.number}\\] {escape(source.title)}"
    yield ""
    yield from _facts(source.facts)
    for acquired in source.acquired:
        told = "; ".join(f"{fact.label}: {_value(fact)}" for fact in acquired)
        yield f"- {tr('Acquisition')}: {told}"
    yield ""


def _searches(report: Outline) -> Iterator[str]:
    if report.searches is None:
        return
    yield from (f"## {tr('Searches made')}", "", escape(report.searched), "")
    for each in report.searches:
        yield f"- {escape(each.query)} – {escape(each.found)}"
        yield f"  - {escape(each.understood)}"
        yield f"  - {escape(each.reach)}"
    yield ""


def _custody(report: Outline) -> Iterator[str]:
    yield from (f"## {tr('Custody')}", "")
    for sentence in report.custody:
        yield from (sentence, "")
    for chain in report.chains:
        yield from (*_facts(chain), "")
    yield from (f"## {tr('How to verify')}", "")
    for sentence in report.verify:
        yield from (sentence, "")
    yield from ("```sh", CHECK_ALL, "```")


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    yield from (f"- {fact.label}: {_value(fact)}" for fact in facts)


def _value(fact: Fact) -> str:
    """Set plain letters and digits of exact values in a fixed width, anything else as text."""
    plain = fact.exact and re.fullmatch(r"[\w ./+-]+", fact.value, re.ASCII)
    return f"`{fact.value}`" if plain else escape(fact.value)
