"""Commands that read an original once more: ocr, reread; and passwords out of a file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import with_progress, writing
from casefile.model.errors import UsageError
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casefile.jobs.progress import Progress
    from casefile.model.view import AddEntry
    from casefile.services.desk import Desk
    from casefile.services.recognising import Recognition
    from casefile.services.rereading import Reread

_MOST = 64 * 1024  # bytes of a file of passwords


def declare(commands: Commands) -> None:
    """Declare the commands."""
    ocr = commands.add("ocr", _ocr, tr("recognise the letters of pages that are pictures"))
    ocr.add_argument("source", metavar="SOURCE")
    ocr.add_argument(
        "--language",
        metavar="L",
        action="append",
        default=[],
        help=tr("en, ar, ru, fa or a name that tesseract knows; can be repeated"),
    )
    again = commands.add("reread", _reread, tr("read an original once more"))
    again.add_argument("source", metavar="SOURCE")
    take_passwords(again)


def take_passwords(command: ArgumentParser) -> None:
    """Declare the file of passwords."""
    command.add_argument(
        "--password-file",
        metavar="F",
        type=whole_path,
        help=tr("passwords to try, one a line; they are stored nowhere"),
    )


def passwords_in(file: Path | None) -> list[str]:
    """Read passwords, one a line; white space counts."""
    if file is None:
        return []
    try:
        data = file.read_bytes()[: _MOST + 1]
        words = data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            tr("The file of passwords cannot be read."), error.strerror or ""
        ) from error
    except UnicodeError as error:
        raise UsageError(
            tr("The file of passwords is no text."), tr("Save it as UTF-8, one password a line.")
        ) from error
    if len(data) > _MOST:
        raise UsageError(tr("The file of passwords is too long."))
    return [line for line in words.splitlines() if line]


def open_locked(desk: "Desk", entries: "Sequence[AddEntry]") -> None:
    """Read what the case had and could not open, now that there are passwords."""
    from casefile.model.errors import Refused
    from casefile.services import reading, rereading

    for entry in entries:
        if entry.status != "duplicate" or entry.source is None:
            continue
        read = reading.source(desk, entry.source).extraction
        if read is not None and not read.complete and "password" in (read.reason or ""):
            try:
                rereading.read_again(desk, entry.source)
            except Refused:
                continue  # none of the passwords fits; the source says so


def _ocr(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reading, recognising

    with writing(arguments.case, context) as desk:
        source = reading.resolve(desk, arguments.source, "source")

        def work(progress: "Progress") -> "Recognition":
            return recognising.recognise(
                desk, source, languages=arguments.language, progress=progress
            )

        found = with_progress(context.output, tr("Recognising letters"), work)
    document = {
        **_told(source, found.reread),
        "recognised": list(found.pages),
        "languages": list(found.languages),
        "confidence": found.confidence,
    }

    def show(out: Output) -> None:
        count = len(found.pages)
        out.note(
            trn("Letters recognised on {n} page", "Letters recognised on {n} pages", count)
            + tr(", {sure} of 100 sure. Compare with the picture.").format(sure=found.confidence)
        )

    return Answer(document, show, int(not found.reread.draft.complete))


def _reread(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import reading, rereading

    passwords = passwords_in(arguments.password_file)
    with writing(arguments.case, context) as desk:
        desk.extractor.try_passwords(passwords)
        source = reading.resolve(desk, arguments.source, "source")
        found = rereading.read_again(desk, source)
    draft = found.draft

    def show(out: Output) -> None:
        words = draft.reason or tr("Read to the end.")
        out.note(out.safe(words))

    return Answer(_told(source, found), show, int(not draft.complete))


def _told(source: str, found: "Reread") -> dict[str, Any]:
    draft, marks = found.draft, found.marks
    return {
        "id": source,
        "complete": draft.complete,
        "reason": draft.reason,
        "marks": {
            "exact": marks.exact,
            "moved": marks.moved,
            "unsure": marks.unsure,
            "orphan": marks.orphan,
        },
    }
