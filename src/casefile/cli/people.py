"""Commands about whose key is whose, and what was exchanged with whom."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, instant
from casefile.cli.parsing import Commands
from casefile.cli.running import reading
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.people import Exchange, KnownKey


def declare(commands: Commands) -> None:
    """Declare the commands."""
    people = commands.group("people", tr("people whose keys you know"))
    people.add("list", _listed, tr("list the keys that you gave names"), case=False)
    trust = people.add("trust", _trust, tr("say whose key this is"), case=False)
    trust.add_argument("key", metavar="KEY")
    trust.add_argument("--name", required=True, metavar="NAME", help=tr("whose it is"))
    trust.add_argument(
        "--replaces", metavar="KEY", default="", help=tr("the key the same person had until now")
    )
    trust.add_argument(
        "--recipient",
        metavar="AGE",
        default="",
        help=tr("what files for this person are locked to"),
    )
    verify = people.add(
        "verify", _verify, tr("note that you compared the words by phone"), case=False
    )
    verify.add_argument("key", metavar="KEY")
    verify.add_argument(
        "--words", required=True, metavar="WORDS", help=tr("the words that the owner read out")
    )
    forget = people.add("forget", _forget, tr("take a key off the list"), case=False)
    forget.add_argument("key", metavar="KEY")
    commands.add("exchanges", _exchanges, tr("list what was sent and received of a case"))


def _listed(_arguments: Namespace, context: Context) -> Answer:
    from casefile.services import people

    found = people.known(context.places)

    def show(out: Output) -> None:
        heads = (tr("Name"), tr("Key"), tr("Known since"), tr("Compared by phone"))
        out.table(heads, [_row(one) for one in found])

    return Answer({"people": [_document(one) for one in found]}, show)


def _row(one: "KnownKey") -> tuple[str, ...]:
    compared = instant(one.verified) if one.verified else tr("no")
    return one.name, one.key[:16], instant(one.since), tr("replaced") if one.replaced else compared


def _trust(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import people

    replaces = people.find(context.places, arguments.replaces).key if arguments.replaces else ""
    one = people.trust(
        context.places, people.public_of(arguments.key), arguments.name, replaces=replaces,
        recipient=arguments.recipient,
    )  # fmt: skip
    return _shown(one)


def _verify(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import people

    return _shown(people.verify(context.places, arguments.key, arguments.words))


def _forget(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import people

    one = people.find(context.places, arguments.key)
    people.forget(context.places, one.key)

    def show(out: Output) -> None:
        out.line(tr("Forgotten: {name}").format(name=out.safe(one.name)))

    return Answer({"forgotten": one.key}, show)


def _shown(one: "KnownKey") -> Answer:
    document = _document(one)

    def show(out: Output) -> None:
        compared = instant(one.verified) if one.verified else tr("not yet")
        out.pairs(
            (
                (tr("Name"), one.name),
                (tr("Key"), one.key),
                (tr("Read aloud"), " ".join(document["words"])),
                (tr("Compared by phone"), compared),
            )
        )

    return Answer(document, show)


def _document(one: "KnownKey") -> dict[str, Any]:
    from casefile.services import keys

    return {
        "key": one.key,
        "name": one.name,
        "person": one.person or None,
        "since": instant(one.since),
        "verified": instant(one.verified) if one.verified else None,
        "replaced": one.replaced or None,
        "recipient": one.recipient or None,
        "words": list(keys.spoken(bytes.fromhex(one.key))),
    }


def _exchanges(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import exchange_log

    with reading(arguments.case, context) as desk:
        found = exchange_log.entries(desk)

    def show(out: Output) -> None:
        heads = (tr("When"), tr("Way"), tr("Kind"), tr("Who"), tr("File"), tr("Result"))
        out.table(heads, [_line(one) for one in found])

    return Answer({"exchanges": [_told(one) for one in found]}, show)


def _line(one: "Exchange") -> tuple[str, ...]:
    way = {"sent": tr("sent"), "undone": tr("undone")}.get(one.way, tr("received"))
    who = one.who or ", ".join(one.to)
    return instant(one.when), way, one.kind, who, one.name, one.result


def _told(one: "Exchange") -> dict[str, Any]:
    return {
        "when": instant(one.when),
        "way": one.way,
        "kind": one.kind,
        "who": one.who or None,
        "key": one.key or None,
        "to": list(one.to),
        "file": one.name,
        "sha256": one.sha256 or None,
        "size": one.size,
        "counts": one.counts,
        "result": one.result,
        "merge": one.merge or None,
    }
