"""What starting costs, and that Qt keeps count of Python's objects."""

import json
import os
import subprocess
import sys
from pathlib import Path

LATE = {
    "pypdf", "pypdfium2", "PIL", "pi_heif", "exifread", "lxml", "trafilatura", "htmldate",
    "fasttext", "whoosh", "sqlalchemy", "jinja2", "charset_normalizer",
}  # fmt: skip
START = ("casefile.app", "casefile.cli", "casefile.ui.start")


def loaded(code: str) -> set[str]:
    """Run code in a fresh interpreter; gives the top names of all loaded modules."""
    show = "import json, sys; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def test_start_loads_no_parser_no_store_no_index() -> None:
    assert not loaded("import " + ", ".join(START)) & LATE


def test_the_command_line_loads_no_window() -> None:
    assert not loaded("import casefile.cli") & (LATE | {"PySide6"})


def test_the_extraction_child_starts_with_nothing_of_ours_but_the_door() -> None:
    assert not loaded("import casefile.__main__") & (LATE | {"PySide6", "rich"})


def test_an_early_import_is_seen() -> None:
    assert loaded("import sqlalchemy") & LATE == {"sqlalchemy"}


EMITS = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Speaker(QObject):
    said = Signal(bool)
    done = Signal()

app, speaker, heard = QCoreApplication([]), Speaker(), []
speaker.said.connect(lambda value: None)
speaker.done.connect(lambda: None)
before = sys.getrefcount(True), sys.getrefcount(None)
for _ in range(5000):
    speaker.said.emit(True)
    speaker.done.emit()
    speaker.blockSignals(False)
after = sys.getrefcount(True), sys.getrefcount(None)
print(max(abs(a - b) for a, b in zip(after, before)))
"""


def test_signals_keep_reference_counts() -> None:
    """PySide6 6.12.0 loses one reference an emit on Python 3.11 and aborts after some 570."""
    done = subprocess.run(
        [sys.executable, "-c", EMITS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert int(done.stdout) < 100


def test_the_lock_holds_a_sound_qt(project: Path) -> None:
    lock = (project / "packaging" / "requirements.lock").read_text("utf-8").lower()
    pin = next(line for line in lock.splitlines() if line.startswith("pyside6-essentials=="))
    assert tuple(map(int, pin.split("==")[1].split()[0].split(".")[:2])) < (6, 12)


def test_without_a_display_the_demo_writes_a_picture(tmp_path: Path) -> None:
    """The whole way of `./run`, in an environment that names neither display nor platform."""
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LC_ALL", "TMPDIR"}}
    places = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CACHE", "CONFIG")}
    for _ in range(2):  # built and shown; then only shown
        done = subprocess.run(
            [str(Path(sys.executable).parent / "casefile"), "demo"],
            env=kept | places,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-800:]
        assert len(done.stdout.splitlines()) == 1
    picture = tmp_path / "CACHE" / "casefile" / "window.png"
    assert str(picture) in done.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 100_000
