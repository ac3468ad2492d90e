"""Search beside SQLite FTS5, tantivy, Xapian and stock Whoosh, in one run.

At 5,000, 20,000 and 80,000 documents (`--sizes`), each engine in a process of its own, all asked
the same 200 questions for the best 20. The other engines are installed for it alone, below
`.bench`; one that cannot be is said, and why. The table is printed and kept there.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from _search_corpus import CORPUS

HERE = Path(__file__).resolve().parent
KEPT = HERE.parents[1] / ".bench"
ENGINES = ("casefile", "tantivy", "fts5", "xapian", "whoosh")
SLOW = {"whoosh": 20_000}  # documents above which an engine is left out, unless it is asked for


def interpreter(engine: str) -> tuple[str, str]:
    """Give the Python that has an engine, installing it if need be; else why there is none."""
    if engine in {"casefile", "fts5", "whoosh"}:
        return sys.executable, ""
    if engine == "tantivy":
        return from_registry()
    return from_system()


def from_registry() -> tuple[str, str]:
    """Give a private environment with tantivy."""
    folder = KEPT / "peers"
    python = folder / "bin" / "python"
    if not has(str(python), "tantivy"):
        venv.create(folder, clear=True, with_pip=True)
        done = run([str(python), "-m", "pip", "install", "-q", "tantivy"])
        if done.returncode:
            return "", "not installed: " + last_line(done.stderr)
    return str(python), ""


def from_system() -> tuple[str, str]:
    """Give the system's Python with Xapian."""
    python = "/usr/bin/python3"
    if has(python, "xapian"):
        return python, ""
    if not shutil.which("apt-get") or os.geteuid():
        return "", "not installed: needs the system's package python3-xapian"
    done = run(["apt-get", "install", "-qq", "-y", "python3-xapian"])
    if done.returncode or not has(python, "xapian"):
        return "", "not installed: " + last_line(done.stderr)
    return python, ""


def has(python: str, module: str) -> bool:
    """Say whether a Python has a module."""
    return Path(python).exists() and not run([python, "-c", f"import {module}"]).returncode


def run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a command, its output caught."""
    return subprocess.run(command, check=False, capture_output=True, text=True)


def last_line(text: str) -> str:
    """Give what went wrong, short."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")


def measured(engine: str, count: int, rounds: int) -> dict[str, Any]:
    """Build an engine's index and ask it, each in a process of its own; or say why not."""
    python, why = interpreter(engine)
    if not python:
        return {"": why}
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="casefile-bench-") as folder:
        for act in ("build", "ask"):
            done = run(
                [
                    python,
                    str(HERE / "_search_worker.py"),
                    engine,
                    act,
                    folder,
                    str(count),
                    str(rounds),
                ]
            )
            if done.returncode:
                return {**figures, "": "failed: " + last_line(done.stderr)}
            figures |= json.loads(done.stdout.splitlines()[-1])
    return figures


def table(count: int, results: dict[str, dict[str, Any]]) -> str:
    """Give the figures of one size as a table, ours beside tantivy's as a ratio."""
    rows = list(dict.fromkeys(name for found in results.values() for name in found if name))
    lines = [f"{count:,} documents".ljust(34) + "".join(f"{name:>15}" for name in results)]
    lines[0] += f"{'to tantivy':>15}{'to FTS5':>15}"
    for row in rows:
        cells = [shown(found.get(row)) for found in results.values()]
        ratios = [ratio(results, row, other) for other in ("tantivy", "fts5")]
        lines.append(row.ljust(34) + "".join(f"{cell:>15}" for cell in [*cells, *ratios]))
    lines += [f"{name}: {found['']}" for name, found in results.items() if "" in found]
    return "\n".join(lines)


def shown(value: Any) -> str:
    """Give a figure, or two."""
    if value is None:
        return "–"
    return " / ".join(map(str, value)) if isinstance(value, list) else f"{value:,}"


def ratio(results: dict[str, dict[str, Any]], row: str, other: str) -> str:
    """Give ours divided by another's."""
    ours, theirs = (results.get(name, {}).get(row) for name in ("casefile", other))
    if ours is None or theirs is None:
        return "–"
    pairs = zip(ours, theirs, strict=True) if isinstance(ours, list) else [(ours, theirs)]
    return " / ".join(f"{a / b:.2f}" if b else "–" for a, b in pairs)


def main() -> int:
    """Run all engines at all sizes and print what they did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="5000,20000,80000")
    parser.add_argument("--engines", default="")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print("the shared corpora are not here")
        return 0
    asked = [name for name in options.engines.split(",") if name]
    parts = []
    for count in map(int, options.sizes.split(",")):
        chosen = asked or [name for name in ENGINES if count <= SLOW.get(name, count)]
        results = {name: measured(name, count, options.rounds) for name in chosen}
        parts.append(table(count, results))
        print(parts[-1], end="\n\n", flush=True)
    KEPT.mkdir(exist_ok=True)
    (KEPT / "search.txt").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
