"""The process in which faults are made: one thread, no other children; prints one JSON document.

Called as `stage.py JSON` with `do` and the arguments of that harness.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness import controls, cuts, errors, flips, full, indexes, kills, tracing
from harness.ground import Ground

HARNESSES: dict[str, Callable[..., dict[str, Any]]] = {
    "kills": kills.sweep,
    "cuts": cuts.cuts,
    "errors": errors.errors,
    "flips": flips.flips,
    "damages": indexes.damages,
    "small_disks": full.small_disks,
    "size_limits": full.size_limits,
    "controls": controls.controls,
}


def main(words: str) -> int:
    asked = json.loads(words)
    if why := tracing.available():
        print(json.dumps({"skip": why}))
        return 0
    began, used = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="casefile-faults-", dir=asked.pop("root")) as root:
        ground = Ground(Path(root) / "g")
        gc.collect()
        gc.freeze()
        result = HARNESSES[asked.pop("do")](ground, **asked)
    result |= {
        "seconds": round(time.monotonic() - began, 1),
        "cpu": round(time.process_time() - used, 1),
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
