"""People, exchanges and exports on the command line."""

import json
from pathlib import Path

from .conftest import Call

KEY = "01" * 32


def test_people_are_listed_trusted_compared_and_forgotten(call: Call) -> None:
    assert call("people", "list", "--json").json == {"people": []}
    made = call("people", "trust", KEY, "--name", "Noor", "--json").json
    assert (made["name"], made["verified"], len(made["words"])) == ("Noor", None, 12)
    again = call("people", "trust", "02" * 32, "--name", "N00r", "--json")
    assert again.status == 1
    assert "looks like" in again.json["error"]["message"]
    wrong = call("people", "verify", KEY[:8], "--words", "acorn actor")
    assert wrong.status == 1
    right = call("people", "verify", KEY[:8], "--words", " ".join(made["words"]), "--json")
    assert right.json["verified"]
    assert "Noor" in call("people", "list").out
    assert call("people", "forget", KEY[:8]).status == 0
    assert call("people", "trust", "nonsense", "--name", "Noor").status == 1


def test_an_export_is_written_and_told(call: Call, case: Path, source: str, tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    told = call("export", case, out, "--format", "jsonl", "--json").json
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert told["records"]["source"] == 1
    assert [line["id"] for line in lines if line["type"] == "source"] == [source]
    assert Path(told["losses"]).is_file()
    assert call("export", case, out, "--format", "jsonl").status == 1
    assert call("export", case, out, "--format", "xlsx").status == 2
    assert call("exchanges", case, "--json").json == {"exchanges": []}
