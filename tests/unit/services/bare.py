"""The stand-alone verifier, run by the Python of the system: not by ours, not with our libraries."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from casefile.resources import path

SCRIPT = path("verify.py")
OUTSIDE = os.pathsep.join(
    each
    for each in os.environ.get("PATH", os.defpath).split(os.pathsep)
    if each and not Path(each).is_relative_to(sys.prefix)
)
PYTHON = shutil.which("python3", path=OUTSIDE) or getattr(sys, "_base_executable", sys.executable)


def run(*words: object, script: Path = SCRIPT) -> tuple[int, str]:
    """Run the script; gives its exit status and all that it said."""
    done = subprocess.run(
        [PYTHON, str(script), *map(str, words)],
        env={"PATH": OUTSIDE, "LC_ALL": "C"}, cwd="/",
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr
