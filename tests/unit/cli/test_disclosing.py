"""A disclosure on the command line: the list first, then exactly that."""

from pathlib import Path

from .conftest import Call


def test_what_was_listed_is_written(call: Call, case: Path, source: str, tmp_path: Path) -> None:
    words = ("--record", source[:8], "--remove", "Yusuf al-Harith", "--name-withheld")
    seen = call("disclose", case, *words, "--json").json
    assert [item["form"] for item in seen["items"]] == ["text"]
    assert seen["items"][0]["removed"] == 1
    assert "title" in seen["fields"]["source"]
    out = tmp_path / "shown.casebundle"
    assert call("disclose", case, out, *words).status == 2
    assert call("disclose", case, out, *words, "--confirm", "0" * 64).status == 1
    assert call("disclose", case, out, *words[:2], "--confirm", seen["digest"]).status == 1
    assert not out.exists()
    done = call("disclose", case, out, *words, "--confirm", seen["digest"], "--json").json
    assert done["file"] == str(out)
    assert b"Harith" not in out.read_bytes()
    assert b"twelve and fifteen" in out.read_bytes()
    assert call("bundle", "verify", out, "--json").json["kind"] == "disclosure"
    assert call("disclose", case).status == 1
    assert "travels" in call("disclose", case, *words).out


def test_a_disclosure_is_verified_and_not_merged(
    call: Call, case: Path, source: str, tmp_path: Path
) -> None:
    out = tmp_path / "shown.casebundle"
    words = ("--record", source[:8], "--remove", "Yusuf al-Harith")
    digest = call("disclose", case, *words, "--json").json["digest"]
    assert call("disclose", case, out, *words, "--confirm", digest).status == 0
    seen = call("bundle", "verify", out)
    assert seen.status == 0
    assert "disclosure" in seen.out
    for verb in ("preview", "merge"):
        said = call("bundle", verb, case, out)
        assert said.status == 1
        assert "A disclosure cannot be merged: it holds no history." in said.err
        assert "sources instead" in said.err
    out.write_bytes(out.read_bytes()[:-1])
    said = call("bundle", "verify", out)
    assert (said.status, "cannot be used" in said.out) == (1, True)
