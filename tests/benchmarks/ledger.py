"""Measure the ledger: `python tests/benchmarks/ledger.py [--sources N] [--marks M] [--keep FOLDER]`.

`--on CASE` measures a case that was kept, without building one; it is edited.

Builds a case of 100,000 sources and 1,000,000 annotations, every one an operation in the ledger,
and prints each figure beside its bar. The bars are for that size; a smaller one is for quick looks.
Originals are not written, and nothing is extracted or compared: what is timed is the store's own
share. The disk's own sync is measured beside it, in the same folder, and said apart. What the
machine does meanwhile shows in a peer: JSON and SHA-256 of a body, without a store, timed before
and after each figure that has a bar. The bars are meant for a peer of 8 µs.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from make_case import draft
from sqlalchemy import text

from casefile.model.annotation import Annotation, quote_selectors
from casefile.model.draft import Draft
from casefile.model.ids import new_id
from casefile.model.source import Acquisition, Source, SourceFile
from casefile.model.view import SourceFilter
from casefile.services import history, moments, reading
from casefile.services.desk import Desk, create_desk, open_desk
from casefile.services.intake import put_extraction
from casefile.services.places import Places
from casefile.store import history as store_history
from casefile.store import sources
from casefile.store.checking import check
from casefile.store.rebuilding import rebuild_projections
from casefile.store.writer import Writer

BATCH = 50  # sources a transaction
MARKS_AT_ONCE = 500
TRIES = 200
ORDERS = ("added", "title", "published", "publisher", "reliability", "kind")
MEGA = 1 << 20
CONTENT = "content"


@dataclass
class Spent:
    """What something took: wall and CPU seconds."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def spending(into: Spent) -> Iterator[None]:
    """Add what happens inside."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    into.wall += time.perf_counter() - wall
    into.cpu += time.process_time() - cpu


def say(what: str, figure: str, bar: str = "") -> None:
    """Print one line of the table; one with a bar also says how quick the machine was."""
    beside = f"{bar:<20} peer {peer_before[0]:.1f}, {peer():.1f} µs" if bar else ""
    print(f"{what:<52} {figure:>26}   {beside}".rstrip(), flush=True)


peer_before = [0.0]  # µs, as it was last measured


def peer() -> float:
    """Give the µs of CPU that Python alone takes to write and hash an operation, now and here."""
    data = {"set": dict.fromkeys("abcdefghij", "some words of a usual length"), "seq": 1}
    took = times(500, lambda n: hashlib.sha256(json.dumps(data | {"n": n}).encode()).digest())
    peer_before[0] = statistics.median(t.cpu for t in took) * 1_000_000
    return peer_before[0]


def resident() -> float:
    """Give the resident memory now in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGA


def sync_ms(folder: Path) -> float:
    """Give the milliseconds that the disk takes to make 4 KB safe; the median of 50."""
    took = []
    with (folder / "sync").open("wb") as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append(1000 * (time.perf_counter() - began))
    (folder / "sync").unlink()
    return statistics.median(took)


def put_source(w: Writer, number: int, read: Draft) -> str:
    """Write what an import writes of one article: four records, its text and its maps."""
    source, object_ = new_id(), f"{number:064x}"
    w.put(
        Source, source, kind=read.kind, title=read.title, publisher=read.publisher,
        language=read.language, published=read.published, url=f"https://example.org/{number}",
        canonical_url=f"https://example.org/{number}", byline=("Leila Haddon",),
    )  # fmt: skip
    w.put(
        SourceFile, new_id(), source=source, object=object_, role="original",
        name=f"{number:06}.html", media_type=read.media_type, size=20_000,
    )  # fmt: skip
    w.put(
        Acquisition, new_id(), source=source, object=object_, method="file",
        name=f"{number:06}.html", file_time="2024-04-03T10:00:00.000Z",
        acquired_at="2024-04-03T10:00:00.000Z", person=new_id(), tool="benchmark",
    )  # fmt: skip
    put_extraction(w, source, object_, read)
    return source


def put_sources(desk: Desk, act: str, first: int, count: int, spent: Spent) -> list[str]:
    """Import so many sources as one act, in transactions as an import makes them."""
    ids = []
    for start in range(first, first + count, BATCH):
        rnd = random.Random(start)
        read = [(n, draft(rnd, n)) for n in range(start, min(first + count, start + BATCH))]
        with spending(spent), desk.store.write("import", act=act) as w:
            ids += [put_source(w, number, each) for number, each in read]
    return ids


def build_sources(desk: Desk, count: int) -> list[str]:
    """Import so many sources and say what the store's share was; gives their ids."""
    spent = Spent()
    ids = put_sources(desk, new_id(), 0, count, spent)
    sync = sync_ms(desk.store.path) / 1000 * (count / BATCH)
    say("import, wall, with the packing of texts", per(spent.wall, count), "<= 1.2 ms a source")
    say("import, CPU", per(spent.cpu, count), "<= 1.2 ms a source")
    say("  of the wall the disk's own sync", per(sync, count))
    return ids


def per(seconds: float, count: int) -> str:
    """Say how long one of many took."""
    return f"{1000 * seconds / count:.3f} ms"


def build_marks(desk: Desk, ids: Sequence[str], each: int) -> list[str]:
    """Mark so many places in every source; gives the ids of some of the marks."""
    spent, made, rnd = Spent(), [], random.Random(1)
    words = " ".join(f"word{n}" for n in range(400))
    todo = [(source, n) for n in range(each) for source in ids]
    for start in range(0, len(todo), MARKS_AT_ONCE):
        part = todo[start : start + MARKS_AT_ONCE]
        marks = [(new_id(), source, rnd.randrange(2000), n) for source, n in part]
        with spending(spent), desk.store.write("annotate", mark=1) as w:
            for id_, source, at, n in marks:
                w.put(
                    Annotation, id_, source=source, object=f"{n:064x}", text_hash=f"{n:064x}",
                    selectors=quote_selectors(words, at, at + 60, None),
                    motivation="highlighting", mark=1 + n % 5, anchor="exact",
                )  # fmt: skip
        made.append(marks[0][0])
    say("a mark, in acts of 500, wall", per(spent.wall, len(todo)))
    say("a mark, in acts of 500, CPU", per(spent.cpu, len(todo)))
    return made


def sizes(desk: Desk, count: int, before: float = 0.0) -> float:
    """Say how large the tables are besides what is stored as content; gives the bytes."""
    with desk.store.write("fold") as w:
        tables = w.connection.execute(text("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        found = {str(name): int(size) for name, size in tables}
    content = sum(size for name, size in found.items() if CONTENT in name)
    ledger = sum(found.values()) - content
    if not before:
        say("ledger and projections", f"{ledger / count / 1024:.2f} KB a source", "<= 6.5 KB")
        say("  beside it texts and maps", f"{content / count / 1024:.2f} KB a source")
    else:
        say("ledger and projections of a mark", f"{(ledger - before) / count:.0f} bytes")
    largest = sorted(found.items(), key=lambda item: -item[1])[:8]
    words = ", ".join(f"{name} {size / MEGA:.0f}" for name, size in largest)
    print(f"    largest (MiB): {words}")
    return ledger


def times(tries: int, act: Callable[[int], Any]) -> list[Spent]:
    """Do something so often; gives what each took."""
    took = []
    for n in range(tries):
        with spending(spent := Spent()):
            act(n)
        took.append(spent)
    return took


def spread(took: list[Spent], less: float = 0.0) -> str:
    """Say median and 95th per cent of some milliseconds, above `less`, and the CPU's median."""
    wall, cpu = (sorted(1000 * getattr(one, name) for one in took) for name in ("wall", "cpu"))
    late = wall[int(len(wall) * 0.95)]
    return (
        f"{statistics.median(wall) - less:.2f} / {late - less:.2f} / "
        f"{statistics.median(cpu):.2f} ms"
    )


def edits(desk: Desk, ids: Sequence[str]) -> None:
    """Say what one edit and one undo take above the disk's own sync."""
    rnd, sync = random.Random(3), sync_ms(desk.store.path)
    chosen = [rnd.choice(ids) for _ in range(TRIES)]

    def edit(n: int) -> None:
        with desk.store.write("edit", fields=["title"]) as w:
            w.put(Source, chosen[n], title=f"another title {n} {new_id()}")

    say("the disk's own sync", f"{sync:.2f} ms")
    say("one edit above it, median / p95", spread(times(TRIES, edit), sync), "<= 5 / 10 ms")
    undone = times(TRIES // 2, lambda _: desk.store.undo())
    say("undo of it, median / p95", spread(undone, sync), "<= 7 ms")
    redone = times(TRIES // 4, lambda _: desk.store.redo())
    say("redo of it, median / p95", spread(redone, sync), "<= 7 ms")
    acts = store_acts(desk)
    older = times(20, lambda n: desk.store.undo(acts[2 * n + 1]))
    say("undo of an older act, median / p95", spread(older, sync), "<= 7 ms")


def store_acts(desk: Desk) -> list[str]:
    """Give edits that still stand, the newest first."""
    return [a.id for a in history.acts(desk, 400) if a.key == "edit" and not a.undone]


def looks(desk: Desk, ids: Sequence[str]) -> None:
    """Say what reading takes: the first rows, the history."""
    rnd = random.Random(4)
    everything = SourceFilter()
    for order in ORDERS:
        for descending in (False, True):

            def first(_: int, order: str = order, descending: bool = descending) -> None:
                with desk.store.read() as r:
                    found = sources.listing(r, everything, order, descending, limit=100)
                    assert len(sources.rows(r, found)) == min(100, len(ids))

            took = times(20, first)
            way = "descending" if descending else "ascending"
            say(f"first 100 rows by {order}, {way}", spread(took), "<= 2 ms")
    whole = times(3, lambda _: reading.listing(desk, everything, "title", descending=False))
    say("all ids by title", spread(whole))

    def past(_: int) -> None:
        with desk.store.read() as r:
            store_history.of(r, rnd.choice(ids))

    say("history of a record", spread(times(TRIES, past)), "<= 1 ms")
    told = times(TRIES, lambda _: history.entries(desk, rnd.choice(ids)))
    say("  in words, with before and after", spread(told))
    say("the last 100 acts", spread(times(20, lambda _: history.acts(desk, 100))))


def long_looks(desk: Desk) -> None:
    """Say what the whole case at a moment takes."""
    at = history.acts(desk, 100)[-1].when
    say("what was known then, in figures", spread(times(1, lambda _: moments.overview(desk, at))))
    listed = times(1, lambda _: moments.listing(desk, "source", at, limit=100))
    say("what was known then, 100 sources", spread(listed))


def opening(case: Path, places: Places) -> None:
    """Say how long it is from opening to the first rows, in a process that is warm."""

    def once(_: int) -> None:
        with open_desk(case, places) as desk, desk.store.read() as r:
            sources.rows(r, sources.listing(r, SourceFilter(), "added", True, limit=100))
            opened.append(Spent(time.perf_counter() - began[0], time.process_time() - began[1]))

    opened: list[Spent] = []
    for _ in range(10):
        began = time.perf_counter(), time.process_time()
        once(0)
    say("open to first rows", spread(opened), "<= 50 ms")


def large_undo(desk: Desk, count: int) -> None:
    """Say what the undo of an import takes."""
    put_sources(desk, new_id(), 10_000_000, count, Spent())
    spent = Spent()
    with spending(spent):
        desk.store.undo()
    say(f"undo of an import of {count:,} sources, wall", f"{spent.wall:.2f} s")
    say("  CPU", f"{spent.cpu:.2f} s")
    with spending(spent := Spent()):
        desk.store.redo()
    say("redo of it, wall", f"{spent.wall:.2f} s")


def whole(desk: Desk, bar: bool) -> None:
    """Say what check and rebuild take."""
    with spending(spent := Spent()):
        report = check(desk.store)
    ledger = [f for f in report.findings if f.level == "damage" and f.kind != "object"]
    assert not ledger, ledger[:3]
    say(
        f"check of {report.ops:,} operations, wall / CPU",
        f"{spent.wall:.1f} / {spent.cpu:.1f} s",
        "<= 13 s" if bar else "",
    )
    with spending(spent := Spent()):
        rebuild_projections(desk.store)
    say(
        "rebuild, wall / CPU",
        f"{spent.wall:.1f} / {spent.cpu:.1f} s",
        "<= 75 s" if bar else "",
    )


def work(desk: Desk, ids: Sequence[str], asked: argparse.Namespace) -> None:
    """Measure what a person does in a case that is there."""
    peer()
    edits(desk, ids)
    looks(desk, ids)
    if not asked.quick:
        long_looks(desk)
        large_undo(desk, 1000)
    say("memory", f"{resident():.0f} MiB")
    if asked.long:
        whole(desk, bar=False)


def build(desk: Desk, asked: argparse.Namespace) -> list[str]:
    """Build a case and measure that; gives the ids of its sources."""
    say("memory before", f"{resident():.0f} MiB")
    peer()
    ids = build_sources(desk, asked.sources)
    before = sizes(desk, asked.sources)
    if not asked.quick:
        whole(desk, bar=True)
    say("memory", f"{resident():.0f} MiB")
    if asked.marks:
        build_marks(desk, ids, asked.marks)
        sizes(desk, asked.sources * asked.marks, before)
    say("memory", f"{resident():.0f} MiB")
    return ids


def run(case: Path, asked: argparse.Namespace) -> None:
    """Build, where it is not there yet, and measure."""
    places = Places(case.parent / "cache", case.parent / "config")
    if asked.on:
        with open_desk(case, places) as desk:
            work(desk, reading.listing(desk), asked)
    else:
        with create_desk(case, places, "Many") as desk:
            work(desk, build(desk, asked), asked)
    opening(case, places)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say("memory, highest", f"{peak:.0f} MiB")


def main() -> None:
    """Read the words and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=100_000)
    parser.add_argument("--marks", type=int, default=10, help="annotations a source")
    parser.add_argument("--keep", type=Path, help="make the case here and leave it")
    parser.add_argument("--on", type=Path, metavar="CASE", help="measure this one, built before")
    parser.add_argument("--quick", action="store_true", help="without check and rebuild")
    parser.add_argument("--long", action="store_true", help="check and rebuild with marks, too")
    asked = parser.parse_args()
    print("of what is short: median / 95th per cent / median of the CPU alone")
    if not asked.on:
        marks = asked.sources * asked.marks
        print(f"{asked.sources:,} sources, {marks:,} annotations; bars: 100,000")
    with tempfile.TemporaryDirectory() as folder:
        run(asked.on or (asked.keep or Path(folder)) / "many.casefile", asked)


if __name__ == "__main__":
    sys.exit(main())
