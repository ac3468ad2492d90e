"""Commands that write on any record: tag, note."""

from argparse import Namespace

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands
from casefile.cli.running import writing
from casefile.model.ids import tag_id, tagging_id
from casefile.strings import tr


def declare(commands: Commands) -> None:
    """Declare the commands."""
    tag = commands.add("tag", _tag, tr("put tags on a record"))
    tag.add_argument("target", metavar="TARGET")
    tag.add_argument("tags", metavar="TAG", nargs="+")
    note = commands.add("note", _note, tr("write a note about a record"))
    note.add_argument("target", metavar="TARGET")
    note.add_argument("text", metavar="TEXT")


def _tag(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import notes, reading

    names = [clean for tag in arguments.tags if (clean := " ".join(tag.split()))]
    with writing(arguments.case, context) as desk:
        target = reading.resolve(desk, arguments.target)
        notes.tag(desk, [target], names)
    made = [tagging_id(tag_id(name), target) for name in names]

    def show(out: Output) -> None:
        out.line(f"{short(target)}  {out.safe(', '.join(names))}")

    return Answer({"id": made[0], "ids": made, "target": target, "tags": names}, show)


def _note(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import notes, reading

    with writing(arguments.case, context) as desk:
        target = reading.resolve(desk, arguments.target)
        key, _ = notes.note(desk, target, arguments.text)
    return Answer({"id": key, "target": target}, lambda out: out.line(short(key)))
