"""Commands about bundles: write one, verify, preview and merge what came."""

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.history import reported
from casefile.cli.output import Output, instant, short
from casefile.cli.parsing import Commands, whole_path
from casefile.cli.running import reading, with_progress, writing
from casefile.model.errors import UsageError
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.exchange import Clash, Heads, Opening, Preview, Verified
    from casefile.model.signing import Signer
    from casefile.services.desk import Desk

MOST = 65_536  # bytes of a file with a passphrase or an identity


def declare(commands: Commands) -> None:
    """Declare the commands."""
    bundle = commands.group("bundle", tr("exchange a case, or part of it, as one file"))
    write = bundle.add("write", _write, tr("write a bundle for somebody else"))
    write.add_argument("file", metavar="FILE", type=whole_path)
    write.add_argument("--kind", choices=("full", "delta"), default="full")
    write.add_argument(
        "--base",
        metavar="FILE",
        help=tr("what the receiver has: a bundle that came from them; else the last one merged"),
    )
    write.add_argument(
        "--recipient", metavar="KEY", action="append", default=[],
        help=tr("encrypt to this age key; may be given several times"),
    )  # fmt: skip
    write.add_argument(
        "--passphrase",
        action="store_true",
        help=tr("encrypt with eight words that are made for you"),
    )
    write.add_argument(
        "--passphrase-file", metavar="F", type=whole_path,
        help=tr("encrypt with the first line of this file"),
    )  # fmt: skip
    write.add_argument("--unsigned", action="store_true", help=tr("do not sign it with your key"))
    write.add_argument(
        "--key-passphrase-file", metavar="F", type=whole_path,
        help=tr("a file whose first line unlocks your key; else it is asked for"),
    )  # fmt: skip
    verify = bundle.add("verify", _verify, tr("look at every byte of a bundle"), case=False)
    preview = bundle.add("preview", _preview, tr("say what merging a bundle would do"))
    merge = bundle.add("merge", _merge, tr("take a bundle in"))
    undo = bundle.add("undo", _undo, tr("take a whole merge back; redo brings it back"))
    undo.add_argument("merge", metavar="MERGE", nargs="?", help=tr("its id; else the last one"))
    for each in (verify, preview, merge):
        each.add_argument("file", metavar="FILE", type=whole_path)
        each.add_argument("--identity", metavar="FILE", type=whole_path)
        each.add_argument("--passphrase-file", metavar="F", type=whole_path)


def _write(arguments: Namespace, context: Context) -> Answer:
    from casefile.model.exchange import Wanted
    from casefile.services import exchange

    signer = _signer(arguments, context)
    words = _first_line(arguments.passphrase_file) if arguments.passphrase_file else ""
    if arguments.passphrase and not words:
        words = exchange.passphrase()
    with reading(arguments.case, context) as desk:
        desk.signer = signer
        wanted = Wanted(
            kind=arguments.kind, base=_base(arguments, desk),
            recipients=tuple(arguments.recipient), passphrase=words,
        )  # fmt: skip
        done = with_progress(
            context.output,
            tr("Writing the bundle"),
            lambda p: exchange.write(desk, arguments.file, wanted, p),
        )
    document: dict[str, Any] = asdict(done) | {"file": done.path}
    if arguments.passphrase:
        document["passphrase"] = words

    def show(out: Output) -> None:
        out.line(
            trn("{n} operation written.", "{n} operations written.", done.counts["operations"])
        )
        for name in done.missing:
            out.note(
                tr("The original {name} is missing here; it did not go along.").format(name=name)
            )
        if done.unlogged:
            out.note(done.unlogged)
        if not done.signed:
            out.note(tr("It is not signed. Make a key to sign: casefile key new"))
        if arguments.passphrase:
            out.line(tr("Passphrase: {words}").format(words=words))
            out.note(tr("Tell it to the receiver by another way than the file."))

    return Answer(document, show, 1 if done.missing or done.unlogged else 0)


def _signer(arguments: Namespace, context: Context) -> "Signer | None":
    """Unlock the person's key, if there is one and it is wanted."""
    from casefile.cli.keys import unlocked
    from casefile.services import keys

    if arguments.unsigned or keys.state(context.places).state == keys.NONE:
        return None
    return unlocked(Namespace(passphrase_file=arguments.key_passphrase_file), context)


def _base(arguments: Namespace, desk: "Desk") -> "Heads | None":
    from casefile.services import exchange

    if arguments.kind != "delta":
        return None
    return exchange.base_of(desk, arguments.base)


def _first_line(file: Path) -> str:
    return next(iter(_lines(file)), "")


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(tr("The file cannot be read: {file}.").format(file=file.name)) from error


def _opening(arguments: Namespace) -> "Opening":
    from casefile.model.exchange import Opening

    lines = _lines(arguments.identity) if arguments.identity else []
    identities = tuple(one.strip() for one in lines if one.strip() and not one.startswith("#"))
    words = _first_line(arguments.passphrase_file) if arguments.passphrase_file else ""
    return Opening(identities=identities, passphrase=words)


def _verify(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import exchange

    opening = _opening(arguments)
    found = with_progress(
        context.output,
        tr("Checking the bundle"),
        lambda p: exchange.verify(arguments.file, context.places, opening, p),
    )
    return Answer(_verified(found), lambda out: _show(out, found), 0 if found.ok else 1)


def _verified(found: "Verified") -> dict[str, Any]:
    document = asdict(found)
    document["words"], document["warnings"] = list(found.words), list(found.warnings)
    document["findings"] = [asdict(one) for one in found.findings]
    return document


def _show(out: Output, found: "Verified") -> None:
    for one in found.findings:
        out.note(out.safe(one.detail))
    if not found.ok:
        out.line(tr("This bundle cannot be used."))
        return
    out.pairs(
        (
            (tr("Kind"), found.kind),
            (tr("Case"), found.title or found.case),
            (tr("Made"), found.made),
            (tr("Signature"), found.signature),
            (tr("From"), found.name or found.person or tr("nobody named")),
            (tr("Read aloud"), " ".join(found.words)),
            (tr("Operations"), str(found.counts.get("operations", 0))),
            (tr("Originals"), str(found.counts.get("objects", 0))),
        )
    )
    for sentence in found.warnings:
        out.note(out.safe(sentence))


def _preview(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import exchange

    opening = _opening(arguments)
    with reading(arguments.case, context) as desk:
        found = with_progress(
            context.output,
            tr("Reading the bundle"),
            lambda p: exchange.preview(desk, arguments.file, opening, p),
        )
    return Answer(document_of(found), lambda out: _tell(out, found), _status(found))


def _merge(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import exchange

    opening = _opening(arguments)
    with writing(arguments.case, context) as desk:
        done = with_progress(
            context.output,
            tr("Merging"),
            lambda p: exchange.merge(desk, arguments.file, opening, p),
        )
    document = document_of(done.preview)
    document |= {"objects": done.objects, "backup": done.backup, "merge": done.merge}
    document["unlogged"] = done.unlogged

    def show(out: Output) -> None:
        _tell(out, done.preview)
        if done.unlogged:
            out.note(done.unlogged)

    return Answer(document, show, 1 if done.unlogged else _status(done.preview))


def _undo(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import exchange

    with writing(arguments.case, context) as desk:
        report, _ = exchange.undo_merge(desk, arguments.merge)
    return reported(report, tr("Undone: {what}"))


def _status(found: "Preview") -> int:
    return 1 if found.conflicts or found.other_case else 0


def document_of(found: "Preview") -> dict[str, Any]:
    """Give a preview as JSON."""
    return _verified(found.verified) | {
        "new": found.new_records,
        "changed": found.changed_records,
        "deleted": sum(map(len, found.deleted.values())),
        "already": found.already,
        "operations": found.operations,
        "other_case": found.other_case,
        "adopts": found.adopts,
        "conflicts": [_clash(one) for one in found.conflicts],
        "dangling": [
            {"kind": table, "record": id_, "field": name} for table, id_, name in found.dangling
        ],
        "who": [{"person": id_, "handle": name, "operations": n} for id_, name, n in found.who],
        "records": {"new": _listed(found.new), "changed": _listed(found.changed)},
        "forks": list(found.forks),
        "purged": found.purged,
    }


def _listed(found: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {table: list(ids) for table, ids in found.items()}


def _clash(one: "Clash") -> dict[str, Any]:
    return {
        "kind": one.table,
        "record": one.record,
        "field": one.field,
        "base": list(one.base),
        "heads": [
            {
                "value": side.value,
                "person": side.person,
                "handle": side.who,
                "when": instant(side.when),
                "operation": side.operation,
                "mine": side.mine,
            }
            for side in one.sides
        ],
    }


def _tell(out: Output, found: "Preview") -> None:
    _show(out, found.verified)
    out.line(
        tr("{new} new, {changed} changed, {conflicts} in conflict; {already} operations were here.")
        .format(
            new=found.new_records, changed=found.changed_records,
            conflicts=len(found.conflicts), already=found.already,
        )
    )  # fmt: skip
    if found.other_case:
        out.note(tr("It comes from another case."))
    for fork in found.forks:
        out.note(tr("Two histories were written as {id}; both are kept.").format(id=fork))
    rows = [
        (one.table, short(one.record), one.field, *_cell(out, side.value), side.who)
        for one in found.conflicts
        for side in one.sides
    ]
    if rows:
        out.table((tr("Kind"), tr("Record"), tr("Field"), tr("Value"), tr("Who")), rows)


def _cell(out: Output, value: Any) -> tuple[str]:
    return (out.safe(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)),)
