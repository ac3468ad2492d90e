import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.html_blocks import join, read_blocks
from casefile.extract.html_tree import count_letters, outside_tags, parse


def texts(page: str) -> list[str]:
    root = parse(f"<html><body>{page}</body></html>")
    assert root is not None
    blocks, _ = read_blocks(root)
    text = join(blocks)
    assert all(text[b.start : b.end] == b.text for b in blocks)
    for block in blocks:
        assert all(0 <= a < b <= len(block.text) for a, b, _ in block.marks)
    return [block.text for block in blocks]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<div>before<p>inside</p>after</div>", ["before", "inside", "after"]),
        ("<p>a  \n b<b> c</b>d</p>", ["a b cd"]),
        ("<p>first<br>second</p>", ["first\nsecond"]),
        ("<pre>\n a\n   b</pre>", ["a\n   b"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a\tb", "c"]),
        ("<p>Rhein\u00adland\u200b und</p>", ["Rheinland und"]),
        ("<p>می\u200cرود</p>", ["می\u200cرود"]),
        ("<p>a\u00a0b</p>", ["a\u00a0b"]),
        ("<p>\u200c</p><p> </p><p>\u00a0</p>", []),
        ("a<!-- no -->b<script>no</script>c<style>no</style>", ["abc"]),
        ("<template>no</template><template shadowrootmode=open><p>yes</template>", ["yes"]),
        (
            "<p hidden>no</p><p style='display: none'>no</p><p class='x sr-only'>no</p>seen by all",
            ["seen by all"],
        ),
        ("<noscript><p>kept</p></noscript>", ["kept"]),
    ],
)
def test_paragraphs_are_what_a_browser_shows(page: str, expected: list[str]) -> None:
    assert texts(page) == expected


def test_a_page_that_hides_itself_until_a_script_runs_is_read() -> None:
    assert texts("<div style='display:none'><p>all of the article</p></div>ok") == [
        "all of the article",
        "ok",
    ]


def test_letters_in_links_and_marked_ranges_are_known() -> None:
    root = parse("<p>See <a href=x>this one</a> by <span class=author>A. Bee</span>.</p>")
    assert root is not None
    [block] = read_blocks(root)[0]
    assert block.links == len("this one")
    assert [block.text[a:b] for a, b, e in block.marks if e.tag == "span"] == ["A. Bee"]


@pytest.mark.parametrize(
    ("markup", "letters"),
    [
        ("<p>ab c</p>", 3),
        ('<p title="a > b">ab</p>', 2),
        ("<script>if (a < b) x()</script>ab", 2),
        ("<!-- ab -->c", 1),
        ("a &lt; b", 3),
        ("a < b", 2),
        ("<!-- never closed ab", 13),
        ("<p", 0),
    ],
)
def test_the_count_that_knows_no_tree(markup: str, letters: int) -> None:
    assert count_letters(outside_tags(markup)) == letters


@given(
    st.lists(st.sampled_from(["<p>one two", "</p>", "<b>", "x", "<div>", "</div>", "<i>z</i> "]))
)
def test_both_ways_of_reading_agree(parts: list[str]) -> None:
    page = "<html><body>" + "".join(parts)
    root = parse(page)
    assert root is not None
    ours = count_letters(block.text for block in read_blocks(root)[0])
    assert ours == count_letters(outside_tags(page))
