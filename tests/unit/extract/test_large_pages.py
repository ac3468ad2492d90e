"""What is gathered into large pages stays as it was, in this process and in its forks."""

import subprocess
import sys

import pytest

WORDS = """
import os
from casefile.extract import large_pages
kept = [bytearray(os.urandom(1 << 20)) for _ in range(8)]
before = list(map(bytes, kept))
gathered = large_pages.gather()
assert gathered >= 0 and gathered % (2 << 20) == 0, gathered
process = os.fork()
if process == 0:
    same = list(map(bytes, kept)) == before
    kept[0][:] = bytes(1 << 20)
    os._exit(0 if same else 1)
_, status = os.waitpid(process, 0)
assert status == 0 and list(map(bytes, kept)) == before
large = next(l for l in open("/proc/self/smaps_rollup") if l.startswith("AnonHugePages"))
# The system may part some of them again at any time, but hardly all.
assert int(large.split()[1]) or not gathered, (large, gathered)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="large pages are asked for on Linux only")
def test_memory_and_forks_keep_their_bytes():
    done = subprocess.run(
        [sys.executable, "-c", WORDS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
