"""Make `resources/confusables.txt` from the data of the package `confusable_homoglyphs` (Unicode).

Usage: `python -m pip download --no-deps confusable_homoglyphs==3.3.1`, then
`python make_confusables.py confusable_homoglyphs-3.3.1-py2.py3-none-any.whl`. One line a shape: the
letters that stand for it, a tab, the letters that look like it. Letters that folding of case and
compatibility brings together anyway are left out.
"""

import json
import sys
import unicodedata
import zipfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent.parent / "resources" / "confusables.txt"
DATA = "confusable_homoglyphs/confusables.json"
CREDIT = "# Unicode confusables, by way of the package confusable_homoglyphs 3.3.1 (MIT)"


def main(wheel: str) -> None:
    """Write the table."""
    with zipfile.ZipFile(wheel) as archive:
        data = json.loads(archive.read(DATA))
    shapes: dict[str, list[str]] = {}
    for letter, alike in sorted(data.items()):
        if len(letter) == 1 and letter.isalnum() and not letter.isascii():
            stands = min((one["c"] for one in alike if one["c"].isalnum()), key=rank, default="")
            if stands and not same(letter, stands):
                shapes.setdefault(stands, []).append(letter)
    lines = [f"{stands}\t{''.join(letters)}" for stands, letters in sorted(shapes.items())]
    TARGET.write_text("\n".join([CREDIT, *lines]) + "\n", "utf-8")


def same(one: str, other: str) -> bool:
    """Say whether two letters are brought together without a table."""
    first, second = (unicodedata.normalize("NFKD", each).casefold() for each in (one, other))
    return first == second


def rank(letters: str) -> tuple[bool, int, str]:
    """Say what stands for a shape: what is plain, then what is short."""
    return not letters.isascii(), len(letters), letters


if __name__ == "__main__":
    main(sys.argv[1])
