"""The words of a call."""

import subprocess
import sys
from pathlib import Path

import pytest

from casefile.cli.parsing import as_it_is, prepared


def words(*argv: str) -> tuple[list[str], bool]:
    found, json = prepared(argv)
    return [as_it_is(word) for word in found], json


@pytest.mark.parametrize(
    "argv",
    [("list", "c", "--json"), ("list", "--json", "c"), ("--json", "list", "c")],
)
def test_json_may_stand_anywhere(argv: tuple[str, ...]):
    assert words(*argv) == (["list", "c"], True)


def test_a_query_is_taken_as_it_is():
    assert words("search", "c", "--json", "--json") == (["search", "c", "--json"], True)
    assert words("search", "c", "-word") == (["search", "c", "-word"], False)
    assert words("search", "--json", "c", "q") == (["search", "c", "q"], True)
    assert words("add", "c", "--", "--json") == (["add", "c", "--", "--json"], False)


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("frobnicate",),
        ("add",),
        ("add", "c"),
        ("search", "c"),
        ("search",),
        ("list", "c", "--kin", "pdf"),
        ("list", "c", "--kind", "film"),
        ("annotate", "c", "s"),
        ("annotate", "c", "s", "--quote", "x", "--mark", "6"),
        ("claim",),
        ("claim", "link", "c", "d", "--stance", "supports"),
        ("claim", "link", "c", "d", "--stance", "supports", "--source", "s", "--annotation", "a"),
        ("triage", "c", "s", "maybe"),
        ("add", "c", "p", "--jobs", "0"),
        ("add", "c", "p", "--jobs", "-1"),
        ("add", "c", "p", "--captured", "once upon a time"),
        ("report", "c", ""),
        ("search", "c", "q", "--limit", "x"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(call, argv: tuple[str, ...]):
    plain = call(*argv)
    assert plain.status == 2
    assert plain.out == ""
    assert "Traceback" not in plain.err
    assert plain.err.splitlines()[0].endswith(".")
    told = call(*argv, "--json") if argv[:1] != ("search",) else call("--json", *argv)
    assert told.status == 2
    assert set(told.json["error"]) == {"message", "hint"}


def test_help_and_version(call):
    assert "search" in call("--help").out
    assert call("--help").status == 0
    assert "--statement" in call("claim", "add", "--help").out
    assert "QUERY" in call("search", "--help").out
    assert call("--version").out.startswith("Casefile ")


def modules_after(*words: str) -> set[str]:
    code = (
        "import sys; sys.argv = ['casefile', *sys.argv[1:]]\n"
        "from casefile.app import main\n"
        "main()\n"
        "sys.stderr.write('\\n' + ' '.join(sys.modules))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--help",), ("search", "--help"), ("add",), ("nothing",)])
def test_help_and_wrong_usage_import_no_library(words: tuple[str, ...]):
    heavy = {"sqlalchemy", "whoosh", "rich", "jinja2", "PySide6", "lxml", "pypdf", "sqlite3"}
    assert not heavy & modules_after(*words)


def test_the_program_as_a_module(tmp_path: Path):
    run = subprocess.run(
        [sys.executable, "-m", "casefile", "info", str(tmp_path / "absent"), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 3
    assert '"error"' in run.stdout
    assert "Traceback" not in run.stderr
