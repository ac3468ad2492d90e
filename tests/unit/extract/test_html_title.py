import pytest

from casefile.extract import html
from casefile.extract.context import Context


def title(headline: str, *, card: str = "", linked: str = "", window: str = "") -> str | None:
    head = f"<meta property='og:title' content='{card}'>" if card else ""
    if linked:
        head += f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{linked}"}}</script>'
    page = f"<html><head><title>{window}</title>{head}</head><body><h1>{headline}</h1><p>Words.</p>"
    return html.read(page.encode(), Context("x")).title


A, B = "Council opens the bridge again", "The bridge over the river opens again, council says"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, A),
        ({"card": B}, A),
        ({"card": B, "window": A}, A),
        ({"card": B, "linked": A, "window": "Home"}, A),
        ({"card": B, "window": f"{B} - The Messenger"}, B),
        ({"card": B, "linked": A, "window": f"{B} | The Messenger"}, B),
        ({"card": f"{A} - The Messenger", "window": f"{A} - The Messenger"}, A),
        ({"card": f"{A} - The Messenger", "linked": f"{A} - The Messenger"}, A),
    ],
)
def test_the_printed_headline_unless_more_of_the_head_says_another(
    said: dict[str, str], expected: str
) -> None:
    assert title(A, **said) == expected


def test_the_name_of_the_site_is_no_headline() -> None:
    page = (
        "<html><head><title>The bridge opens again » Valley Friends</title></head><body>"
        "<h1>Valley Friends, the society for bridges</h1><p>Home</p>"
        "<h2>The bridge opens again</h2><p>Words of the article.</p>"
    )
    assert html.read(page.encode(), Context("x")).title == "The bridge opens again"
