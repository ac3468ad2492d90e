"""Check, backup, restore, repair, purge and keys on the command line."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casefile.store import backups

KEYS = {"level", "kind", "record", "detail"}


def damage(case: Path) -> None:
    with closing(sqlite3.connect(case / "case.db")) as db:
        db.execute("UPDATE source SET title = 'fabricated'")
        db.commit()


def test_check_says_what_is_promised_and_what_to_do(call, source: str, case: Path):
    said = call("check", case, "--full", "--json")
    assert said.status == 0
    assert set(said.json) == {"ok", "findings", "checked"}
    assert set(said.json["checked"]) == {"ops", "objects", "bytes"}
    damage(case)
    said = call("check", case, "--full", "--json")
    assert (said.status, said.json["ok"]) == (1, False)
    assert all(set(f) == KEYS for f in said.json["findings"])
    assert [f["record"] for f in said.json["findings"] if f["level"] == "damage"] == [source]
    assert "made again from the ledger" in call("check", case, "--full").err


def test_repair_and_what_it_kept(call, source: str, case: Path):
    assert call("repair", case, "--json").json["repaired"] is False
    damage(case)
    said = call("repair", case, "--json")
    assert (said.status, said.json["repaired"], said.json["lost"]) == (0, True, [])
    assert Path(said.json["kept"]).is_dir()
    assert call("check", case, "--full").status == 0
    (case / "case.db").write_bytes(b"not a database" * 1000)
    said = call("repair", case)
    assert said.status == 0  # the damaged state that was kept has everything
    assert "came back from" in said.out
    assert call("show", case, source, "--json").json["title"].startswith("Armoured column")


def test_backup_and_restore(call, source: str, case: Path, tmp_path: Path):
    file, back = tmp_path / "whole.casebackup", tmp_path / "back.casefile"
    said = call("backup", case, file, "--json")
    assert (said.status, said.json["ok"], said.json["objects"]) == (0, True, 1)
    assert call("restore", file, back, "--json").json["ok"] is True
    assert call("show", back, source, "--json").status == 0
    assert call("restore", file, back).status == 3
    assert call("backup", case, file).status == 3
    inside = call("backup", case, "--json").json["file"]
    assert call("restore", inside, tmp_path / "c.casefile").status == 0
    file.write_bytes(b"x" * 5000)
    said = call("restore", file, tmp_path / "d.casefile", "--json")
    assert said.status == 3
    assert said.json["error"]["hint"]
    assert not (tmp_path / "d.casefile").exists()


def test_a_backup_comes_before_the_first_change_of_a_day(call, source: str, case: Path):
    def made() -> list[str]:
        return sorted(one.name for one in (case / "backups").glob("*.db"))

    call("note", case, source, "one")
    (first,) = made()
    assert first.endswith("-daily.db")
    call("note", case, source, "two")
    assert made() == [first]
    with closing(sqlite3.connect(case / "backups" / first)) as db:
        assert db.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_nobody_waits_for_the_backup_of_a_large_case(
    call, source: str, case: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backups, "SMALL", 0)
    said = call("note", case, source, "one")
    assert said.status == 0
    assert "no backup for a week" in said.err
    assert not list((case / "backups").glob("*.db"))
    assert call("backup", case).err == ""
    assert len(list((case / "backups").glob("*.db"))) == 1
    assert call("note", case, source, "two").err == ""


def test_a_backup_of_a_damaged_case_is_called_so(call, source: str, case: Path):
    with closing(sqlite3.connect(case / "case.db")) as db:
        db.execute("UPDATE content SET body = zeroblob(3)")
        db.commit()
    said = call("backup", case, "--json")
    assert (said.status, said.json["ok"]) == (1, False)
    assert call("note", case, source, "work goes on").status == 0


def test_purge(call, source: str, case: Path, tmp_path: Path):
    call("annotate", case, source, "--quote", "Armoured column")
    call("backup", case, tmp_path / "elsewhere")
    assert call("purge", case, source).status == 2
    assert call("purge", case, source, "--reason", " ").status == 2
    plan = call("purge", case, source, "--reason", "x", "--dry-run", "--json").json
    assert (plan["title"][:8], len(plan["records"]), len(plan["objects"])) == ("Armoured", 5, 1)
    assert call("show", case, source).status == 0
    said = call("purge", case, source, "--reason", "court order", "--backups", "--json")
    assert (said.status, said.json["backups"]) == (0, [])
    assert any("SSD" in words for words in said.json["words"])
    assert call("list", case, "--json").json["total"] == 0
    assert call("search", case, "column", "--json").json["total"] == 0
    assert call("check", case, "--full", "--json").json["findings"] == []
    undone = call("undo", case)
    assert undone.status == 1
    assert "cannot be brought back" in undone.err
    files = [p for root in (case, tmp_path / "cache") for p in root.rglob("*") if p.is_file()]
    assert not [p for p in files if b"Basalt Brigade" in p.read_bytes()]
    acts = call("history", case, "--json").json["acts"]
    assert acts[0]["label"] == "5 records removed for good"
    again = call("purge", case, source, "--reason", "again", "--json")
    assert again.status == 1


def test_a_key_is_made_shown_and_signs(call, source: str, case: Path, tmp_path: Path):
    assert call("key", "show").status == 1
    assert call("key", "sign", case).status == 1
    assert call("key", "new").status == 2  # nobody is there to be asked
    short = tmp_path / "short"
    short.write_text("short\n")
    assert call("key", "new", "--passphrase-file", short).status == 1
    both = call("key", "new", "--no-passphrase", "--passphrase-file", short)
    assert both.status == 2
    secret = tmp_path / "secret"
    secret.write_text("correct horse battery\n")
    made = call("key", "new", "--passphrase-file", secret, "--json")
    assert made.status == 0
    shown = call("key", "show", "--json").json
    assert shown == made.json
    assert shown["state"] == "locked"
    assert call("key", "new", "--no-passphrase").status == 1
    assert call("key", "sign", case, "--passphrase-file", short).status == 1
    signed = call("key", "sign", case, "--passphrase-file", secret, "--json").json
    assert signed["checkpoint"]["key"] == shown["public"]
    assert "who sat at the keyboard" in " ".join(signed["proves"])
    listed = call("key", "checkpoints", case, "--json")
    assert [one["ok"] for one in listed.json["checkpoints"]] == [True]
    notes = call("check", case, "--json").json["findings"]
    assert [f["kind"] for f in notes if f["kind"] == "checkpoint"] == ["checkpoint"]


def test_a_case_of_an_older_version_is_read_and_upgraded(call, tmp_path: Path, project: Path):
    packed = project / "tests" / "data" / "cases" / "0.1.0.zip"
    shutil.unpack_archive(packed, tmp_path / "old")
    old = tmp_path / "old" / "case"
    (old / "backups").mkdir()
    expected = json.loads((tmp_path / "old" / "expected.json").read_text("utf-8"))
    titles = [s["title"] for s in call("list", old, "--json").json["sources"]]
    assert sorted(titles) == expected["titles"]
    assert call("check", old, "--full").status == 0
    assert len(list((old / "backups").glob("*-upgrade.db"))) == 1


@pytest.mark.parametrize("command", ["check", "repair", "backup", "purge"])
def test_what_is_no_case_is_said(call, tmp_path: Path, command: str):
    rest = ("x" * 8, "--reason", "r") if command == "purge" else ()
    said = call(command, tmp_path / "absent", *rest, "--json")
    assert said.status == 3
    assert said.json["error"]["message"]


def test_a_report_has_its_proof_and_the_verifier_is_written(call, source, case, tmp_path: Path):
    call("key", "new", "--no-passphrase")
    said = call("report", case, tmp_path / "r.html", "--originals", "--sign", "--json").json
    proof = Path(said["proof"])
    assert sorted(one.name for one in proof.iterdir()) == ["objects", "proof.jsonl", "verify.py"]
    assert '"signature":"' in (proof / "proof.jsonl").read_text().splitlines()[-1]
    assert call("verifier", tmp_path / "v.py").status == 0
    assert (tmp_path / "v.py").read_bytes() == (proof / "verify.py").read_bytes()
    assert call("verifier", tmp_path / "v.py").status == 3
