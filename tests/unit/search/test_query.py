"""The query language: what each way of writing means, and that nothing a person types raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.hit import Sought
from casefile.search.query import MAX_TERMS, parse
from casefile.search.syntax import And, Days, Label, Node, Not, Or, Within, Words
from casefile.search.understood import understood


def w(*words: str, **more: object) -> Words:
    return Words(words, **more)  # type: ignore[arg-type]  # a short hand for tests


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("Tunnel", w("tunnel")),
        ("military police", And((w("military"), w("police")))),
        ('"Military Police"', w("military", "police")),
        ("“military police” «a b»", And((w("military", "police"), w("a", "b")))),
        ("al-Abdullah", w("al", "abdullah")),
        ("Iran's", w("iran", "s")),
        ("كِتَاب", w("كتاب")),
        ("a OR b", Or((w("a"), w("b")))),
        ("a OR b c", And((Or((w("a"), w("b"))), w("c")))),
        ("a AND b OR c", Or((And((w("a"), w("b"))), w("c")))),
        ("a or b", And((w("a"), w("or"), w("b")))),
        ("(a b) OR (c)", Or((And((w("a"), w("b"))), w("c")))),
        ("a -b", And((w("a"), Not(w("b"))))),
        ("a (-b)", And((w("a"), Not(w("b"))))),
        ("a NOT b", And((w("a"), Not(w("b"))))),
        ("NOT -a", w("a")),
        ("-a", Not(w("a"))),
        ('-"a b"', Not(w("a", "b"))),
        ("-(a b)", Not(And((w("a"), w("b"))))),
        ("-title:a", Not(w("a", fields=("title",)))),
        ("a - b", And((w("a"), w("b")))),
        ("a--b", w("a", "b")),
        ("--a", w("a")),
        ("milit*", w("milit", prefix=True)),
        ("al-Abd*", w("al", "abd", prefix=True)),
        ('"military pol*"', w("military", "pol", prefix=True)),
        ("militery~", w("militery", fuzzy=1)),
        ("militery~2", w("militery", fuzzy=2)),
        ('"a b"~5', w("a", "b", slop=5)),
        ('"a b"~', w("a", "b", slop=1)),
        ('"a b"~0', w("a", "b")),
        ('"a"~4', w("a")),
        ('"قال القائد"~3', w("قال", "القايد", slop=3)),
        ("title:tunnel", w("tunnel", fields=("title",))),
        ("Headline:tunnel", w("tunnel", fields=("title",))),
        ("by:(a b)", And((w("a", fields=("author",)), w("b", fields=("author",))))),
        ('caption:"a b"', w("a", "b", fields=("caption",))),
        ("furniture:share", w("share", fields=("furniture",))),
        ("claim:tunnel", Within("claim", w("tunnel"))),
        ("mark:title:a", Within("annotation", w("a", fields=("title",)))),
        ("kind:PDF", Label(("kind", "type"), "pdf")),
        ('kind:"web archive"', Label(("kind", "type"), "web archive")),
        ("lang:AR", Label(("language",), "ar")),
        ("date:2024-04..2024-05", Days(20240401, 20240531)),
        ("published:>2024-04-01", Days(20240402, 99991231)),
        ("certainly:2024", Days(20240101, 20241231, certain=True)),
        ("12:30", w("12", "30")),
        ("http://x.org/a", w("http", "x", "org", "a")),
        ("東京", w("東", "京")),
    ],
)
def test_each_way_of_writing_has_one_meaning(text: str, node: Node) -> None:
    query = parse(text)
    assert query.node == node
    assert not query.trouble


@pytest.mark.parametrize(
    ("text", "node", "said"),
    [
        ("(a", w("a"), "bracket is not closed"),
        ("a) b", And((w("a"), w("b"))), "no opening one"),
        ('"a b', w("a", "b"), "quotation mark is not closed"),
        ("a OR", w("a"), "OR has nothing on one side"),
        ("OR a", w("a"), "OR has nothing on one side"),
        ("a AND", w("a"), "AND has nothing on one side"),
        ("a NOT", w("a"), "NOT has nothing to exclude"),
        ("a -(", w("a"), "- has nothing to exclude"),
        ("re:a", And((w("re"), w("a"))), "no field “re”"),
        ("re:()", w("re"), "no field “re”"),
        ("date:soon a", w("a"), "“soon” is no date"),
        ("a date:(b)", And((w("a"), w("b"))), "Nothing stands behind date:"),
        ("kind:", w("kind"), ""),
        ("kind:()", None, "Nothing stands behind kind:"),
        ("mil*ry", w("mil", "ry"), "end of a word only"),
        ("*", None, "* needs letters"),
        ("~2", None, "~2 needs letters"),
        ("ab~", w("ab"), "too short"),
        ("militery~9", w("militery", fuzzy=2), "At most two letters"),
        ('"a b"~5000', w("a", "b", slop=100), "100 words apart"),
        ("claim:()", None, ""),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_sought(
    text: str, node: Node | None, said: str
) -> None:
    query = parse(text)
    assert query.node == node
    assert said in " ".join(query.trouble)


def test_a_query_has_an_end_to_its_length_and_depth() -> None:
    long = parse("word " * (MAX_TERMS + 5))
    assert isinstance(long.node, And)
    assert len(long.node.nodes) == MAX_TERMS
    assert "too long" in long.trouble[0]
    assert "nested too deep" in parse("(" * 5000 + "a" + ")" * 5000).trouble[0]
    assert "nested too deep" in parse("title:" * 5000 + "a").trouble[0]
    assert "nothing to exclude" in parse("NOT " * 5000 + "a").trouble[0]
    assert len(parse('"' + "a " * 400 + '"').sought[0].words) == 200


@given(
    st.text(max_size=80)
    | st.text(alphabet='ab ()"*~-:2ORNTAD.«<>=', max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "a",
                "OR",
                "AND",
                "NOT",
                "(",
                ")",
                '"',
                "-",
                "title:",
                "date:",
                "kind:",
                "*",
                "~2",
                " ",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_nothing_a_person_types_raises(text: str) -> None:
    query = parse(text)
    assert understood(query)
    assert understood(query, ("claim", "note"), boilerplate=True)
    assert all(sought.words for sought in query.sought)


def test_only_what_is_wanted_is_marked() -> None:
    query = parse('"a b"~3 -c claim:d* (e OR title:eff~ OR e) kind:pdf')
    assert query.sought == (
        Sought(("a", "b"), slop=3),
        Sought(("d",), prefix=True),
        Sought(("e",)),
        Sought(("eff",), fuzzy=1, fields=("title",)),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '"military police" fighters -denies',
            "the phrase “military police” and “fighters”; without “denies”; page furniture left out",
        ),
        ("-al-Abdullah", "all records; without the phrase “al-Abdullah”; page furniture left out"),
        ("a OR (b -c)", "(“a” or (“b”, without “c”)); page furniture left out"),
        ("title:a", "“a” in titles"),
        ("claim:a*", "words that begin with “a” in claims; page furniture left out"),
        ("al-Abd*", "phrases that begin with “al-Abd”; page furniture left out"),
        (
            "abc~2",
            "words like “abc” (up to 2 other letters); page furniture left out",
        ),
        (
            '"a b"~5',
            "the words of “a b” in any order, at most 5 others among them; page furniture left out",
        ),
        ("kind:pdf lang:ar", "kind “pdf” and language “ar”"),
        ("date:2024-04-24", "dated possibly on 2024-04-24"),
        ("certainly:2024-04", "dated certainly from 2024-04-01 to 2024-04-30"),
        ("date:..2024", "dated possibly up to 2024-12-31"),
        ("date:2024..", "dated possibly from 2024-01-01 on"),
        ("صدى", "“\u2068صدى\u2069”; page furniture left out"),
        ("", "Nothing was asked; write a word, a name, or a phrase in quotation marks."),
    ],
)
def test_the_sentence_says_what_was_understood(text: str, sentence: str) -> None:
    assert understood(parse(text)) == sentence


def test_the_sentence_names_the_kinds_and_the_furniture() -> None:
    said = understood(parse("a"), ("claim", "note", "source"), boilerplate=True)
    assert said == "“a”; only in claims, in notes and in sources; page furniture included"
