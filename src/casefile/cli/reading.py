"""Commands about sources: list, show, export-original, triage, delete."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from casefile.cli import moments
from casefile.cli.claims import when
from casefile.cli.context import Answer, Context
from casefile.cli.history import entry
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading as opened
from casefile.cli.running import writing
from casefile.model.source import SOURCE_KINDS, TRIAGE
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.view import SourceRow


def declare(commands: Commands) -> None:
    """Declare the commands."""
    listing = commands.add("list", _list, tr("list the sources"))
    listing.add_argument("--kind", choices=SOURCE_KINDS)
    listing.add_argument("--tag", metavar="T")
    moments.declare(listing)
    show = commands.add("show", _show, tr("show a source"))
    show.add_argument("source", metavar="SOURCE")
    show.add_argument("--text", action="store_true", help=tr("with its whole text"))
    show.add_argument("--zones", action="store_true", help=tr("with what each part of it is"))
    show.add_argument("--history", action="store_true", help=tr("with every change"))
    moments.declare(show)
    export = commands.add("export-original", _export, tr("write the original bytes to a file"))
    export.add_argument("source", metavar="SOURCE")
    export.add_argument("file", metavar="FILE", type=whole_path)
    export.add_argument("--marked", action="store_true", help=tr("a copy of a PDF, with the marks"))
    triage = commands.add("triage", _triage, tr("set a source aside"))
    triage.add_argument("source", metavar="SOURCE")
    triage.add_argument("status", choices=(*TRIAGE, "none"))
    delete = commands.add("delete", _delete, tr("delete a record; undo brings it back"))
    delete.add_argument("record", metavar="RECORD")


def _list(arguments: Namespace, context: Context) -> Answer:
    from casefile.model.ids import tag_id
    from casefile.model.view import SourceFilter
    from casefile.services import notes, reading

    wanted = SourceFilter(kind=arguments.kind, tag=tag_id(arguments.tag) if arguments.tag else None)
    with opened(arguments.case, context) as desk:
        if arguments.as_of:
            return moments.sources(desk, arguments)
        rows = reading.rows(desk, reading.listing(desk, wanted, descending=False))
        with desk.store.read() as r:
            tags = notes.tags_of(r, [row.id for row in rows])
    sources = [
        {
            "id": row.id,
            "kind": row.kind,
            "title": row.title,
            "published": row.published.to_json() if row.published else None,
            "tags": list(tags[row.id]),
        }
        for row in rows
    ]

    def show(out: Output) -> None:
        heads = (tr("Id"), tr("Kind"), tr("Published"), tr("Status"), tr("Title"))
        out.table(heads, [_cells(row) for row in rows])
        out.note(trn("{n} source", "{n} sources", len(rows)))

    return Answer({"total": len(rows), "sources": sources}, show)


def _cells(row: "SourceRow") -> tuple[str, ...]:
    published = row.published
    day = (published.edtf or published.text or "") if published else ""
    return short(row.id), row.kind, day, row.status or "", row.title


def _show(arguments: Namespace, context: Context) -> Answer:
    from casefile.cli import shown
    from casefile.services import condition, history, reading

    with opened(arguments.case, context) as desk:
        key = reading.resolve(desk, arguments.source, "source")
        state = condition.of(desk, [key])
        view = reading.source(desk, key)
        needed = arguments.text or arguments.zones
        text = reading.text(desk, key) if needed else None
        entries = history.entries(desk, key) if arguments.history else []
        then = shown.as_of(desk, key, arguments.as_of) if arguments.as_of else {}
    document = shown.document(view, text, arguments) | then
    document["condition"] = asdict(state[0]) if state else None
    if arguments.history:
        document["history"] = [entry(each) for each in entries]

    def show(out: Output) -> None:
        out.line(out.safe(document["title"] or view.title))
        out.pairs(shown.pairs(view, when))
        for zone in document["zones"] or ():
            out.line(f"{zone['kind']}  {out.safe(zone['text'])}")
        if arguments.text:
            out.line()
            out.line(out.safe(document["text"], lines=True))
        for each in document["history"] or ():
            out.line(f"{each['when']}  {each['handle']}  {out.safe(', '.join(each['values']))}")

    return Answer(document, show)


def _export(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import marked_copy, reading

    with opened(arguments.case, context) as desk:
        key = reading.resolve(desk, arguments.source, "source")
        if arguments.marked:
            count = marked_copy.write(desk, key, arguments.file)
            document: dict[str, object] = {"file": str(arguments.file), "marks": count}
        else:
            file = reading.source(desk, key).file
            reading.export_original(desk, key, arguments.file)
            document = {"file": str(arguments.file), "sha256": file.object if file else None}
    return Answer(document, lambda out: out.line(out.safe(str(arguments.file))))


def _triage(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reading

    status = None if arguments.status == "none" else arguments.status
    with writing(arguments.case, context) as desk:
        key = reading.resolve(desk, arguments.source, "source")
        reading.triage(desk, [key], status)
    words = f"{short(key)}  {arguments.status}"
    return Answer({"source": key, "status": status}, lambda out: out.line(words))


def _delete(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reading

    with writing(arguments.case, context) as desk:
        key = reading.resolve(desk, arguments.record)
        reading.delete(desk, [key])
    words = tr("Deleted {id}; undo brings it back.").format(id=short(key))
    return Answer({"id": key, "deleted": True}, lambda out: out.line(words))
