"""Answers without an index: in the order that was asked for, in bounded time, and narrowed."""

import time
from collections.abc import Iterator
from dataclasses import replace

from casefile.model.hit import IndexDocument, SearchRequest
from casefile.search.scan import scan
from tests.unit.search.conftest import document

DOCUMENTS = [
    document("a", "tunnel and gate", added=30, earliest=20240101, latest=20240101),
    document("b", "tunnel tunnel tunnel", added=10, earliest=20240301, latest=20240301),
    document("c", "nothing", title="tunnel", added=20),
    document("d", "the tunnel claim", kind="claim", source="a", added=40),
]


def asked(query: str, **more: object) -> list[str]:
    request = SearchRequest(query=query, **more)  # type: ignore[arg-type]  # a short hand
    return [hit.record for hit in scan(request, DOCUMENTS).answer.hits]


def test_order_page_and_narrowing() -> None:
    order = asked("tunnel")
    assert order.index("c") < order.index("a")  # it is in the title
    assert asked("tunnel", sort="date")[:2] == ["b", "a"]
    assert asked("tunnel", sort="added") == ["d", "a", "c", "b"]
    assert asked("tunnel", sort="added", limit=2, offset=1) == ["a", "c"]
    assert asked("tunnel", kinds=("claim",)) == ["d"]
    assert asked("tunnel", sources=("a",)) == ["a", "d"]
    assert asked("tunnle~") == asked("tunnel")
    assert asked("(") == []


def test_it_says_what_it_understood() -> None:
    answer = scan(SearchRequest(query="tunnel ("), DOCUMENTS).answer
    assert answer.understood.startswith("“tunnel”")
    assert answer.trouble
    assert [sought.words for sought in answer.sought] == [("tunnel",)]


def test_it_ends_in_time() -> None:
    def endless() -> Iterator[IndexDocument]:
        for n in range(1_000_000):
            time.sleep(0.001)
            yield replace(DOCUMENTS[0], record=str(n))

    answer, looked = scan(SearchRequest(query="tunnel"), endless(), seconds=0.05)
    assert 0 < answer.total == looked < 1000
