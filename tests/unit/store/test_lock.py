from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.store.lock import CaseLock, holder


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
