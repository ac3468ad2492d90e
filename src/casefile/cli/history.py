"""Commands about what was done: history, undo, redo."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli import moments
from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, instant, short
from casefile.cli.parsing import Commands, count
from casefile.cli.running import reading as opened
from casefile.cli.running import writing
from casefile.model.errors import Refused
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.change import Act, FieldChange, HistoryEntry, UndoReport
    from casefile.services.desk import Desk


def declare(commands: Commands) -> None:
    """Declare the commands."""
    history = commands.add("history", _history, tr("what was done, or all changes of one record"))
    history.add_argument(
        "record", metavar="RECORD", nargs="?", help=tr("a record, or an act of the history")
    )
    history.add_argument("--limit", metavar="N", type=count, default=100)
    moments.declare(history)
    undo = commands.add("undo", _undo, tr("take an act back, by default your last one"))
    undo.add_argument("act", metavar="ACT", nargs="?")
    redo = commands.add("redo", _redo, tr("do an undone act again"))
    redo.add_argument("act", metavar="ACT", nargs="?")


def _history(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import history

    with opened(arguments.case, context) as desk:
        if arguments.as_of:
            return _then(desk, arguments)
        if arguments.record:
            return _of_one(desk, arguments.record, arguments.limit)
        people = history.names(desk)
        acts = history.acts(desk, arguments.limit)
    listed = [_act(act, people) for act in acts]

    def show(out: Output) -> None:
        heads = (tr("When"), tr("Act"), tr("Who"), tr("What"))
        rows = [(a["when"], short(a["id"]), a["handle"], _what(a)) for a in listed]
        out.table(heads, rows)

    return Answer({"acts": listed}, show)


def _then(desk: "Desk", arguments: Namespace) -> Answer:
    """Show the case, or one record, as it stood at a moment."""
    from casefile.services import reading

    if not arguments.record:
        return moments.overview(desk, arguments.as_of)
    key = reading.resolve(desk, arguments.record)
    return moments.one(desk, reading.table_of(desk, key), key, arguments.as_of)


def _of_one(desk: "Desk", prefix: str, limit: int) -> Answer:
    """Show the changes of a record, or where no record begins so, those of an act."""
    from casefile.services import history, reading

    try:
        record = reading.resolve(desk, prefix)
    except Refused as refusal:
        try:
            detail = history.of_act(desk, prefix, limit)
        except Refused:
            raise refusal from None
        act = _act(detail.act, history.names(desk)) | {"records": detail.records}
        return _listed({"act": act}, list(detail.entries), titled=True)
    return _listed({"record": record}, history.entries(desk, record), titled=False)


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


def entry(each: "HistoryEntry") -> dict[str, Any]:
    """Give one change of one record as JSON: who, when, what, before and after."""
    return {
        "act": each.act,
        "key": each.key,
        "label": each.what,
        "undone": each.undone,
        "table": each.table,
        "record": each.record,
        "title": each.title,
        "made": each.made,
        "person": each.person,
        "handle": each.who,
        "when": instant(each.when),
        "replica": each.replica,
        "seq": each.seq,
        "hash": each.hash,
        "values": {change.field: change.after for change in each.changes},
        "before": {change.field: change.before for change in each.changes},
    }


def _listed(what: dict[str, Any], found: "list[HistoryEntry]", *, titled: bool) -> Answer:
    def show(out: Output) -> None:
        for each in found:
            words = tr("{what} (undone)").format(what=each.what) if each.undone else each.what
            title = f"  {each.title}" if titled else ""
            line = f"{instant(each.when)}  {short(each.act)}  {each.who}  {words}{title}"
            out.line(out.safe(line))
            for change in each.changes:
                out.line(out.safe(f"    {change.name}: {_turned(change)}"))

    return Answer({**what, "revisions": [entry(each) for each in found]}, show)


def _turned(change: "FieldChange") -> str:
    was, now = (words or tr("nothing") for words in (change.was, change.now))
    return now if change.before is None else tr("{was} → {now}").format(was=was, now=now)


def _undo(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import history

    with writing(arguments.case, context) as desk:
        report, _ = history.undo(desk, arguments.act)
    return reported(report, tr("Undone: {what}"))


def _redo(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import history

    with writing(arguments.case, context) as desk:
        report, _ = history.redo(desk, arguments.act)
    return reported(report, tr("Redone: {what}"))


def reported(report: "UndoReport", sentence: str) -> Answer:
    """Say what was taken back or done again, and what was changed since."""
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
