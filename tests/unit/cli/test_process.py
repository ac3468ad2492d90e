"""The program as a process of its own: Ctrl-C, a reader that leaves, a terminal."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "casefile"]


def run(*words: object, **values: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, text=True, check=False, **values
    )


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(400):
        text = "\n\n".join(f"Sentence {k} of file {n} says a little." for k in range(40))
        (folder / f"{n:03}.txt").write_text(text, "utf-8")
    return folder


@pytest.mark.faults
def test_ctrl_c_keeps_what_was_finished(tmp_path: Path, many: Path):
    case = tmp_path / "a.casefile"
    assert run("new", case).returncode == 0
    adding = subprocess.Popen(
        [*PROGRAM, "add", str(case), str(many), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any((case / "objects").glob("*/*")):
        time.sleep(0.02)
    os.killpg(adding.pid, signal.SIGINT)  # as a terminal does: to the program and its children
    out, err = adding.communicate(timeout=60)
    assert adding.returncode == 130, err
    assert "Traceback" not in err
    report = json.loads(out)
    assert report["cancelled"] is True
    assert json.loads(run("check", case, "--json").stdout)["ok"] is True
    kept = {s["id"] for s in json.loads(run("list", case, "--json").stdout)["sources"]}
    assert {e["source"] for e in report["added"] if e["source"]} == kept
    assert len(kept) < 400


def test_a_reader_that_leaves_is_no_trouble(tmp_path: Path):
    case = tmp_path / "a.casefile"
    run("new", case)
    read, write = os.pipe()
    os.close(read)
    run_ = subprocess.run(
        [*PROGRAM, "info", str(case)], stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert run_.stderr == ""
    assert run_.returncode == 141


def test_a_terminal_gets_a_table_and_no_controls_of_a_case(tmp_path: Path):
    case = tmp_path / "a.casefile"
    file = tmp_path / "العنوان \x1b[31m.txt"
    file.write_text("Plain words of a body, long enough.", "utf-8")
    run("new", case)
    run("add", case, file)
    master, slave = pty.openpty()
    done = subprocess.run([*PROGRAM, "list", str(case)], stdout=slave, stderr=slave, check=False)
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(master)
    text = shown.decode()
    assert done.returncode == 0
    assert "Title" in text
    assert "\u2068العنوان" in text
    assert "\x1b[31m" not in text
