"""Writing a disclosure as a bundle: no ledger, no heads, no case id, no hour."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from casefile.bundle import crate, layout, reading
from casefile.bundle.about import COUNTS, About
from casefile.bundle.bag import BagWriter
from casefile.jobs.progress import Progress
from casefile.model.disclosure import Plan
from casefile.model.errors import CaseUnusable, Refused
from casefile.model.exchange import DISCLOSURE, Wanted, Written
from casefile.services import age_stream, disclosures, exchange_log, keys
from casefile.services.desk import Desk
from casefile.services.disclosures import Packed
from casefile.services.intake import now
from casefile.store.objects import PIECE
from casefile.strings import tr


def write(
    desk: Desk,
    plan: Plan,
    confirmed: str,
    file: Path,
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> tuple[Written, Packed]:
    """Write what was confirmed into one new file; it appears whole and read back, or not at all.

    Of `wanted` only recipients and passphrase count. Signed when the desk has an unlocked key.
    """
    wanted, progress = wanted or Wanted(), progress or Progress()
    age_stream.check_recipients(wanted.recipients)
    if file.exists() or file.is_symlink():
        raise Refused(
            tr("There is something at {path} already.").format(path=file),
            tr("Choose a new name; a disclosure is never written over anything."),
        )
    try:
        home = file.absolute().parent
        with tempfile.TemporaryDirectory(prefix=".disclosure-", dir=home) as name:
            packed = disclosures.pack(desk, plan, confirmed, Path(name), progress)
            done = _write(desk, plan, packed, Path(name) / "bundle", file, wanted)
    except OSError as error:
        raise CaseUnusable(
            tr("The disclosure could not be written: {why}.").format(why=error.strerror or error),
            tr("Look at the free space and the permissions of the folder."),
        ) from error
    unlogged = exchange_log.tried(
        desk, exchange_log.SENT, DISCLOSURE, file.name, sha256=done.sha256, size=done.size,
        counts=done.counts, to=wanted.recipients,
    )  # fmt: skip
    return replace(done, unlogged=unlogged), packed


def _write(
    desk: Desk, plan: Plan, packed: Packed, fresh: Path, file: Path, wanted: Wanted
) -> Written:
    locked = bool(wanted.recipients or wanted.passphrase)
    with fresh.open("x+b") as plain:
        about = _bag(desk, plan, packed, BagWriter(plain))
        plain.flush()
        reading.open_bundle(plain, keys.verify)  # what cannot be read is no bundle
        if locked:
            plain.seek(0)
            with fresh.with_suffix(".age").open("x+b") as out:
                age_stream.encrypt(plain, out, wanted.recipients, wanted.passphrase)
                out.flush()
                os.fsync(out.fileno())
        os.fsync(plain.fileno())
    ready = fresh.with_suffix(".age") if locked else fresh
    with ready.open("rb") as body:
        digest = hashlib.file_digest(body, "sha256").hexdigest()
    size = ready.stat().st_size
    ready.rename(file)
    return Written(
        path=str(file), kind=DISCLOSURE, size=size, sha256=digest, counts=about.counts,
        signed=bool(about.key), encrypted=locked,
    )  # fmt: skip


def _bag(desk: Desk, plan: Plan, packed: Packed, bag: BagWriter) -> About:
    names = []
    for name, path in packed.members:
        bag.add(f"data/{name}", _pieces(path))
        names.append(f"data/{name}")
    bag.add(layout.SOURCES, crate.table(packed.rows))
    counts = dict.fromkeys(COUNTS, 0)
    for kind, size in packed.objects:
        counts["objects" if kind == reading.ORIGINAL else "contents"] += 1
        counts["bytes"] += size
    signer = desk.signer
    about = About(
        kind=DISCLOSURE,
        case="",
        title=plan.title,
        made=now()[:10],
        counts=counts,
        key=signer.public if signer is not None else b"",
    )
    bag.add(layout.ABOUT, (about.written(),))
    bag.add(layout.PAGE, (crate.page(about, packed.rows[: crate.SHOWN], 0),))
    bag.add(layout.CRATE, (crate.metadata(about, [*names, layout.SOURCES, layout.ABOUT]),))
    info = (("Bagging-Date", about.made), ("Bag-Software-Agent", "Casefile"))
    bag.finish(info, signer, f"casefile disclosure {about.made}")
    return about


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as body:
        while piece := body.read(PIECE):
            yield piece
