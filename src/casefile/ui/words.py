"""Words of the window for the words of the records."""

from casefile.strings import later, tr

KIND_ICONS = {
    "article": "article",
    "pdf": "file-type-pdf",
    "photo": "photo",
    "email": "mail",
    "web archive": "archive",
    "note": "note",
    "claim": "quote",
    "annotation": "highlight",
    "entity": "user",
}
KINDS = {
    "article": later("Article"),
    "pdf": later("PDF"),
    "photo": later("Photo"),
    "email": later("Mail"),
    "web archive": later("Web capture"),
    "note": later("Note"),
    "other": later("Other file"),
    "claim": later("Claim"),
    "annotation": later("Mark"),
    "entity": later("Entity"),
}
RECORDS = {
    "source": later("Source"),
    "source_file": later("File"),
    "acquisition": later("Acquisition"),
    "extraction": later("Reading of the file"),
    "annotation": later("Mark"),
    "claim": later("Claim"),
    "evidence_link": later("Evidence"),
    "assessment": later("Judgement"),
    "entity": later("Entity"),
    "entity_name": later("Name"),
    "mention": later("Mention"),
    "relation": later("Relation"),
    "tag": later("Tag"),
    "tagging": later("Tagged"),
    "note": later("Note"),
    "collection": later("Collection"),
    "collection_item": later("In a collection"),
    "case": later("Case"),
    "question": later("Question"),
    "hypothesis": later("Hypothesis"),
    "person": later("Person"),
    "person_key": later("Key"),
    "mark_meaning": later("Name of a mark"),
    "source_link": later("Link between sources"),
    "saved_search": later("Saved search"),
    "purge": later("Deleted for good"),
}
TRIAGE = {
    "relevant": (later("Relevant"), "circle-check", "good"),
    "later": (later("Later"), "clock", "warn"),
    "no": (later("No"), "circle-minus", "text3"),
}
GRADES = {
    "A": later("Completely reliable"),
    "B": later("Usually reliable"),
    "C": later("Fairly reliable"),
    "D": later("Not usually reliable"),
    "E": later("Unreliable"),
    "F": later("Reliability cannot be judged"),
}
CREDIBILITY = {
    1: later("confirmed"),
    2: later("probably true"),
    3: later("possibly true"),
    4: later("doubtful"),
    5: later("improbable"),
    6: later("truth cannot be judged"),
}
STANCES = {
    "supports": (later("Supports"), "circle-check", "good"),
    "contradicts": (later("Contradicts"), "x", "bad"),
    "context": (later("Context"), "info-circle", "text2"),
}
ENTITY_KINDS = {
    "person": later("Person"),
    "organisation": later("Organisation"),
    "place": later("Place"),
    "unit": later("Unit"),
    "vehicle": later("Vehicle"),
    "account": later("Account"),
    "event": later("Event"),
    "other": later("Something else"),
}
LANGUAGES = {
    "en": later("English"),
    "ar": later("Arabic"),
    "ru": later("Russian"),
    "fa": later("Persian"),
    "uk": later("Ukrainian"),
    "fr": later("French"),
    "de": later("German"),
    "es": later("Spanish"),
    "tr": later("Turkish"),
    "he": later("Hebrew"),
}


def kind_icon(kind: str | None) -> str:
    """Give the icon of a kind of source or record."""
    return KIND_ICONS.get(kind or "", "files")


def kind_words(kind: str | None) -> str:
    """Name a kind of source or record."""
    return tr(KINDS.get(kind or "", "Other file"))


def entity_kind_words(kind: str | None) -> str:
    """Name a kind of entity; one of a newer version by its own word."""
    return tr(ENTITY_KINDS.get(kind or "", kind or "other"))


def record_words(table: str) -> str:
    """Name a kind of record; one of a newer version by its own word."""
    return tr(RECORDS[table]) if table in RECORDS else table.replace("_", " ")


def language_words(code: str | None) -> str:
    """Name a language; an unknown code stays as it is."""
    if not code:
        return tr("not known")
    return tr(LANGUAGES.get(code.split("-")[0], code))
