"""What records, fields and values are called when a person reads them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from casefile.model.annotation import quote_of
from casefile.model.kinds import KINDS
from casefile.model.ledger import is_uuid
from casefile.model.record import FieldType, Record
from casefile.services.cases import people
from casefile.services.desk import Desk
from casefile.services.reading import titles
from casefile.store import records
from casefile.store.session import Reader
from casefile.strings import later, tr

SHORT = 8  # characters of an id that stands for a name
CALLED = 160  # characters of a name made of a longer text
_SOURCE, _PERSON, _MARK = "source", "person", "annotation"
# The field that a record is called by; for the kinds of _OF, the record that it belongs to.
_NAMED = {
    "case": "title",
    "source": "title",
    "question": "body",
    "hypothesis": "body",
    "person": "handle",
    "mark_meaning": "name",
    "saved_search": "name",
    "source_file": "name",
    "acquisition": "name",
    "claim": "statement",
    "entity": "name",
    "entity_name": "name",
    "mention": "surface",
    "tag": "name",
    "note": "body",
    "collection": "name",
}
_OF = {
    "extraction": "source",
    "source_link": "source",
    "evidence_link": "claim",
    "assessment": "claim",
    "tagging": "tag",
    "collection_item": "collection",
    "relation": "subject",
    "person_key": "person",
}
_WORDS = {
    "deleted": later("Deleted"),
    "title": later("Title"),
    "summary": later("Summary"),
    "body": later("Text"),
    "status": later("Status"),
    "asked_by": later("Asked by"),
    "due": later("Due"),
    "question": later("Question"),
    "handle": later("Name"),
    "note": later("Note"),
    "person": later("Person"),
    "key": later("Key"),
    "since": later("Since"),
    "number": later("Number"),
    "name": later("Name"),
    "query": later("Search"),
    "options": later("Options"),
    "kind": later("Kind"),
    "section": later("Section"),
    "byline": later("Byline"),
    "dateline": later("Dateline"),
    "publisher": later("Publisher"),
    "language": later("Language"),
    "url": later("Address"),
    "canonical_url": later("Address without extras"),
    "published": later("Published"),
    "reliability": later("Reliability"),
    "sensitivity": later("Sensitivity"),
    "credit": later("Credit"),
    "licence": later("Licence"),
    "source": later("Source"),
    "object": later("Original (SHA-256)"),
    "role": later("Role"),
    "media_type": later("Media type"),
    "size": later("Size in bytes"),
    "pages": later("Pages"),
    "method": later("Method"),
    "from_uri": later("From"),
    "file_time": later("Time of the file"),
    "captured_at": later("Captured"),
    "acquired_at": later("Acquired"),
    "tool": later("Program"),
    "text_hash": later("Text (SHA-256)"),
    "extractor": later("Read by"),
    "version": later("Version"),
    "parameters": later("Settings"),
    "warnings": later("Warnings"),
    "zones": later("Map of zones"),
    "facts": later("Other facts"),
    "complete": later("Read completely"),
    "reason": later("Reason"),
    "other": later("Other source"),
    "decided": later("Decided"),
    "selectors": later("Marked words"),
    "motivation": later("Made for"),
    "said_by": later("Said in the file to be by"),
    "said_at": later("Said in the file to be of"),
    "contents": later("Texts that went"),
    "objects": later("Originals that went"),
    "operations": later("Operations that were emptied"),
    "mark": later("Mark"),
    "anchor": later("Anchor"),
    "statement": later("Statement"),
    "quote": later("Quote"),
    "speaker": later("Speaker"),
    "attribution": later("Attribution"),
    "said": later("Said"),
    "about": later("About"),
    "place": later("Place"),
    "claim": later("Claim"),
    "annotation": later("Marked words"),
    "stance": later("Stance"),
    "warrant": later("Warrant"),
    "derived": later("Derived from"),
    "credibility": later("Credibility"),
    "likelihood": later("Likelihood"),
    "confidence": later("Confidence"),
    "reasoning": later("Reasoning"),
    "as_of": later("As of"),
    "description": later("Description"),
    "latitude": later("Latitude"),
    "longitude": later("Longitude"),
    "precision": later("Precision in metres"),
    "merged_into": later("Merged into"),
    "entity": later("Name of"),
    "script": later("Script"),
    "start": later("Start"),
    "end": later("End"),
    "surface": later("Words"),
    "accepted": later("Accepted"),
    "subject": later("Subject"),
    "when": later("When"),
    "tag": later("Tag"),
    "target": later("On"),
    "collection": later("Collection"),
    "position": later("Position"),
}


def field_name(field: str) -> str:
    """Name a field in the person's language; one of a newer version as the ledger has it."""
    return tr(_WORDS[field]) if field in _WORDS else field


def called(r: Reader, wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Say what records (table, id) are called now; one without words by the beginning of its id."""
    by_table: dict[str, list[str]] = {}
    for table, id_ in wanted:
        by_table.setdefault(table, []).append(id_)
    found: dict[str, str] = {}
    for table, ids in by_table.items():
        for id_, words in _called(r, table, ids).items():
            found[id_] = _cut(words) or id_[:SHORT]
    return found


def _called(r: Reader, table: str, ids: list[str]) -> dict[str, str]:
    if table == _SOURCE:
        return titles(r, ids)
    if table not in KINDS:
        return dict.fromkeys(ids, "")
    there = records.many(r, KINDS[table], ids)
    if table not in _OF:
        return {one.id: title_of(table, one.values()) for one in there}
    owners = {one.id: _owner(one) for one in there}
    near = called(r, {owner for owner in owners.values() if owner[1]})
    return {id_: near.get(owner, "") for id_, (_, owner) in owners.items()}


def title_of(table: str, values: Mapping[str, Any]) -> str:
    """Give the words in a record's own values that it is called by; "" where there are none."""
    if table == _MARK:
        return _cut(quote_of(values.get("selectors")) or str(values.get("body") or ""))
    return _cut(str(values.get(_NAMED.get(table, "title")) or ""))


def _owner(one: Record) -> tuple[str, str]:
    field = _OF[one.TABLE]
    table = "entity" if field == "subject" else field
    return table, getattr(one, field) or ""


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= CALLED else line[: CALLED - 1] + "…"


class Wording:
    """Turns the ledger's values into words; `people` are handles by id."""

    def __init__(
        self, r: Reader, values: Iterable[tuple[str, Mapping[str, Any]]], people: dict[str, str]
    ) -> None:
        self._people = people
        ids = {
            value
            for table, fields in values
            for name, value in fields.items()
            if _kind(table, name) is FieldType.REF and is_uuid(value)
        }
        kinds = records.kinds_of(r, ids)
        self._called = called(r, ((table, id_) for id_, table in kinds.items()))

    def of(self, table: str, field: str, value: Any) -> str:
        """Give a value as words; nothing is an empty string."""
        if value is None:
            return ""
        if type(value) is bool:
            return tr("yes") if value else tr("no")
        if _kind(table, field) is FieldType.REF:
            return self._called.get(str(value), str(value)[:SHORT])
        if field in (_PERSON, "asked_by") and is_uuid(value):
            return self._people.get(str(value), str(value)[:SHORT])
        return _plain(field, value)


def _kind(table: str, field: str) -> FieldType | None:
    return KINDS[table].spec().get(field) if table in KINDS else None


def _plain(field: str, value: Any) -> str:
    if field == "selectors":
        return quote_of(value) or tr("an area")
    if isinstance(value, dict) and {"text", "edtf"} & value.keys():
        return str(value.get("text") or value.get("edtf") or "")
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, str | int):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def worded(desk: Desk, table: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields of a record that have a value, as words."""
    with desk.store.read() as r:
        words = Wording(r, [(table, values)], people(r))
        said = {name: words.of(table, name, value) for name, value in values.items()}
    return {name: value for name, value in said.items() if value}
