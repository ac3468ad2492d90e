"""Copy the shipped fonts out of the Debian packages fonts-inter, fonts-noto-core, fonts-noto-mono.

Usage: `python take_fonts.py [/usr/share]`. The licence text is taken from the same packages.
"""

import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent.parent / "resources" / "fonts"
FACES = {
    "opentype/inter": [f"Inter-{w}.otf" for w in ("Regular", "Medium", "SemiBold", "Bold")],
    "truetype/noto": [
        "NotoSerif-Regular.ttf",
        "NotoSerif-Bold.ttf",
        "NotoSerif-Italic.ttf",
        "NotoNaskhArabic-Regular.ttf",
        "NotoNaskhArabic-Bold.ttf",
        "NotoSansArabic-Regular.ttf",
        "NotoSansArabic-Bold.ttf",
        "NotoSansMono-Regular.ttf",
    ],
}


def licence(copyright_file: Path) -> str:
    """Give the OFL-1.1 paragraph of a Debian copyright file as plain text."""
    lines: list[str] = []
    for line in copyright_file.read_text("utf-8").splitlines():
        if line.strip() == "License: OFL-1.1":
            lines = ["SIL OPEN FONT LICENSE Version 1.1", ""]
        elif line.startswith(" ") and lines:
            lines.append("" if line == " ." else line[1:])
        elif len(lines) > 20:
            break
    return "\n".join(lines).rstrip() + "\n"


def main(share: Path) -> None:
    """Fill `resources/fonts` and write the licence beside the fonts."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for folder, names in FACES.items():
        for name in names:
            shutil.copyfile(share / "fonts" / folder / name, TARGET / name)
    (TARGET / "OFL.txt").write_text(licence(share / "doc" / "fonts-inter" / "copyright"), "utf-8")
    print(sum(f.stat().st_size for f in TARGET.iterdir()), "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share"))
