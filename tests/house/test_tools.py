"""The tools that judge code: contracts between layers, ruff, mypy."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(sys.executable).parent


def ask(project: Path, *command: str) -> str:
    """Run a tool in the project; gives what it complains about, or nothing."""
    done = subprocess.run(
        [str(TOOLS / command[0]), *command[1:]],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def content(complaint: str) -> None:
    """Fail with the words of the tool, not with a trace of this file."""
    if complaint:
        pytest.fail(complaint, pytrace=False)


def test_the_layers_are_kept(project: Path) -> None:
    content(ask(project, "lint-imports", "--no-cache"))


def test_ruff_has_no_complaint(project: Path) -> None:
    content(ask(project, "ruff", "check", "--no-cache", "--output-format=concise", "."))


def test_the_code_is_formatted(project: Path) -> None:
    content(ask(project, "ruff", "format", "--no-cache", "--check", "."))


def test_mypy_is_strict_and_content(project: Path) -> None:
    content(ask(project, "mypy", "--strict", "src"))


# Each judge sees a fault that is put before it.


def small_house(folder: Path, project: Path, module: str, code: str) -> Path:
    """Make a package with one faulty module below the rules of this project."""
    rules = (project / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(rules, "utf-8")
    file = folder / "src" / "casefile" / module
    for room in (
        "ui",
        "cli",
        "services",
        "store",
        "extract",
        "search",
        "analysis",
        "bundle",
        "report",
    ):
        (folder / "src" / "casefile" / room).mkdir(parents=True)
        (folder / "src" / "casefile" / room / "__init__.py").write_text('"""A room."""\n', "utf-8")
    for room in ("jobs", "model"):
        (folder / "src" / "casefile" / room).mkdir()
        (folder / "src" / "casefile" / room / "__init__.py").write_text('"""A room."""\n', "utf-8")
    for name in ("__init__", "__main__", "app", "settings", "strings", "resources"):
        (folder / "src" / "casefile" / f"{name}.py").write_text('"""A module."""\n', "utf-8")
    file.write_text(f'"""A module with a fault."""\n\n{code}\n', "utf-8")
    return folder


def lint_imports(folder: Path) -> str:
    """Run import-linter over the small house, not over the installed package."""
    code = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as c; c()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_a_broken_layer_is_seen(tmp_path: Path, project: Path) -> None:
    house = small_house(tmp_path, project, "model/bad.py", "from casefile import store as store")
    assert "The layers of the house BROKEN" in lint_imports(house)


def test_a_library_outside_its_room_is_seen(tmp_path: Path, project: Path) -> None:
    house = small_house(tmp_path, project, "services/bad.py", "import sqlite3 as sqlite3")
    assert "SQL only in the store BROKEN" in lint_imports(house)


def test_a_room_nobody_declared_is_seen(tmp_path: Path, project: Path) -> None:
    house = small_house(tmp_path, project, "cellar.py", "ROOM = 1")
    assert "casefile.cellar" in lint_imports(house)


def test_ruff_sees_a_banned_name(tmp_path: Path, project: Path) -> None:
    house = small_house(
        tmp_path, project, "services/bad.py", "from threading import Thread\n\nThread()"
    )
    assert "TID251" in ask(house, "ruff", "check", "--no-cache", "--output-format=concise", ".")


def test_ruff_sees_a_module_without_docstring(tmp_path: Path, project: Path) -> None:
    house = small_house(tmp_path, project, "services/bad.py", "")
    (house / "src" / "casefile" / "services" / "bad.py").write_text("X = 1\n", "utf-8")
    assert "D100" in ask(house, "ruff", "check", "--no-cache", ".")


def test_the_formatter_sees_a_crooked_line(tmp_path: Path, project: Path) -> None:
    house = small_house(tmp_path, project, "services/bad.py", "x = {  'a':1 }")
    assert "bad.py" in ask(house, "ruff", "format", "--no-cache", "--check", ".")


def test_mypy_sees_an_untyped_function(tmp_path: Path, project: Path) -> None:
    house = small_house(tmp_path, project, "model/bad.py", "def f(x):\n    return x")
    assert "no-untyped-def" in ask(
        house, "mypy", "--strict", "--no-incremental", "src/casefile/model/bad.py"
    )
