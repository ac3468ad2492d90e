"""Letters in pictures: the recogniser is locked, its table is read strictly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from casefile.extract import letters, letters_child
from casefile.extract.letters import Recogniser, Scan
from casefile.extract.limits import Limits
from casefile.model.errors import CasefileError

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these locks")


def _scan(*lines: str) -> Scan:
    image = Image.new("L", (1200, 140 * len(lines) + 80), 255)
    font = ImageFont.load_default(80)
    for at, line in enumerate(lines):
        ImageDraw.Draw(image).text((60, 40 + 140 * at), line, fill=0, font=font)
    return Scan(image.width, image.height, image.tobytes(), 200)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    found = letters.find()
    if found is None or "eng" not in found.languages:
        pytest.skip("tesseract with English is not installed")
    return found


def test_words_are_read_with_their_boxes(recogniser: Recogniser) -> None:
    found = recogniser.read(_scan("The bridge is closed", "since Monday morning"), ["eng"])
    assert found.text.split() == ["The", "bridge", "is", "closed", "since", "Monday", "morning"]
    assert found.confidence > 70
    start, length, box = found.words[1]
    assert found.text[start : start + length] == "bridge"
    assert 0.1 < box[0] < box[2] < 0.6
    assert 0.0 < box[1] < box[3] < 0.5


def test_a_language_that_is_not_installed_is_named(recogniser: Recogniser) -> None:
    with pytest.raises(CasefileError, match="does not know xxx") as told:
        recogniser.chosen(["en", "xxx"], _scan("words"))
    assert "tesseract-ocr-xxx" in told.value.hint


def test_a_picture_that_takes_too_long_is_given_up(recogniser: Recogniser) -> None:
    # No recogniser is loaded in no time at all.
    hasty = Recogniser(
        recogniser.program, recogniser.version, recogniser.languages, Limits(letters_seconds=0.05)
    )
    with pytest.raises(CasefileError, match=r"too long|No letters"):
        hasty.read(_scan("words"), ["eng"])


def test_the_table_is_read_strictly() -> None:
    scan = Scan(1000, 1000, b"")
    rows = [
        HEAD,
        "1\t1\t0\t0\t0\t0\t0\t0\t1000\t1000\t-1\t",
        "5\t1\t1\t1\t1\t1\t100\t100\t200\t50\t90\tقال\u200f",
        "5\t1\t1\t1\t1\t2\t400\t100\t200\t50\t70\tأمس",
        "5\t1\t1\t1\t2\t1\t100\t200\t200\t50\t80\tline",
        "5\t1\t2\t1\t1\t1\t100\t400\t200\t50\t80\tblock",
        "5\t1\t2\t1\t1\t2\t900\t400\t200\t50\t80\toutside",
        "5\t1\t2\t1\t1\t3\tx\t400\t200\t50\t80\tnonsense",
        "5\t1\t2\t1\t1\t4\t1\t1\t1\t1\t80\t ",
        "broken",
    ]
    found = letters._words("\n".join(rows), scan)
    assert found.text == "قال أمس\nline\n\nblock"
    assert found.words[0] == (0, 3, (0.1, 0.1, 0.3, 0.15))
    assert all(found.text[s : s + n].strip() for s, n, _ in found.words)


def test_a_system_without_recogniser_is_told_what_to_do(tmp_path: Path) -> None:
    assert letters.find(path=str(tmp_path)) is None
    assert "apt install tesseract-ocr" in letters.missing().hint


@linux
def test_the_lock_of_the_recogniser_holds(tmp_path: Path) -> None:
    """What tesseract may not do is tried by a shell in its place."""
    secret = tmp_path / "secret"
    secret.write_text("words\n")
    shell = Path("/bin/sh").resolve()
    tries = (
        f"read x < {secret} && echo READ; /bin/true && echo RAN; (echo FORKED); > {tmp_path}/new"
    )
    program = (
        "import os, sys\n"
        "from casefile.extract import letters_child\n"
        f"letters_child.main([{str(shell)!r}, '20', '-c', {tries!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == ""
    assert not (tmp_path / "new").exists()
    # The negative control: without the lock the same words do all of it.
    free = subprocess.run([str(shell), "-c", tries], capture_output=True, text=True, check=True)
    assert free.stdout.split() == ["READ", "RAN", "FORKED"]
    assert (tmp_path / "new").exists()


@linux
def test_the_loader_of_a_program_is_found() -> None:
    (loader,) = letters_child.loader_of(Path("/bin/sh").resolve())
    assert os.access(loader, os.X_OK)
    assert letters_child.loader_of(Path(__file__)) == []
