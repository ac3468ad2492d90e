"""The tiers of tests, each one command: quick (no word), ci, long, bench, lint.

The folders of tests are taken by two processes, one folder at a time; what they print is shown
when a folder is done. The last line sums up as pytest does.
"""

import argparse
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANES = 2
LIMIT = 1500  # seconds a folder may take before it counts as hanging
LONG = 10  # times that in the long tier
ROOM = 4 << 30  # bytes that must be free where temporary files lie in memory
FLOORS = {"model": 95.0, "jobs": 95.0, "store": 95.0, "search": 95.0, "ui": 80.0}
COUNTED = "hypothesis or faults or slow or corpora"  # tests whose size depends on the tier
WORDS = ("failed", "errors", "error", "passed", "skipped", "deselected", "xfailed", "xpassed")


@dataclass
class Outcome:
    """What the runs of a tier came to."""

    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def take(self, folder: str, status: int, output: str) -> None:
        """Read the summary that pytest printed for one folder."""
        lines = output.rstrip().splitlines()
        last = next((line for line in reversed(lines) if re.search(r" in [\d.]+s", line)), "")
        for number, word in re.findall(r"(\d+) ([a-z]+)", last):
            if word in WORDS:
                self.counts["errors" if word == "error" else word] += int(number)
        self.skipped += [line for line in lines if line.startswith("SKIPPED")]
        if status not in {0, 5}:  # 5: no test in there for this tier
            self.troubles.append(f"{folder}: pytest ended with {status}")

    def closing(self, seconds: float) -> str:
        """Give the line that sums up, in pytest's words."""
        told = [f"{self.counts[word]} {word}" for word in WORDS if self.counts[word]]
        return f"{', '.join(told) or 'no tests ran'} in {seconds:.2f}s"


def folders(given: tuple[str, ...] = ("house", "ui", "journeys", "faults")) -> list[str]:
    """List the folders of tests, those first that take long."""
    units = sorted(p for p in (ROOT / "tests" / "unit").iterdir() if any(p.glob("test_*.py")))
    size = {p: sum(f.stat().st_size for f in p.glob("test_*.py")) for p in units}
    heavy = [ROOT / "tests" / name for name in given]
    found = [p for p in heavy if any(p.rglob("test_*.py"))]
    found += sorted(units, key=lambda p: -size[p])
    return [str(p.relative_to(ROOT)) for p in found]


def surroundings(folder: str) -> dict[str, str]:
    """Give the environment of one folder: temporary files in memory, but on the disk for faults."""
    memory = Path("/dev/shm")  # pytest makes its own folder in there, for this user
    if folder == "tests/faults" or "TMPDIR" in os.environ or not os.access(memory, os.W_OK):
        return dict(os.environ)
    roomy = shutil.disk_usage(memory).free > ROOM
    return {**os.environ, "TMPDIR": str(memory)} if roomy else dict(os.environ)


def pytest(folder: str, arguments: list[str], *, coverage: bool) -> tuple[str, int, str]:
    """Run the tests of one folder; gives the folder, the exit status, what was printed."""
    measure = ["-m", "coverage", "run"] if coverage and folder != "tests/house" else []
    command = [sys.executable, *measure, "-m", "pytest", "-q", *arguments, folder]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=surroundings(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=LIMIT * (LONG if os.environ.get("CASEFILE_TIER") == "long" else 1),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        printed = (late.output or b"").decode("utf-8", "replace")
        return folder, 124, f"{printed}\n{folder} did not end within {LIMIT} s"
    return folder, done.returncode, done.stdout.decode("utf-8", "replace")


def run(arguments: list[str], *, coverage: bool) -> Outcome:
    """Run all folders, two at a time."""
    outcome = Outcome()
    with ThreadPoolExecutor(LANES) as lanes:
        runs = [lanes.submit(pytest, f, arguments, coverage=coverage) for f in folders()]
        for one in runs:
            folder, status, output = one.result()
            print(f"── {folder}\n{output.rstrip()}", flush=True)
            outcome.take(folder, status, output)
    return outcome


def check_floors(outcome: Outcome) -> None:
    """Print the coverage of each package; one below its floor is trouble."""
    tool = [sys.executable, "-m", "coverage"]
    subprocess.run([*tool, "combine", "-q"], cwd=ROOT, check=False)
    made = subprocess.run(
        [*tool, "json", "-q", "-o", "-"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if made.returncode:
        outcome.troubles.append(f"coverage could not be read: {made.stdout}{made.stderr}".strip())
        return
    reached: dict[str, Counter[str]] = {}
    for name, entry in json.loads(made.stdout)["files"].items():
        inside = Path(name).parts[2:]  # below src/casefile
        package = inside[0] if len(inside) > 1 else "(top)"
        reached.setdefault(package, Counter()).update(
            {k: v for k, v in entry["summary"].items() if isinstance(v, int)}
        )
    print("── coverage, lines and branches, in per cent")
    for package, sums in sorted(reached.items()):
        all_of = sums["num_statements"] + sums["num_branches"]
        percent = 100 * (sums["covered_lines"] + sums["covered_branches"]) / max(1, all_of)
        floor = FLOORS.get(package)
        print(f"   {package:<10} {percent:5.1f}" + (f"   floor {floor:.0f}" if floor else ""))
        if floor and percent < floor:
            outcome.troubles.append(f"coverage of {package} is {percent:.1f}, below {floor:.0f}")


def close(outcome: Outcome, since: float) -> int:
    """Print what was skipped, what went wrong, and the sum; gives the exit status."""
    if outcome.skipped:
        print("── skipped, and why")
        print("\n".join(f"   {line}" for line in outcome.skipped))
    for trouble in outcome.troubles:
        print(f"FAILED {trouble}")
    print(outcome.closing(time.monotonic() - since), flush=True)
    return int(bool(outcome.troubles or not outcome.counts["passed"]))


def commit() -> str:
    """Give the hash of the commit, with or without git; 40 zeros where there is none."""
    head = ROOT / ".git" / "HEAD"
    if not head.is_file():
        return "0" * 40
    words = head.read_text("utf-8").split()
    if words[0] != "ref:":
        return words[0]
    loose = ROOT / ".git" / words[1]
    if loose.is_file():
        return loose.read_text("utf-8").strip()
    packed = ROOT / ".git" / "packed-refs"
    lines = packed.read_text("utf-8").splitlines() if packed.is_file() else []
    return next((x.split()[0] for x in lines if x.endswith(" " + words[1])), "0" * 40)


def quick(seed: list[str]) -> int:
    """Everything, with small counts, coverage and its floors."""
    since = time.monotonic()
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    print("tier: quick; counts of faults, fuzz and properties are small (./test ci, ./test long)")
    outcome = run(seed, coverage=True)
    check_floors(outcome)
    return close(outcome, since)


def counted(tier: str, seed: list[str], *, whole: bool) -> int:
    """Only what has a count, with the counts of the tier: ci (a quarter, or whole) or long."""
    since = time.monotonic()
    of = commit()
    quarter = "all" if whole or tier == "long" else str(int(of[:8], 16) % 4)
    os.environ |= {"CASEFILE_TIER": tier, "CASEFILE_PROFILE": tier, "CASEFILE_QUARTER": quarter}
    share = "all" if quarter == "all" else f"quarter {int(quarter) + 1} of 4, by commit {of[:8]},"
    print(f"tier: {tier}; {share} of the counts; tests without a count are left out (./test)")
    return close(run([*seed, "-m", COUNTED], coverage=False), since)


def bench(names: list[str]) -> int:
    """Run the benchmarks, one after another; each prints its figures."""
    there = sorted((ROOT / "tests" / "benchmarks").glob("*.py"))
    found = [p for p in there if not p.stem.startswith(("_", "make_"))]  # make_: what they measure
    chosen = [p for p in found if not names or any(name in p.stem for name in names)]
    print(f"tier: bench; {len(chosen)} of {len(found)} benchmarks; figures, never pass or fail")
    broken = 0
    for script in chosen:
        print(f"── {script.stem}", flush=True)
        status = subprocess.run([sys.executable, str(script)], cwd=ROOT, check=False).returncode
        broken += bool(status)
    return int(bool(broken or not chosen))


def main(words: list[str]) -> int:
    """Run the tier that the first word names; any other word goes to pytest as it is."""
    tiers = {"ci", "long", "bench", "lint"}
    if words and words[0] not in tiers:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *words], cwd=ROOT, check=False
        ).returncode
    parser = argparse.ArgumentParser(prog="test", description=__doc__)
    parser.add_argument("tier", nargs="?", default="quick", choices=["quick", *sorted(tiers)])
    parser.add_argument("names", nargs="*", help="bench: parts of names")
    parser.add_argument("--whole", action="store_true", help="ci: all of the counts")
    asked = parser.parse_args(words)
    seed = [f"--randomly-seed={secrets.randbelow(2**32)}"]
    if asked.tier == "lint":
        since, outcome = time.monotonic(), Outcome()
        folder, status, output = pytest("tests/house", seed, coverage=False)
        print(output.rstrip())
        outcome.take(folder, status, output)
        return close(outcome, since)
    if asked.tier == "bench":
        return bench(asked.names)
    print(f"order of tests: {seed[0]}")
    return quick(seed) if asked.tier == "quick" else counted(asked.tier, seed, whole=asked.whole)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
