import pytest

from casefile.extract.html_blocks import read_blocks
from casefile.extract.html_captions import find_captions
from casefile.extract.html_tree import parse

Found = list[tuple[str | None, str | None]]


def pictures(page: str) -> tuple[Found, list[tuple[str, str]]]:
    root = parse(f"<html><body><article>{page}</article></body></html>")
    assert root is not None
    blocks, _ = read_blocks(root)
    text = "\n\n".join(block.text for block in blocks)
    found = find_captions(blocks, 0, len(blocks))
    pieces = [(p.kind, text[p.start : p.end].strip()) for p in found.pieces]
    return [(f.caption, f.credit) for f in found.pictures.facts], pieces


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<figure><img><figcaption>The bridge.</figcaption></figure>", [("The bridge.", None)]),
        (
            "<figure><img><figcaption>The bridge. <span class=credit>A. Bee</span></figcaption></figure>",
            [("The bridge.", "A. Bee")],
        ),
        (
            "<figure><img><figcaption><p>The bridge.</p><p class=copyright>© A. Bee</p></figcaption></figure>",
            [("The bridge.", "A. Bee")],
        ),
        ("<div><img><p class=wp-caption-text>The bridge (AFP)</p></div>", [("The bridge", "AFP")]),
        (
            "<div class=image-box><img><p>The bridge on Monday</p><p>Image: A. Bee</p></div>",
            [("The bridge on Monday", "A. Bee")],
        ),
        (
            "<div><div><img></div><div>The bridge on Monday © A. Bee</div></div>",
            [("The bridge on Monday", "A. Bee")],
        ),
        (
            "<figure><img title='The bridge | Bildquelle: A. Bee'><figcaption>The bridge.</figcaption></figure>",
            [("The bridge.", "A. Bee")],
        ),
        (
            "<figure data-credit='A. Bee'><img><figcaption>The bridge.</figcaption></figure>",
            [("The bridge.", "A. Bee")],
        ),
        ("<figure><img><figcaption>[Photo courtesy of]</figcaption></figure>", []),
        ("<figure><img><figcaption>(A. Bee)</figcaption></figure>", [(None, "A. Bee")]),
    ],
)
def test_captions_and_credits_of_many_makes(page: str, expected: Found) -> None:
    assert pictures(page)[0] == expected


def test_a_caption_repeated_for_another_width_is_one() -> None:
    once = "<figure><img><figcaption>The bridge on Monday.</figcaption></figure>"
    found, pieces = pictures(once + "<p>Words between them.</p>" + once)
    assert found == [("The bridge on Monday.", None)]
    assert pieces == [("caption", "The bridge on Monday.")]


@pytest.mark.parametrize(
    "page",
    [
        "<figure><blockquote>We had no choice.</blockquote><figcaption>The mayor</figcaption></figure>",
        "<figure><img><button>Open the picture</button></figure>",
        "<figure><img><span>12:30 min</span></figure>",
        "<div class=teaser><img><h3><a href=x>Another article</a></h3></div>",
        "<p>Words of the article.</p><p>More of them.</p>",
        "<figure><table><tr><td>1<td>2</table><figcaption>Table 1</figcaption></figure>",
    ],
)
def test_what_is_no_caption(page: str) -> None:
    assert pictures(page) == ([], [])


def test_what_a_player_says_of_itself_is_no_caption() -> None:
    audio = (
        "<figure><img><figcaption><b>Audio</b><p>How the bridge came down</p></figcaption></figure>"
    )
    watch = "<figure><img><figcaption>Watch: the bridge comes down</figcaption></figure>"
    credited = "<figure><img><figcaption>Video: A. Bee / AP</figcaption></figure>"
    assert pictures(audio)[0] == []
    assert pictures(watch)[0] == []
    assert pictures(credited)[0] == [(None, "A. Bee / AP")]
