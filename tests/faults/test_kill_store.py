"""Killed while writing, at any moment: what was acknowledged is there, and the case is sound."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.store import records
from casefile.store.case import CaseStore
from casefile.store.checking import check

pytestmark = pytest.mark.faults

WRITER = """
import os, sys
from io import BytesIO
from pathlib import Path
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.store.case import CaseStore

store = CaseStore.open(Path(sys.argv[1]), person=sys.argv[2], install=sys.argv[3])
print("ready", flush=True)
while True:
    one = new_id()
    kept = store.objects.put(BytesIO(one.encode()), limit=100)
    with store.write("import") as w:
        w.put(Source, one, title=w.content("text", one.encode() * 100))
        w.put(SourceFile, new_id(), source=one, object=kept.sha256)
    os.write(1, (one + "\\n").encode())
"""


def killed_after(seconds: float, path: Path, person: str, install: str) -> list[str]:
    """Let another process write, kill it, and give the sources that it acknowledged."""
    words = [sys.executable, "-c", WRITER, str(path), person, install]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        writer.kill()
        return [line for line in writer.stdout.read().decode().split("\n")[:-1] if line]


def test_nothing_acknowledged_is_lost(tmp_path: Path, tier: object) -> None:
    count = tier.count(quick=6, ci=60, long=500)  # type: ignore[attr-defined]  # tests/conftest.py
    seed = random.SystemRandom().randrange(10**6)
    rnd = random.Random(seed)
    path, person, install = tmp_path / "a.casefile", new_id(), new_id()
    CaseStore.create(path, person=person, install=install).close()
    known: set[str] = set()
    for n in range(count):
        known |= set(killed_after(rnd.uniform(0.0, 0.4), path, person, install))
        with CaseStore.open(path, person=person, install=install, write=False) as reader:
            with reader.read() as r:
                found = {one.id for one in records.where(r, Source)}
            assert known <= found, f"seed {seed}, kill {n}: {len(known - found)} lost"
            assert check(reader).ok, f"seed {seed}, kill {n}"
    with CaseStore.open(path, person=person, install=install) as store:
        report = check(store, full=True)
        with store.read() as r:
            files = records.count(r, SourceFile)
    assert report.findings == (), f"seed {seed}"
    assert files == len(found) >= len(known) > 0
