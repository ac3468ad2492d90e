"""What comes out of archives, within limits, whatever is in them."""

import gzip
import io
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casefile.extract import sniff
from casefile.extract.limits import Limits
from casefile.extract.members import Broken, Member
from casefile.extract.pool import Extractor

Put = Callable[[bytes], Path]
PAGES = {"a.html": b"<p>one</p>", "sub/b.txt": b"two words", "صفحة.txt": "ثلاثة".encode()}


def zipped(pages: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(pages: dict[str, bytes], mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]  # any mode
        for name, data in pages.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def walked(extractor: Extractor, file: Path) -> tuple[list[Member], str]:
    found: list[Member] = []
    try:
        for member in extractor.members(file, name=file.name):
            found.append(member)  # noqa: PERF402 - what came before the end counts
    except Broken as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize(
    "data",
    [
        zipped(PAGES),
        zipped(PAGES, zipfile.ZIP_STORED),
        zipped(PAGES, zipfile.ZIP_LZMA),
        tarred(PAGES),
        tarred(PAGES, "w:gz"),
    ],
    ids=["zip", "stored", "lzma", "tar", "tar.gz"],
)
def test_every_file_of_an_archive_comes_out(extractor: Extractor, put: Put, data: bytes) -> None:
    members, reason = walked(extractor, put(data))
    assert {m.path: m.data for m in members} == PAGES
    assert reason == ""


def test_a_tar_is_known_by_its_check_sum() -> None:
    named = tarred({"%PDF-1.4 and GIF89a": b"%PDF-1.4"})
    assert sniff.sniff(named[: sniff.HEAD]).media_type == "application/x-tar"
    assert sniff.sniff(b"x" * 600).media_type == "text/plain"
    changed = bytearray(named)
    changed[3] ^= 1
    assert sniff.sniff(bytes(changed)).media_type != "application/x-tar"


def test_links_devices_and_folders_are_no_files(extractor: Extractor, put: Put) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            entry = tarfile.TarInfo("../../etc/passwd")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    assert walked(extractor, put(made.getvalue())) == ([], "")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zip_file:
        link = zipfile.ZipInfo("passwd")
        link.external_attr = 0o120777 << 16
        zip_file.writestr(link, "/etc/passwd")
        zip_file.writestr("folder/", "")
    assert walked(extractor, put(made.getvalue())) == ([], "")


def test_a_name_is_plain_text(extractor: Extractor, put: Put) -> None:
    members, _ = walked(extractor, put(zipped({"a\u202e\x07txt.exe": b"x", "n" * 3000: b"y"})))
    assert members[0].path == "a\ufffd\ufffdtxt.exe"
    assert len(members[1].path) == 1000


def test_a_locked_file_and_a_damaged_one_are_said_and_the_rest_comes_out(
    extractor: Extractor, put: Put
) -> None:
    data = bytearray(zipped({"a.txt": b"words " * 90, "b.txt": b"x" * 20, "c.txt": b"other words"}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 8] |= 1  # b.txt is encrypted
    data[40] ^= 0xFF  # and the packed bytes of a.txt are damaged
    members, reason = walked(extractor, put(bytes(data)))
    assert [(m.path, bool(m.data), bool(m.reason)) for m in members] == [
        ("a.txt", False, True),
        ("b.txt", False, True),
        ("c.txt", True, False),
    ]
    assert "password" in (members[1].reason or "")
    assert reason == ""


def test_files_that_lie_over_each_other_are_a_bomb(extractor: Extractor, put: Put) -> None:
    data = bytearray(zipped({"a.txt": b"words " * 90, "b.txt": b"words " * 90}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 10)
    members, reason = walked(extractor, put(bytes(data)))
    assert members == []
    assert "over each other" in reason


@pytest.mark.parametrize("pack", [zipped, tarred, lambda p: tarred(p, "w:gz")])
def test_what_is_cut_off_says_so_and_keeps_what_came(
    extractor: Extractor, put: Put, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    noise = random.Random(1).randbytes
    whole = pack({f"{n}.bin": noise(3000) for n in range(9)})
    members, reason = walked(extractor, put(whole[: len(whole) * 2 // 3]))
    assert "cut off" in reason
    assert all(len(m.data) == 3000 for m in members)


def test_limits_hold(put: Put) -> None:
    tight = Limits(members=3, archive_bytes=1 << 20, answer_bytes=300_000)
    with Extractor(tight) as extractor:
        many = {f"{n}.txt": b"words" for n in range(9)}
        for data in (zipped(many), tarred(many)):
            members, reason = walked(extractor, put(data))
            assert len(members) == 3
            assert "more than 3 files" in reason
        large = {"a.txt": b"w" * 400_000, "b.txt": b"v" * 9}
        members, reason = walked(extractor, put(zipped(large, zipfile.ZIP_STORED)))
        assert [bool(m.reason) for m in members] == [True, False]
    with Extractor(replace(tight, members=99, unpacked_ratio=20)) as extractor:
        bomb = {f"{n}": b"\0" * 290_000 for n in range(9)}
        for data in (zipped(bomb), tarred(bomb, "w:gz"), gzip.compress(tarred(bomb))):
            members, reason = walked(extractor, put(data))
            assert len(members) < 5
            assert reason


def test_workers_without_fork_walk_archives_too(put: Put) -> None:
    with Extractor(fork=False) as extractor:
        for _ in range(2):
            members, reason = walked(extractor, put(tarred(PAGES, "w:gz")))
            assert len(members) == 3
            assert reason == ""


def test_an_archive_need_not_be_walked_to_its_end(extractor: Extractor, put: Put) -> None:
    file = put(zipped({f"{n}.bin": bytes(100_000) for n in range(99)}, zipfile.ZIP_STORED))
    inside = extractor.members(file, name="a.zip")
    assert next(inside).path == "0.bin"
    inside.close()  # type: ignore[attr-defined]  # a generator
    assert extractor.read(put(b"some words of a text\n" * 9), name="b.txt").complete
