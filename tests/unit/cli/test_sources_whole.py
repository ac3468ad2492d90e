"""source merge, redecode, watch and archives, as they are called."""

import zipfile


def test_an_archive_prints_one_entry_with_what_is_inside(call, case, article, tmp_path):
    archive = tmp_path / "pages.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(article, "a/column.txt")
        made.writestr("none.txt", b"")
    said = call("add", case, archive, "--json")
    assert said.status == 1  # one of the files inside is empty
    (entry,) = said.json["added"]
    assert (entry["path"], entry["source"], entry["status"]) == (str(archive), None, "added")
    assert [(e["path"], e["status"]) for e in entry["inside"]] == [
        (f"{archive}!a/column.txt", "added"),
        (f"{archive}!none.txt", "refused"),
    ]
    assert said.json["counts"]["added"] == 1
    (plain,) = call("add", case, article, "--json").json["added"]
    assert "inside" not in plain
    assert plain["duplicate_of"] == [{"source": entry["inside"][0]["source"], "how": "same bytes"}]


def test_two_sources_are_merged_and_the_merge_is_taken_back(call, case, source, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text("Another text of the valley. " * 20, "utf-8")
    other = call("add", case, copy, "--json").json["added"][0]["source"]
    said = call("source", "merge", case, source[:8], other[:8], "--json")
    assert said.json == {"id": source, "merged": other}
    assert [s["id"] for s in call("list", case, "--json").json["sources"]] == [source]
    assert call("undo", case).status == 0
    assert call("list", case, "--json").json["total"] == 2


def test_redecode_shows_a_choice_and_takes_one(call, case, tmp_path):
    file = tmp_path / "koi.txt"
    file.write_bytes(("Отряд вошёл на станцию в марте.\n" * 20).encode("koi8-r"))
    source = call("add", case, file, "--json").json["added"][0]["source"]
    found = call("redecode", case, source, "--json").json["encodings"]
    first = {each["encoding"]: each["lines"][0] for each in found if each["lines"]}
    assert first["koi8-r"].startswith("Отряд вошёл")
    assert call("redecode", case, source, "--encoding", "windows-1251").status == 0
    assert "Отряд" not in call("show", case, source, "--text", "--json").json["text"]
    assert call("redecode", case, source, "--encoding", "koi8-r").status == 0
    assert "Отряд" in call("show", case, source, "--text", "--json").json["text"]
    said = call("redecode", case, source, "--encoding", "none-1", "--json")
    assert (said.status, "cannot be read" in said.json["error"]["message"]) == (1, True)


def test_watch_takes_in_what_is_there_and_ends(call, case, article):
    said = call("watch", case, article.parent / "absent", "--json")
    assert said.status == 2
    folder = article.parent / "incoming"
    folder.mkdir()
    article.rename(folder / article.name)
    said = call("watch", case, folder, "--seconds", "5", "--json")
    assert [e["status"] for e in said.json["added"]] == ["added"]


def test_info_and_show_say_how_far_documents_are(call, case, source):
    found = call("info", case, "--json").json["condition"]
    assert (found["documents"], found["partly"], found["never_checked"]) == (1, 0, 1)
    assert "never checked" in call("info", case).out
    one = call("show", case, source, "--json").json["condition"]
    assert (one["read"], one["checked"]) == ("whole", None)
