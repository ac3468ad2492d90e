"""Sources on the command line: new, info, add, list, show, triage, delete, export-original."""

import hashlib
from pathlib import Path

import pytest

SHOW_KEYS = {
    "id", "kind", "title", "section", "byline", "dateline", "publisher", "language", "url",
    "published", "sha256", "size", "media_type", "pages", "zones", "images", "photo", "extraction",
    "acquisition", "text",
}  # fmt: skip


def test_new_makes_a_case_once(call, tmp_path: Path):
    made = call("new", tmp_path / "a.casefile", "--title", "Valley", "--json").json
    assert made["title"] == "Valley"
    assert len(made["id"]) == 36
    again = call("new", tmp_path / "a.casefile", "--json")
    assert again.status == 3
    assert again.json["error"]["message"]
    assert call("info", tmp_path / "a.casefile", "--json").json["title"] == "Valley"


@pytest.mark.parametrize("make", ["absent", "file", "folder"])
def test_what_is_no_case_is_told(call, tmp_path: Path, make: str):
    path = tmp_path / "thing"
    if make == "file":
        path.write_text("x", "utf-8")
    if make == "folder":
        path.mkdir()
    for words in (("info", path), ("list", path), ("add", path, path), ("check", path)):
        said = call(*words)
        assert said.status == 3
        assert "Traceback" not in said.err
        assert len(said.err.splitlines()) <= 2


def test_add_answers_every_path_once(call, case: Path, article: Path, tmp_path: Path):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    odd = tmp_path / "odd\n[name] \x1b ملف.txt"
    odd.write_text("Some words of no great length.", "utf-8")
    paths = [article, tmp_path / "empty.txt", tmp_path / "absent", odd, article]
    said = call("add", case, *paths, "--json")
    assert said.status == 1
    entries = {entry["path"]: entry for entry in said.json["added"]}
    assert set(entries) == {str(path) for path in paths}
    assert entries[str(article)]["status"] == "added"
    assert entries[str(article)]["sha256"] == hashlib.sha256(article.read_bytes()).hexdigest()
    for name in ("empty.txt", "absent"):
        entry = entries[str(tmp_path / name)]
        assert (entry["status"], entry["source"]) == ("refused", None)
        assert entry["reason"]
    assert sum(said.json["counts"].values()) == len(entries)


def test_adding_again_is_a_duplicate_and_no_failure(call, source: str, case: Path, article: Path):
    again = call("add", case, article, "--json")
    assert again.status == 0
    assert again.json["added"][0]["status"] == "duplicate"
    assert again.json["added"][0]["source"] == source


def test_add_for_people(call, case: Path, article: Path):
    said = call("add", case, article.parent / "column.txt")
    assert "column.txt" in said.out
    assert "1 file added" in said.err


def test_captured_and_url_are_kept(call, case: Path, article: Path):
    said = call(
        "add", case, article, "--url", "https://example.org/a", "--captured",
        "2024-04-03T12:00:00+03:00", "--json",
    )  # fmt: skip
    shown = call("show", case, said.json["added"][0]["source"], "--json").json
    assert shown["acquisition"]["captured_at"] == "2024-04-03T09:00:00.000Z"
    assert "https://example.org/a" in (shown["url"], shown["acquisition"]["from_uri"])


def test_list_and_its_filters(call, source: str, case: Path):
    listed = call("list", case, "--json").json
    assert listed["total"] == 1
    assert set(listed["sources"][0]) >= {"id", "kind", "title", "published", "tags"}
    call("tag", case, source, "Water", "two words")
    assert call("list", case, "--tag", "water", "--json").json["sources"][0]["tags"] == [
        "Water",
        "two words",
    ]
    assert call("list", case, "--tag", "fire", "--json").json == {"total": 0, "sources": []}
    assert call("list", case, "--kind", "pdf", "--json").json["total"] == 0
    assert "Armoured column" in call("list", case).out


def test_show_has_every_key(call, source: str, case: Path, article: Path):
    plain = call("show", case, source[:8], "--json").json
    assert set(plain) >= SHOW_KEYS
    assert plain["zones"] is None
    assert plain["text"] is None
    assert plain["photo"] is None
    assert plain["images"] == []
    assert plain["size"] == article.stat().st_size
    whole = call("show", case, source, "--text", "--zones", "--json").json
    assert whole["zones"]
    for zone in whole["zones"]:
        assert zone["text"] == whole["text"][zone["start"] : zone["end"]]
    assert "pumping station" in call("show", case, source, "--text", "--zones").out


def test_show_as_of_and_history(call, source: str, case: Path):
    call("triage", case, source, "later")
    shown = call("show", case, source, "--history", "--json").json
    assert [r["values"].get("status") for r in shown["history"]] == [None, "later"]
    first = shown["history"][0]["when"]
    then = call("show", case, source, "--as-of", first, "--json").json
    assert then["status"] is None
    assert then["title"] == shown["title"]
    assert then["as_of"] == first
    early = call("show", case, source, "--as-of", "2001", "--json")
    assert early.status == 1
    assert "not in the case then" in early.json["error"]["message"]
    assert call("show", case, source, "--as-of", "nonsense").status == 2


def test_an_unknown_source(call, case: Path):
    for words in (("show", case, "0123456789"), ("triage", case, "0123456789", "no")):
        said = call(*words, "--json")
        assert said.status == 1
        assert said.json["error"]["message"]


def test_triage_delete_undo_redo(call, source: str, case: Path):
    assert call("triage", case, source, "relevant", "--json").json["status"] == "relevant"
    assert call("show", case, source, "--json").json["status"] == "relevant"
    call("triage", case, source, "none")
    assert call("show", case, source, "--json").json["status"] is None
    assert call("delete", case, source[:8], "--json").json["id"] == source
    assert call("list", case, "--json").json["total"] == 0
    undone = call("undo", case, "--json")
    assert undone.status == 0
    assert undone.json["restored"] >= 1
    assert call("list", case, "--json").json["total"] == 1
    assert call("redo", case).status == 0
    assert call("list", case, "--json").json["total"] == 0


def test_originals_come_out_unchanged(call, source: str, case: Path, article: Path, tmp_path: Path):
    file = tmp_path / "out.txt"
    said = call("export-original", case, source, file, "--json")
    assert file.read_bytes() == article.read_bytes()
    assert said.json["sha256"] == hashlib.sha256(article.read_bytes()).hexdigest()
    assert call("export-original", case, source, file).status == 1
    assert file.read_bytes() == article.read_bytes()


def test_words_of_a_file_do_not_reach_the_terminal_as_controls(call, case: Path, tmp_path: Path):
    file = tmp_path / "evil\x1b[2J.txt"
    file.write_text("Title \x1b[31m of a \u202e thing\n\nBody words \x9b1m follow here.\n", "utf-8")
    said = call("add", case, file)
    key = call("list", case, "--json").json["sources"][0]["id"]
    for each in (said, call("list", case), call("show", case, key, "--text", "--zones")):
        assert not {"\x1b", "\x9b", "\u202e"} & set(each.out + each.err)
