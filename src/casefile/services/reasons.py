"""Saying in words why a hit was found and where."""

from casefile.model.hit import FILTER
from casefile.strings import later, tr

_HOW = {
    "exact": later("exact"),
    "beginning": later("beginning"),
    "form": later("form"),
    "alias": later("alias"),
    "acronym": later("letters"),
    "gazetteer": later("same place"),
    "rule": later("spelling"),
    "fuzzy": later("similar"),
}
_WHERE = {
    "title": later("in the title"),
    "caption": later("in a caption"),
    "credit": later("in a credit"),
    "author": later("by this author"),
    "place": later("as the place"),
    "front": later("in section or date"),
    "speaker": later("as the speaker"),
    "publisher": later("as the publisher"),
    "tag": later("as a tag"),
    "furniture": later("in page furniture"),
    FILTER: later("not by words"),
}


def said(reason: str) -> str:
    """Give a reason of a hit as a person reads it: `rule: Mayadin` becomes `spelling: Mayadin`."""
    how, colon, spelling = reason.partition(": ")
    words = _HOW.get(how) or _WHERE.get(how)
    return (tr(words) if words else how) + colon + spelling
