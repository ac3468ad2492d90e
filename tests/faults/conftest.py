"""Harnesses that spoil system calls run in a process of their own; here they are asked."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
Stage = Callable[..., dict[str, Any]]


def _room(asked: Path) -> Path:
    """Where a fault does not depend on the disk, memory is the faster place."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else asked


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Give a function that runs a harness and prints and gives its figures."""

    def run(do: str, **asked: Any) -> dict[str, Any]:
        words = json.dumps({"do": do, "root": str(_room(tmp_path)), **asked})
        done = subprocess.run(
            [sys.executable, str(HERE / "harness" / "stage.py"), words],
            env={**os.environ, "PYTHONPATH": str(HERE)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        if found.get("skip"):
            pytest.skip(found["skip"])
        print(
            do, {key: value for key, value in found.items() if key not in {"complaints", "noticed"}}
        )
        return found

    return run
