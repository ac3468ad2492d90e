import errno
import json
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.store.lock import CaseLock, held, holder


def test_a_lock_is_had_by_one_and_leaves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "case.lock"
    first, second = CaseLock(file), CaseLock(file)
    first.take(0)
    with pytest.raises(CaseUnusable, match="process"):
        second.take(0.1)
    assert holder(file)
    first.drop()
    first.drop()
    assert not file.exists()
    second.take(0)
    second.drop()


def test_an_old_lock_file_does_not_hold(tmp_path: Path) -> None:
    file = tmp_path / "case.lock"
    file.write_text('{"pid": 1, "host": "gone"}')
    lock = CaseLock(file)
    lock.take(0)
    lock.drop()


@pytest.mark.parametrize("words", ["", "{", "[]", '{"pid": "x"}', '{"pid": {}, "host": 1}'])
def test_who_holds_it_may_be_unknown(tmp_path: Path, words: str) -> None:
    file = tmp_path / "case.lock"
    assert holder(file) is None
    file.write_text(words)
    assert holder(file) is None
    held = CaseLock(file)
    held.take(0)
    file.write_text(words)
    with pytest.raises(CaseUnusable, match="unknown"):
        CaseLock(file).take(0)
    held.drop()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CaseUnusable, match="cannot be opened for writing"):
        CaseLock(tmp_path / "file" / "case.lock").take(0)


def test_who_holds_it_is_said_by_name_machine_and_time(tmp_path: Path) -> None:
    file = tmp_path / "case.lock"
    assert held(file) is None
    lock = CaseLock(file)
    lock.take(0)
    assert str(os.getpid()) in (held(file) or "")
    lock.sign("Leila")
    words = held(file)
    assert words
    assert re.fullmatch(rf"Leila on {re.escape(platform.node())}, since \d\d:\d\d", words)
    with pytest.raises(CaseUnusable, match="Leila on"):
        CaseLock(file).take(0)
    lock.drop()
    assert held(file) is None


def test_a_day_is_said_where_it_is_not_today(tmp_path: Path) -> None:
    file = tmp_path / "case.lock"
    file.write_text('{"pid": 7, "host": "far", "since": "2020-02-03T04:05:06+00:00"}')
    assert re.fullmatch(r"process 7 on far, since 2020-02-0\d \d\d:\d\d", holder(file) or "")
    assert held(file) is None  # nobody holds it; it was only left


def test_a_lock_left_by_another_machine_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "case.lock"
    words = {"pid": 7, "since": "2020-02-03T04:05:06+00:00", "name": "Leila"}
    for host, left in (("far", True), (platform.node(), False)):
        file.write_text(json.dumps({**words, "host": host}))
        lock = CaseLock(file)
        lock.take(0)
        assert ("Leila on far" in lock.left_by) is left
        lock.drop()


def test_a_holder_that_dies_gives_the_lock_back(tmp_path: Path) -> None:
    file = tmp_path / "case.lock"
    code = (
        "import sys\nfrom pathlib import Path\nfrom casefile.store.lock import CaseLock\n"
        "lock = CaseLock(Path(sys.argv[1]))\nlock.take(0)\nprint('held', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        assert str(other.pid) in (held(file) or "")
        with pytest.raises(CaseUnusable, match=f"process {other.pid}"):
            CaseLock(file).take(0.1)
        other.kill()
    assert held(file) is None
    lock = CaseLock(file)
    lock.take(0)
    assert lock.left_by == ""
    lock.drop()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotImplementedError("no flock"), "knows no locks"),
        (OSError(errno.ENOSPC, "No space left"), "disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "Read-only file system"),
    ],
)
def test_a_disk_that_gives_no_lock_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    lock = CaseLock(tmp_path / "case.lock")
    monkeypatch.setattr(lock._lock, "acquire", refuse)
    with pytest.raises(CaseUnusable, match=words):
        lock.take(0)
