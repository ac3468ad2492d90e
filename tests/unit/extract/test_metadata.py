import json

import pytest

from casefile.extract.article_dates import find_dates
from casefile.extract.html_tree import parse, parse_for_libraries
from casefile.extract.metadata import Facts, read_facts
from casefile.extract.metadata_authors import find_authors
from casefile.extract.metadata_published import find_said, search_published


def facts(head: str, body: str = "") -> Facts:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    return read_facts(root)


def linked(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def authors(head: str, body: str = "", printed: tuple[str, ...] = ()) -> tuple[str, ...]:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    return find_authors(root, read_facts(root), printed)


ARTICLE = {"@type": "NewsArticle", "headline": "A &amp; B"}


def test_json_ld_beats_open_graph_beats_the_title() -> None:
    head = '<title>C - Site</title><meta property="og:title" content="B">'
    assert facts(head + linked(ARTICLE)).titles == ("A & B", "B", "C - Site")
    assert facts(head).titles == ("B", "C - Site")


@pytest.mark.parametrize(
    "raw",
    [
        "[" * 100_000,
        "{not json",
        '{"@type":"NewsArticle","author":[[{"name":[1,null]}]],"image":7,"datePublished":{}}',
        '{"@graph":[{"@type":["Thing",5,null]}]}',
        "null",
        "",
    ],
)
def test_odd_json_ld_says_nothing(raw: str) -> None:
    found = facts(f'<script type="application/ld+json">{raw}</script>')
    assert found.titles == ()
    assert found.linked.authors == ()
    assert found.linked.published is None


def test_json_ld_in_a_comment_or_with_a_semicolon_is_read() -> None:
    raw = f'<script type="application/ld+json"><!-- {json.dumps(ARTICLE)} --></script>'
    assert facts(raw).titles == ("A & B",)


def test_the_article_is_chosen_among_other_things() -> None:
    graph = [
        {"@type": "WebSite", "name": "Site"},
        {"@type": "WebPage", "name": "Page", "datePublished": "2020-01-01"},
        {**ARTICLE, "datePublished": "2021-01-01", "mainEntityOfPage": {"@id": "https://a.org/x"}},
    ]
    found = facts(linked({"@graph": graph}))
    assert found.linked.published == "2021-01-01"
    assert found.publisher == "Site"
    assert found.canonical == "https://a.org/x"


def test_a_person_is_an_author_before_an_organisation() -> None:
    both = [{"@type": "Organization", "name": "Site"}, {"@type": "Person", "name": "By Jana Kovac"}]
    assert authors(linked({**ARTICLE, "author": both})) == ("Jana Kovac",)
    assert authors(linked({**ARTICLE, "author": both[:1]})) == ("Site",)
    assert authors(linked({**ARTICLE, "author": both[:1]}), printed=("A. Bee",)) == ("A. Bee",)
    assert authors('<meta name="author" content="Jana Kovac and A. Bee">') == (
        "Jana Kovac",
        "A. Bee",
    )
    assert authors("") == ()


def test_an_author_marked_in_the_page_but_not_in_its_comments() -> None:
    comment = '<div class="comments"><a rel="author" href=x>Some Reader</a></div>'
    assert authors("", comment) == ()
    assert authors("", comment + '<span class="vcard author"><a class="fn">Jana</a></span>') == (
        "Jana",
    )


@pytest.mark.parametrize(
    ("head", "body", "day", "where"),
    [
        (
            linked({**ARTICLE, "datePublished": "2031-04-03T23:30:00-05:00"}),
            "",
            "2031-04-03",
            "JSON-LD datePublished",
        ),
        (
            '<meta property="article:published_time" content="2031-04-03T10:00Z">',
            "",
            "2031-04-03",
            "meta article:published_time",
        ),
        (
            "",
            '<time class="published" datetime="2031-04-03">3.4.</time>',
            "2031-04-03",
            "time element",
        ),
        (
            "",
            '<span itemprop="datePublished" content="2031-04-03"></span>',
            "2031-04-03",
            "time element",
        ),
        ("", '<time class="updated" datetime="2031-04-03">3.4.</time>', None, None),
        ('<meta property="article:published_time" content="2031-02-30">', "", None, None),
    ],
)
def test_the_day_of_publication_and_where_it_stands(
    head: str, body: str, day: str | None, where: str | None
) -> None:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    value, found = find_said(root, read_facts(root), None)
    assert (value.edtf if value else None, found) == (day, where)


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("<p>Published on 12 March 2021</p>", "2021-03-12"),
        ("<p>Опубликовано 12 марта 2021 г.</p>", "2021-03-12"),
        ("<p>© 2021 The Messenger</p>", None),
        ("<p>Nothing here says a day.</p>", None),
    ],
)
def test_a_page_that_marks_no_date_is_searched_and_a_year_is_no_day(
    body: str, day: str | None
) -> None:
    tree = parse_for_libraries(f"<html><body>{body}</body></html>")
    assert tree is not None
    value, _ = search_published(tree, Facts())
    assert (value.edtf if value else None) == day


def test_language_and_address() -> None:
    found = facts('<meta property="og:locale" content="de_AT"><link rel=canonical href="/a">')
    assert found.language == "de"
    assert found.canonical is None


@pytest.mark.parametrize(
    ("stamp", "printed", "edtf"),
    [
        ("2020-04-14T00:38:07Z", "April 13, 2020", "2020-04-13"),
        ("2020-04-13T22:38:07+00:00", "April 14, 2020", "2020-04-13"),
        ("2020-04-14T22:38:07Z", "April 13, 2020", "2020-04-14"),
        ("2020-04-14T00:38:07+02:00", "April 13, 2020", "2020-04-14"),
        ("2020-04-14T00:38:07Z", "April 12, 2020", "2020-04-14"),
    ],
)
def test_the_day_was_another_where_the_page_was_made(stamp: str, printed: str, edtf: str) -> None:
    root = parse(f"<html><head>{linked({**ARTICLE, 'datePublished': stamp})}</head><body>")
    beside = next(find_dates(printed)).value
    found, where = find_said(root, read_facts(root), beside)
    assert found is not None
    assert (found.edtf, where) == (edtf, "JSON-LD datePublished")


def test_the_house_is_no_author_where_a_person_is_named() -> None:
    house = {"@type": "Organization", "name": "News House"}
    head = linked({**ARTICLE, "author": house, "publisher": house})
    head += "<meta name=author content='News House'>"
    assert authors(head) == ("News House",)
    body = "<span class=article__author>Von Ilse Marant, Velmar</span>"
    assert authors(head, body)[0] == "Ilse Marant"
    assert authors(
        head,
        "<b itemprop=author>Ilse Marant und Ada Roe</b><span itemprop=author>Ilse Marant und Ada Roe</span>",
    ) == ("Ilse Marant", "Ada Roe")


def test_the_foot_of_a_post_names_its_author_that_of_a_site_does_not() -> None:
    by = "<span class=author><span>Author</span>Ilse Marant</span>"
    assert authors("", f"<article><footer class=entry-footer>{by}</footer></article>") == (
        "Ilse Marant",
    )
    assert authors("", f"<footer class=site-footer>{by}</footer>") == ()
