"""Letters recognised in pictures by the system's tesseract, in a locked process of its own."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casefile.extract.limits import Limits
from casefile.model.document import Box
from casefile.model.errors import CasefileError
from casefile.strings import tr

CHILD = "--letters"
DOTS = 300  # an inch: what the recogniser was taught on
# The languages of the people who work here, as tesseract names them.
NAMES = {"en": "eng", "ar": "ara", "ru": "rus", "fa": "fas"}
_BY_SCRIPT = {
    "Arabic": ("ara", "fas"),
    "Cyrillic": ("rus", "eng"),
    "Latin": ("eng",),
}
_SCRIPTS = "osd"
_WORD = "5"
_MOST_WORDS = 100_000
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture in greys: a byte a dot, row after row; `dots` an inch, 0 where nobody knows."""

    width: int
    height: int
    greys: bytes
    dots: int = 0


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of one picture; `words` are (start, length, box), `confidence` 0 to 100."""

    text: str = ""
    words: tuple[tuple[int, int, Box], ...] = ()
    confidence: int = 0


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The recogniser of this system: its program, its version, the languages it knows."""

    program: str
    version: str
    languages: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)

    def chosen(self, wanted: Sequence[str], first: Scan) -> tuple[str, ...]:
        """Give the languages to look for: those asked for, else those of the picture's script.

        Raises CasefileError for a language that is not installed.
        """
        names = tuple(NAMES.get(name, name) for name in wanted)
        missing = [name for name in names if name not in self.languages]
        if missing:
            raise CasefileError(
                tr("Tesseract does not know {languages} here.").format(
                    languages=", ".join(missing)
                ),
                tr("Install it, for example: apt install {packages}").format(
                    packages=" ".join(f"tesseract-ocr-{name}" for name in missing)
                ),
            )
        return names or self._by_script(first)

    def read(self, scan: Scan, languages: Sequence[str]) -> Recognised:
        """Recognise the words of one picture; CasefileError when it takes too long or breaks."""
        words = [*("-l", "+".join(languages)), "tsv"]
        if scan.dots:
            words[2:2] = ["--dpi", str(scan.dots)]
        return _words(self._run(words, scan), scan)

    def _by_script(self, scan: Scan) -> tuple[str, ...]:
        known = tuple(name for name in NAMES.values() if name in self.languages)
        if _SCRIPTS not in self.languages:
            return known
        try:
            told = self._run(["-l", _SCRIPTS, "--psm", "0"], scan)
        except CasefileError:
            return known  # too few letters to tell
        script = next((s[8:] for s in told.splitlines() if s.startswith("Script: ")), "")
        found = tuple(name for name in _BY_SCRIPT.get(script, ()) if name in self.languages)
        return found or known

    def _run(self, words: Sequence[str], scan: Scan) -> str:
        picture = b"P5 %d %d 255\n" % (scan.width, scan.height) + scan.greys
        command = [*_launcher(), self.program, str(int(self.limits.letters_seconds))]
        try:
            done = subprocess.run(  # noqa: S603 - our own program, then the system's tesseract
                [*command, "stdin", "stdout", *words],
                input=picture,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=2 * self.limits.letters_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise CasefileError(tr("Recognising letters takes too long here.")) from late
        if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            raise CasefileError(tr("Recognising letters takes too long here."))
        if done.returncode or len(done.stdout) > self.limits.message_bytes:
            raise CasefileError(tr("No letters can be recognised in this picture."))
        return done.stdout.decode("utf-8", "replace")


def find(limits: Limits | None = None, path: str | None = None) -> Recogniser | None:
    """Give the recogniser of this system, or None where there is none; `path` as PATH is."""
    program = shutil.which("tesseract", path=path)
    if program is None:
        return None
    program = str(Path(program).resolve())
    version = _told(program, "--version").partition("\n")[0].removeprefix("tesseract ").strip()
    listed = _told(program, "--list-langs").splitlines()[1:]
    languages = tuple(sorted(line.strip() for line in listed if line.strip()))
    return Recogniser(program, version, languages, limits or Limits()) if languages else None


def missing() -> CasefileError:
    """Give the trouble of a system without recogniser, with what to do about it."""
    return CasefileError(
        tr("Tesseract is not installed here, so letters in pictures cannot be read."),
        tr("Install it, for example: apt install {packages}").format(
            packages="tesseract-ocr tesseract-ocr-ara tesseract-ocr-rus tesseract-ocr-fas"
        ),
    )


def _told(program: str, word: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the system's program, asked about itself
            [program, word], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _launcher() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return (sys.executable, "--extract-child", CHILD)
    return (sys.executable, "-P", "-m", "casefile", "--extract-child", CHILD)


def surroundings() -> dict[str, str]:
    """Give the environment of the recogniser: nothing of the person's, one thread."""
    kept = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
    folder = os.environ.get("TESSDATA_PREFIX")
    return {**kept, "TESSDATA_PREFIX": folder} if folder else kept


def _words(table: str, scan: Scan) -> Recognised:
    """Read tesseract's table: words to lines, lines to paragraphs, each word with its box."""
    text, placed, sure, letters = "", [], 0.0, 0
    last: tuple[str, ...] = ()
    for row in table.splitlines()[1 : _MOST_WORDS + 1]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD:
            continue
        word = " ".join(cells[11].translate(_INVISIBLE).split())
        box = _box(cells[6:10], scan)
        if not word or box is None:
            continue
        here = tuple(cells[1:5])
        if last:
            text += " " if here == last else "\n" if here[:3] == last[:3] else "\n\n"
        last = here
        placed.append((len(text), len(word), box))
        text += word
        sure += max(_number(cells[10]), 0.0) * len(word)
        letters += len(word)
    return Recognised(text, tuple(placed), round(sure / letters) if letters else 0)


def _box(cells: Sequence[str], scan: Scan) -> Box | None:
    left, top, width, height = map(_number, cells)
    x0, x1 = left / max(scan.width, 1), (left + width) / max(scan.width, 1)
    y0, y1 = top / max(scan.height, 1), (top + height) / max(scan.height, 1)
    inside = 0 <= x0 <= x1 <= 1 and 0 <= y0 <= y1 <= 1
    return (x0, y0, x1, y1) if inside else None


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return -1.0
