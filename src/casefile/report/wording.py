"""The words that a report has for grades, dates and sizes."""

from typing import Final

from casefile.model.values import DateValue
from casefile.strings import later, tr, trn

RELIABILITY: Final = {
    "A": later("completely reliable"),
    "B": later("usually reliable"),
    "C": later("fairly reliable"),
    "D": later("not usually reliable"),
    "E": later("unreliable"),
    "F": later("reliability cannot be judged"),
}
CREDIBILITY: Final = {
    1: later("confirmed by other sources"),
    2: later("probably true"),
    3: later("possibly true"),
    4: later("doubtful"),
    5: later("improbable"),
    6: later("truth cannot be judged"),
}
LIKELIHOOD: Final = {
    "almost no chance": "1–5 %",
    "very unlikely": "5–20 %",
    "unlikely": "20–45 %",
    "roughly even": "45–55 %",
    "likely": "55–80 %",
    "very likely": "80–95 %",
    "almost certain": "95–99 %",
}
STANCE: Final = {
    "supports": later("Supports"),
    "contradicts": later("Contradicts"),
    "context": later("Context"),
}


def graded(value: object, words: dict[str, str] | dict[int, str]) -> str:
    """Write a grade with its meaning; a grade of a newer version stands alone."""
    meaning = dict(words).get(value)  # type: ignore[call-overload] # the value may be of neither kind
    return f"{value} – {tr(meaning)}" if meaning else str(value)


def likelihood(word: str) -> str:
    """Write a likelihood with the range that it stands for."""
    return f"{word} ({LIKELIHOOD[word]})" if word in LIKELIHOOD else word


def date_said(value: DateValue) -> str:
    """Give the words of a date, or its extended form where there are none."""
    return value.text or value.edtf or ""


def date_computed(value: DateValue) -> str:
    """Say which days a date was computed to, from what, or that it was not."""
    if value.edtf is None and value.earliest is None and value.latest is None:
        return tr("not computed")
    found = _days(value)
    if value.edtf and value.edtf != found:
        found = f"{found} (EDTF {value.edtf})" if found else f"EDTF {value.edtf}"
    if value.anchor:
        found += tr(", counted from {day}").format(day=value.anchor)
    return found


def _days(value: DateValue) -> str:
    if value.earliest and value.latest:
        if value.earliest == value.latest:
            return value.earliest
        return tr("{first} to {last}").format(first=value.earliest, last=value.latest)
    if value.earliest:
        return tr("{first} or later").format(first=value.earliest)
    if value.latest:
        return tr("{last} or earlier").format(last=value.latest)
    return ""


def size(count: int) -> str:
    """Write a number of bytes exactly, in groups of three."""
    return trn("{n} byte", "{n} bytes", count).replace(
        str(count), f"{count:,}".replace(",", "\u202f")
    )
