"""Whether every stored text is what its name says."""

from collections.abc import Iterator
from typing import Any

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.store import long_values, salvage
from casefile.store.chains import Walk
from casefile.store.packing import Changed, unpack
from casefile.store.session import Reader
from casefile.strings import tr

AT_ONCE = 100  # contents
UNKNOWN = "unknown"  # the word that was there cannot be read any more
CONTENT_KINDS = {"text", "pages", "zones", "facts", long_values.KIND, UNKNOWN}
COLUMNS = ("hash", "packing", "crc", "body", "kind")


def check(reader: Reader, seen: Walk, progress: Progress | None) -> Iterator[Finding]:
    """Hash every stored text; `seen` knows which are named, by which record."""
    held: set[str] = set()
    read = salvage.Salvage(reader.connection, "content", COLUMNS)
    with salvage.tolerant(reader.connection):
        for _, name, *packed, kind in read.rows():
            held.add(name)
            seen.bytes += len(packed[-1] or b"")
            if progress is not None and not len(held) % AT_ONCE:
                progress.at(len(held), None, tr("Checking the texts"))
            if not holds((name, *packed)):
                detail = tr("the stored text {name} has changed").format(name=name)
                yield _damaged_content(detail, seen.contents.get(name))
            elif kind not in CONTENT_KINDS:
                detail = tr("the stored text {name} is filed under an unknown word")
                yield _damaged_content(detail.format(name=name), seen.contents.get(name))
    if read.lost:
        detail = tr("{n} stored texts cannot be read from the file").format(n=len(read.lost))
        yield _damaged_content(detail, None)
    for name in sorted(seen.contents.keys() - held):
        detail = tr("the stored text {name} is missing").format(name=name)
        yield _damaged_content(detail, seen.contents[name])


def _damaged_content(detail: str, id_: str | None) -> Finding:
    return Finding(level="damage", kind="content", detail=detail, record=id_)


def holds(row: tuple[Any, ...]) -> bool:
    """Say whether a row (hash, packing, crc, body) holds the bytes that it is named by."""
    try:
        unpack(row)
    except (Changed, TypeError):
        return False
    return True
