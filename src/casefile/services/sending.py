"""Writing a bundle: the case, what is new in it, or chosen records of it, for somebody else."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from casefile.bundle import crate, layout, reading
from casefile.bundle.about import About
from casefile.bundle.bag import BagWriter
from casefile.bundle.crate import Row
from casefile.jobs.progress import Progress
from casefile.model.case import Case
from casefile.model.errors import CaseUnusable, Refused, UsageError
from casefile.model.exchange import DELTA, FULL, Heads, Wanted, Written
from casefile.model.ids import case_record_id
from casefile.model.ledger import canonical
from casefile.model.source import Source, SourceFile
from casefile.services import age_stream, exchange_log, keys
from casefile.services.desk import Desk
from casefile.services.intake import now as now_text
from casefile.services.reading import titles
from casefile.store import arriving, bundling, checkpoints, folder, records
from casefile.store.bundling import Packing
from casefile.store.objects import PIECE
from casefile.store.session import Reader, portions
from casefile.strings import tr

SUFFIX = ".casebundle"


def write(
    desk: Desk, file: Path, wanted: Wanted | None = None, progress: Progress | None = None
) -> Written:
    """Write a bundle into one new file; it appears whole and read back, or not at all.

    Signed when the desk has an unlocked key. UsageError for a delta without a base, Refused when
    there is something of that name or nothing to send, CaseUnusable when it cannot be written or
    what goes into it is damaged.
    """
    wanted = wanted or Wanted()
    _check(file, wanted)
    with _told(), _staged(file, _aside(desk) if _encrypted(wanted) else None) as stage:
        with desk.store.read() as r:
            about, missing = _Sender(desk, r, wanted, stage.plain, progress).write()
        stage.plain.flush()
        reading.open_bundle(stage.plain, keys.verify, progress)  # what cannot be read is no bundle
        if stage.out is not stage.plain:
            stage.plain.seek(0)
            age_stream.encrypt(stage.plain, stage.out, wanted.recipients, wanted.passphrase)
            stage.out.flush()
        stage.out.seek(0)
        digest = _digest(stage.out)
        os.fsync(stage.out.fileno())
        size = stage.out.seek(0, os.SEEK_END)
        _publish(stage.name, file)
    done = Written(
        path=str(file), kind=wanted.kind, size=size, sha256=digest, counts=about.counts,
        signed=bool(about.key), encrypted=_encrypted(wanted), missing=missing,
    )  # fmt: skip
    unlogged = exchange_log.tried(
        desk, exchange_log.SENT, wanted.kind, file.name, sha256=digest, size=size,
        key=about.key.hex(), counts=about.counts, to=wanted.recipients,
    )  # fmt: skip
    return replace(done, unlogged=unlogged)


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while piece := file.read(PIECE):
        found.update(piece)
    return found.hexdigest()


def _check(file: Path, wanted: Wanted) -> None:
    if wanted.kind not in (FULL, DELTA):
        raise UsageError(tr("A bundle is full or a delta."))
    if wanted.kind == DELTA and wanted.base is None:
        raise UsageError(
            tr("A delta needs to know what the receiver has."),
            tr("Give a bundle of theirs with --base FILE, or write a full one."),
        )
    if wanted.recipients and wanted.passphrase:
        raise UsageError(tr("A bundle is encrypted to keys or with a passphrase, not both."))
    age_stream.check_recipients(wanted.recipients)
    if file.exists() or file.is_symlink():
        raise Refused(
            tr("There is something at {path} already.").format(path=file),
            tr("Choose a new name; a bundle is never written over anything."),
        )


def _encrypted(wanted: Wanted) -> bool:
    return bool(wanted.recipients or wanted.passphrase)


def _aside(desk: Desk) -> Path:
    """Give the folder for bytes that are not to be named anywhere: inside the case, if possible."""
    return desk.store.path / folder.TMP if desk.store.writable else desk.places.cache


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CaseUnusable(
            tr("The bundle could not be written: {why}.").format(why=error.strerror or error),
            tr("Look at the free space and the permissions of the folder."),
        ) from error


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where the plain bundle is written, what becomes the file (the same unless encrypted), its name."""

    plain: BinaryIO
    out: BinaryIO
    name: Path


@contextmanager
def _staged(file: Path, aside: Path | None) -> Iterator[_Stage]:
    handle, name = tempfile.mkstemp(prefix=".bundle-", dir=file.absolute().parent)
    try:
        with os.fdopen(handle, "w+b") as out:
            if aside is None:
                yield _Stage(out, out, Path(name))
                return
            aside.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=aside) as plain:  # has no name, so nothing is left
                yield _Stage(plain, out, Path(name))
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def _publish(fresh: Path, file: Path) -> None:
    try:
        os.link(fresh, file)
    except FileExistsError:
        raise
    except OSError:  # sticks are often of a kind that knows no second name
        if file.exists():
            raise
        fresh.rename(file)
    folder.sync(file.absolute().parent)


class _Sender:
    """One bundle in the making, from one moment of the case."""

    def __init__(
        self, desk: Desk, r: Reader, wanted: Wanted, out: BinaryIO, progress: Progress | None
    ) -> None:
        self._desk, self._r, self._wanted, self._progress = desk, r, wanted, progress
        self._bag = BagWriter(out)
        self._seen = Packing()
        self._names: list[str] = []
        self._missing: list[str] = []

    def write(self) -> tuple[About, tuple[str, ...]]:
        """Write everything; give what the bundle says of itself, and the originals that are missing."""
        about = self._about()
        self._operations(about)
        self._add(layout.CHECKPOINTS, self._checkpoints())
        counts = self._objects()
        shown = self._sources()
        about = replace(about, counts=counts)
        self._add(layout.ABOUT, (about.written(),))
        more = len(self._seen.sources) - len(shown)
        self._add(layout.PAGE, (crate.page(about, shown, more),))
        self._bag.add(layout.CRATE, (crate.metadata(about, self._names),))
        info = (
            ("Bagging-Date", about.made[:10]),
            ("External-Identifier", about.case),
            ("Bag-Software-Agent", "Casefile"),
        )
        comment = f"casefile bundle {about.kind} {about.case} {about.made}"
        self._bag.finish(info, self._desk.signer, comment)
        return about, tuple(self._missing)

    def _add(self, name: str, pieces: Iterable[bytes]) -> None:
        self._names.append(name)
        self._bag.add(name, pieces)

    def _about(self) -> About:
        wanted, signer = self._wanted, self._desk.signer
        case = records.get(self._r, Case, case_record_id())
        heads = bundling.heads(self._r)
        base: Heads = ()
        if wanted.kind == DELTA:
            base = tuple(sorted(arriving.common(self._r, wanted.base or ())))
        return About(
            kind=wanted.kind, case=self._desk.store.case_id, title=(case and case.title) or "",
            made=now_text(), base=base, heads=heads,
            key=signer.public if signer else b"", person=self._desk.person if signer else "",
            name=self._desk.who.handle if signer else "",
        )  # fmt: skip

    def _operations(self, about: About) -> None:
        base = {one.replica: one.seq for one in about.base}
        for head in about.heads:
            after = base.get(head.replica, 0)
            if after < head.seq:
                name = layout.ops_name(head.replica)
                lines = bundling.lines(self._r, head.replica, after, self._seen, self._progress)
                self._add(name, lines)

    def _checkpoints(self) -> Iterator[bytes]:
        here = checkpoints.heads(self._r)
        for one in checkpoints.sound(self._r):
            held = all(here.get(name, (0, ""))[0] >= seq for name, (seq, _) in one.heads.items())
            true = held and keys.verify(one.key, one.signature, one.message)
            if true and one.case == self._desk.store.case_id:
                yield one.line().encode("utf-8") + b"\n"

    def _objects(self) -> dict[str, int]:
        lines: list[bytes] = []
        sizes: dict[str, int] = {}  # a text may have the bytes of an original: they travel once
        originals = 0
        for name, kind, body in bundling.contents(self._r, self._seen.contents):
            self._bag.add(layout.object_name(name), (body,))
            lines.append(_thing(name, kind, len(body)))
            sizes[name] = len(body)
        texts = len(lines)
        wanted = sorted(self._seen.objects)
        for n, name in enumerate(wanted):
            if self._progress is not None:
                self._progress.at(n, len(wanted), tr("Packing the originals"))
            if not self._desk.store.objects.has(name):
                self._missing.append(name)
                lines.append(_thing(name, reading.ORIGINAL, None))
                continue
            length = sizes.get(name) or self._original(name)
            lines.append(_thing(name, reading.ORIGINAL, length))
            sizes[name], originals = length, originals + 1
        self._add(layout.OBJECT_LIST, sorted(lines))
        if lines:
            self._names.append(layout.OBJECTS)
        return {
            "operations": self._seen.operations, "stubs": 0, "objects": originals,
            "contents": texts, "bytes": sum(sizes.values()),
        }  # fmt: skip

    def _original(self, name: str) -> int:
        length = 0

        def pieces() -> Iterator[bytes]:
            nonlocal length
            with self._desk.store.objects.open(name) as body:
                while piece := body.read(PIECE):
                    length += len(piece)
                    yield piece

        if self._bag.add(layout.object_name(name), pieces()) != name:
            raise CaseUnusable(
                tr("The original {name} has changed on the disk.").format(name=name),
                tr("Run check on the case, or restore a backup."),
            )
        return length

    def _sources(self) -> list[Row]:
        shown: list[Row] = []

        def rows() -> Iterator[Row]:
            for part in portions(sorted(self._seen.sources)):
                for row in _rows(self._r, part):
                    if len(shown) < crate.SHOWN:
                        shown.append(row)
                    yield row

        self._add(layout.SOURCES, crate.table(rows()))
        return shown


def _thing(name: str, kind: str, size: int | None) -> bytes:
    return canonical({"sha256": name, "kind": kind, "size": size}) + b"\n"


def _rows(r: Reader, ids: list[str]) -> Iterator[Row]:
    found = [one for one in records.many(r, Source, ids) if not one.deleted]
    named = titles(r, [one.id for one in found])
    files = {f.source: f.object for f in records.where(r, SourceFile, source=tuple(ids))}
    for one in found:
        day = (one.published.edtf or one.published.text or "") if one.published else ""
        yield Row(
            one.id, one.kind or "", named[one.id], one.publisher or "", day, one.url or "",
            files.get(one.id) or "",
        )  # fmt: skip
