"""One engine at one size: `PYTHON _search_worker.py ENGINE build|ask FOLDER DOCUMENTS ROUNDS`; prints JSON.

Times of searches are milliseconds of this process' own processor time: another program on the
machine makes none of them longer.
"""

import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _search_corpus import Asked, beginnings, documents, questions

ADDED = 60
KNOWING = {  # the engines that have a row
    "search, bodies alone": {"casefile", "tantivy"},
    "search, every spelling": {"casefile"},
}


def engine(name: str, folder: Path) -> Any:
    """Make an engine."""
    if name == "casefile":
        from _search_ours import Casefile

        return Casefile(folder)
    from _search_peers import ENGINES

    return ENGINES[name](folder)


def used() -> float:
    """Give the processor time of this process and its children that have ended; seconds."""
    return sum(
        spent.ru_utime + spent.ru_stime
        for spent in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def building(name: str, folder: Path, count: int) -> dict[str, Any]:
    """Write the index."""
    made = engine(name, folder)
    found = list(documents(count))
    gc.collect()
    if name == "casefile":
        made.keep(found)
    cpu, wall = used(), time.perf_counter()
    made.build(found)
    spent, took = used() - cpu, time.perf_counter() - wall
    files = [f for f in folder.rglob("*") if f.is_file() and f.name not in {"texts.db", "state"}]
    return {
        "documents per CPU second": round(count / spent),
        "documents a second": round(count / took),
        "index MB": round(sum(f.stat().st_size for f in files) / 1e6, 1),
    }


def timed(act: Callable[[], object], rounds: int) -> float:
    """Give the median time of an act; milliseconds of processor time."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def spread(times: list[float]) -> list[float]:
    """Give p50 and p95."""
    times = sorted(times)
    return [round(times[int(len(times) * share)], 2) for share in (0.5, 0.95)]


def asking(name: str, folder: Path, count: int, rounds: int) -> dict[str, Any]:
    """Open the index and ask everything; then add documents one by one."""
    made = engine(name, folder)
    figures: dict[str, Any] = {}
    made.open()
    figures["open ms"] = round(timed(made.open, 3), 1)
    asked = questions()
    for label, more, snippets in (
        ("search", {}, False), ("search, bodies alone", {"fields": ("body",)}, False),
        ("with snippets", {}, True), ("search, every spelling", {"wide": True}, False),
    ):  # fmt: skip
        if name not in KNOWING.get(label, {name}):
            continue
        chosen = [{**one, **more} for one in asked]
        times = [
            timed(lambda one=one, s=snippets: made.find(one, snippets=s), rounds) for one in chosen
        ]
        figures[f"{label} p50 p95 ms"] = spread(times)
        if label == "search":
            for kind in dict.fromkeys(one["cls"] for one in asked):
                mine = [t for t, one in zip(times, asked, strict=True) if one["cls"] == kind]
                figures[f"  {kind}"] = spread(mine)
    figures["resident MiB"] = resident()
    typed: list[Asked] = [{"cls": "prefix", "terms": [start]} for start in beginnings()]
    figures["as you type p50 p95 ms"] = spread([timed(lambda q=q: made.find(q), 1) for q in typed])
    one = [timed(lambda q=q: made.find(q), 1) for q in typed if len(q["terms"][0]) == 1]
    figures["  one letter"] = spread(one)
    figures["one added and found p50 p95 ms"] = spread(adding(made, count))
    return figures


def adding(made: Any, count: int) -> list[float]:
    """Add documents one by one, looking for each; milliseconds by the clock, fsync included."""
    times = []
    found = list(documents(min(ADDED, count)))
    for number, document in enumerate(found):
        token = f"zzadded{number}q"
        more = {**document, "id": f"more-{number}", "body": f"{document['body']} {token}"}
        start = time.perf_counter()
        made.add_one(more)
        hits = made.find({"cls": "rare", "terms": [token]})
        times.append((time.perf_counter() - start) * 1000)
        if hits != [more["id"]]:
            msg = f"the document was not found: {hits}"
            raise AssertionError(msg)
    return times


def resident() -> float:
    """Give the memory that this process holds now; MiB."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    held = next(line for line in lines if line.startswith("VmRSS"))
    return round(int(held.split()[1]) / 1024)


def main() -> int:
    """Do what the words say."""
    name, act, folder, count, rounds = sys.argv[1:]
    if act == "build":
        print(json.dumps(building(name, Path(folder), int(count))))
    else:
        print(json.dumps(asking(name, Path(folder), int(count), int(rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
