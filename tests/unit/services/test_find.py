"""Search answers from the index with passages of the stored text, and says what it lacks."""

import shutil

from casefile.model.hit import SearchRequest
from casefile.services import annotate, claims, entities, find, history, notes, reading
from casefile.services.claims import ClaimDraft
from casefile.services.desk import create_desk, open_desk


def ask(desk, query, **options):
    find.catch_up(desk)
    return find.search(desk, SearchRequest(query=query, **options))


def test_a_word_is_marked_in_its_passage(desk, sources):
    answer = ask(desk, "villages")
    (hit,) = answer.hits
    assert (hit.source, hit.kind, answer.total) == (sources["column.txt"], "source", 1)
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["villages"]
    text = reading.text(desk, hit.source).text
    spans = find.marks_in(desk, hit.source, answer.sought)
    assert [text[a:b] for a, b in spans] == ["villages"]


def test_page_furniture_is_found_only_when_asked_for(desk, sources):
    assert ask(desk, '"denotes required field"').hits == ()
    (hit,) = ask(desk, '"denotes required field"', boilerplate=True).hits
    assert hit.snippet.zone == "boilerplate"


def test_every_kind_of_record_is_found(desk, sources):
    mark, _ = annotate.quote(desk, sources["denial.txt"], "transformer had burned out")
    claim, _ = claims.add(desk, ClaimDraft(statement="A zeppelin was seen", speaker="Rami Tavor"))
    note, _ = notes.note(desk, sources["denial.txt"], "ask the quartermaster")
    assert {h.kind for h in ask(desk, "transformer").hits} == {"source", "annotation"}
    assert [h.record for h in ask(desk, "zeppelin").hits] == [claim]
    assert [h.record for h in ask(desk, "quartermaster").hits] == [note]
    person = ask(desk, "tavor", kinds=("entity",)).hits
    assert [h.title for h in person] == ["Rami Tavor"]
    assert [h.record for h in ask(desk, "transformer", kinds=("annotation",)).hits] == [mark]


def test_what_is_deleted_or_undone_is_not_found(desk, sources):
    assert ask(desk, "villages").total == 1
    reading.delete(desk, [sources["column.txt"]])
    assert ask(desk, "villages").total == 0
    history.undo(desk)
    assert ask(desk, "villages").total == 1


def test_a_new_alias_changes_what_an_entity_is_found_by(desk):
    key, _ = entities.add(desk, "Tell Marun", "place")
    assert ask(desk, "السد الكبير").total == 0
    entities.alias(desk, key, "السد الكبير")
    assert [h.record for h in ask(desk, "السد الكبير").hits] == [key]


def test_an_index_behind_the_case_says_so(desk, sources):
    find.catch_up(desk)
    notes.note(desk, sources["column.txt"], "later words")
    answer = find.search(desk, SearchRequest(query="villages"))
    assert any("not in the index yet" in line for line in answer.coverage)


def test_a_damaged_index_is_made_again_and_never_opened(desk, places, sources):
    find.catch_up(desk)
    case = desk.store.path
    desk.close()
    victim = max(
        (f for f in (places.cache / "index").rglob("*") if f.is_file()),
        key=lambda f: f.stat().st_size,
    )
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    with open_desk(case, places) as again:
        assert not again.index.fit
        answer = find.search(again, SearchRequest(query="villages"))
        assert answer.total == 1
        assert "being made anew" in answer.coverage[0]
        answer = ask(again, "villages")
        assert answer.total == 1
        assert not any("anew" in line for line in answer.coverage)


def test_without_its_cache_a_case_is_whole(desk, places, sources):
    find.catch_up(desk)
    case = desk.store.path
    desk.close()
    shutil.rmtree(places.cache)
    with open_desk(case, places) as again:
        assert ask(again, "villages").total == 1


def test_a_copied_case_has_an_index_of_its_own(desk, places, sources, tmp_path):
    find.catch_up(desk)
    desk.close()
    copy = tmp_path / "copy.casefile"
    shutil.copytree(desk.store.path, copy)
    with open_desk(copy, places) as other:
        assert other.index_key != desk.index_key
        assert ask(other, "villages").total == 1


def test_an_empty_case_answers_with_nothing(tmp_path, places):
    with create_desk(tmp_path / "empty.casefile", places) as desk:
        assert ask(desk, "anything").total == 0


def test_reindex_counts_what_it_indexed(desk, sources):
    assert find.reindex(desk) == 2
    assert ask(desk, "villages").total == 1


def test_a_hit_says_why_when_its_text_does_not_tell(desk, sources):
    """Found by who spoke, by a tag, by the publisher, by its days: each says so."""
    claims.add(desk, ClaimDraft(statement="The pumps stopped", speaker="Rami Tavor"))
    notes.tag(desk, [sources["denial.txt"]], ["waterworks"])
    reading.edit(desk, sources["column.txt"], publisher="Nahra Gazette")

    def why(query, kind):
        return next(h.snippet.why for h in ask(desk, query).hits if h.kind == kind)

    assert why("tavor", "claim") == ("exact", "speaker")
    assert why("waterworks", "source") == ("exact", "tag")
    assert why("gazette", "source") == ("exact", "publisher")
    assert why("gazet*", "source") == ("beginning", "publisher")
    assert why("-villages", "source") == ("filter",)
    assert why("villages", "source") == ("exact",)
    assert why("Tell Marun", "source") == ("exact",)  # not: spelled Tell Marun, too
    assert "exact" not in why("Tel Maroun", "source")
    assert all(h.snippet.why for h in ask(desk, "nahra OR tavor OR waterworks OR pumps").hits)
