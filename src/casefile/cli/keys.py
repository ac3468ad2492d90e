"""Commands about the person's key: make it, show it, sign with it."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, instant
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading, with_progress, writing
from casefile.model.errors import Refused, UsageError
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.signing import Signer
    from casefile.model.upkeep import CheckpointView, KeyState

MOST = 4096  # bytes of a passphrase file


def declare(commands: Commands) -> None:
    """Declare the commands."""
    key = commands.group("key", tr("your key: made here, kept with a passphrase"))
    new = key.add("new", _new, tr("make your key"), case=False)
    take_passphrase(new)
    new.add_argument(
        "--no-passphrase", action="store_true",
        help=tr("keep it unprotected: whoever has this machine can sign as you"),
    )  # fmt: skip
    key.add("show", _show, tr("show the public half of your key"), case=False)
    sign = key.add("sign", _sign, tr("sign where the log of a case stands now"))
    take_passphrase(sign)
    key.add("checkpoints", _listed, tr("list the signed checkpoints of a case, each verified"))


def take_passphrase(parser: Any) -> None:
    """Declare how a command is told the passphrase."""
    parser.add_argument(
        "--passphrase-file", metavar="F", type=whole_path,
        help=tr("a file whose first line is the passphrase; else it is asked for"),
    )  # fmt: skip


def _new(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import keys

    if arguments.no_passphrase and arguments.passphrase_file:
        raise UsageError(tr("Give a passphrase or say that there is none, not both."))
    if keys.state(context.places).state != keys.NONE:
        keys.new(context.places, None)  # refuses in its own words
    words = None if arguments.no_passphrase else _passphrase(arguments.passphrase_file, twice=True)
    made = with_progress(
        context.output, tr("Making the key"), lambda _: keys.new(context.places, words)
    )
    return _shown(made)


def _show(_arguments: Namespace, context: Context) -> Answer:
    from casefile.services import keys

    found = keys.state(context.places)
    if found.state == keys.NONE:
        raise Refused(tr("There is no key on this machine."), tr("Make one: casefile key new"))
    return _shown(found)


def _shown(key: "KeyState") -> Answer:
    document = {
        "state": key.state,
        "public": key.public,
        "minisign": key.minisign,
        "fingerprint": key.fingerprint,
        "words": list(key.words),
        "made": instant(key.made),
    }

    def show(out: Output) -> None:
        protected = tr("a passphrase") if key.state != "plain" else tr("nothing: no passphrase")
        out.pairs(
            (
                (tr("Public key"), key.public),
                (tr("For minisign -P"), key.minisign),
                (tr("Fingerprint"), key.fingerprint),
                (tr("Read aloud"), " ".join(key.words)),
                (tr("Made"), instant(key.made)),
                (tr("Protected by"), protected),
            )
        )

    return Answer(document, show)


def unlocked(arguments: Namespace, context: Context) -> "Signer":
    """Unlock the person's key, with its passphrase from a file or asked for."""
    from casefile.services import keys

    words = None
    if keys.state(context.places).state == keys.LOCKED:
        words = _passphrase(arguments.passphrase_file)
    return keys.unlock(context.places, words)


def _sign(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import keys

    signer = unlocked(arguments, context)
    with writing(arguments.case, context) as desk:
        keys.give(desk, signer)
        made = with_progress(context.output, tr("Signing"), lambda p: keys.sign(desk, p))
    proves = keys.what_it_proves()
    document = {"checkpoint": _document(made) if made else None, "proves": list(proves)}

    def show(out: Output) -> None:
        if made is None:
            out.line(tr("Nothing is new since your last checkpoint."))
            return
        out.line(tr("Signed: {n} operations.").format(n=made.operations))
        for sentence in proves:
            out.line(sentence)

    return Answer(document, show)


def _listed(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import keys

    with reading(arguments.case, context) as desk:
        found = with_progress(context.output, tr("Checking"), lambda p: keys.listed(desk, p))

    def show(out: Output) -> None:
        heads = (tr("When"), tr("Who"), tr("Key"), tr("Operations"), tr("Holds"))
        rows = [
            (instant(c.made), c.who, c.fingerprint, str(c.operations), c.detail or tr("yes"))
            for c in found
        ]
        out.table(heads, rows)

    holds = all(one.ok for one in found)
    return Answer({"checkpoints": [_document(one) for one in found]}, show, 0 if holds else 1)


def _document(one: "CheckpointView") -> dict[str, Any]:
    return {
        "made": instant(one.made),
        "key": one.key,
        "fingerprint": one.fingerprint,
        "person": one.person,
        "handle": one.who,
        "operations": one.operations,
        "ok": one.ok,
        "known": one.known,
        "detail": one.detail,
    }


def _passphrase(file: Path | None, *, twice: bool = False) -> str:
    """Read the passphrase from a file, or ask for it; it is never a word of the call."""
    if file is not None:
        try:
            with file.open("rb") as opened:
                lines = opened.read(MOST).decode("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(tr("The passphrase file cannot be read.")) from error
        return lines[0] if lines else ""
    if not sys.stdin.isatty():
        raise UsageError(
            tr("A passphrase is needed."), tr("Give it with --passphrase-file, or in a terminal.")
        )
    words = getpass.getpass(tr("Passphrase: "))
    if twice and getpass.getpass(tr("Once more: ")) != words:
        raise UsageError(tr("The two passphrases differ."), tr("Nothing was made; try again."))
    return words
