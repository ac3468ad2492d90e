"""The writer's process: its answers, and that it ends with the program."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from casefile.search import contents, seals
from casefile.search.channel import ChannelClosed, receive, send, to_message
from casefile.search.child import serve
from casefile.search.client import COMMAND
from tests.unit.search.conftest import document


def answers(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    source, target = io.BytesIO(), io.BytesIO()
    for message in messages:
        send(source, message)
    source.seek(0)
    serve(source, target)
    target.seek(0)
    found = []
    while True:
        try:
            found.append(receive(target))
        except ChannelClosed:
            return found


def begin(
    root: Path, number: int = 1, base: int | None = None, known: object = ()
) -> dict[str, Any]:
    return {
        "do": "begin",
        "root": str(root),
        "number": number,
        "base": base,
        "known": dict(known),
        "merged": None,
    }  # type: ignore[call-overload]  # a mapping or nothing


def test_a_generation_is_begun_filled_and_committed(tmp_path: Path) -> None:
    one = {"do": "add", "documents": [to_message(document("a", "word"))]}
    said = answers(begin(tmp_path), one, {"do": "remove", "records": ["b"]}, {"do": "commit"})
    assert [answer["ok"] for answer in said] == [True] * 4
    assert said[3]["documents"] == 1
    assert said[3]["digests"] == seals.seals(tmp_path / "gen-1", contents.read(tmp_path / "gen-1"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": "nothing"},
        {"no": "act"},
        {"do": "add", "documents": [{"record": "a"}]},
        {"do": "add", "documents": [to_message(document("a", "x")) | {"added": "soon"}]},
        {"do": "remove", "records": 7},
    ],
)  # fmt: skip
def test_after_trouble_nothing_of_the_generation_is_left(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    good = {"do": "add", "documents": [to_message(document("b", "word"))]}
    said = answers(begin(tmp_path), good, wrong, {"do": "commit"})
    assert [answer["ok"] for answer in said] == [True, True, False, False]
    assert said[2]["trouble"]
    assert not list(tmp_path.iterdir())


def test_the_end_of_the_stream_drops_what_is_not_finished(tmp_path: Path) -> None:
    answers(begin(tmp_path))
    assert not list(tmp_path.iterdir())
    answers(begin(tmp_path), {"do": "cancel"})
    assert not list(tmp_path.iterdir())
    answers(begin(tmp_path), begin(tmp_path, 2))
    assert not list(tmp_path.iterdir())


def test_a_damaged_base_is_never_opened(tmp_path: Path) -> None:
    digests = answers(begin(tmp_path), {"do": "commit"})[1]["digests"]
    table = next((tmp_path / "gen-1").glob("*.toc"))
    table.write_bytes(b"hostile")
    said = answers(begin(tmp_path, 2, 1, digests))
    assert said[0]["ok"] is False
    assert "not what was written" in said[0]["trouble"]


@pytest.mark.skipif(sys.platform != "linux", reason="signals a parent")
def test_the_process_ends_when_the_program_is_killed() -> None:
    starter = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen({COMMAND!r}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        os.kill(child, signal.SIGSTOP)  # as one that is busy and reads nothing
        program.kill()
        program.wait()
        os.kill(child, signal.SIGCONT)
        assert gone_within(child, 10)


def gone_within(process: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
