"""Commands that change sources as wholes: source merge, redecode, watch."""

import time
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import writing
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.view import AddEntry, AddReport


def declare(commands: Commands) -> None:
    """Declare the commands."""
    source = commands.group("source", tr("sources as wholes"))
    merge = source.add("merge", _merge, tr("make two sources one: the first keeps its record"))
    merge.add_argument("source", metavar="A")
    merge.add_argument("other", metavar="B")
    relate = source.add("relate", _relate, tr("say whether two sources share an origin"))
    relate.add_argument("source", metavar="A")
    relate.add_argument("other", metavar="B")
    relate.add_argument("--as", dest="kind", choices=("derives from", "independent"), required=True)
    relate.add_argument("--reason", metavar="R", required=True, help=tr("how you know"))
    redecode = commands.add("redecode", _redecode, tr("read a source again in another encoding"))
    redecode.add_argument("source", metavar="SOURCE")
    redecode.add_argument("--encoding", metavar="E", help=tr("without it: a preview of several"))
    watch = commands.add("watch", _watch, tr("take in what appears in a folder until Ctrl-C"))
    watch.add_argument("folder", metavar="FOLDER", type=whole_path)
    watch.add_argument("--seconds", metavar="N", type=float, help=tr("stop after so long"))


def _merge(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import joining, reading

    with writing(arguments.case, context) as desk:
        keep = reading.resolve(desk, arguments.source, "source")
        gone = reading.resolve(desk, arguments.other, "source")
        joining.merge(desk, keep, gone)

    def show(out: Output) -> None:
        out.line(
            tr("Merged. All that hung on {gone} is now on {keep}.").format(
                gone=gone[:8], keep=keep[:8]
            )
        )

    return Answer({"id": keep, "merged": gone}, show)


def _relate(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import independence, reading

    with writing(arguments.case, context) as desk:
        one = reading.resolve(desk, arguments.source, "source")
        other = reading.resolve(desk, arguments.other, "source")
        independence.relate(desk, one, other, kind=arguments.kind, reason=arguments.reason)
    words = f"{one[:8]}  {arguments.kind}  {other[:8]}"
    return Answer(
        {"source": one, "other": other, "kind": arguments.kind}, lambda out: out.line(words)
    )


def _redecode(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reading, redecode

    with writing(arguments.case, context) as desk:
        source = reading.resolve(desk, arguments.source, "source")
        if not arguments.encoding:
            found = redecode.preview(desk, source)
            document = {"id": source, "encodings": [asdict(each) for each in found]}
            rows = [(e.encoding, e.words, e.lines[0][:70] if e.lines else "") for e in found]
            heads = (tr("Encoding"), "", tr("Begins with"))
            return Answer(document, lambda out: out.table(heads, rows))
        report, _ = redecode.redecode(desk, source, arguments.encoding)
    marks = asdict(report)
    status = int(bool(report.unsure or report.orphan))

    def show(out: Output) -> None:
        out.line(tr("Read again as {encoding}.").format(encoding=out.safe(arguments.encoding)))
        if status:
            unsure = report.unsure + report.orphan
            out.note(trn("{n} mark wants a look.", "{n} marks want a look.", unsure))

    return Answer({"id": source, "marks": marks}, show, status)


def _watch(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import watching

    entries: list[AddEntry] = []
    ends = time.monotonic() + arguments.seconds if arguments.seconds is not None else None
    watch = watching.Watch(arguments.folder)
    with writing(arguments.case, context) as desk:
        out = context.output
        out.note(tr("Watching {folder}. Ctrl-C stops.").format(folder=out.safe(str(watch.folder))))
        try:
            while ends is None or time.monotonic() < ends:
                report = watch.look(desk)
                if report is not None:
                    entries += report.entries
                    _tell(out, report)
                time.sleep(min(watching.SECONDS, max(0.0, (ends or 1e12) - time.monotonic())))
        except KeyboardInterrupt:
            out.note(tr("Stopping. What is finished stays."))
    from casefile.cli.ingest import entry_document

    document: dict[str, Any] = {"added": [entry_document(entry) for entry in entries]}
    return Answer(document, lambda _out: None)


def _tell(out: Output, report: "AddReport") -> None:
    for entry in report.entries:
        out.note(f"{tr(entry.status)}  {out.safe(entry.path)}  {out.safe(entry.reason or '')}")
