"""What is marked in a text: the same places that the index found."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.text import fold
from casefile.search.query import parse
from casefile.search.reader import Snapshot
from casefile.search.snippets import marks
from tests.unit.search.conftest import document, found, written, zoned
from tests.unit.search.test_execute import DOCUMENTS, QUERY


def marked(text: str, query: str, **more: object) -> list[str]:
    return [text[a:b] for a, b in marks(text, parse(query).sought, **more)]  # type: ignore[arg-type]  # a short hand


@pytest.mark.parametrize(
    ("text", "query", "places"),
    [
        (
            "The military police, Military Police.",
            '"military police"',
            ["military police", "Military Police"],
        ),
        ("police military", '"military police"', []),
        ("al-Abdullah and al Abdullah, Abdullah", "al-Abdullah", ["al-Abdullah", "al Abdullah"]),
        ("Iran's IRGC; irgcs", "IRGC", ["IRGC"]),
        ("Iran’s men", "Iran's", ["Iran’s"]),
        ("كِتَابٌ والكتاب كتاب", "كتاب", ["كِتَابٌ", "كتاب"]),
        ("Café cafe\u0301!", "cafe", ["Café", "cafe\u0301"]),
        ("Straße strasse", "strasse", ["Straße", "strasse"]),
        ("ёлка елка", "елка", ["ёлка", "елка"]),
        ("milit militant militia omilit", "milit*", ["milit", "militant", "militia"]),
        ("al-Abdallah al-Abd x-Abd", "al-Abd*", ["al-Abdallah", "al-Abd"]),
        ("militery militray military mill", "military~", ["militery", "militray", "military"]),
        ("al-Mayaden al-Mayadeen", "al-Mayadeen~", ["al-Mayaden", "al-Mayadeen"]),
        ("a x b and so on a x y z b", '"a b"~1', ["a", "b"]),
        ("b x a", '"a b"~1', ["b", "a"]),
        ("a and a b", '"a a"~1', ["a", "a"]),
        ("東京と京都", "東京", ["東京"]),
        ("東京と京都", "京", ["京", "京"]),
        ("हिन्दी हिन्द", "हिन्दी", ["हिन्दी"]),
        ("a_b a", "a", ["a", "a"]),
        ("one two three two", '"one two" "two three"', ["one two three"]),
        ("x" * 300 + " " + "x" * 80, "x" * 300, ["x" * 300, "x" * 80]),
        ("", "a", []),
        ("a b", "-a b", ["b"]),
    ],
)
def test_each_kind_of_question_marks_its_places(text: str, query: str, places: list[str]) -> None:
    assert marked(text, query) == places


def test_zones_and_fields_decide_what_is_marked() -> None:
    text, zones = zoned(
        ("headline", "Tunnel found"), ("body", "found a tunnel"), ("boilerplate", "tunnel share")
    )
    assert len(marked(text, "tunnel", zones=zones)) == 2
    assert len(marked(text, "tunnel", zones=zones, boilerplate=True)) == 3
    assert marks(text, parse("title:tunnel").sought, zones) == [(0, 6)]
    assert marked(text, '"found found"', zones=zones) == []
    assert marked(text, "tag:tunnel", zones=zones) == []
    assert len(marked(text, "furniture:tunnel", zones=zones)) == 1


@given(DOCUMENTS, st.lists(QUERY, min_size=1, max_size=4), st.booleans())
def test_every_hit_in_the_text_has_a_mark_and_nothing_else_has(
    made: list[tuple[list[tuple[str, str]], str]], queries: list[str], furniture: bool
) -> None:
    documents = [
        document(f"d{n}", *zones) if zones else document(f"d{n}", text)
        for n, (zones, text) in enumerate(made)
    ]
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Snapshot(written(Path(folder), *documents))
        for query in queries:
            for one in parse(query).sought:
                places = {
                    d.record: marks(d.text, [one], d.zones, boilerplate=furniture)
                    for d in documents
                }
                hits = found(snapshot, _written(one), boilerplate=furniture)
                assert {record for record, spans in places.items() if spans} == hits, query
        snapshot.close()


def _written(one: object) -> str:
    """Write one sought thing as a query again."""
    words = " ".join(one.words)  # type: ignore[attr-defined]  # a Sought
    tail = "*" if one.prefix else "~" if one.fuzzy else ""  # type: ignore[attr-defined]  # as above
    text = f"{words}{tail}" if tail and " " not in words else f'"{words}{tail}"'
    if one.slop:  # type: ignore[attr-defined]  # as above
        text += f"~{one.slop}"  # type: ignore[attr-defined]  # as above
    return f"{one.fields[0]}:{text}" if one.fields else text  # type: ignore[attr-defined]  # as above


@given(
    st.text(alphabet="ab كِéß½\u0301\u200c-.ـ東हि", max_size=40),
    st.sampled_from(["a", "ab*", "كي~", "ss", "1"]),
)
def test_marks_are_ranges_in_order_that_hold_whole_letters(text: str, query: str) -> None:
    last = 0
    for start, end in marks(text, parse(query).sought):
        assert last <= start < end <= len(text)
        assert fold(text[start:end]).text
        last = end
