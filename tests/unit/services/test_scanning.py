"""While the index is made, search answers from the case and says how far it is."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from casefile.model.hit import SearchRequest
from casefile.search import scan
from casefile.services import find, notes
from casefile.services.desk import open_desk
from casefile.services.documents import whole_case


@pytest.fixture
def bare(desk, places, sources):
    """A case whose index somebody threw away."""
    case = desk.store.path
    desk.close()
    shutil.rmtree(places.cache / "index")
    with open_desk(case, places) as again:
        yield again


def test_a_case_without_an_index_is_searched(bare, sources):
    answer = find.search(bare, SearchRequest(query="villages"))
    (hit,) = answer.hits
    assert (hit.source, answer.total) == (sources["column.txt"], 1)
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["villages"]
    assert answer.coverage == (
        "The search index is being made anew; the texts themselves were read.",
    )


def test_the_share_that_is_done_is_said_and_the_answer_is_right(bare, sources):
    for n in range(10):
        notes.note(bare, sources["column.txt"], f"quartermaster {n}")
    reached, go_on = threading.Event(), threading.Event()

    def slowly():
        for n, document in enumerate(whole_case(bare)):
            if n == 6:
                reached.set()
                assert go_on.wait(30)
            yield document

    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(bare.index.rebuild, slowly(), bare.upto)
        assert reached.wait(30)
        try:
            answer = find.search(bare, SearchRequest(query="quartermaster"))
        finally:
            go_on.set()
        making.result()
    assert answer.total == 10
    assert answer.coverage == (f"The search index is being made anew: {100 * 6 // 12} %.",)
    assert find.search(bare, SearchRequest(query="quartermaster")).coverage == ()


def test_what_was_not_reached_is_said(bare, monkeypatch):
    monkeypatch.setattr(scan.scan, "__defaults__", (0.0,))
    answer = find.search(bare, SearchRequest(query="villages"))
    assert "Only 1 of" in answer.coverage[1]


def test_damage_that_shows_in_the_middle_of_a_search_is_answered_around(desk, sources, monkeypatch):
    find.catch_up(desk)

    def broken(*_):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("casefile.search.segment.SegmentFile.read", broken)
        answer = find.search(desk, SearchRequest(query="villages"))
    assert answer.total == 1
    assert "made anew" in answer.coverage[0]
    find.catch_up(desk)
    assert find.search(desk, SearchRequest(query="villages")).coverage == ()
