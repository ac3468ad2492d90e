"""Commands that open the window: open, demo."""

import sys
from argparse import Namespace
from collections.abc import Mapping

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import with_progress
from casefile.model.errors import CaseUnusable
from casefile.strings import tr

_UNSEEN = frozenset({"offscreen", "minimal"})


def declare(commands: Commands) -> None:
    """Declare the commands."""
    opening = commands.add("open", _open, tr("open the window"), case=False)
    opening.add_argument("case", metavar="CASE", nargs="?", type=whole_path)
    demo = commands.add("demo", _demo, tr("build the sample case and open it"), case=False)
    demo.add_argument("folder", metavar="DIR", nargs="?", type=whole_path)


def _open(arguments: Namespace, context: Context) -> Answer:
    if not has_display(context.environ) and "QT_QPA_PLATFORM" not in context.environ:
        raise CaseUnusable(
            tr("There is no display to open the window on."),
            tr("Every command but open works without one."),
        )
    status = context.open_window(arguments.case, context.places)
    case = str(arguments.case) if arguments.case else None
    return Answer({"case": case}, lambda _out: None, status)


def _demo(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import samples

    case = with_progress(
        context.output,
        tr("Building the sample case"),
        lambda progress: samples.build(context.places, arguments.folder, progress),
    )
    if has_display(context.environ):
        status = context.open_window(case, context.places)
        return Answer({"case": str(case), "picture": None}, lambda _out: None, status)
    context.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # else Qt ends the process
    picture = context.places.cache / "window.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    status = context.open_window(case, context.places, picture=picture)

    def show(out: Output) -> None:
        words = tr("There is no display; a picture of the window is in {file}")
        out.line(words.format(file=out.safe(str(picture))))

    return Answer({"case": str(case), "picture": str(picture)}, show, status)


def has_display(environ: Mapping[str, str]) -> bool:
    """Say whether a window would be seen."""
    platform = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform:
        return platform not in _UNSEEN
    if not sys.platform.startswith("linux"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
