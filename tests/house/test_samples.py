"""The sample case: what case.json says of its files is true, as the real extractors read them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casefile.analysis.anchoring import find_quote
from casefile.extract.pool import Extractor
from casefile.model.claim import CONFIDENCE, CREDIBILITY, LIKELIHOOD, STANCES
from casefile.model.dates import parse_when
from casefile.model.draft import Draft
from casefile.model.entity import ENTITY_KINDS
from casefile.model.source import RELIABILITY, TRIAGE


@pytest.fixture(scope="module")
def plan(project: Path) -> dict[str, Any]:
    """Give case.json."""
    file = project / "resources" / "samples" / "case.json"
    return dict(json.loads(file.read_text("utf-8")))


@pytest.fixture(scope="module")
def drafts(project: Path, plan: dict[str, Any]) -> Iterator[dict[str, Draft]]:
    """Give what is read in each file."""
    folder = project / "resources" / "samples"
    with Extractor() as extractor:
        yield {name: extractor.read(folder / name, name=name) for name in plan["files"]}


def test_every_file_is_listed_and_read(project: Path, plan: dict, drafts: dict[str, Draft]) -> None:
    there = {p.name for p in (project / "resources" / "samples").iterdir()} - {"case.json"}
    assert there == set(plan["files"])
    assert {d.kind for d in drafts.values()} == {"article", "pdf", "photo"}
    assert not [name for name, d in drafts.items() if not d.complete]


def test_every_quote_stands_once(plan: dict, drafts: dict[str, Draft]) -> None:
    for mark in plan["annotations"]:
        draft = drafts[mark["file"]]
        found = find_quote(draft.text, mark["quote"])
        assert len(found) == 1, mark["key"]
        if mark.get("page"):
            start, end = draft.pages[mark["page"] - 1]
            assert start <= found[0].start < end, mark["key"]
        kinds = {z.kind for z in draft.zones if z.start <= found[0].start < z.end}
        assert kinds == {"body"}, mark["key"]


def test_articles_are_articles(drafts: dict[str, Draft]) -> None:
    articles = {name: d for name, d in drafts.items() if d.kind == "article"}
    assert len(articles) >= 8
    assert {d.language for d in articles.values()} == {"en", "ar", "ru"}
    for name, draft in articles.items():
        body = " ".join(draft.text[z.start : z.end] for z in draft.zones if z.kind == "body")
        assert len(body.split()) >= 150, name
        assert draft.title, name
        assert draft.published, name
        assert any(z.kind == "boilerplate" for z in draft.zones), name
    assert sum(1 for d in articles.values() for i in d.images if i.caption and i.credit) >= 8
    assert any(i.caption and i.credit is None for d in articles.values() for i in d.images)


def test_two_outlets_carry_one_dispatch(drafts: dict[str, Draft]) -> None:
    words = [
        set(drafts[name].text.split())
        for name in ("levant-courier-six-villages.html", "harbour-times-six-villages.txt")
    ]
    assert len(words[0] & words[1]) / min(map(len, words)) > 0.8


def test_one_word_stands_on_page_three_only(drafts: dict[str, Draft]) -> None:
    log = drafts["station-log.pdf"]
    assert len(log.pages) == 9
    places = [log.text.find("penstock"), log.text.rfind("penstock")]
    assert places[0] == places[1]
    assert log.pages[2][0] <= places[0] < log.pages[2][1]
    assert not [n for n, d in drafts.items() if d is not log and "penstock" in d.text]


def test_photos_say_where_and_when(drafts: dict[str, Draft]) -> None:
    facts = [d.photo for d in drafts.values() if d.photo]
    assert len(facts) == 3
    assert all(f.latitude and f.longitude and f.taken and f.make for f in facts)
    assert {f.taken["zone"] for f in facts if f.taken} == {"+03:00", None}
    assert all(f.width > f.height for f in facts)


def test_the_plan_fits_itself(plan: dict[str, Any]) -> None:
    keys = [mark["key"] for mark in plan["annotations"]]
    assert len(keys) == len(set(keys))
    assert {mark["mark"] for mark in plan["annotations"]} == {1, 2, 3, 4, 5}
    for claim in plan["claims"]:
        assert claim["quote"] in keys
        assert claim["speaker_kind"] in ENTITY_KINDS if "speaker_kind" in claim else True
        for link in claim["evidence"]:
            assert link["stance"] in STANCES
            assert link.get("annotation", keys[0]) in keys
            assert link.get("file", plan["files"][0]) in plan["files"]
        for words in filter(None, (claim.get("said"), claim.get("about"))):
            assert parse_when(words).edtf, words
        judged = claim.get("assessment")
        if judged:
            assert judged["credibility"] in CREDIBILITY
            assert judged["likelihood"] in LIKELIHOOD
            assert judged["confidence"] in CONFIDENCE


def test_grades_and_names_are_of_the_tables(plan: dict[str, Any]) -> None:
    for name, said in plan["sources"].items():
        assert name in plan["files"]
        assert said.get("reliability", "A") in RELIABILITY
        assert said.get("status", "no") in TRIAGE
    assert {e["kind"] for e in plan["entities"]} <= set(ENTITY_KINDS)
    scripts = {n["language"] for e in plan["entities"] for n in e["aliases"]}
    assert scripts == {"en", "ar", "ru"}


def test_sources_contradict_each_other(plan: dict[str, Any]) -> None:
    stances = [link["stance"] for claim in plan["claims"] for link in claim["evidence"]]
    assert all(stances.count(s) >= 3 for s in STANCES)
