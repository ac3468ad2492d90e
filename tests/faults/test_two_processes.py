"""Several processes on one case: one writes, the others read whole states and say who holds it."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casefile.model.errors import CaseUnusable
from casefile.services import cases, notes
from casefile.services.desk import create_desk, open_desk
from casefile.services.places import Places

pytestmark = pytest.mark.faults

# Holds the case; with "write" it makes sources and their files in pairs, as fast as it can.
HOLDER = """
import sys
from pathlib import Path
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.services.desk import open_desk
from casefile.services.places import Places
with open_desk(Path(sys.argv[1]), Places(Path(sys.argv[2]), Path(sys.argv[3]))) as desk:
    print("held", flush=True)
    if sys.argv[4] == "hold":
        sys.stdin.read()
    for n in range(int(sys.argv[4]) if sys.argv[4] != "hold" else 0):
        with desk.store.write("import") as w:
            one = new_id()
            w.put(Source, one, title=str(n))
            w.put(SourceFile, new_id(), source=one)
        print(n, flush=True)
"""
READER = """
import sys, time
from pathlib import Path
from casefile.model.source import Source, SourceFile
from casefile.services.desk import open_desk
from casefile.services.places import Places
from casefile.store import records
looks, last = 0, 0
places = Places(Path(sys.argv[2]), Path(sys.argv[3]))
end = time.monotonic() + 60
while time.monotonic() < end and last < int(sys.argv[4]):
    with open_desk(Path(sys.argv[1]), places, write=False) as desk:
        for _ in range(5):
            with desk.store.read() as r:
                found = records.count(r, Source), records.count(r, SourceFile)
            assert found[0] == found[1] >= last, (found, last)
            last, looks = found[0], looks + 1
            time.sleep(0.01)
print(looks)
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "cache" / "casefile", tmp_path / "config" / "casefile")


@pytest.fixture
def case(tmp_path: Path, places: Places) -> Path:
    with create_desk(tmp_path / "a.casefile", places, "Valley") as desk:
        cases.set_handle(desk, "Leila")
    return tmp_path / "a.casefile"


def start(code: str, case: Path, places: Places, what: object) -> subprocess.Popen:
    words = [sys.executable, "-c", code, case, places.cache, places.config, what]
    return subprocess.Popen(
        list(map(str, words)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def held(case: Path, places: Places, what: object = "hold") -> Iterator[subprocess.Popen]:
    with start(HOLDER, case, places, what) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def casefile(places: Places, *words: object) -> subprocess.CompletedProcess:
    homes = {"CACHE": places.cache.parent, "CONFIG": places.config.parent}
    return subprocess.run(
        [sys.executable, "-m", "casefile", *map(str, words)],
        env={**os.environ, **{f"XDG_{kind}_HOME": str(home) for kind, home in homes.items()}},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_second_writer_waits_and_is_told_who_holds_the_case(case: Path, places: Places) -> None:
    with held(case, places):
        since = time.monotonic()
        done = casefile(places, "undo", case)
        assert done.returncode == 3, done.stdout + done.stderr
        assert time.monotonic() - since >= 2
        assert f"Leila on {platform.node()}, since " in done.stderr
        assert len(done.stderr.splitlines()) == 2
        told = json.loads(casefile(places, "info", case, "--json").stdout)
        assert told["writable"] is False
        assert told["holder"].startswith("Leila on ")
        with open_desk(case, places, write=False) as desk:
            assert desk.title == "Valley"


def test_the_lock_of_a_holder_that_died_is_taken_over(case: Path, places: Places) -> None:
    with held(case, places) as other:
        with pytest.raises(CaseUnusable, match="Leila on"):
            open_desk(case, places, wait=0)
        other.kill()
        other.wait()
        with open_desk(case, places) as desk:
            notes.tag(desk, [], ["x"])
            assert cases.info(desk).holder is None


def test_readers_see_whole_states_while_another_process_writes(
    case: Path, places: Places, tier
) -> None:
    count = tier.count(quick=60, ci=400, long=5000)
    with held(case, places, count) as writer:
        readers = [
            start(READER, case, places, count) for _ in range(2 if tier.name == "quick" else 6)
        ]
        for reader in readers:
            out, err = reader.communicate()
            assert reader.returncode == 0, err
            assert int(out) > 0
        assert writer.wait(60) == 0
