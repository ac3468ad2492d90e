"""A killed import loses nothing that was acknowledged, and a second one finishes the work."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.faults
FILES = 200
CASEFILE = [sys.executable, "-m", "casefile"]
# Prints each acknowledged path at once, so that the parent knows what may not be lost.
IMPORT = """
import sys
from pathlib import Path
from casefile.services import ingest
from casefile.services.desk import open_desk
from casefile.services.places import Places
with open_desk(Path(sys.argv[1]), Places.of_system()) as desk:
    ingest.add(desk, [Path(sys.argv[2])], seen=lambda e: print(e.path, e.source, flush=True))
"""


def run(*words: object, status: int = 0) -> dict:
    done = subprocess.run(
        [*CASEFILE, *map(str, words), "--json"],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("in")
    for n in range(FILES):
        words = (
            f"Report {n} from the valley\n\n" + f"The pumps of village {n} stopped at noon. " * 40
        )
        (made / f"{n:03}.txt").write_text(words, "utf-8")
    return made


def test_kills_during_import(tmp_path, folder, tier):
    rnd = random.Random(11)
    acknowledged_before_a_kill = 0
    for attempt in range(tier.count(quick=1, ci=12, long=100)):
        case = tmp_path / f"{attempt}.casefile"
        run("new", case)
        told = tmp_path / f"{attempt}.told"
        with told.open("w") as out:
            child = subprocess.Popen(
                [sys.executable, "-c", IMPORT, case, folder], stdout=out, start_new_session=True
            )
            while not told.stat().st_size and child.poll() is None:  # however slow the machine is
                time.sleep(0.02)
            time.sleep(rnd.uniform(0.0, 0.8))
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        acknowledged = [line.split()[-1] for line in told.read_text().splitlines() if line]
        acknowledged_before_a_kill += len(acknowledged)
        assert run("check", case)["ok"]
        kept = {source["id"] for source in run("list", case)["sources"]}
        assert set(acknowledged) <= kept
        report = run("add", case, folder)
        assert len(report["added"]) == FILES
        after = [source["id"] for source in run("list", case)["sources"]]
        assert len(after) == FILES
        assert kept <= set(after)
        checked = run("check", case, "--full")
        assert checked["ok"]
        assert not [f for f in checked["findings"] if f["kind"] == "orphan"]
    assert acknowledged_before_a_kill, "no kill fell into the import; the test shows nothing"
