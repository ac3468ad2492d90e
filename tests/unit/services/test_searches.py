"""Saved searches, lists of names, several cases, the log, and what a search did not look through."""

import pytest

from casefile.model.errors import Refused
from casefile.model.hit import SearchRequest
from casefile.services import (
    covering,
    entities,
    find,
    history,
    name_lists,
    notes,
    reading,
    saved_searches,
    search_log,
    spellings,
)
from casefile.services.desk import create_desk, open_desk


def ask(desk, query, **options):
    find.catch_up(desk)
    return find.search(desk, SearchRequest(query=query, **options))


def test_a_saved_search_tells_what_is_new_since_it_was_seen(desk, sources):
    find.catch_up(desk)
    key, _ = saved_searches.save(desk, "the brigade", SearchRequest(query="basalt brigade"))
    find.catch_up(desk)
    (row,) = saved_searches.rows(desk)
    assert (row.id, row.total, len(row.new)) == (key, 2, 2)
    _, answer = saved_searches.run(desk, "the brigade")
    assert answer.total == 2
    assert saved_searches.rows(desk)[0].new == ()
    note, _ = notes.note(desk, sources["denial.txt"], "the basalt brigade again")
    notes.note(desk, sources["denial.txt"], "nothing of the kind")
    find.catch_up(desk)
    (row,) = saved_searches.rows(desk)
    assert (row.total, row.new) == (3, (note,))


def test_a_saved_search_keeps_its_options_and_one_name_is_one_search(desk, sources):
    first = SearchRequest(query="villages", kinds=("source",), without=("rule",), boilerplate=True)
    key, _ = saved_searches.save(desk, "v", first)
    assert saved_searches.rows(desk, counted=False)[0].request == first
    again, _ = saved_searches.save(desk, " v ", SearchRequest(query="station"))
    assert again == key
    assert [row.request.query for row in saved_searches.rows(desk, counted=False)] == ["station"]
    saved_searches.delete(desk, key)
    assert saved_searches.rows(desk, counted=False) == []
    with pytest.raises(Refused):
        saved_searches.named(desk, "v")
    with pytest.raises(Refused):
        saved_searches.save(desk, " ", first)


def test_a_list_of_names_is_counted_in_one_go(desk, sources, tmp_path):
    find.catch_up(desk)
    file = tmp_path / "names.txt"
    file.write_text(
        "\ufeff# people\nYusuf al-Harith\n\nYusuf  al-Harith\nYousef al-Hareth\nNo One\n"
    )
    names = name_lists.read_list(file)
    assert names == ["Yusuf al-Harith", "Yousef al-Hareth", "No One"]
    found = list(name_lists.counted(desk, names, SearchRequest(query="")))
    assert [(f.total, f.sources) for f in found] == [(1, 1), (1, 1), (0, 0)]
    assert {v.why for v in found[1].variants} == {"rule"}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * (5 << 20)])
def test_a_list_that_is_none_is_refused(tmp_path, content):
    file = tmp_path / "names.bin"
    file.write_bytes(content)
    with pytest.raises(Refused):
        name_lists.read_list(file)
    with pytest.raises(Refused):
        name_lists.read_list(tmp_path / "missing.txt")


def test_several_cases_are_searched_and_a_bad_one_is_told(desk, sources, places, tmp_path):
    find.catch_up(desk)
    with create_desk(tmp_path / "other.casefile", places, "Other") as other:
        entities.add(other, "Basalt Brigade", "organisation")
        find.catch_up(other)
    paths = [desk.store.path, tmp_path / "other.casefile", tmp_path / "none.casefile"]
    found = list(name_lists.across(paths, places, SearchRequest(query="basalt brigade")))
    assert [each.answer.total if each.answer else None for each in found] == [2, 1, None]
    assert found[1].title == "Other"
    assert found[2].trouble


def test_the_log_is_off_and_then_tells_how_far_a_search_reached(desk, sources):
    answer = ask(desk, "villages")
    search_log.note(desk, answer)
    assert search_log.entries(desk) == []
    desk.settings["search_log"] = True
    search_log.note(desk, answer)
    search_log.note(desk, ask(desk, "zeppelin"))
    first, second = search_log.entries(desk)
    assert (first.query, first.total, second.total) == ("villages", 1, 0)
    assert first.covered.sources == 2
    assert "in 2 sources" in search_log.sentence(first)
    assert search_log.summary([first, second]).startswith("2 searches: searched ")
    with open_desk(desk.store.path, desk.places, write=False) as other:
        assert len(search_log.entries(other)) == 2
    search_log.clear(desk)
    assert search_log.entries(desk) == []
    assert search_log.summary([]) == "No search was written down."


def test_sources_and_pages_without_text_are_counted_and_said(desk, tmp_path):
    from casefile.services import ingest

    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(two_pages("Words of the first page only, but enough."))
    (folder / "blank.pdf").write_bytes(two_pages(""))
    ingest.add(desk, [folder])
    answer = ask(desk, "words")
    assert (answer.covered.sources, answer.covered.without_text) == (2, 1)
    assert answer.covered.pages_without_text == 1
    assert "1 page has no text." in answer.coverage
    assert "1 source has no text." in answer.coverage
    assert covering.coverage(desk) == answer.covered
    for act in (
        lambda: ingest.add(desk, [new_text(folder, "more.txt", "A text about the bridges.")]),
        lambda: reading.delete(desk, [source_called(desk, "blank")]),
        lambda: history.undo(desk),
        lambda: history.undo(desk),
        lambda: history.redo(desk),
    ):
        act()
        find.catch_up(desk)
        with open_desk(desk.store.path, desk.places, write=False) as other:
            assert covering.coverage(desk) == covering.coverage(other)  # counted from nothing


def new_text(folder, name, words):
    (folder / name).write_text(words)
    return folder / name


def source_called(desk, title):
    (key,) = [row.id for row in reading.rows(desk, reading.listing(desk)) if title in row.title]
    return key


def test_an_empty_search_says_what_to_try(desk, sources):
    answer = ask(desk, "villages zeppelin")
    assert [(s.query, s.total) for s in answer.suggestions] == [("villages", 1)]
    assert answer.suggestions[0].words == "Without “zeppelin”: 1"
    assert ask(desk, "zeppelin").suggestions == ()
    assert ask(desk, "villages").suggestions == ()


def test_an_accepted_spelling_is_an_alias(desk, sources):
    assert ask(desk, "Kadrani").total == 0
    spellings.accept(desk, "Yusuf al-Harith", "Kadrani")
    answer = ask(desk, "Kadrani")
    assert sources["column.txt"] in {hit.source for hit in answer.hits}
    assert "alias" in {v.why for v in answer.variants}


def two_pages(words: str) -> bytes:
    """Write a PDF of two pages, the first with words, the second empty."""
    stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    resources = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]" + resources
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>",
        page + b"/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        page + b">>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table, len(body),
    )  # fmt: skip
