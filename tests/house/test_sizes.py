"""Files and functions stay small enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FILE, FILE_HARD = 400, 600
FUNCTION, FUNCTION_HARD = 40, 60

# Above the soft limit, each with its reason; nothing may pass the hard one.
EXCUSED: dict[str, str] = {}


def lengths(file: Path) -> Iterator[tuple[str, int, int, int]]:
    """Give name, lines, soft and hard limit of the file and of each function in it."""
    code = file.read_text("utf-8")
    yield "", len(code.splitlines()), FILE, FILE_HARD
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f":{node.name}", lines, FUNCTION, FUNCTION_HARD


def too_long(root: Path, folders: tuple[str, ...]) -> list[str]:
    """List what is longer than it may be."""
    found = []
    for folder in folders:
        for file in sorted((root / folder).rglob("*.py")):
            for name, lines, soft, hard in lengths(file):
                where = f"{file.relative_to(root)}{name}"
                if lines > (hard if where in EXCUSED else soft):
                    found.append(f"{where} has {lines} lines")
    return found


def test_files_and_functions_are_small(project: Path) -> None:
    if faults := too_long(project, ("src", "tests", "packaging")):
        pytest.fail("\n".join(faults), pytrace=False)


def test_excuses_have_reasons_and_are_needed(project: Path) -> None:
    for where, reason in EXCUSED.items():
        file, _, name = where.partition(":")
        found = {n.lstrip(":"): (lines, soft) for n, lines, soft, _ in lengths(project / file)}
        lines, soft = found[name]
        assert lines > soft, f"{where} needs no excuse any more"
        assert len(reason) > 20, where


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = 1\n" * 401, "a.py has 401 lines"),
        ("def f():\n" + "    x = 1\n" * 40, "a.py:f has 41 lines"),
        ("class A:\n    async def g(self):\n" + "        x = 1\n" * 40, "a.py:g has 41 lines"),
    ],
)
def test_something_too_long_is_seen(tmp_path: Path, code: str, words: str) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text(code, "utf-8")
    assert too_long(tmp_path, ("src",)) == [f"src/{words}"]
