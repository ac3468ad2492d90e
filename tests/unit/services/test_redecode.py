"""A page read in the wrong encoding is read again as a person says; marks go along."""

import pytest

from casefile.model.errors import Refused
from casefile.services import annotate, ingest, reading, redecode

WORDS = (
    "Отряд вошёл на станцию.\n\nОн не ответил на вопросы, сказал свидетель NOR 12 у ворот.\n" * 6
)


def test_a_person_reads_a_page_again_and_keeps_the_marks(desk, files):
    page = f'<html><head><meta charset="windows-1252"><title>{WORDS[:23]}</title></head><body>'
    page += "".join(f"<p>{line}</p>" for line in WORDS.splitlines() if line) + "</body></html>"
    file = files / "page.html"
    file.write_bytes(page.encode("koi8-r"))
    source = ingest.add(desk, [file]).entries[0].source
    reading.edit(desk, source, publisher="Station news")
    found = {each.encoding: each for each in redecode.preview(desk, source)}
    assert "Отряд вошёл" in " ".join(found["koi8-r"].lines)
    assert "Отряд" not in " ".join(found["windows-1251"].lines)
    mark, _ = annotate.quote(desk, source, "NOR 12", occurrence=1)
    report, _ = redecode.redecode(desk, source, "koi8-r")
    view = reading.source(desk, source)
    assert "не ответил" in reading.text(desk, source).text
    assert view.source.title.startswith("Отряд вошёл")
    assert view.source.publisher == "Station news"
    assert view.extraction.parameters["encoding"] == "koi8-r"
    (kept,) = reading.marks(desk, source)
    assert (kept.annotation.id, kept.annotation.quote) == (mark, "NOR 12")
    assert report.exact + report.moved + report.unsure + report.orphan == 1


def test_what_has_no_encoding_is_refused_with_a_sentence(desk, files, sources):
    odd = files / "odd.bin"
    odd.write_bytes(bytes(range(256)) * 10)
    source = ingest.add(desk, [odd]).entries[0].source
    with pytest.raises(Refused, match="not made of letters"):
        redecode.redecode(desk, source, "utf-8")
    before = reading.text(desk, sources["column.txt"])
    with pytest.raises(Refused, match="cannot be read as"):
        redecode.redecode(desk, sources["column.txt"], "klingon-8")
    assert reading.text(desk, sources["column.txt"]) == before


def test_marks_on_garbled_letters_stand_on_the_same_bytes(desk, files):
    page = '<html><head><meta charset="iso-8859-1"><title>x</title></head><body>'
    page += "".join(
        f"<p>{n} &mdash; {line}</p>" for n, line in enumerate(WORDS.split("\n")) if line
    )
    file = files / "garbled.html"
    file.write_bytes(page.encode("cp1251"))
    source = ingest.add(desk, [file]).entries[0].source
    words = "сказал свидетель NOR 12 у ворот"
    garbled = words.encode("cp1251").decode("cp1252")
    mark, _ = annotate.quote(desk, source, garbled, occurrence=2)
    report, _ = redecode.redecode(desk, source, "windows-1251")
    (kept,) = reading.marks(desk, source)
    assert (kept.annotation.id, kept.annotation.quote) == (mark, words)
    assert report.exact + report.moved == 1
    text = reading.text(desk, source).text
    start, end = kept.annotation.span
    assert text[start:end] == words
    assert text[:start].count(words) == 1
