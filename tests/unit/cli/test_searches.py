"""Searches on the command line: why, without, saved, lists of names, several cases, the log."""

from pathlib import Path


def test_each_hit_says_why_and_what_is_not_wanted_stays_out(call, source: str, case: Path):
    found = call("search", case, "Qaseera", "--explain", "--json").json
    assert found["hits"][0]["source"] == source
    assert any(why.startswith("rule: ") for why in found["hits"][0]["why"])
    assert {"word", "spelling", "why"} == set(found["variants"][0])
    for options in (("--exact",), ("--without", "rule", "--without", "fuzzy")):
        less = call("search", case, "Qaseera", *options, "--json").json
        assert (less["total"], less["variants"]) == (0, [])


def test_an_empty_answer_says_what_to_try_and_what_was_covered(call, source: str, case: Path):
    found = call("search", case, "villages zeppelin", "--json").json
    assert found["suggestions"] == [
        {"query": "villages", "total": 1, "words": "Without “zeppelin”: 1"}
    ]
    assert found["covered"]["sources"] == 1
    assert "Without “zeppelin”: 1" in call("search", case, "villages zeppelin").err


def test_saved_searches_and_lists_of_names(call, source: str, case: Path, tmp_path: Path):
    made = call("searches", "save", case, "brigade", "basalt brigade", "--json")
    assert made.status == 0
    (row,) = call("searches", "list", case, "--json").json["searches"]
    assert (row["id"], row["total"], row["new"]) == (made.json["id"], 1, 1)
    assert call("searches", "run", case, "brigade", "--json").json["hits"][0]["source"] == source
    assert call("searches", "list", case, "--json").json["searches"][0]["new"] == 0
    assert call("searches", "delete", case, "brigade", "--json").status == 0
    file = tmp_path / "names.txt"
    file.write_text("Qaseera\nNobody Here\n")
    names = call("names", case, file, "--json").json["names"]
    assert [(n["total"], n["sources"]) for n in names] == [(1, 1), (0, 0)]
    assert call("names", case, tmp_path / "none.txt", "--json").status == 1


def test_several_cases_and_the_log(call, source: str, case: Path, tmp_path: Path):
    found = call("search-cases", "villages", case, tmp_path / "none.casefile", "--json")
    assert (found.status, found.json["total"]) == (1, 1)
    assert found.json["cases"][1]["trouble"]
    assert call("search-log", case, "--on", "--json").json["on"]
    call("search", case, "villages", "--json")
    log = call("search-log", case, "--json").json
    assert [entry["query"] for entry in log["searches"]] == ["villages"]
    assert "1 source" in log["summary"]
    for name in ("s.md", "s.html"):
        call("report", case, tmp_path / name, "--searches")
        printed = (tmp_path / name).read_text("utf-8")
        assert "Searches made" in printed
        assert "searched 1 spelling in 1 source; the index stood at change" in printed
        call("report", case, tmp_path / name)
        assert "Searches made" not in (tmp_path / name).read_text("utf-8")
    assert call("search-log", case, "--clear", "--off", "--json").json["searches"] == []


def test_a_query_that_begins_with_a_minus_is_a_query_everywhere(call, source: str, case: Path):
    found = call("search", case, "-abdullah", "--json").json
    assert (found["total"], found["hits"][0]["why"]) == (1, ["filter"])
    assert "without “abdullah”" in found["understood"]
    assert call("searches", "save", case, "--not him", "-abdullah", "--json").status == 0
    (row,) = call("searches", "list", case, "--json").json["searches"]
    assert (row["name"], row["query"]) == ("--not him", "-abdullah")
    assert call("search-cases", "-abdullah", case, "--json").json["total"] == 1
    assert call("search-cases", "--json", "-villages", case).json["total"] == 0
    assert call("searches", "save", "--help").status == 0
