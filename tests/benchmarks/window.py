"""Measure the window: `python tests/benchmarks/window.py [CASE]`.

Prints the CPU time from start to the painted window (five fresh processes), what is loaded then,
and on a case of 20,000 sources (made first unless a CASE is given) the time to the first rows and
the largest gaps of the event loop while the list scrolls and sorts, words are typed into the search
and 100 files are imported.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "ui"))

SOURCES = 20_000
FILES = 100
PARSERS = ("pypdf", "pypdfium2", "PIL", "lxml", "trafilatura", "whoosh", "sqlalchemy")
# What ends with the first paint; run in a process of its own, so that everything is cold but the disk.
START = """
import sys, time
from pathlib import Path
from casefile.services.places import Places
from casefile.ui import start
from PySide6.QtCore import QTimer
original = start.MainWindow.__init__
def watched(self, *words):
    original(self, *words)
    def painted():
        loaded = [name for name in {parsers!r} if name in sys.modules]
        print(time.process_time(), ",".join(loaded) or "none", flush=True)
        QTimer.singleShot(0, self.close)
    self.painted.connect(painted)
start.MainWindow.__init__ = watched
start.open_window(None, Places(Path({home!r}) / "cache", Path({home!r}) / "config"))
"""


def start_up(home: Path) -> None:
    """Print the CPU seconds to the painted window and the parsers loaded then."""
    seconds, loaded = [], ""
    for _ in range(5):
        code = START.format(parsers=PARSERS, home=str(home))
        out = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        seconds.append(float(out[0]))
        loaded = out[1]
    print(f"start to painted window: {statistics.median(seconds):.2f} s CPU; parsers: {loaded}")


def resident() -> float:
    """Give the resident memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def first_rows(case: Path, home: Path) -> None:
    """Print the time from the painted window to the first rows; in a process of its own.

    Nothing else is measured meanwhile: a clock of 5 ms would take its share of the interpreter.
    """
    from stage import Stage

    stage = Stage(home)
    window, began = stage.window, time.perf_counter()
    model = window.list.model
    window.open_case(case)
    stage.until(lambda: window.has_case and model.ids and model.row(0) is not None)
    took = time.perf_counter() - began
    print(f"first rows of {len(model.ids)} sources: {took:.2f} s after paint")
    stage.settle()
    print(f"resident memory of the window then: {resident():.0f} MiB (bar: 450)")
    stage.close()


def lists(case: Path, home: Path) -> None:
    """Print how the window holds up on a large case."""
    from stage import Gap, Stage

    stage = Stage(home)
    window, gap = stage.window, Gap()
    gap.start()
    window.open_case(case)
    model = window.list.model
    stage.until(lambda: window.has_case and model.ids and model.row(0) is not None)
    stage.settle()
    print(f"largest gap while opening: {gap.stop():.0f} ms")
    bar = window.list.view.verticalScrollBar()
    gap.start()
    for step in range(60):
        bar.setValue(bar.maximum() * (step * 7 % 60) // 60)
        stage.wait(10)
    print(f"largest gap while scrolling: {gap.stop():.0f} ms")
    for sort in ("title", "published", "publisher", "added"):
        gap.start()
        window.list.set_sort(sort, descending=False)
        stage.settle()
        print(f"largest gap while sorting by {sort}: {gap.stop():.0f} ms")
    gap.start()
    field = window.strip.search
    field.setFocus()
    for letter in "станция вода":
        field.insert(letter)
        stage.wait(80)
    stage.settle()
    print(f"largest gap while typing a search: {gap.stop():.0f} ms")
    stage.close()


def importing(home: Path) -> None:
    """Print the largest gap while files are imported."""
    from stage import Gap, Stage

    folder = home / "in"
    folder.mkdir()
    samples = sorted((Path(__file__).resolve().parents[2] / "resources" / "samples").iterdir())
    kinds = [file for file in samples if file.suffix in {".html", ".txt", ".pdf", ".jpg"}]
    for n in range(FILES):
        file = kinds[n % len(kinds)]
        tail = f"\n<!-- {n} -->".encode() if file.suffix in {".html", ".pdf"} else b" " * n
        (folder / f"{n:03}{file.suffix}").write_bytes(file.read_bytes() + tail)
    stage = Stage(home)
    stage.open(home / "import.casefile", new=True)
    gap = Gap().start()
    began = time.perf_counter()
    stage.import_files(folder)
    took = time.perf_counter() - began
    print(f"import of {FILES} mixed files: {took:.1f} s, largest gap {gap.stop():.0f} ms")
    stage.close()


def main() -> None:
    """Run all of it, or for a process of its own the first rows alone."""
    if sys.argv[1:2] == ["--first"]:
        first_rows(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        start_up(home)
        case = Path(sys.argv[1]) if len(sys.argv) > 1 else home / "many.casefile"
        if len(sys.argv) == 1:
            maker = Path(__file__).with_name("make_case.py")
            subprocess.run([sys.executable, maker, case, str(SOURCES)], check=True)
        subprocess.run([sys.executable, __file__, "--first", str(case), str(home)], check=True)
        lists(case, home)
        importing(home)


if __name__ == "__main__":
    main()
