import hashlib
import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.jobs.progress import Progress
from casefile.model.errors import Cancelled, CaseUnusable, Refused
from casefile.store.objects import Objects, sha256_of

LIMIT = 5_000_000


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    for name in ("objects", "tmp"):
        (tmp_path / name).mkdir()
    return Objects(tmp_path)


def left(objects: Objects) -> list[str]:
    return [one.name for one in objects._tmp.iterdir()]


def test_bytes_are_kept_under_their_hash_and_read_only(objects: Objects, tmp_path: Path) -> None:
    body = os.urandom(2_500_000)
    (tmp_path / "in").write_bytes(body)
    stored = objects.put(tmp_path / "in", limit=LIMIT)
    assert (stored.sha256, stored.size) == (hashlib.sha256(body).hexdigest(), len(body))
    place = objects.path(stored.sha256)
    assert place == tmp_path / "objects" / stored.sha256[:2] / stored.sha256
    assert stat.S_IMODE(place.stat().st_mode) == 0o444
    assert objects.has(stored.sha256)
    with objects.open(stored.sha256) as file:
        assert file.read() == body
    assert left(objects) == []


@given(body=st.binary(min_size=1, max_size=300))
def test_any_bytes_come_back(objects: Objects, body: bytes) -> None:
    stored = objects.put(BytesIO(body), limit=LIMIT)
    assert objects.path(stored.sha256).read_bytes() == body
    assert objects.put(BytesIO(body), limit=LIMIT) == stored


def test_the_same_bytes_are_kept_once_and_not_touched(objects: Objects) -> None:
    stored = objects.put(BytesIO(b"x"), limit=LIMIT)
    before = objects.path(stored.sha256).stat()
    objects.put(BytesIO(b"x"), limit=LIMIT)
    assert objects.path(stored.sha256).stat() == before
    assert left(objects) == []


def test_the_right_bytes_heal_a_damaged_object(objects: Objects) -> None:
    stored = objects.put(BytesIO(b"evidence"), limit=LIMIT)
    place = objects.path(stored.sha256)
    place.chmod(0o644)
    place.write_bytes(b"evidencf")
    objects.put(BytesIO(b"evidence"), limit=LIMIT)
    assert sha256_of(place) == stored.sha256


@pytest.mark.parametrize(
    ("body", "why"), [(b"", "empty"), (b"x" * 11, "larger than 10 bytes")], ids=["empty", "large"]
)
def test_empty_and_large_files_are_refused(objects: Objects, body: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        objects.put(BytesIO(body), limit=10)
    assert left(objects) == []
    assert list(objects.names()) == []


def test_a_file_of_exactly_the_limit_is_kept(objects: Objects) -> None:
    assert objects.put(BytesIO(b"x" * 10), limit=10).size == 10


def test_what_is_no_regular_file_is_refused(objects: Objects, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    for name in ("pipe", "objects", "none", "dangling"):
        with pytest.raises(Refused, match=r"not a regular file|cannot be read"):
            objects.put(tmp_path / name, limit=LIMIT)
    with pytest.raises(Refused, match="regular"):
        objects.put(Path("/dev/null"), limit=LIMIT)


def test_a_link_to_a_regular_file_is_followed(objects: Objects, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    stored = objects.put(tmp_path / "link", limit=LIMIT)
    assert not objects.path(stored.sha256).is_symlink()


def test_trouble_while_reading_is_the_files(objects: Objects) -> None:
    class Broken(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(Refused, match="Input/output error"):
        objects.put(Broken(), limit=LIMIT)
    assert left(objects) == []


def test_trouble_while_writing_is_the_cases(objects: Objects, tmp_path: Path) -> None:
    (tmp_path / "tmp").rmdir()
    (tmp_path / "tmp").write_text("in the way")
    with pytest.raises(CaseUnusable, match="change was not saved"):
        objects.put(BytesIO(b"x"), limit=LIMIT)


def test_a_cancelled_copy_leaves_nothing(objects: Objects) -> None:
    progress = Progress()
    objects.put(BytesIO(b"xyz"), limit=LIMIT, progress=progress)
    assert progress.step.done == 3
    progress.cancel()
    with pytest.raises(Cancelled):
        objects.put(BytesIO(b"abc"), limit=LIMIT, progress=progress)
    assert left(objects) == []


@pytest.mark.parametrize("name", ["", "../case.db", "A" * 64, "0" * 63])
def test_only_hashes_name_objects(objects: Objects, name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        objects.path(name)


def test_a_missing_object_is_told(objects: Objects) -> None:
    assert not objects.has("0" * 64)
    with pytest.raises(CaseUnusable, match="missing"):
        objects.open("0" * 64)


def test_strangers_are_seen_and_leftovers_go(objects: Objects, tmp_path: Path) -> None:
    named = objects.put(BytesIO(b"named"), limit=LIMIT).sha256
    lost = objects.put(BytesIO(b"lost"), limit=LIMIT).sha256
    (tmp_path / "objects" / "note.txt").write_text("x")
    (tmp_path / "objects" / named[:2] / "odd").write_text("x")
    (tmp_path / "tmp" / "object-half").write_text("x")
    assert sorted(name for name, _ in objects.names()) == sorted(["", "", named, lost])
    assert objects.drop_leftovers(lambda names: names & {named}) == 1
    assert sorted(name for name, _ in objects.names()) == ["", "", named]
    assert left(objects) == []


def test_a_folder_without_objects_has_none(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    assert list(objects.names()) == []
    assert objects.drop_leftovers(lambda names: names) == 0
