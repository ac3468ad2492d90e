"""What matters most of where and how a case is open is said, once."""

from casefile.model.place import PlaceNote, Surroundings
from casefile.ui.case_reads import place_words

STICK = PlaceNote(kind="removable", message="It lies on a stick.", hint="Close it first.")
FAT = PlaceNote(kind="small files", message="It is FAT.", hint="Work on a copy.")


def said(*notes, holder=None, hindrance="", writable=True):
    found = Surroundings(holder=holder, notes=notes, hindrance=hindrance)
    return place_words(found, writable=writable)


def test_an_ordinary_case_needs_no_words():
    assert said() is None


def test_notes_are_told_in_one_go():
    assert said(STICK, FAT) == ("It lies on a stick. It is FAT.", "Close it first.", "warn")


def test_who_is_at_work_comes_first():
    message, _, level = said(STICK, holder="Leila on far, since 14:03", writable=False)
    assert "Leila on far, since 14:03" in message
    assert level == "info"


def test_a_case_for_reading_only_says_why():
    message, hint, _ = said(hindrance="The disk is full.", writable=False)
    assert "reading only" in message
    assert hint == "The disk is full."
