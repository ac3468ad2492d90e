"""A defect of the program: kept for its makers, without a word of the case."""

import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from casefile import __version__
from casefile.model.errors import CasefileError
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.services.places import Places


def report(error: BaseException, places: "Places") -> CasefileError:
    """Keep where it happened in the cache folder; gives the sentence to tell.

    Kinds of errors and lines of code only: their messages may hold titles, paths or words of a case.
    """
    moment = datetime.now(UTC)
    file = places.cache / "log" / f"defect-{moment:%Y%m%d-%H%M%S-%f}.txt"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(_lines(error, moment)) + "\n", "utf-8")
    except OSError:
        return CasefileError(tr("This is a defect of Casefile."), type(error).__name__)
    return CasefileError(
        tr("This is a defect of Casefile."),
        tr("Where it happened is kept in {file}; no words of the case are in it.").format(
            file=file
        ),
    )


def _lines(error: BaseException, moment: datetime) -> list[str]:
    lines = [
        f"Casefile {__version__}, Python {platform.python_version()}, {sys.platform}",
        f"{moment:%Y-%m-%dT%H:%M:%S}Z",
    ]
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        lines.append(f"{type(at).__module__}.{type(at).__qualname__}")
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(at.__traceback__)
        ]
        at = at.__cause__ or at.__context__
    return lines


def _place(name: str) -> str:
    """Give a code file below its package folder, so that no path of a person is kept."""
    parts = Path(name).parts
    for root in ("site-packages", "casefile"):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last:])
    return "/".join(parts[-2:])
