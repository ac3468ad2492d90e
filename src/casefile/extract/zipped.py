"""Zip archives: the files in them, in the order of the archive's own list."""

import io
import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from casefile.extract.context import Context
from casefile.extract.members import Broken, Member

_UTF8 = 0x800
_ENCRYPTED = 0x1
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_STEP = 1 << 20


def _sample() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for method in _READ:
            archive.writestr(zipfile.ZipInfo(f"{method}.txt"), b"words " * 9, method)
    return made.getvalue()


SAMPLES = (_sample(),)


def members(file: BinaryIO, context: Context) -> Iterator[Member]:
    """Give the files of an archive; folders and links are none."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        msg = "the list of files in the archive is damaged or cut off"
        raise Broken(msg) from error
    with archive:
        entries = archive.infolist()
        if len(entries) > context.limits.members:
            entries = entries[: context.limits.members + 1]
        _check_apart(entries)
        for entry in entries:
            if not entry.is_dir() and not _is_link(entry):
                yield _member(archive, entry, context.limits.answer_bytes)


def _check_apart(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive whose files lie over each other: a few bytes could stand for terabytes."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            msg = "files in the archive lie over each other, as in a bomb"
            raise Broken(msg)
        end = entry.header_offset + 30 + entry.compress_size


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> Member:
    path = _name(entry)
    if entry.flag_bits & _ENCRYPTED:
        return Member(path=path, reason="it is locked with a password")
    if entry.compress_type not in _READ:
        return Member(path=path, reason="it is packed in a way that is not read")
    try:
        with archive.open(entry) as opened:
            # One byte more than allowed, so that whoever counts sees that it is too large.
            data = opened.read(most + 1)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        return Member(path=path, reason=f"it is damaged in the archive ({type(error).__name__})")
    except Exception as error:  # noqa: BLE001 - zlib, bz2 and lzma have errors of their own
        return Member(path=path, reason=f"it cannot be unpacked ({type(error).__name__})")
    return Member(path=path, data=data)


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _name(entry: zipfile.ZipInfo) -> str:
    """Give the name; archives of many programs have UTF-8 without saying so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
