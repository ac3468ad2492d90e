"""Repairing a damaged case: a new database is made of all that is sound; the damaged one is kept."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert

from casefile.jobs.progress import Progress
from casefile.model.change import Finding
from casefile.model.errors import CasefileError, CaseUnusable
from casefile.model.ids import new_id
from casefile.model.ledger import Operation, is_uuid
from casefile.model.purge import is_remnant
from casefile.model.signing import Verify
from casefile.store import checkpoints, folder, gathering, identity, purging, seal, sqlite
from casefile.store.checking import fault_of_file
from casefile.store.flushing import flush
from casefile.store.gathering import Gathered, State
from casefile.store.known import Known
from casefile.store.lock import CaseLock
from casefile.store.objects import Objects
from casefile.store.schema import content, make_tables
from casefile.store.session import portions
from casefile.store.unit import Unit
from casefile.strings import tr

DAMAGED = "damaged-"  # folders in backups/ that keep what was damaged
FRESH = "repaired.db"
BESIDE = ("", "-wal", "-shm")


@dataclass(slots=True)
class Repaired:
    """What a repair did, in sentences, what is lost for good, and where the damaged state lies."""

    kept: Path
    done: list[str] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Help:
    """What a repair may use: who works here, other copies of the case, and how to verify."""

    install: str
    now: int
    others: tuple[Path, ...] = ()
    verify: Verify | None = None


def repair(case: Path, given: Help, progress: Progress | None = None) -> Repaired:
    """Put a sound database in the place of a damaged one, and sound originals beside it.

    Everything is taken from the damaged case, from its backups and from `others`; from a copy, so that
    a crash leaves the case as it was. CaseUnusable when not one operation can be read anywhere.
    """
    folder.check_state(case)
    lock = CaseLock(case / folder.LOCK)
    lock.take(2.0)
    try:
        with sqlite.explained():
            return _repair(case, given, progress)
    except OSError as error:
        raise CaseUnusable(
            tr("The case could not be repaired: {why}.").format(why=error.strerror or error),
            tr("It is as it was. Look at the free space and the permissions of the folder."),
        ) from error
    finally:
        lock.drop()


def _repair(case: Path, given: Help, progress: Progress | None) -> Repaired:
    done = Repaired(_keep(case, given.now))
    states = list(_states(case, done.kept, given.others))
    try:
        gathered = gathering.operations(states)
        if not gathered.chosen:
            raise CaseUnusable(
                tr("Nothing of the ledger can be read, here or in a backup."),
                tr("Restore a backup that you keep elsewhere."),
            )
        fresh = case / folder.TMP / FRESH
        fresh.parent.mkdir(exist_ok=True)
        fresh.unlink(missing_ok=True)
        named = _build(fresh, states, gathered, (given, done, progress))
    finally:
        for state in states:
            state.close()
    for one in BESIDE[1:]:
        (case / (folder.DATABASE + one)).unlink(missing_ok=True)
    fresh.replace(case / folder.DATABASE)
    folder.sync(case)
    _mend_objects(case, named, given.others, done)
    return done


def _keep(case: Path, now: int) -> Path:
    stamp = f"{datetime.fromtimestamp(now // 1000, UTC):%Y%m%dT%H%M%S}Z"
    home, number = case / folder.BACKUPS, 1
    kept = home / f"{DAMAGED}{stamp}"
    while kept.exists():
        number += 1
        kept = home / f"{DAMAGED}{stamp}-{number}"
    kept.mkdir(parents=True)
    for one in BESIDE[:2]:
        file = case / (folder.DATABASE + one)
        if file.exists():
            folder.copy(file, kept / file.name)
    folder.sync(kept)
    folder.sync(home)
    return kept


def _states(case: Path, kept: Path, others: Iterable[Path]) -> Iterator[State]:
    home = case / folder.BACKUPS
    files = [("", kept / folder.DATABASE)]
    copies = sorted(home.glob("*.db"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    files += [(one.name, one) for one in copies]
    earlier = sorted(home.glob(f"{DAMAGED}*/{folder.DATABASE}"), reverse=True)
    files += [(one.parent.name, one) for one in earlier if one.parent != kept]
    for one in others:
        files.append((one.name, one / folder.DATABASE if one.is_dir() else one))
    for name, file in files:
        state = State.open(name, file) if file.is_file() else None
        if state is not None:
            yield state


def _build(
    fresh: Path,
    states: list[State],
    gathered: Gathered,
    how: tuple[Help, Repaired, Progress | None],
) -> dict[str, str]:
    """Make the new database; give the originals that it names, with the records that name them."""
    given, done, progress = how
    engine = sqlite.writing(fresh, wal=False)
    objects: dict[str, str] = {}
    texts: dict[str, str] = {}
    try:
        with engine.begin() as connection:
            make_tables(connection)
            known = Known.load(connection)
            _take_texts(connection, states, _named(states, gathered, (objects, texts)), done)
            _pour(connection, known, gathering.bodies(states, gathered.chosen), progress)
            known.save(connection)
            _take_checkpoints(connection, states, given.verify)
            _take_name(connection, states, (fresh, given), done)
            sqlite.stamp(connection)
    finally:
        engine.dispose()
    _tell(states, gathered, done)
    return objects


def _named(
    states: list[State], gathered: Gathered, into: tuple[dict[str, str], dict[str, str]]
) -> dict[str, str]:
    """Collect what the chosen operations name."""
    _, texts = into
    for one in gathering.bodies(states, gathered.chosen):
        if not is_remnant(one):
            for found, names in zip(into, purging.named_by(one), strict=True):
                for name in names:
                    found.setdefault(name, str(one.data["row"]))
    return texts


def _take_texts(
    connection: Connection, states: list[State], wanted: dict[str, str], done: Repaired
) -> None:
    back: dict[int, int] = {}
    here: set[str] = set()
    for row, number in gathering.contents(states, set(wanted)):
        connection.execute(insert(content), [row])
        here.add(row["hash"])
        back[number] = back.get(number, 0) + 1
    for number, count in back.items():
        if states[number].name:
            words = tr("{n} texts came back from {name}.")
            done.done.append(words.format(n=count, name=states[number].name))
    for name in sorted(wanted.keys() - here):
        detail = tr("the stored text {name} is lost").format(name=name)
        done.lost.append(
            Finding(level="damage", kind="content", detail=detail, record=wanted[name])
        )


def _pour(
    connection: Connection, known: Known, ops: Iterable[Operation], progress: Progress | None
) -> None:
    """Apply the operations to empty tables, as if they came from elsewhere."""
    for n, part in enumerate(portions(ops, 1000)):
        unit = Unit(connection, known, connection)
        unit.load(one.data["row"] for one in part)
        named = {d for one in part for f in one.data.get("sup", ()) for d in one.superseded(f)}
        unit.find(named)
        for one in part:
            unit.add(known.next_op, one)
        flush(unit)
        if progress is not None:
            progress.at(n * 1000, None, tr("Applying the ledger"))


def _take_checkpoints(connection: Connection, states: list[State], verify: Verify | None) -> None:
    for one in gathering.signed(states):
        if verify is None or verify(one.key, one.signature, one.message):
            checkpoints.add(connection, one)


def _take_name(
    connection: Connection, states: list[State], about: tuple[Path, Help], done: Repaired
) -> None:
    """Keep the id of the case; this copy goes on as a new replica, as an end may be missing."""
    fresh, given = about
    meta, broken = gathering.said(states)
    case_id = meta.get(identity.CASE)
    if broken:
        done.lost.append(
            Finding(
                level="damage",
                kind="meta",
                detail=tr("what the case said of itself could not be confirmed"),
            )
        )
    mine: list[str] = []
    with suppress(ValueError, TypeError):
        read = json.loads(meta.get(identity.MINE, "[]"))
        mine = [one for one in read if is_uuid(one)] if type(read) is list else []
    me = new_id()
    ids = {
        identity.CASE: case_id if case_id and is_uuid(case_id) else new_id(),
        identity.REPLICA: me,
        identity.MINE: json.dumps([*mine, me]),
    }
    pending = {purging.PENDING: "1"} if purging.PENDING in meta else {}
    seal.renew(connection, ids | identity.place(fresh, given.install) | pending)


def _tell(states: list[State], gathered: Gathered, done: Repaired) -> None:
    done.done.append(
        tr("The tables were made again from {n} operations.").format(n=len(gathered.chosen))
    )
    for number, state in enumerate(states):
        count = sum(one.state == number for _, one in gathered.chosen)
        if state.name and count:
            done.done.append(
                tr("{n} operations came back from {name}.").format(n=count, name=state.name)
            )
    for replica, seq in gathered.missing:
        detail = tr("operation {seq} of replica {id} is lost").format(seq=seq, id=replica)
        done.lost.append(Finding(level="damage", kind="ledger", detail=detail))


def _mend_objects(
    case: Path, named: dict[str, str], others: Iterable[Path], done: Repaired
) -> None:
    """Bring back originals from other copies; what is damaged is kept aside."""
    objects = Objects(case)
    elsewhere = [Objects(one) for one in others if one.is_dir()]
    for name, record_id in sorted(named.items()):
        path = objects.path(name)
        if not fault_of_file(path, name)[1]:
            continue
        good = next((o for o in elsewhere if not fault_of_file(o.path(name), name)[1]), None)
        if path.exists() and not path.is_dir():
            aside = done.kept / folder.OBJECTS
            aside.mkdir(exist_ok=True)
            folder.copy(path, aside / name)
            folder.sync(aside)
            folder.sync(done.kept)
        if good is not None and _put_back(objects, good, name):
            done.done.append(tr("The original {name} came back.").format(name=name))
        else:
            detail = tr("the original {name} is lost or has changed").format(name=name)
            done.lost.append(
                Finding(level="damage", kind="object", detail=detail, record=record_id)
            )


def _put_back(objects: Objects, good: Objects, name: str) -> bool:
    with suppress(CasefileError), good.open(name) as body:
        return objects.put(body, limit=1 << 50).sha256 == name
    return False
