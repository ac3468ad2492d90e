"""What lies in the checkout: scripts, resources, words, vectors."""

import json
import os
import pwd
import re
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

NOT_OURS = {".git", ".venv", "__pycache__", "dist", "build", "htmlcov"}


def files(root: Path) -> list[Path]:
    """List the files of the project: those that git knows, else all but caches."""
    try:
        told = subprocess.run(
            ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        parts = ((p, p.relative_to(root).parts) for p in root.rglob("*"))
        return sorted(
            p
            for p, names in parts
            if p.is_file() and not NOT_OURS & set(names) and not names[0].endswith("_cache")
        )
    return sorted(p for name in told.stdout.split("\0") if name and (p := root / name).is_file())


def texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of the project that are text."""
    for file in files(root):
        try:
            yield file, file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue


# Words: a checkout knows neither the machine it was made on nor where packages come from.

REGISTRY = re.compile(r"-{2}(?:extra-)?index-url[ =]\S|registry[=]http")


def forbidden(root: Path, here: Path) -> list[str]:
    """List lines that name this checkout's place, this account's home or a registry of packages."""
    places = "|".join(re.escape(str(place)) for place in (here, pwd.getpwuid(os.getuid()).pw_dir))
    ours = re.compile(rf"(?<![\w./*])(?:{places})/")
    return [
        f"{file.relative_to(root)}:{number}: {line.strip()[:100]}"
        for file, text in texts(root)
        for number, line in enumerate(text.splitlines(), 1)
        if REGISTRY.search(line) or ours.search(line)
    ]


def test_no_machine_and_no_registry_is_named(project: Path) -> None:
    if faults := forbidden(project, project):
        pytest.fail("\n".join(faults), pytrace=False)


def test_a_forbidden_word_is_seen(tmp_path: Path) -> None:
    here = Path("/some/where/checkout")
    (tmp_path / "a.md").write_text(f"fine\nsee {here}/x\n", "utf-8")
    (tmp_path / "b.lock").write_text("--" + "index-url https://packages.example/simple\n", "utf-8")
    (tmp_path / "c.py").write_text("path = '../some/where/checkout/x'\n", "utf-8")
    assert [f.split(":")[0] for f in forbidden(tmp_path, here)] == ["a.md", "b.lock"]


# Excuses of checkers: each says why, and no module of ours is let off.

EXCUSE = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<codes>(?::|\[)[^#]*)?(?P<why>#.*)?$")


def bare_excuses(root: Path) -> list[str]:
    """List excuses without codes, and those with no reason beside or right above them."""
    found = []
    for file, text in texts(root):
        if file.suffix != ".py":
            continue
        lines = text.splitlines()
        for number, line in enumerate(lines, 1):
            if (match := EXCUSE.search(line)) and not explained(match, lines, number):
                found.append(f"{file.relative_to(root)}:{number}: {line.strip()[:100]}")
    return found


def explained(match: re.Match[str], lines: list[str], number: int) -> bool:
    """Say whether an excuse names its code, and a comment tells the reason."""
    codes = match["codes"] or ""
    beside = match["why"] or re.search(r"\s[-–—]+\s*\w|\]\s+\w|\d\s+\w", codes)
    above = number > 1 and lines[number - 2].lstrip().startswith("#")
    return bool(codes and (beside or above))


def test_every_excuse_says_why(project: Path) -> None:
    if faults := bare_excuses(project):
        pytest.fail("\n".join(faults), pytrace=False)


def test_a_bare_excuse_is_seen(tmp_path: Path) -> None:
    mark = "# " + "noqa"
    (tmp_path / "a.py").write_text(
        f"x = 1  {mark}\ny = 2  {mark}: E501\n# It is long.\nz = 3  {mark}: E501\n"
        f"w = 4  {mark}: E501  # it is long\nv = 5  {mark}: S301 - a reason\n",
        "utf-8",
    )
    assert [f.split(":")[1] for f in bare_excuses(tmp_path)] == ["1", "2"]


def test_no_module_of_ours_is_let_off_by_mypy(project: Path) -> None:
    rules = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert rules["strict"] is True
    for override in rules["overrides"]:
        assert not [m for m in override["module"] if m.startswith("casefile")]
        assert set(override) <= {"module", "ignore_missing_imports", "follow_imports"}


# Resources: each one has a licence and somebody who uses it.


def unlicensed(root: Path) -> list[str]:
    """List resources that LICENCES.md does not name, by path or pattern in backticks."""
    base = root / "resources"
    patterns = re.findall(r"`([^`]+)`", (base / "LICENCES.md").read_text("utf-8"))
    names = [str(p.relative_to(base)) for p in files(root) if p.is_relative_to(base)]
    return [n for n in names if n != "LICENCES.md" and not any(fnmatch(n, p) for p in patterns)]


def unused(root: Path) -> list[str]:
    """List resources that nothing names: no code by name or stem, no manifest, no licence file.

    Fonts are exempt: the theme loads all that lie in their folder.
    """
    base = root / "resources"
    code = "\n".join(
        t for f, t in texts(root) if f.suffix == ".py" and f.parts[-2:-1] != ("house",)
    )
    manifest = base / "samples" / "case.json"
    code += manifest.read_text("utf-8") if manifest.is_file() else ""
    licences = (base / "LICENCES.md").read_text("utf-8")
    found = []
    for file in files(root):
        if not file.is_relative_to(base) or file.name == "LICENCES.md":
            continue
        named = f'"{file.stem}"' in code or file.name in code or file.suffix in {".otf", ".ttf"}
        if not named and f"`{file.relative_to(base)}`" not in licences:
            found.append(str(file.relative_to(base)))
    return found


def test_every_resource_is_licensed(project: Path) -> None:
    assert not unlicensed(project)


def test_every_resource_is_used(project: Path) -> None:
    assert not unused(project)


def test_a_stray_resource_is_seen(tmp_path: Path) -> None:
    base = tmp_path / "resources"
    (base / "icons").mkdir(parents=True)
    (base / "LICENCES.md").write_text("`icons/*.svg` MIT, `icons/LICENSE`", "utf-8")
    for name in ("used.svg", "stray.svg", "LICENSE", "odd.bin"):
        (base / "icons" / name).write_text("x", "utf-8")
    (tmp_path / "a.py").write_text('icon("used")\n', "utf-8")
    assert unlicensed(tmp_path) == ["icons/odd.bin"]
    assert unused(tmp_path) == ["icons/odd.bin", "icons/stray.svg"]


def test_no_compiled_resources(project: Path) -> None:
    assert not [p for p in files(project) if p.suffix in {".qrc", ".rcc"}]


# Scripts and data of tests.


def test_scripts_can_be_run(project: Path) -> None:
    for name in ("run", "test", ".ci/run", "packaging/setup.sh", "packaging/lock.sh"):
        file = project / name
        assert file.stat().st_mode & 0o111 == 0o111, name
        assert file.read_bytes().startswith(b"#!"), name


def test_packaging_shadows_no_library(project: Path) -> None:
    assert not list((project / "packaging").glob("*.py"))


def test_the_lock_names_no_index_and_has_hashes(project: Path) -> None:
    lock = (project / "packaging" / "requirements.lock").read_text("utf-8")
    pins = re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==\S+(.*?)(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL
    )
    assert len(pins) > 40
    assert not [name for name, rest in pins if "--hash=sha256:" not in rest]
    assert "index-url" not in lock


def test_vectors_of_the_ledger_exist(project: Path) -> None:
    whole = (project / "tests" / "data" / "ops-v1.jsonl").read_text("utf-8")
    lines = whole.rstrip("\n").split("\n")  # a vector may hold U+2028, which splitlines would cut
    assert len(lines) >= 5
    assert all(json.loads(line) for line in lines)


def test_papers_are_there(project: Path) -> None:
    for name in ("README.md", "ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md", "LICENSE"):
        assert len((project / name).read_text("utf-8")) > 500, name
