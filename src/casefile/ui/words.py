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


def language_words(code: str | None) -> str:
    """Name a language; an unknown code stays as it is."""
    if not code:
        return tr("not known")
    return tr(LANGUAGES.get(code.split("-")[0], code))
