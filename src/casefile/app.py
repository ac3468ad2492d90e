"""Composition: the places of this machine, then a face.

The window's modules and Qt are imported only when a window is wanted, so that the command line
starts without them.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from casefile.model.errors import CasefileError
from casefile.services.places import Places


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; its `open` and `demo` open the window. Gives the exit status."""
    from casefile.cli.main import main as run

    argv = list(sys.argv[1:] if arguments is None else arguments)
    try:
        places = Places.of_system()
    except CasefileError as error:
        sys.stderr.write(f"{error.message} {error.hint}\n")
        return 3
    return run(argv, open_window, places)


def open_window(case: Path | None, places: Places, *, picture: Path | None = None) -> int:
    """Open the window, or write a picture of it; gives the exit status."""
    from casefile.ui.start import open_window as start

    return start(case, places, picture=picture)
