"""Reading a bundle that somebody sent: verified, foreseen, and taken in, or refused with a reason."""

import json
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from casefile.bundle import operations, reading
from casefile.bundle.reading import ORIGINAL, Bundle
from casefile.bundle.unsound import Unsound
from casefile.jobs.progress import Progress
from casefile.model import signing
from casefile.model.change import Changes, Finding
from casefile.model.errors import CaseUnusable, Refused
from casefile.model.exchange import (
    DISCLOSURE,
    FULL,
    INVALID,
    MERGE_KEY,
    SELECTION,
    TRUSTED,
    UNKNOWN_KEY,
    UNSIGNED,
    Clash,
    Merged,
    Opening,
    Preview,
    Verified,
)
from casefile.services import age_stream, cases, exchange_log, keys, known_heads, people, upkeep
from casefile.services.desk import Desk, done
from casefile.services.places import Places
from casefile.store import (
    arriving,
    checkpoints,
    folder,
    foreseeing,
    identity,
    long_values,
    making,
    merging,
)
from casefile.store.arriving import Arrivals
from casefile.store.foreseeing import Foreseen
from casefile.store.session import Reader
from casefile.store.writer import Writer
from casefile.strings import tr

if TYPE_CHECKING:
    from casefile.model.people import Trust

AT_ONCE = 200  # texts that are written at once
LONGEST = 256 * 1024 * 1024  # bytes of a text


def verify(
    file: Path, places: Places, opening: Opening | None = None, progress: Progress | None = None
) -> Verified:
    """Look at every byte of a bundle; what is wrong with it is a finding, not an error.

    CaseUnusable when the file cannot be read, Refused when it is encrypted and does not open.
    """
    try:
        with opened(file, places.cache, opening) as (plain, encrypted):
            found = reading.open_bundle(plain, keys.verify, progress)
            operations.check(found, keys.verify, progress)
            return verified(found, places, encrypted=encrypted)
    except Unsound as error:
        damage = Finding(level="damage", kind=error.reason, detail=error.why)
        return Verified(ok=False, signature=INVALID, findings=(damage,))


@contextmanager
def opened(file: Path, aside: Path, opening: Opening | None) -> Iterator[tuple[BinaryIO, bool]]:
    """Open a bundle, decrypted where it is encrypted; `aside` is for the plain bytes, unnamed."""
    with ExitStack() as stack:
        try:
            plain = _opened(stack, file, aside, opening or Opening())
        except OSError as error:
            raise CaseUnusable(
                tr("The bundle cannot be read: {why}.").format(why=error.strerror or error),
                tr("Look whether the file is there and may be read."),
            ) from error
        yield plain


def _opened(stack: ExitStack, file: Path, aside: Path, opening: Opening) -> tuple[BinaryIO, bool]:
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    body = stack.enter_context(os.fdopen(handle, "rb"))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise CaseUnusable(
            tr("This is not a regular file: {path}.").format(path=file),
            tr("A bundle is one file."),
        )
    start = body.read(age_stream.HEADER)
    body.seek(0)
    if not age_stream.is_encrypted(start):
        return body, False
    aside.mkdir(parents=True, exist_ok=True)
    plain = stack.enter_context(tempfile.TemporaryFile(dir=aside))  # noqa: SIM115 - the stack closes it
    age_stream.decrypt(body, plain, opening.identities, opening.passphrase)
    return plain, True


def verified(found: Bundle, places: Places, *, encrypted: bool) -> Verified:
    """Say what a sound bundle says of itself, and what is known of whoever signed it."""
    about = found.about
    trust: Trust | None = None
    if found.signed:
        trust = people.judge(places, about.key, about.name, about.person)
    state = UNSIGNED if trust is None else TRUSTED if trust.trusted else UNKNOWN_KEY
    missing = [one for one in found.things.values() if one.size is None]
    notes = tuple(
        Finding(
            level="note", kind="objects",
            detail=tr("the original {name} was missing when the bundle was made").format(
                name=one.sha256
            ),
        )
        for one in missing
    )  # fmt: skip
    return Verified(
        ok=True, signature=state, kind=about.kind, case=about.case, title=about.title,
        made=about.made, key=about.key.hex(), person=about.person, name=about.name,
        words=trust.words if trust else (), warnings=trust.warnings if trust else (),
        counts=about.counts, findings=notes, encrypted=encrypted,
    )  # fmt: skip


@dataclass(slots=True)
class _Arrived:
    """A bundle beside a case: what it holds, and what it would make of it."""

    bundle: Bundle
    arrivals: Arrivals
    preview: Preview


def preview(
    desk: Desk, file: Path, opening: Opening | None = None, progress: Progress | None = None
) -> Preview:
    """Say what merging a bundle would do; the case is only read.

    Refused, with the reason, when the bundle is unsound or does not fit this case.
    """
    with _arrived(desk, file, opening, progress) as found:
        return found.preview


@contextmanager
def _arrived(
    desk: Desk, file: Path, opening: Opening | None, progress: Progress | None
) -> Iterator[_Arrived]:
    aside = desk.store.path / folder.TMP if desk.store.writable else desk.places.cache
    with opened(file, aside, opening) as (plain, encrypted):
        bundle = reading.open_bundle(plain, keys.verify, progress)
        operations.check(bundle, keys.verify, progress)
        said = verified(bundle, desk.places, encrypted=encrypted)
        with desk.store.read() as r:
            _check_fits(desk, r, bundle)
            arrivals = arriving.sort(r, bundle, progress)
            _check_arrivals(r, bundle, arrivals)
            seen = foreseeing.foresee(r, bundle, arrivals, desk.person, progress)
            told = _told(desk, r, said, arrivals, seen)
        yield _Arrived(bundle, arrivals, told)


def _check_fits(desk: Desk, r: Reader, bundle: Bundle) -> None:
    about = bundle.about
    if about.kind == DISCLOSURE:
        raise Refused(
            tr("A disclosure cannot be merged: it holds no history."),
            tr("Add its files as sources instead."),
            {"reason": "kind"},
        )
    if about.kind == SELECTION:
        raise Refused(
            tr("This version cannot merge a selection of records."),
            tr("Ask for a full bundle."),
            {"reason": "kind"},
        )
    if about.case != desk.store.case_id and about.kind != FULL:
        raise Refused(
            tr("This bundle belongs to another case."),
            tr("Only a full bundle can be merged into another case."),
            {"reason": "case"},
        )
    if missing := arriving.holds(r, about.base):
        listed = [f"{one.replica} {one.seq}" for one in missing]
        raise Refused(
            tr("This bundle follows work that is not here: {what}.").format(
                what=", ".join(listed[:5])
            ),
            tr("Ask for a full bundle, or for the bundles before this one."),
            {"reason": "base", "missing": [one.to_json() for one in missing]},
        )


def _check_arrivals(r: Reader, bundle: Bundle, arrivals: Arrivals) -> None:
    if arrivals.forks:
        raise Refused(
            tr("Two histories were written under one name: {replica}.").format(
                replica=", ".join(arrivals.forks)
            ),
            tr("A copy of the case went on as if it were the original. Nothing was changed here."),
            {"reason": "fork", "replicas": arrivals.forks},
        )
    said: dict[str, str] = {}
    for one in arrivals.purges:
        said |= purged_by(bundle, one.data["set"].get("operations"))
    if arriving.unvouched(r, arrivals, said):
        raise Unsound("operations", tr("an operation was emptied, and no removal vouches for it"))


def purged_by(bundle: Bundle, value: object) -> dict[str, str]:
    """Read what a removal says remains of each operation, from the bundle when it is long."""
    name = long_values.name_of(value)
    if name and (name, long_values.KIND) in bundle.things:
        value = json.loads(b"".join(bundle.bytes_of(name)))
    pairs = value if isinstance(value, list) else []
    return {
        pair[0]: pair[1]
        for pair in pairs
        if type(pair) is list and len(pair) == 2 and all(type(part) is str for part in pair)
    }


def _told(desk: Desk, r: Reader, said: Verified, arrivals: Arrivals, seen: Foreseen) -> Preview:
    if seen.mixed:
        raise Unsound("operations", tr("a record is of two kinds: {id}").format(id=seen.mixed[0]))
    names = cases.people(r) | seen.handles
    empty = not checkpoints.heads(r)
    other = said.case != desk.store.case_id
    who = sorted(
        ((id_, cases.handle_of(names, id_), n) for id_, n in arrivals.people.items()),
        key=lambda one: (-one[2], one[0]),
    )
    return Preview(
        verified=said, adopts=empty and said.kind == FULL, other_case=other and not empty,
        operations=arrivals.new, already=arrivals.already, who=tuple(who),
        new=_frozen(seen.new), changed=_frozen(seen.changed), deleted=_frozen(seen.deleted),
        conflicts=tuple(_named(one, names) for one in seen.conflicts),
        dangling=tuple(seen.dangling), purged=len(arrivals.emptied),
    )  # fmt: skip


def _frozen(found: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {table: tuple(ids) for table, ids in found.items()}


def _named(one: Clash, names: dict[str, str]) -> Clash:
    sides = (replace(side, who=cases.handle_of(names, side.person)) for side in one.sides)
    return replace(one, sides=tuple(sides))


def merge(
    desk: Desk, file: Path, opening: Opening | None = None, progress: Progress | None = None
) -> Merged:
    """Take a bundle in: all of it in one transaction, after a backup, or nothing.

    Refused, with the reason, when the bundle is unsound or does not fit this case.
    """
    try:
        with _arrived(desk, file, opening, progress) as found:
            merged = _merge(desk, found, progress)
            known_heads.note(desk, found.bundle.about)
    except Refused as error:
        _note(desk, file, None, tr("refused: {why}").format(why=error.message))
        raise
    unlogged = _note(desk, file, merged.preview, tr("merged"), merged.merge)
    return replace(merged, unlogged=unlogged)


def _note(desk: Desk, file: Path, told: Preview | None, result: str, merge: str = "") -> str:
    said = told.verified if told else None
    counts = {}
    if told:
        counts = {"new": told.new_records, "changed": told.changed_records}
        counts["conflicts"] = len(told.conflicts)
    return exchange_log.tried(
        desk, exchange_log.RECEIVED, said.kind if said else "", file.name,
        size=file.stat().st_size if file.is_file() else 0, key=said.key if said else "",
        who=(said.name or said.person) if said else "", result=result, counts=counts, merge=merge,
    )  # fmt: skip


def _merge(desk: Desk, found: _Arrived, progress: Progress | None) -> Merged:
    store = desk.store
    backup = ""
    if found.arrivals.new and desk.upto:
        backup = upkeep.back_up(desk, MERGE_KEY, progress).path.name
    try:
        kept = _keep_originals(desk, found.bundle, progress)
        with store.write(MERGE_KEY) as w:
            _keep_texts(w, found.bundle, progress)
            before = w.known.next_op
            merging.merge(w, arriving.bodies(found.bundle, found.arrivals))
            for line in found.bundle.checkpoints():
                checkpoints.add(w.connection, signing.from_line(line))
            if found.preview.adopts:
                identity.adopt(w.connection, found.bundle.about.case)
            name = merging.remember(w, before)
    except BaseException:
        with store.read() as r:
            store.objects.drop_unnamed(lambda names: making.named(r, names))
        raise
    if found.preview.adopts:
        desk.adopted(found.bundle.about.case)
    changes = (
        done(w) if found.arrivals.new else Changes(act="", label="", records={}, upto=desk.upto)
    )
    return Merged(preview=found.preview, changes=changes, objects=kept, backup=backup, merge=name)


def _keep_originals(desk: Desk, bundle: Bundle, progress: Progress | None) -> int:
    """Keep the originals that are not here yet; safely on the disk before anything names them."""
    objects, fresh = desk.store.objects, []
    for n, one in enumerate(bundle.things.values()):
        if one.kind != ORIGINAL or one.size is None or objects.has(one.sha256):
            continue
        if progress is not None:
            progress.at(n, len(bundle.things), tr("Keeping the originals"))
        stored = objects.put(_file(bundle, one.sha256), limit=one.size, settle=False)
        if stored.sha256 != one.sha256:
            raise Unsound("objects", tr("an original changed while it was read"))
        fresh.append(one.sha256)
    objects.settle(fresh)
    return len(fresh)


def _file(bundle: Bundle, name: str) -> BinaryIO:
    return cast("BinaryIO", _Pieces(bundle.bytes_of(name)))  # only `read` is asked of it


class _Pieces:
    """Bytes that come piece by piece, read as from a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _size: int = -1) -> bytes:
        """Give the next piece; empty at the end."""
        return next(self._pieces, b"")


def _keep_texts(w: Writer, bundle: Bundle, progress: Progress | None) -> None:
    texts = [one for one in bundle.things.values() if one.kind != ORIGINAL and one.size is not None]
    for n, one in enumerate(texts):
        if one.size is not None and one.size > LONGEST:
            raise Unsound("limit", tr("a text is too long"))
        if w.content(one.kind, b"".join(bundle.bytes_of(one.sha256))) != one.sha256:
            raise Unsound("objects", tr("a text changed while it was read"))
        if not n % AT_ONCE:
            w.flush()
            if progress is not None:
                progress.at(n, len(texts), tr("Keeping the texts"))
    w.flush()
