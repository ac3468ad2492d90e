import gc
import subprocess
import sys
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract import budget, html
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.model.draft import Draft

FIRST = (
    "The council of Velmar met on Monday and agreed that the bridge must be closed until autumn."
)
SECOND = "Engineers had found cracks in two of its pillars, the mayor said after the meeting in the hall."
THIRD = "Buses will take the long way round, and the ferry will run twice an hour from six in the morning."
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Bridge of Velmar closed - The Messenger</title>
<meta property="og:site_name" content="The Velmar Messenger">
<meta property="og:url" content="https://example.org/bridge?x=1">
<link rel="canonical" href="https://example.org/bridge">
<meta name="description" content="The only road over the river is shut after cracks were found.">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[
 {{"@type":"NewsArticle","headline":"Bridge of Velmar closed until autumn","articleSection":"Region",
   "datePublished":"2031-04-03T18:40:00+02:00","author":{{"@id":"#p"}},
   "publisher":{{"@type":"Organization","name":"The Velmar Messenger"}}}},
 {{"@id":"#p","@type":"Person","name":"Ilse Marant"}}]}}</script>
<style>p {{ color: red }}</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/r">Region</a></li></ul></nav></header>
<article><div class="kicker">Region</div><h1>Bridge of Velmar closed until autumn</h1>
<p class="standfirst">The only road over the river is shut after cracks were found.</p>
<div class="byline">By <a rel="author" href="/i">Ilse Marant</a></div>
<div class="meta"><time datetime="2031-04-03T18:40">April 3, 2031</time></div>
<figure><img src="https://example.org/1.jpg"><figcaption>The closed bridge on Monday.
 <span class="credit">Photo: Petra Lind / Northwire</span></figcaption></figure>
<p>VELMAR (Northwire) — {FIRST}</p><p>{SECOND}</p>
<h2>No other road</h2><p>{THIRD}</p>
<ul><li>The ferry takes twelve cars at a time and costs nothing.</li></ul>
<blockquote>We had no choice but to close it, and we will open it again.</blockquote>
<p>{SECOND.replace("two", "three")}</p><p style="display:none">A hidden paragraph.</p>
<p>{THIRD.replace("Buses", "Trains")}</p>
<table><tr><td>Cars</td><td>12</td></tr></table>
</article><aside><h3>Related articles</h3><a href="/x">Mine found near the lighthouse of Orsk</a></aside>
<footer>© 2031 The Velmar Messenger. All rights reserved.</footer><script>var a = "code";</script>
</body></html>"""


def read(page: str | bytes) -> Draft:
    data = page.encode() if isinstance(page, str) else page
    draft = html.read(data, Context("page.html"))
    draft.check()
    return draft


def zones(draft: Draft) -> dict[str, list[str]]:
    found = defaultdict(list)
    for zone in draft.zones:
        found[zone.kind].append(zone.of(draft.text))
    return found


def test_an_article_with_all_its_parts() -> None:
    draft = read(PAGE)
    found = zones(draft)
    assert (draft.kind, draft.media_type, draft.complete) == ("article", "text/html", True)
    assert draft.title == "Bridge of Velmar closed until autumn"
    assert draft.section == "Region"
    assert draft.byline == ("Ilse Marant",)
    assert draft.dateline == "VELMAR"
    assert draft.publisher == "The Velmar Messenger"
    assert draft.language == "en"
    assert draft.canonical_url == "https://example.org/bridge"
    assert draft.url == "https://example.org/bridge?x=1"
    assert draft.published is not None
    assert draft.published.text == "April 3, 2031"
    assert (
        draft.published.edtf == draft.published.earliest == draft.published.latest == "2031-04-03"
    )
    assert draft.published_from == "JSON-LD datePublished"
    assert draft.captured_at is None
    assert found["headline"] == ["Bridge of Velmar closed until autumn"]
    assert found["section"] == ["Region"]
    assert found["byline"] == ["By Ilse Marant"]
    assert found["published"] == ["April 3, 2031"]
    assert found["summary"] == ["The only road over the river is shut after cracks were found."]
    assert found["dateline"] == ["VELMAR (Northwire) —"]
    assert found["body"][:2] == [FIRST, SECOND]
    assert found["subheading"] == ["No other road"]
    assert found["list"] == ["The ferry takes twelve cars at a time and costs nothing."]
    assert found["quote"] == ["We had no choice but to close it, and we will open it again."]
    assert found["caption"] == ["The closed bridge on Monday."]
    assert found["credit"] == ["Photo: Petra Lind / Northwire"]
    [image] = draft.images
    assert image.caption == "The closed bridge on Monday."
    assert image.credit == "Petra Lind / Northwire"
    assert image.url == "https://example.org/1.jpg"
    assert {z.image for z in draft.zones if z.kind in ("caption", "credit")} == {0}


def test_all_text_is_kept_and_what_is_no_text_is_not() -> None:
    draft = read(PAGE)
    noise = "\n".join(zones(draft)["boilerplate"])
    for words in ("Home", "Related articles", "Mine found near", "All rights reserved"):
        assert words in noise
    for words in ("var a", "color: red", "A hidden paragraph"):
        assert words not in draft.text
    assert "Cars\t12" in draft.text


def test_what_a_page_does_not_say_is_absent() -> None:
    draft = read(f"<html><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></body></html>")
    assert draft.byline == ()
    assert draft.images == ()
    for fact in (draft.title, draft.section, draft.dateline, draft.publisher, draft.url):
        assert fact is None
    assert draft.published is None
    assert draft.published_from is None
    assert {z.kind for z in draft.zones} == {"body"}


def test_posts_cards_and_updates_within_an_article() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>A post of the mayor.</p>— Mayor (@mayor)</blockquote>'
    )
    card = '<span class="rollover-block">Ilse Marant<span>Ilse Marant has been mayor since 2020 in Velmar.</span></span>'
    page = PAGE.replace("<h2>No other", f"{post}<p>Mayor {card} said: {SECOND}</p><h2>No other")
    page = page.replace("<table>", "<p>Updated at 1:23 p.m.</p><table>")
    found = zones(read(page))
    assert "A post of the mayor." in found["quote"]
    assert f"said: {SECOND}" in " ".join(found["body"])
    assert not any("has been mayor" in words for words in found["body"])
    assert any("has been mayor" in words for words in found["boilerplate"])
    assert "Updated at 1:23 p.m." in found["updated"]


def test_frames_that_a_page_carries_are_read_as_boilerplate() -> None:
    frame = (
        "<iframe srcdoc=\"&lt;p&gt;Inside &lt;iframe srcdoc='deeper'&gt;&lt;/iframe&gt;\"></iframe>"
    )
    draft = read(PAGE.replace("</article>", f"</article>{frame}"))
    assert draft.text.endswith("Inside\n\ndeeper")
    assert zones(draft)["boilerplate"][-2:] == ["Inside", "deeper"]


def test_the_encoding_that_a_server_said_comes_before_that_of_the_page() -> None:
    data = "<html><meta charset=iso-8859-1><p>Слова о мосте".encode("koi8-r")
    assert "Слова" in html.read(data, Context("x", {"declared": "koi8-r"})).text


def test_a_page_saved_by_a_program_says_when_and_from_where() -> None:
    head = (
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/b \n"
        " saved date: Thu Apr 03 2031 23:30:00 GMT+0200 (Central European Summer Time)\n-->"
    )
    draft = read(head + "<body><p>" + FIRST)
    assert draft.url == "https://example.org/b"
    assert draft.captured_at == "2031-04-03T21:30:00.000Z"
    draft = read("<!-- saved from url=(0021)https://example.org/c --><html><body><p>" + FIRST)
    assert draft.url == "https://example.org/c"


def test_a_tree_too_deep_for_the_parser_is_read_without_it() -> None:
    words = " ".join(f"{FIRST} {n}" for n in range(20))
    draft = read("<html><body>" + "<div>" * 5000 + f"<p>{words}</p>" + "</div>" * 5000)
    assert not draft.complete
    assert draft.reason
    assert words in draft.text
    shallow = read("<html><body>" + "<div>" * 500 + f"<p>{words}</p>" + "</div>" * 500)
    assert shallow.complete
    assert words in shallow.text


def test_a_library_that_takes_too_long_costs_its_answer_and_not_the_text() -> None:
    page = "<html><body>" + f"<p>{FIRST}</p>" * 4000
    context = Context("page.html", limits=Limits(cpu_seconds=0.05))
    gc.disable()  # a call-back of the collector would swallow the end of the time
    try:
        draft = html.read(page.encode(), context)
    finally:
        gc.enable()
    draft.check()
    assert draft.text.count(FIRST) == 4000
    assert any("too large" in warning for warning in draft.warnings)


def test_a_page_larger_than_any_article_is_read_without_looking_for_one() -> None:
    page = PAGE.replace("</article>", f"<p>{SECOND}</p>" * 16_000 + "</article>")
    draft = read(page)
    assert draft.text.count(SECOND) == 16_001
    assert (draft.kind, draft.complete) == ("other", True)
    assert draft.title == "Bridge of Velmar closed until autumn"
    assert draft.warnings == ("the page is too large to tell its article apart",)


def test_text_is_kept_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise budget.OutOfTime

    monkeypatch.setattr(html, "find_authors", late)
    draft = read(PAGE)
    assert SECOND in draft.text
    assert draft.warnings == ("the page is too large to tell its article apart",)


def test_the_encoding_a_page_declares_or_a_person_chooses_counts() -> None:
    words = "Мост закрыт до осени, сообщили в мэрии города в понедельник вечером."
    page = f"<html><head><meta charset=koi8-r></head><body><p>{words}</p></body></html>"
    assert read(page.encode("koi8-r")).text == words
    bare = page.replace("<meta charset=koi8-r>", "").encode("cp866")
    context = Context("page.html", parameters={"encoding": "cp866"})
    draft = html.read(bare, context)
    assert draft.text == words
    assert draft.parameters == {"encoding": "cp866"}


def test_reading_twice_gives_the_same() -> None:
    assert read(PAGE).to_json() == read(PAGE).to_json()


def test_after_warming_no_file_is_opened() -> None:
    script = """
import sys
from casefile.extract import html
from casefile.extract.context import Context
html.warm()
def watch(event, args):
    if event in ("open", "os.listdir") or event.startswith("socket."):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(watch)
P = "<p>" + "The council of Velmar met on Monday and agreed that the bridge stays closed. " * 3
for page in (
    "<html><body><h1>A bridge</h1>" + P * 5,
    "<html><body><div>Publicado el 12 de enero, viernes 2021</div>" + P,
    "<html><body><table><tr><td>Stand: 3.4.21 <td>gestern</table><i>12. Dezembris 2019</i>",
    "<html><body><span class=date>22 Rabi al-Awwal 1445</span>" + P * 2,
    "<html><head><meta name=date content='03 Apr. 2020 12h'></head><body>x",
):
    html.read(page.encode(), Context("a"))
print("quiet", "dateparser" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.stdout.split() == ["quiet", "False"], done.stderr


PARTS = st.sampled_from(
    [
        f"<p>{FIRST}</p>",
        f"<p>{SECOND}",
        "<figure><img src=a><figcaption>A. (AP Photo/B)</figcaption>",
        "<figcaption><span class=credit>©</span></figcaption></figure>",
        "<h1>Bridge",
        "</h1>",
        "<h2><a href=x>Bridge</a></h2>",
        "<div class=byline>By A. Bee",
        "<time datetime=2020-01-02>2. 1.</time>",
        "<table><tr><td>a<td>",
        "<pre>\n a\n\n  b</pre>",
        "<template shadowrootmode=open><p>in the shadow</p></template>",
        '<script type="application/ld+json">{"@type":"Article","author":[[{}]],"image":5}</script>',
        '<meta property="article:published_time" content="2020-02-30">',
        "<!-- c -->",
        "<br>",
        "</div></article>",
        "\u202b\u00ad&#0;&nbsp;",
    ]
)


@given(st.lists(PARTS, max_size=20).map("".join))
def test_any_markup_gives_a_valid_draft(page: str) -> None:
    draft = read(page)
    assert Draft.from_json(draft.to_json()) == draft
    numbers = [z.image for z in draft.zones if z.kind in ("caption", "credit")]
    assert all(n is not None and n < len(draft.images) for n in numbers)


@given(
    st.one_of(st.binary(), st.text().map(lambda t: f"<html><body>{t}".encode("utf-8", "replace")))
)
def test_any_bytes_give_a_valid_draft(data: bytes) -> None:
    read(data)


@pytest.mark.parametrize("data", [b"", b" ", b"\x00", b"<", b"<html>", b"<!--", b"plain words"])
def test_next_to_nothing_is_read(data: bytes) -> None:
    draft = read(data)
    assert draft.text in ("", "<", "plain words", "\ufffd")
