"""`info` says what a person should know of the place of a case, and who else is at work."""

from casefile.services.desk import open_desk
from casefile.services.places import Places


def test_info_says_that_a_folder_is_copied_away(tmp_path, call):
    case = tmp_path / "Dropbox" / "a.casefile"
    assert call("new", case).status == 0
    said = call("info", case)
    assert "Dropbox copies to other computers" in " ".join(said.out.split())
    (note,) = call("info", case, "--json").json["notes"]
    assert note["kind"] == "cloud"
    assert "exchange bundles" in note["hint"]


def test_info_says_who_else_has_the_case_open(tmp_path, call, case):
    assert call("info", case, "--json").json["holder"] is None
    with open_desk(case, Places(tmp_path / "cache", tmp_path / "config")):
        told = call("info", case, "--json").json
        assert "since" in told["holder"]
        assert told["holder"] in " ".join(call("info", case).out.split())
