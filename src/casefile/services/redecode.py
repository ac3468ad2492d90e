"""Reading a source again in an encoding that a person chooses; its marks go along."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casefile.model.change import Changes
from casefile.model.draft import Draft
from casefile.model.errors import Refused
from casefile.model.source import Source
from casefile.services.carrying import CarryReport, NewText, carry_marks
from casefile.services.desk import Desk, done
from casefile.services.intake import put_extraction
from casefile.services.reading import view
from casefile.store import history
from casefile.strings import later, tr

# The encodings of the pages that people of this audience meet, with what they are called.
ENCODINGS = (
    ("utf-8", later("Unicode")),
    ("windows-1256", later("Arabic, Windows")),
    ("iso-8859-6", later("Arabic, ISO")),
    ("windows-1251", later("Cyrillic, Windows")),
    ("koi8-r", later("Cyrillic, KOI8")),
    ("iso-8859-5", later("Cyrillic, ISO")),
    ("windows-1252", later("Western, Windows")),
    ("windows-1250", later("Central European, Windows")),
    ("windows-1254", later("Turkish, Windows")),
    ("windows-1255", later("Hebrew, Windows")),
    ("windows-1253", later("Greek, Windows")),
    ("gb18030", later("Chinese, simplified")),
    ("big5", later("Chinese, traditional")),
    ("shift_jis", later("Japanese")),
    ("euc-kr", later("Korean")),
    ("utf-16", later("Unicode, two bytes")),
)
_READ_FROM_FILE = (
    *("title", "section", "byline", "dateline", "publisher", "language", "canonical_url"),
    "published",
)
_LINES = 4
_MACHINE = {"import", "redecode", "read again"}  # acts whose values no person chose
_DECODED = ("text/", "application/xhtml", "message/", "multipart/")


@dataclass(frozen=True, slots=True)
class Preview:
    """How a source begins in an encoding; `unreadable` counts letters that could not be read."""

    encoding: str
    words: str
    lines: tuple[str, ...]
    unreadable: int


def can_be_redecoded(media_type: str | None) -> bool:
    """Say whether files of this type are letters in some encoding."""
    return (media_type or "").startswith(_DECODED)


def preview(desk: Desk, source: str, encodings: Sequence[str] = ()) -> list[Preview]:
    """Give the first lines of a source in several encodings; those that do not fit come last."""
    place, name = _original(desk, source)
    words = dict(ENCODINGS)
    found = []
    for encoding in encodings or words:
        draft = desk.extractor.read(place, name=name, parameters={"encoding": encoding})
        lines = tuple(line for line in draft.text.splitlines() if line.strip())[:_LINES]
        called = tr(words.get(encoding, encoding))
        found.append(Preview(encoding, called, lines, draft.text.count("\ufffd")))
    return sorted(found, key=lambda each: (not each.lines, each.unreadable))


def redecode(desk: Desk, source: str, encoding: str) -> tuple[CarryReport, Changes]:
    """Read a source again in an encoding; its marks are carried to the new text.

    What a person has changed of the source stays as it is. Refused when the encoding is unknown.
    """
    place, name = _original(desk, source)
    known = _known(encoding)
    asked = {"encoding": encoding}
    draft = desk.extractor.read(place, name=name, parameters=asked) if known else None
    if draft is None or not draft.text:
        raise Refused(
            tr("It cannot be read as {encoding}.").format(encoding=encoding),
            tr("Nothing was changed. Choose another encoding."),
        )
    return _take(desk, source, draft, encoding)


def _take(
    desk: Desk,
    source: str,
    draft: Draft,
    encoding: str,
) -> tuple[CarryReport, Changes]:
    """Keep a new reading; what no person has changed is described anew, marks are carried."""
    with desk.store.write("redecode", encoding=encoding) as w:
        file = view(w, source).file
        object_ = (file.object or "") if file else ""
        put_extraction(w, source, object_, draft)
        touched = {n for r in history.of(w, source) for n in r.values if r.key not in _MACHINE}
        values = {n: getattr(draft, n) for n in _READ_FROM_FILE if n not in touched}
        if "byline" in values:
            values["byline"] = values["byline"] or None
        w.put(Source, source, **values)
        text_hash = w.content("text", draft.text.encode())
        new = NewText(draft.text, text_hash, object_, draft.pages, encoding.strip())
        report = carry_marks(w, source, new)
    return report, done(w)


def _known(encoding: str) -> bool:
    try:
        found = codecs.lookup(encoding.strip())
    except (LookupError, ValueError):
        return False
    # Transforms such as base64 are codecs, too, but no encodings of text.
    return bool(getattr(found, "_is_text_encoding", True))


def _original(desk: Desk, source: str) -> tuple[Path, str]:
    with desk.store.read() as r:
        found = view(r, source)
    file = found.file
    if file is None or not file.object or not can_be_redecoded(file.media_type):
        raise Refused(
            tr("This source is not made of letters in an encoding."),
            tr("Pages, saved text and mail can be read again."),
        )
    return desk.store.objects.path(file.object), file.name or ""
