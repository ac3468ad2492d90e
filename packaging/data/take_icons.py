"""Copy the icons of `icons.txt` and their licence out of an unpacked `@tabler/icons` package.

Usage: `npm pack @tabler/icons@3.51.0`, unpack it, then `python take_icons.py package/`.
"""

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent.parent / "resources" / "icons"


def main(package: Path) -> None:
    """Fill `resources/icons`; icons that are no longer listed are removed."""
    names = (HERE / "icons.txt").read_text("utf-8").split()
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.svg"):
        old.unlink()
    for name in names:
        shutil.copyfile(package / "icons" / "outline" / f"{name}.svg", TARGET / f"{name}.svg")
    shutil.copyfile(package / "LICENSE", TARGET / "LICENSE")
    print(f"{len(names)} icons")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
