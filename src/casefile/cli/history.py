"""Commands about what was done: history, undo, redo."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, as_json, instant, short
from casefile.cli.parsing import Commands, count
from casefile.cli.running import reading as opened
from casefile.cli.running import writing
from casefile.model.errors import Refused
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.change import Act, Revision, UndoReport
    from casefile.services.desk import Desk

_ALL = 1_000_000


def declare(commands: Commands) -> None:
    """Declare the commands."""
    history = commands.add("history", _history, tr("what was done, or all changes of one record"))
    history.add_argument("record", metavar="RECORD", nargs="?")
    history.add_argument("--limit", metavar="N", type=count, default=100)
    undo = commands.add("undo", _undo, tr("take an act back, by default your last one"))
    undo.add_argument("act", metavar="ACT", nargs="?")
    redo = commands.add("redo", _redo, tr("do an undone act again"))
    redo.add_argument("act", metavar="ACT", nargs="?")


def _history(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import history, reading

    with opened(arguments.case, context) as desk:
        people = history.names(desk)
        if arguments.record:
            record = reading.resolve(desk, arguments.record)
            return _of_record(record, history.of(desk, record), people)
        acts = history.acts(desk, arguments.limit)
    listed = [_act(act, people) for act in acts]

    def show(out: Output) -> None:
        heads = (tr("When"), tr("Act"), tr("Who"), tr("What"))
        rows = [(a["when"], short(a["id"]), a["handle"], _what(a)) for a in listed]
        out.table(heads, rows)

    return Answer({"acts": listed}, show)


def _what(act: dict[str, Any]) -> str:
    return tr("{what} (undone)").format(what=act["label"]) if act["undone"] else str(act["label"])


def _act(act: "Act", people: dict[str, str]) -> dict[str, Any]:
    from casefile.services.history import label

    return {
        "id": act.id,
        "key": act.key,
        "label": label(act.key, act.args),
        "args": act.args,
        "person": act.person,
        "handle": people.get(act.person) or short(act.person),
        "when": instant(act.when),
        "operations": act.operations,
        "undone": act.undone,
        "undoes": act.undoes,
    }


def revision(each: "Revision", people: dict[str, str]) -> dict[str, Any]:
    """Give one change of one record as JSON."""
    return {
        "act": each.act,
        "key": each.key,
        "person": each.person,
        "handle": people.get(each.person) or short(each.person),
        "when": instant(each.when),
        "replica": each.replica,
        "seq": each.seq,
        "hash": each.hash,
        "values": each.values,
        "before": each.before,
    }


def _of_record(record: str, found: "list[Revision]", people: dict[str, str]) -> Answer:
    listed = [revision(each, people) for each in found]

    def show(out: Output) -> None:
        heads = (tr("When"), tr("Act"), tr("Who"), tr("Values"))
        rows = [(r["when"], short(r["act"]), r["handle"], as_json(r["values"])) for r in listed]
        out.table(heads, rows)

    return Answer({"record": record, "revisions": listed}, show)


def _undo(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import history

    with writing(arguments.case, context) as desk:
        report, _ = history.undo(desk, _whole(desk, arguments.act))
    return _reported(report, tr("Undone: {what}"))


def _redo(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import history

    with writing(arguments.case, context) as desk:
        report, _ = history.redo(desk, _whole(desk, arguments.act))
    return _reported(report, tr("Redone: {what}"))


def _whole(desk: "Desk", prefix: str | None) -> str | None:
    """Give the act that begins so."""
    from casefile.services import history

    if prefix is None:
        return None
    found = [act.id for act in history.acts(desk, _ALL) if act.id.startswith(prefix)]
    if prefix in found:
        return prefix
    if len(found) != 1 or len(prefix) < 8:
        raise Refused(
            tr("There is no single act {id}.").format(id=prefix),
            tr("The history lists the acts; eight letters of an id are enough."),
            found,
        )
    return found[0]


def _reported(report: "UndoReport", sentence: str) -> Answer:
    from casefile.services.history import label

    what = label(report.key, report.args)
    since = [
        {"kind": table, "record": record, "field": name}
        for table, record, name in report.changed_since
    ]
    document = {
        "id": report.act,
        "act": report.act,
        "undone": report.undone,
        "label": what,
        "restored": report.restored,
        "changed_since": since,
    }

    def show(out: Output) -> None:
        out.line(out.safe(sentence.format(what=what)))
        if since:
            words = trn(
                "{n} value was changed since and stays.",
                "{n} values were changed since and stay.",
                len(since),
            )
            out.note(words)

    return Answer(document, show, int(bool(since)))
