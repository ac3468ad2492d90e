"""Measure bundles: `python tests/benchmarks/bundles.py [--sources N] [--gib G] [--keep FOLDER] [--profile]`.

Two people have one case of 100,000 sources; each edits 5,000 of them, 200 of these both, each in an
own way. One sends a delta, the other verifies and merges it, then merges it again. Then a bundle of
2 GiB of originals is written, verified and merged; each step is a process of its own, whose highest
resident memory is printed. `--keep` leaves the case of many sources there and uses it the next time.
"""

import argparse
import cProfile
import json
import pstats
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger import MEGA, Spent, peer, put_sources, say, spending

from casefile.model.exchange import DELTA, FULL, Heads, Wanted
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.services import exchange, reading
from casefile.services.desk import Desk, create_desk, open_desk
from casefile.services.places import Places
from casefile.store import bundling

EDITS, BOTH, AN_ACT = 5_000, 200, 10
PIECE = 16 * MEGA
BAR_SECONDS, BAR_MIB = 30, 300


@dataclass
class Person:
    """Somebody with a folder of their own and a copy of the case in it."""

    home: Path

    @property
    def case(self) -> Path:
        return self.home / "case.casefile"

    @property
    def places(self) -> Places:
        return Places(self.home / "cache", self.home / "config")

    def desk(self) -> Desk:
        return open_desk(self.case, self.places)


def many(home: Path, count: int) -> Path:
    """Make a case of many sources, or find the one that was kept."""
    case = home / f"many-{count}.casefile"
    if not case.is_dir():
        with create_desk(case, Places(home / "cache", home / "config"), "Many") as desk:
            put_sources(desk, new_id(), 0, count, Spent())
    return case


def edit(desk: Desk, ids: list[str], words: str) -> None:
    """Give sources another title, a few in each act."""
    for start in range(0, len(ids), AN_ACT):
        with desk.store.write("edit", fields=["title"]) as w:
            for id_ in ids[start : start + AN_ACT]:
                w.put(Source, id_, title=f"{words} {id_[:8]}")


def heads(desk: Desk) -> Heads:
    """Give where every chain stands."""
    with desk.store.read() as r:
        return bundling.heads(r)


def part_ways(case: Path, home: Path) -> tuple[Person, Person, Heads]:
    """Give the case to two people, who work on without each other; and what they had in common."""
    people = Person(home / "a"), Person(home / "b")
    for one in people:
        shutil.copytree(case, one.case)
    with people[0].desk() as desk:
        before, ids = heads(desk), sorted(reading.listing(desk))
        random.Random(1).shuffle(ids)
        own = min(EDITS, len(ids) // 2)
        edit(desk, ids[:own], "As the first one says")
    with people[1].desk() as desk:
        shared = min(BOTH, own)
        edit(desk, ids[own - shared : 2 * own - shared], "As the second one says")
    return *people, before


def timed(what: str, act: Callable[[], Any], *, profile: bool) -> tuple[float, Any]:
    """Do something and say how long it took; gives the seconds and what came of it."""
    seen = cProfile.Profile()
    with spending(spent := Spent()):
        done = seen.runcall(act) if profile else act()
    say(what, f"{spent.wall:.2f} s, CPU {spent.cpu:.2f} s")
    if profile:
        pstats.Stats(seen).sort_stats("tottime").print_stats(14)
    return spent.wall, done


def deltas(case: Path, home: Path, *, profile: bool) -> None:
    """Say what a delta of many edits takes: written, verified, merged, merged again."""
    mine, theirs, before = part_ways(case, home)
    file = home / "delta.casebundle"
    peer()
    with theirs.desk() as desk:
        wanted = Wanted(kind=DELTA, base=before)
        first, done = timed(
            "delta written", lambda: exchange.write(desk, file, wanted), profile=profile
        )
    say("  of operations, size", f"{done.counts['operations']:,}, {done.size / MEGA:.1f} MiB")
    second, _ = timed("  verified", lambda: exchange.verify(file, mine.places), profile=profile)
    with mine.desk() as desk:
        third, merged = timed("  merged", lambda: exchange.merge(desk, file), profile=profile)
        found = merged.preview
        at = heads(desk)
        _, again = timed("  merged again", lambda: exchange.merge(desk, file), profile=profile)
        assert (again.preview.operations, heads(desk)) == (0, at), "merging again changed something"
        size = (mine.case / "case.db").stat().st_size / MEGA
    say("  of conflicts, of changed records", f"{len(found.conflicts)}, {found.changed_records:,}")
    say("written, verified and merged", f"{first + second + third:.1f} s", f"<= {BAR_SECONDS} s")
    say("  into a case.db of", f"{size:.0f} MiB")


def whole(case: Path, home: Path, *, profile: bool) -> None:
    """Say what a full bundle takes, into an empty case."""
    one, other, file = Person(home / "c"), Person(home / "d"), home / "full.casebundle"
    shutil.copytree(case, one.case)
    with one.desk() as desk:
        timed("full bundle written", lambda: exchange.write(desk, file), profile=profile)
    say("  size", f"{file.stat().st_size / MEGA:.0f} MiB")
    with create_desk(other.case, other.places, None) as desk:
        timed("  merged into an empty case", lambda: exchange.merge(desk, file), profile=profile)
    say("  highest resident memory, all in all", f"{highest():.0f} MiB")


def large(home: Path, gib: float) -> None:
    """Say what a bundle of large originals takes, and how much memory."""
    one, other = Person(home / "e"), Person(home / "f")
    with create_desk(one.case, one.places, "Large") as desk:
        chance, piece = random.Random(5), home / "piece"
        for n in range(round(gib * 1024 * MEGA / PIECE)):
            piece.write_bytes(chance.randbytes(PIECE))
            kept = desk.store.objects.put(piece, limit=PIECE)
            with desk.store.write("import") as w:
                source = new_id()
                w.put(Source, source, kind="other", title=f"Film {n}")
                w.put(SourceFile, new_id(), source=source, object=kept.sha256, role="original")
    create_desk(other.case, other.places, None).close()
    file = home / "large.casebundle"
    for what, person in (("write", one), ("verify", other), ("merge", other), ("merge", other)):
        told = json.loads(
            subprocess.run(
                [sys.executable, __file__, "--step", what, str(person.home), str(file)],
                check=True, capture_output=True, text=True,
            ).stdout
        )  # fmt: skip
        say(f"{gib:g} GiB: {what}", f"{told['seconds']:.1f} s")
        say("  highest resident memory", f"{told['mib']:.0f} MiB", f"<= {BAR_MIB} MiB")
    say("  merged again: new operations", str(told["operations"]))


def highest() -> float:
    """Give the highest resident memory of this process in MiB; rusage would count its parent's."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def step(what: str, home: Path, file: Path) -> None:
    """Do one thing with a bundle; print what it took."""
    person, began, operations = Person(home), time.perf_counter(), 0
    if what == "verify":
        assert exchange.verify(file, person.places).ok
    else:
        with person.desk() as desk:
            if what == "write":
                exchange.write(desk, file, Wanted(kind=FULL))
            else:
                operations = exchange.merge(desk, file).preview.operations
    told = {"seconds": time.perf_counter() - began, "mib": highest(), "operations": operations}
    print(json.dumps(told))


def main() -> None:
    """Read the words and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=100_000)
    parser.add_argument("--gib", type=float, default=2.0, help="of originals; 0: leave it out")
    parser.add_argument("--keep", type=Path, help="the case of many sources is made here and stays")
    parser.add_argument("--full", action="store_true", help="a full bundle of that case, too")
    parser.add_argument("--profile", action="store_true", help="print where the time went")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        step(asked.step[0], Path(asked.step[1]), Path(asked.step[2]))
        return
    with tempfile.TemporaryDirectory(dir=asked.keep) as folder:
        home = Path(folder)
        if asked.sources:
            print(f"{asked.sources:,} sources; bars: 100,000")
            case = many(asked.keep or home, asked.sources)
            deltas(case, home, profile=asked.profile)
            if asked.full:
                whole(case, home, profile=asked.profile)
        if asked.gib:
            large(home, asked.gib)


if __name__ == "__main__":
    sys.exit(main())
