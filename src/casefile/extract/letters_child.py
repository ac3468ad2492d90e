"""The door to the recogniser: this process locks itself and then becomes tesseract."""

import os
import struct
from pathlib import Path
from typing import NoReturn

from casefile.extract import sandbox
from casefile.extract.letters import surroundings
from casefile.extract.limits import Limits

_FOLDERS = (
    *("/usr/lib", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata"),
)
_INTERPRETER = 3  # the kind of the part of a program that names its loader


def main(words: list[str]) -> NoReturn:
    """Become the program that the words name: its path, CPU seconds, then its own words."""
    program, seconds, *rest = words
    around = surroundings()
    readable = [*_FOLDERS, *filter(None, (around.get("TESSDATA_PREFIX"),))]
    sandbox.limit_program(int(seconds), Limits().large_memory)
    runnable = [program, *loader_of(Path(program))]
    sandbox.lock_program(readable, runnable)
    os.execve(program, [program, *rest], around)  # noqa: S606 - that is what this process is for


def loader_of(program: Path) -> list[str]:
    """Give the loader that a program of this system names, as real path; none for a script."""
    with program.open("rb") as file:
        head = file.read(64)
        if head[:5] != b"\x7fELF\x02":
            return []
        order = "<" if head[5] == 1 else ">"
        at, size, count = (
            struct.unpack_from(order + kind, head, place)[0]
            for kind, place in (("Q", 32), ("H", 54), ("H", 56))
        )
        for number in range(count):
            file.seek(at + number * size)
            kind, _, offset, _, _, length = struct.unpack(order + "IIQQQQ", file.read(40))
            if kind == _INTERPRETER:
                file.seek(offset)
                name = file.read(min(length, 4096)).rstrip(b"\x00").decode()
                return [str(Path(name).resolve())]
    return []
