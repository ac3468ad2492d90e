"""What a query finds: by example, and against reading every document."""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.hit import IndexDocument, SearchRequest
from casefile.model.text import folded_words
from casefile.search.execute import Execution
from casefile.search.groups import FURNITURE, WORD_FIELDS, chunks
from casefile.search.matching import in_a_row, near
from casefile.search.query import parse
from casefile.search.reader import Snapshot
from casefile.search.scan import scan
from casefile.search.syntax import And, Days, Label, Node, Not, Or, Within, Words
from tests.unit.search.conftest import document, found, written

ARTICLE = document(
    "article",
    ("headline", "Tunnel found near Nahra"),
    ("byline", "Rana Haddad"),
    ("dateline", "SOUR"),
    ("body", "The military police searched the valley. Al-Abdullah denies it."),
    ("caption", "Fighters at the gate"),
    ("credit", "Jad Noor"),
    ("boilerplate", "Share this page"),
    title="Tunnel found near Nahra",
    source_kind="article",
    language="en-GB",
    authors=("Rana Haddad",),
    publisher="The Coast",
    speaker=("Colonel Sami",),
    place=("Wadi Zahr",),
    tags=("first look",),
    earliest=20240401,
    latest=20240430,
)
ARABIC = document(
    "arabic", "قال القائد إن الجنود عبروا الوادي في الليل", source_kind="pdf", language="ar",
    earliest=20240424, latest=20240424,
)  # fmt: skip
CLAIM = document("claim", "The police found the tunnel", kind="claim", source="article")
UNDATED = document("undated", "police in the valley, military in the town", latest=20230101)


QUESTIONS = [
        ("tunnel", {"article", "claim"}),
        ("TUNNEL valley", {"article"}),
        ("nahra fighters", {"article"}),  # title and caption of one record
        ('"military police"', {"article"}),
        ('"police military"', set()),
        ('"police military"~0', set()),
        ('"police military"~2', {"article"}),
        ('"police military"~3', {"article", "undated"}),
        ('"valley Abdullah"~1', {"article"}),
        ('"gate Jad"', set()),  # caption and credit are two zones
        ('"gate Jad"~99', set()),
        ("al-Abdullah", {"article"}),
        ("Abdullah", {"article"}),
        ("police -denies", {"claim", "undated"}),
        ("police -al-Abdullah", {"claim", "undated"}),
        ("-police", {"arabic"}),
        ("police OR القائد", {"article", "arabic", "claim", "undated"}),
        ("(tunnel OR valley) -claim:police", {"article", "undated"}),
        ("title:tunnel", {"article"}),
        ("title:police", set()),
        ("body:tunnel", {"claim"}),
        ("caption:fighters", {"article"}),
        ('credit:"jad noor"', {"article"}),
        ("author:haddad", {"article"}),
        ("publisher:coast", {"article"}),
        ("speaker:sami", {"article"}),
        ("place:zahr", {"article"}),
        ("place:sour", {"article"}),
        ('tag:"first look"', {"article"}),
        ("tag:look tag:first", {"article"}),
        ("claim:tunnel", {"claim"}),
        ("kind:claim", {"claim"}),
        ("kind:pdf", {"arabic"}),
        ("lang:en", {"article"}),
        ("lang:en-gb", {"article"}),
        ("lang:fr", set()),
        ("share", set()),
        ("furniture:share", {"article"}),
        ("milit*", {"article", "undated"}),
        ('"military pol*"', {"article"}),
        ("militery~", {"article", "undated"}),
        ("militery~ tunnel", {"article"}),
        ("zzzz~", set()),
        ("zz*", set()),
        ("القايد", {"arabic"}),
        ('"القائد الجنود"', set()),
        ('"القائد الجنود"~1', {"arabic"}),
        ('"الجنود القائد"~1', {"arabic"}),
        ('"الليل قال"~3', set()),
        ("date:2024-04-24", {"article", "arabic"}),
        ("date:2024-05", set()),
        ("date:>2024-04-24", {"article"}),
        ("certainly:2024-04", {"article", "arabic"}),
        ("certainly:2024-04-02..2024-05", {"arabic"}),
        ("date:..2023", {"undated"}),
        ("date:1999", {"undated"}),  # only the end is known
        ("certainly:1999..2024", {"article", "arabic"}),
        ("-date:2024", {"claim", "undated"}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "records"), QUESTIONS)
def test_each_kind_of_question(
    finder: Callable[..., Callable[[str], set[str]]], query: str, records: set[str]
) -> None:
    assert finder(ARTICLE, ARABIC, CLAIM, UNDATED)(query) == records


@pytest.mark.parametrize(("query", "records"), QUESTIONS)
def test_reading_the_texts_gives_the_same(query: str, records: set[str]) -> None:
    request = SearchRequest(query=query, limit=99)
    answer, looked = scan(request, [ARTICLE, ARABIC, CLAIM, UNDATED])
    assert {hit.record for hit in answer.hits} == records
    assert (answer.total, looked) == (len(records), 4)


def test_page_furniture_is_found_when_asked_for(
    finder: Callable[..., Callable[..., set[str]]],
) -> None:
    find = finder(ARTICLE)
    assert find("share", boilerplate=True) == {"article"}
    assert find("share tunnel", boilerplate=True) == {"article"}


def test_a_word_in_the_title_counts_more(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        document("in the text", "gate and river and wall and sea", title="other"),
        document("in the title", "other and river and wall and sea", title="gate"),
        document("twice", "gate gate and wall and sea", title="other"),
    )
    snapshot = Snapshot(folder)
    node = parse("gate").node
    assert node is not None
    scores = Execution(snapshot, boilerplate=False).scores(node)
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    assert [snapshot.label(d, "record") for d in ranked] == ["in the title", "twice", "in the text"]


@pytest.mark.parametrize("kept", [True, False])
def test_many_words_that_begin_so_are_all_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    monkeypatch.setattr("casefile.search.execute.MAX_WEIGHED", 2)
    if kept:
        monkeypatch.setattr("casefile.search.beginnings.MANY", 1)
    words = ["aa", "abcd", "abc", "ab", "b"]
    snapshot = Snapshot(written(tmp_path, *(document(word, word) for word in words)))
    node = parse("a*").node
    assert node is not None
    execution = Execution(snapshot, boilerplate=False)
    scores = execution.scores(node)
    assert {snapshot.label(d, "record") for d, s in scores.items() if s} == {"aa", "ab"}
    everything = {snapshot.label(d, "record") for d in execution.documents(node)}
    assert (
        everything == {"aa", "abcd", "abc", "ab"} == {snapshot.label(d, "record") for d in scores}
    )
    total, best = execution.best(node, 3)
    assert total == 4
    assert [bool(score) for _, score in best] == [True, True, False]
    assert not execution.trouble


def test_too_many_words_in_a_phrase_are_cut_short_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casefile.search.execute.MAX_BEGINNINGS", 2)
    snapshot = Snapshot(written(tmp_path, document("a", "x aa x ab x abc x abcd")))
    node = parse('"x a*"').node
    assert node is not None
    execution = Execution(snapshot, boilerplate=False)
    assert len(execution.scores(node)) == 1
    assert execution.trouble == ["“x a” stands for too many words; only the nearest were sought."]


# Against reading every document.

ATOM = st.sampled_from(["a", "b", "cc", "cd", "é", "كِتاب", "al-b"])
TEXT = st.lists(ATOM, max_size=8).map(" ".join)
ZONES = st.lists(
    st.tuples(st.sampled_from(["headline", "body", "caption", "boilerplate"]), TEXT.filter(bool)),
    max_size=4,
)
DOCUMENTS = st.lists(st.tuples(ZONES, TEXT), min_size=1, max_size=6)
QUERY = st.recursive(
    ATOM
    | st.lists(ATOM, min_size=2, max_size=3).map(lambda ws: f'"{" ".join(ws)}"')
    | st.tuples(st.lists(ATOM, min_size=2, max_size=3), st.integers(1, 4)).map(
        lambda t: f'"{" ".join(t[0])}"~{t[1]}'
    )
    | st.sampled_from(["c*", "كت*", "cce~", "title:a", "caption:b", "furniture:a", '"a c*"']),
    lambda inner: st.tuples(
        inner, st.sampled_from([" ", " OR ", " AND ", " -", " NOT "]), inner
    ).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
    max_leaves=5,
)


def holds(one: IndexDocument, node: Node, fields: tuple[str, ...]) -> bool:
    if isinstance(node, And):
        return all(holds(one, part, fields) for part in node.nodes)
    if isinstance(node, Or):
        return any(holds(one, part, fields) for part in node.nodes)
    if isinstance(node, Not):
        return not holds(one, node.node, fields)
    assert isinstance(node, Words), (Days, Label, Within)
    return any(
        stands_in(node, folded_words(text))
        for field, text in chunks(one)
        if field in (node.fields or fields)
    )


def stands_in(node: Words, words: list[str]) -> bool:
    size = len(node.words)
    if node.slop is None:
        return any(
            words[k : k + size - 1] == list(node.words[:-1]) and fits(node, words[k + size - 1])
            for k in range(len(words) - size + 1)
        )
    reach = size + node.slop
    return any(
        all(words[k : k + reach].count(w) >= node.words.count(w) for w in node.words)
        for k in range(len(words))
    )


def fits(node: Words, word: str) -> bool:
    if node.prefix:
        return word.startswith(node.words[-1])
    if node.fuzzy:
        return word in ("cc", "cd")[: 1 + (node.words[-1] != "cce")]
    return word == node.words[-1]


@given(DOCUMENTS, st.lists(QUERY, min_size=1, max_size=6), st.booleans())
def test_the_index_finds_what_reading_finds(
    made: list[tuple[list[tuple[str, str]], str]], queries: list[str], furniture: bool
) -> None:
    documents = [
        document(f"d{n}", *zones, title=title) if zones else document(f"d{n}", title)
        for n, (zones, title) in enumerate(made)
    ]
    fields = (*WORD_FIELDS, FURNITURE) if furniture else WORD_FIELDS
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Snapshot(written(Path(folder), *documents))
        for query in queries:
            node = parse(query).node
            assert node is not None
            expected = {one.record for one in documents if holds(one, node, fields)}
            assert found(snapshot, query, boilerplate=furniture) == expected, query
            asked = SearchRequest(query=query, limit=99, boilerplate=furniture)
            assert {h.record for h in scan(asked, documents).answer.hits} == expected, query


@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=5), min_size=2, max_size=3))
def test_words_in_a_row_are_counted(lists: list[list[int]]) -> None:
    starts = [p for p in set(lists[0]) if all(p + k in places for k, places in enumerate(lists))]
    assert in_a_row(lists) == len(starts)


def test_one_place_serves_one_word_only() -> None:
    assert near([[3], [3]], 5, [0, 0]) == 0
    assert near([[3, 5], [3, 5]], 1, [0, 0]) == 1
    assert near([[3, 5], [3, 5]], 0, [0, 0]) == 0
    assert near([[0, 40], [7, 30]], 2, [0, 1]) == 0


@given(st.integers(0, 2**32))
def test_leaving_out_what_cannot_win_changes_nothing(seed: int) -> None:
    """Of an OR only those are weighed that may be among the best; total and order stay."""
    rng = random.Random(seed)
    rare, common = ["ra", "rb", "rc"], ["ca", "cb"]

    def text() -> str:
        held = [word for word in rare if rng.random() < 0.15]
        held += [word for word in common if rng.random() < 0.8]
        return " ".join(word for word in held for _ in range(rng.randint(1, 4)))

    documents = [document(str(n), f"{text()} {'x ' * rng.randint(0, 9)}") for n in range(60)]
    node = parse("ra OR rb OR rc OR ca OR cb").node
    assert node is not None
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Snapshot(written(Path(folder), *documents))
        scores = Execution(snapshot, boilerplate=False).scores(node)
        for wanted in (1, 3, 10, 99):
            total, best = Execution(snapshot, boilerplate=False).best(node, wanted)
            assert total == len(scores)
            assert [score for _, score in best] == pytest.approx(
                sorted(scores.values(), reverse=True)[:wanted]
            )
            assert [scores[n] for n, _ in best] == pytest.approx([score for _, score in best])
