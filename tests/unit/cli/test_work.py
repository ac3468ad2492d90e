"""Work on the command line: marks, claims, entities, notes, search, history, check, reports."""

import json
import os
from pathlib import Path

import pytest

QUOTE = "the unit belongs to the Basalt Brigade"


@pytest.fixture
def mark(call, source: str, case: Path) -> str:
    made = call(
        "annotate", case, source, "--quote", QUOTE, "--note", "who?", "--tag", "unit", "--json"
    )
    assert made.status == 0
    return str(made.json["id"])


@pytest.fixture
def claim(call, case: Path, mark: str) -> str:
    made = call(
        "claim", "add", case, "--statement", "The unit is of the Basalt Brigade", "--quote", mark[:8],
        "--speaker", "Nahra Observatory for Rights", "--speaker-kind", "organisation",
        "--attribution", "said", "--about", "in the last week of March", "--place", "Tell Marun", "--json",
    )  # fmt: skip
    assert made.status == 0
    return str(made.json["id"])


def test_annotate_says_where(call, source: str, case: Path, mark: str):
    text = call("show", case, source, "--text", "--json").json["text"]
    again = call("annotate", case, source, "--quote", "Armoured  column\ntakes", "--json").json
    assert text[again["start"] : again["end"]] == "Armoured column takes"
    assert mark != again["id"]


def test_a_quote_that_is_not_one_place_is_refused(call, source: str, case: Path):
    before = len(call("history", case, "--json").json["acts"])
    absent = call("annotate", case, source, "--quote", "armoured column takes", "--json")
    assert absent.status == 1
    assert absent.json["error"]["message"]
    assert absent.json["occurrences"] == []
    several = call("annotate", case, source, "--quote", "pumping station", "--json")
    assert several.status == 1
    places = several.json["occurrences"]
    told = call("annotate", case, source, "--quote", "pumping station").err
    assert f"2. characters {places[1]['start']} to {places[1]['end']}\n" in told
    assert [set(place) for place in places] == [{"start", "end", "page"}] * 2
    assert len(call("history", case, "--json").json["acts"]) == before
    chosen = call(
        "annotate", case, source, "--quote", "pumping station", "--occurrence", "2", "--json"
    )
    assert (chosen.json["start"], chosen.json["end"]) == (places[1]["start"], places[1]["end"])


def test_claim_show_has_every_key(call, source: str, case: Path, claim: str, mark: str):
    shown = call("claim", "show", case, claim[:8], "--json").json
    assert set(shown) >= {
        "id", "statement", "speaker", "attribution", "said", "about", "place", "status", "evidence",
        "origins", "assessments", "conflicts",
    }  # fmt: skip
    assert shown["speaker"]["name"] == "Nahra Observatory for Rights"
    assert shown["place"]["name"] == "Tell Marun"
    assert shown["about"] == {
        "text": "in the last week of March",
        "edtf": "XXXX-03-25/XXXX-03-31",
        "earliest": None,
        "latest": None,
        "anchor": None,
    }
    assert shown["said"] is None
    assert shown["evidence"] == [
        {
            "stance": "supports",
            "source": source,
            "annotation": mark,
            "quote": QUOTE,
            "warrant": None,
        }
    ]
    assert "Basalt Brigade" in call("claim", "show", case, claim).out
    listed = call("claim", "list", case, "--json").json
    assert [each["id"] for each in listed["claims"]] == [claim]
    assert "Nahra Observatory" in call("claim", "list", case).out


def test_evidence_and_assessment(call, source: str, case: Path, claim: str):
    link = call(
        "claim", "link", case, claim, "--source", source, "--stance", "contradicts", "--warrant", "w", "--json"
    )  # fmt: skip
    assert len(link.json["id"]) == 36
    judged = call(
        "claim", "assess", case, claim, "--credibility", "3", "--likelihood", "likely",
        "--confidence", "low", "--reason", "one source", "--json",
    )  # fmt: skip
    shown = call("claim", "show", case, claim, "--json").json
    assert [each["stance"] for each in shown["evidence"]] == ["supports", "contradicts"]
    assert shown["assessments"][0]["id"] == judged.json["id"]
    assert shown["assessments"][0]["credibility"] == 3
    assert "one source" in call("claim", "show", case, claim).out
    assert call("claim", "assess", case, claim, "--likelihood", "perhaps").status == 2


def test_two_entities_of_one_name_are_refused(call, source: str, case: Path):
    first = call("entity", "add", case, "Yusuf al-Harith", "--json").json["id"]
    second = call("entity", "add", case, "Y. Harith", "--json").json["id"]
    alias = call("entity", "alias", case, second, "YUSUF AL-HARITH", "--language", "en", "--json")
    assert len(alias.json["id"]) == 36
    words = ("claim", "add", case, "--statement", "s", "--speaker", "yusuf al-harith", "--json")
    refused = call(*words)
    assert refused.status == 1
    assert sorted(refused.json["candidates"]) == sorted([first, second])
    assert call("claim", "list", case, "--json").json["total"] == 0
    assert call("entity", "merge", case, first, second[:8], "--json").json["id"] == first
    assert call(*words).status == 0
    shown = call("entity", "show", case, first, "--json").json
    assert {name["name"] for name in shown["names"]} >= {"Y. Harith"}
    assert shown["claims"] == 1
    assert [e["id"] for e in call("entity", "list", case, "--json").json["entities"]] == [first]
    assert "Yusuf" in call("entity", "show", case, first).out
    assert "Yusuf" in call("entity", "list", case).out


def test_notes_and_tags_go_on_any_record(call, case: Path, claim: str, mark: str):
    assert len(call("note", case, claim, "Ask again - later", "--json").json["id"]) == 36
    tagged = call("tag", case, mark, "a", " b  c ", "--json").json
    assert tagged["tags"] == ["a", "b c"]
    assert call("tag", case, mark, "  ").status == 1
    assert call("note", case, claim, " ", "--json").status == 1


def test_search_finds_what_was_written_since(call, source: str, case: Path, claim: str, mark: str):
    found = call("search", case, "Basalt", "--json").json
    assert set(found) >= {"query", "understood", "total", "took_ms", "hits"}
    kinds = {hit["kind"] for hit in found["hits"]}
    assert {"source", "annotation", "claim"} <= kinds
    for hit in found["hits"]:
        assert set(hit) >= {
            "record", "kind", "source", "title", "page", "zone", "score", "snippet", "marks", "why",
        }  # fmt: skip
        assert [hit["snippet"][a:b].casefold() for a, b in hit["marks"]].count("basalt") >= 1
    only = call("search", case, "Basalt", "--in", "claims", "--json").json
    assert [hit["record"] for hit in only["hits"]] == [claim]
    assert "[Basalt]" in call("search", case, "Basalt").out
    assert call("search", case, "-Basalt", "--json").status == 0
    assert call("reindex", case, "--json").json["documents"] >= 3


def test_history_lists_acts_and_one_record(call, case: Path, claim: str, mark: str):
    acts = call("history", case, "--json").json["acts"]
    assert [act["key"] for act in acts][:2] == ["claim", "annotate"]
    assert all(act["when"].endswith("Z") and len(act["when"]) == 24 for act in acts)
    record = call("history", case, mark, "--json").json
    assert record["record"] == mark
    assert record["revisions"][0]["values"]["mark"] == 1
    assert "Claim made" in call("history", case).out
    assert call("history", case, mark).out
    assert call("undo", case, acts[0]["id"][:8]).status == 0
    assert call("claim", "list", case, "--json").json["total"] == 0
    assert "(undone)" in call("history", case).out
    assert call("undo", case, "ffffffff", "--json").status == 1


def test_history_tells_before_and_after(call, source: str, case: Path, claim: str):
    call("triage", case, source, "later")
    call("triage", case, source, "no")
    told = call("history", case, source, "--json").json["revisions"]
    assert (told[-1]["before"], told[-1]["values"]) == ({"status": "later"}, {"status": "no"})
    assert (told[-1]["label"], told[-1]["made"], told[0]["made"]) == (
        "1 source triaged", False, True,
    )  # fmt: skip
    assert "Status: later → no" in call("history", case, source).out
    act = call("history", case, "--json").json["acts"][1]
    one = call("history", case, act["id"][:8], "--json").json
    assert (one["act"]["id"], one["act"]["records"]) == (act["id"], 1)
    assert [r["record"] for r in one["revisions"]] == [source]
    assert "Armoured column" in call("history", case, act["id"]).out
    assert call("history", case, "ffffffff", "--json").status == 1


def test_what_was_known_then(call, source: str, case: Path, claim: str):
    call("claim", "assess", case, claim, "--credibility", "3")
    acts = call("history", case, "--json").json["acts"]
    then = acts[0]["when"]
    call("claim", "assess", case, claim, "--credibility", "2")
    call("delete", case, source)
    known = call("history", case, "--as-of", then, "--json").json
    assert known["as_of"] == then
    assert (known["counts"]["source"], known["counts"]["claim"]) == (1, 1)
    assert known["sources"][0]["deleted_now"]
    assert [a["credibility"] for a in known["assessments"]] == [3]
    listed = call("claim", "list", case, "--as-of", then, "--json").json
    assert [a["credibility"] for c in listed["claims"] for a in c["assessments"]] == [3]
    shown = call("claim", "show", case, claim, "--as-of", then, "--json").json
    assert (shown["id"], shown["conflicts"]) == (claim, [])
    assert call("list", case, "--json").json["total"] == 0
    sources = call("list", case, "--as-of", then, "--json").json
    assert [one["id"] for one in sources["sources"]] == [source]
    for words in (("list", case), ("claim", "list", case), ("history", case)):
        assert call(*words, "--as-of", then).out
    assert "deleted since" in call("history", case, source, "--as-of", then).out
    assert call("history", case, claim, "--as-of", "2001", "--json").status == 1
    assert call("list", case, "--tag", "x", "--as-of", then, "--json").json["total"] == 0


def test_undo_of_what_was_changed_since_is_said(call, case: Path, tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Some words about number {name}.", "utf-8")
    both = call("add", case, tmp_path / "one.txt", tmp_path / "two.txt", "--json").json
    source = both["added"][0]["source"]
    call("triage", case, source, "later")
    triaged = call("history", case, "--json").json["acts"][0]["id"]
    call("triage", case, source, "no")
    status = {"kind": "source", "record": source, "field": "status"}
    refused = call("undo", case, triaged, "--json")
    assert refused.status == 1
    assert refused.json["changed_since"] == [status]
    said = call("undo", case, both["act"], "--json")
    assert said.status == 1
    assert status in said.json["changed_since"]
    left = call("list", case, "--json").json["sources"]
    assert [each["id"] for each in left] == [source]


def test_nothing_to_undo(call, case: Path):
    said = call("undo", case, "--json")
    assert said.status == 1
    assert said.json["error"]["message"]


def test_check_finds_a_changed_byte(call, source: str, case: Path):
    clean = call("check", case, "--full", "--json")
    assert clean.status == 0
    assert clean.json["ok"] is True
    assert set(clean.json["checked"]) == {"ops", "objects", "bytes"}
    assert "no damage" in call("check", case).out
    stored = next(p for p in (case / "objects").rglob("*") if p.is_file())
    stored.chmod(0o644)
    stored.write_bytes(b"x" + stored.read_bytes()[1:])
    broken = call("check", case, "--json")
    assert broken.status == 1
    assert broken.json["ok"] is False
    assert {"level", "kind", "record", "detail"} <= set(broken.json["findings"][0])
    assert "there is damage" in call("check", case).out


def test_a_report_prints_the_claim(call, source: str, case: Path, claim: str, tmp_path: Path):
    sha256 = call("show", case, source, "--json").json["sha256"]
    for name in ("r.html", "r.md"):
        said = call("report", case, tmp_path / name, "--json").json
        assert said == {
            "file": str(tmp_path / name),
            "proof": str(tmp_path / f"{name}-proof"),
        }
        text = (tmp_path / name).read_text("utf-8")
        assert QUOTE in text
        assert sha256 in text
        assert "Nahra Observatory for Rights" in text
    assert call("report", case, tmp_path / "s.md", "--select", "Basalt").status == 0
    assert QUOTE in (tmp_path / "s.md").read_text("utf-8")
    assert call("report", case, tmp_path / "r.pdf").status == 2
    assert call("report", case, tmp_path / "none" / "r.md").status == 3


def test_a_case_that_somebody_has_open_can_be_read_but_not_changed(
    call, case: Path, source: str, tmp_path: Path
):
    from casefile.services.desk import open_desk
    from casefile.services.places import Places

    call("search", case, "pumping")
    with open_desk(case, Places(tmp_path / "cache", tmp_path / "config")):
        assert call("list", case, "--json").json["total"] == 1
        assert call("search", case, "pumping", "--json").json["total"] == 1
        locked = call("triage", case, source, "no", "--json")
    assert locked.status == 3
    assert locked.json["error"]["hint"]


def test_a_defect_is_one_sentence_and_keeps_no_words(
    call, case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    from casefile.services import cases

    def broken(_desk: object) -> None:
        msg = f"secret title in {case}"
        raise RuntimeError(msg)

    monkeypatch.setattr(cases, "info", broken)
    said = call("info", case, "--json")
    assert said.status == 3
    assert said.json["error"]["message"] == "This is a defect of Casefile."
    (log,) = (tmp_path / "cache" / "log").iterdir()
    kept = log.read_text("utf-8")
    assert "RuntimeError" in kept
    assert "casefile/cli/cases.py" in kept
    assert "secret" not in kept
    assert str(case) not in kept
    assert str(Path(__file__).parent) not in kept


def test_open_and_demo(call, case: Path, window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "")  # so that the test's end puts it back
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert call("open", case).status == 3
    monkeypatch.setenv("DISPLAY", ":0")
    assert call("open", case).status == 0
    assert call("open").status == 0
    assert window.calls == [(case, None), (None, None)]
    monkeypatch.delenv("DISPLAY")
    said = call("demo", tmp_path / "demo", "--json")
    assert said.status == 0
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    picture = Path(said.json["picture"])
    assert picture.read_bytes() == b"picture"
    assert window.calls[-1] == (Path(said.json["case"]), picture)
    assert call("list", said.json["case"], "--json").json["total"] >= 8
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert call("demo", tmp_path / "demo").out == ""
    assert window.calls[-1][1] is None
    assert json.loads(said.out)
