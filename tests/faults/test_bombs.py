"""Files that hold or promise far more than they weigh: each ends in time, with a reason."""

import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import bombs_drawn
import bombs_pdf
import bombs_pictures
import bombs_words
import pytest

from casefile.extract import containers, pdf_sample, registry, sniff
from casefile.extract.limits import MIB, Limits
from casefile.extract.members import Broken
from casefile.extract.pool import Extractor

pytestmark = pytest.mark.faults

# A tenth of what a person's file may use, and two seconds for a busy machine.
LIMITS = Limits(
    cpu_seconds=2,
    wall_seconds=4,
    one_page_seconds=0.5,
    unpacked_bytes=26 * MIB,
    archive_bytes=200 * MIB,
    members=10_000,
)
GRACE = 2.0
MEMORY = 50  # MiB that the parent may grow by
BOMBS: dict[str, Callable[[], bytes]] = {
    name: make
    for module in (bombs_pdf, bombs_drawn, bombs_pictures, bombs_words)
    for name, make in module.all_of()
}


@pytest.fixture(scope="module")
def readers() -> Iterator[Extractor]:
    with Extractor(LIMITS) as found:
        found.protections()  # what follows is timed with warm readers
        yield found


def _memory() -> int:
    """Give the resident mebibytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // MIB


def _faults(readers: Extractor, file: Path) -> Iterator[str]:
    """Read one file and say what went wrong."""
    data = file.read_bytes()
    sha256, head = hashlib.sha256(data).digest(), data[: sniff.HEAD]
    del data
    began = time.monotonic()
    draft = readers.read(file, name=file.name)
    seconds = time.monotonic() - began
    draft.check()
    if seconds > LIMITS.wall_seconds + GRACE:
        yield f"took {seconds:.1f} s"
    if not draft.complete and not (draft.reason and draft.reason.isprintable()):
        yield f"is partly read without a readable reason: {draft.reason!r}"
    if draft.reason == "the reader stopped working":
        yield "brought all readers down"
    if containers.has_members(registry.kind_of(head)):
        yield from _inside(readers, file)
    if hashlib.sha256(file.read_bytes()).digest() != sha256:
        yield "was changed"


def _inside(readers: Extractor, file: Path) -> Iterator[str]:
    began, size = time.monotonic(), 0
    try:
        for member in readers.members(file, name=file.name):
            size += len(member.data)
    except Broken as error:
        if not str(error):
            yield "broke without a reason"
    if size > LIMITS.archive_bytes:
        yield f"gave {size} bytes"
    if time.monotonic() - began > 10 * LIMITS.wall_seconds:
        yield "gave its members for too long"


def test_there_are_enough_of_them() -> None:
    assert len(BOMBS) >= 300


def test_each_ends_in_time_with_a_reason(readers: Extractor, tmp_path: Path, tier: Any) -> None:
    names = tier.choose(sorted(BOMBS), quick=20)

    def one(name: str) -> list[str]:
        file = tmp_path / name.replace("/", "_")
        file.write_bytes(BOMBS[name]())
        found = [f"{name} {fault}" for fault in _faults(readers, file)]
        file.unlink()
        return found

    before = _memory()
    with ThreadPoolExecutor(2) as lanes:
        wrong = [fault for found in lanes.map(one, names) for fault in found]
    assert wrong == []
    assert _memory() - before < MEMORY
    # And whoever comes next is read as ever.
    file = tmp_path / "next.pdf"
    file.write_bytes(pdf_sample.SAMPLE)
    assert readers.read(file, name="x").text == "sample word"
