"""The command that shows others a part of a case: disclose."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading, searching, with_progress
from casefile.model.errors import UsageError
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.disclosure import Plan, Travel
    from casefile.services.desk import Desk

MOST = 4_194_304  # bytes of a file with words or a plan


def declare(commands: Commands) -> None:
    """Declare the command."""
    disclose = commands.add(
        "disclose", _disclose,
        tr("list what would be shown to others, and with --confirm write it"),
    )  # fmt: skip
    disclose.add_argument("file", metavar="FILE", type=whole_path, nargs="?")
    many: dict[str, Any] = {"action": "append", "default": []}
    disclose.add_argument("--record", metavar="ID", help=tr("a source, claim or entity"), **many)
    disclose.add_argument("--select", metavar="QUERY", help=tr("what this search finds"))
    disclose.add_argument("--tag", metavar="TAG", help=tr("what bears this tag"), **many)
    disclose.add_argument("--remove", metavar="WORDS", help=tr("words to take out"), **many)
    disclose.add_argument(
        "--remove-file", metavar="F", type=whole_path, help=tr("words to take out, one a line")
    )
    disclose.add_argument(
        "--remove-marked", metavar="TAG", help=tr("take out what marks and areas of this tag show")
    )
    disclose.add_argument("--hide", metavar="ENTITY", help=tr("give this one a pseudonym"), **many)
    disclose.add_argument("--text-only", metavar="ID", help=tr("send no copy of its file"), **many)
    disclose.add_argument("--title", metavar="T", default="", help=tr("what it is called"))
    flags = {
        "name-withheld": tr("name what stays behind"),
        "no-addresses": tr("leave URLs out"),
        "judgements": tr("send what analysts thought along"),
        "credits": tr("send who made photos and PDFs, as they say"),
    }
    for name, words in flags.items():
        disclose.add_argument(f"--{name}", action="store_true", help=words)
    disclose.add_argument(
        "--confirm", metavar="DIGEST", help=tr("write exactly the list that had this digest")
    )


def _disclose(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import disclosing, disclosure_bundle

    if bool(arguments.confirm) != bool(arguments.file):
        raise UsageError(
            tr("FILE and --confirm go together."),
            tr("Without them the list is shown, with its digest."),
        )
    opened = searching if arguments.select else reading
    with opened(arguments.case, context) as desk:
        plan = _plan(desk, arguments)
        if not arguments.file:
            seen = with_progress(
                context.output, tr("Preparing"), lambda p: disclosing.prepare(desk, plan, p)
            )
            return _listed(seen.travel)
        done, packed = with_progress(
            context.output, tr("Writing"),
            lambda p: disclosure_bundle.write(
                desk, plan, arguments.confirm, arguments.file, progress=p
            ),
        )  # fmt: skip
    document = {
        "file": done.path, "sha256": done.sha256, "size": done.size,
        "blank_pages": {key: list(pages) for key, pages in packed.blank.items()},
    }  # fmt: skip

    def show(out: Output) -> None:
        out.line(out.safe(done.path))
        for key, pages in packed.blank.items():
            out.note(
                tr("{id}: pages {pages} are blank, as words on them have no known place.").format(
                    id=key[:8], pages=", ".join(map(str, pages))
                )
            )

    return Answer(document, show)


def _plan(desk: "Desk", arguments: Namespace) -> "Plan":
    from casefile.model.disclosure import Plan
    from casefile.services import disclosure_choice, reading

    chosen = [reading.resolve(desk, each) for each in arguments.record]
    chosen += disclosure_choice.tagged(desk, arguments.tag)
    if arguments.select:
        chosen += disclosure_choice.found(desk, arguments.select)
    words = [*arguments.remove, *(_lines(arguments.remove_file) if arguments.remove_file else ())]
    spans, areas = disclosure_choice.marked(desk, arguments.remove_marked or "")
    return Plan(
        title=arguments.title,
        chosen=tuple(dict.fromkeys(chosen)),
        words=tuple(words),
        spans=spans,
        areas=areas,
        hidden=tuple(reading.resolve(desk, each, "entity") for each in arguments.hide),
        texts_only=tuple(reading.resolve(desk, each, "source") for each in arguments.text_only),
        name_withheld=arguments.name_withheld,
        addresses=not arguments.no_addresses,
        judgements=arguments.judgements,
        credits=arguments.credits,
    )


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as opened:
            lines = opened.read(MOST).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(tr("The file cannot be read: {file}.").format(file=file.name)) from error
    return [line.strip() for line in lines if line.strip()]


def _listed(found: "Travel") -> Answer:
    document = {
        "digest": found.digest,
        "items": [
            {"record": i.record, "kind": i.kind, "title": i.title, "form": i.form or None,
             "removed": i.removed, "notes": list(i.notes)}
            for i in found.items
        ],
        "withheld": list(found.withheld),
        "fields": {table: list(names) for table, names in found.fields.items()},
        "leftovers": list(found.leftovers),
    }  # fmt: skip

    def show(out: Output) -> None:
        heads = (tr("Kind"), tr("Title"), tr("File"), tr("Taken out"))
        out.table(heads, [(i.kind, i.title, i.form, str(i.removed)) for i in found.items])
        for note in dict.fromkeys(note for i in found.items for note in i.notes):
            out.line(note)
        for table, names in found.fields.items():
            out.line(f"{table}: {', '.join(names)}")
        for stays in found.withheld:
            out.line(tr("Stays here: {what}").format(what=out.safe(stays)))
        if found.leftovers:
            words = out.safe(", ".join(found.leftovers))
            out.line(
                tr("Still there, and much like what is taken out: {words}").format(words=words)
            )
        out.line(trn("{n} record travels.", "{n} records travel.", len(found.items)))
        out.line(tr("To write it: FILE --confirm {digest}").format(digest=found.digest))

    return Answer(document, show)
