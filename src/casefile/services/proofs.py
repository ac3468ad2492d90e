"""What goes with a report so that anybody can verify it: the chained log, checkpoints, a script."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from casefile.jobs.progress import Progress
from casefile.model.errors import CaseUnusable
from casefile.model.ledger import canonical
from casefile.model.view import ReportView
from casefile.resources import path
from casefile.services.desk import Desk
from casefile.store import chains, checkpoints
from casefile.strings import tr

SUFFIX = "-proof"
PROOF, SCRIPT, OBJECTS = "proof.jsonl", "verify.py", "objects"
PREFIX = b"casefile report 1\n"  # so that no signature of ours can be taken for another's
_OURS = {PROOF, SCRIPT, OBJECTS}


def folder_of(report: Path) -> Path:
    """Give the folder that goes with a report."""
    return report.with_name(report.name + SUFFIX)


def write(
    desk: Desk,
    view: ReportView,
    report: Path,
    *,
    originals: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write the proof of a report that lies there, and the script that verifies it; give the folder.

    The log goes along as names alone: nothing of what the operations say. With `originals` the files
    that the report rests on go along, too. Signed when a key is unlocked. CaseUnusable when the
    folder holds something else or cannot be written.
    """
    home = folder_of(report)
    try:
        home.mkdir(exist_ok=True)
        if {one.name for one in home.iterdir()} - _OURS:
            raise CaseUnusable(
                tr("There is something else at {path}.").format(path=home),
                tr("Choose another name for the report."),
            )
        _write_lines(desk, home / PROOF, _lines(desk, view, report, progress))
        shutil.copyfile(path(SCRIPT), home / SCRIPT)
        if (home / OBJECTS).exists():
            shutil.rmtree(home / OBJECTS)
        if originals:
            _copy_originals(desk, view, home / OBJECTS, progress)
    except OSError as error:
        raise CaseUnusable(
            tr("The proof of the report cannot be written: {why}.").format(why=error.strerror),
            tr("Choose another folder."),
        ) from error
    return home


def write_script(file: Path) -> None:
    """Write the script that verifies case folders, bundles and reports without Casefile."""
    try:
        with file.open("xb") as out:
            out.write(path(SCRIPT).read_bytes())
    except OSError as error:
        raise CaseUnusable(
            tr("The script cannot be written: {why}.").format(why=error.strerror),
            tr("Choose a new name."),
        ) from error


def _lines(
    desk: Desk, view: ReportView, report: Path, progress: Progress | None
) -> Iterator[dict[str, Any]]:
    yield {
        "proof": 1,
        "case": desk.store.case_id,
        "made": view.made_at,
        "report": report.name,
        "sha256": hashlib.sha256(report.read_bytes()).hexdigest(),
    }
    with desk.store.read() as r:
        for replica, (seq, chain) in sorted(checkpoints.heads(r).items()):
            yield {"head": replica, "seq": seq, "chain": chain}
        for one in checkpoints.sound(r):
            yield {"checkpoint": one.body.decode(), "signature": one.signature.hex()}
        for n, (replica, seq, name) in enumerate(chains.names(r)):
            if progress is not None and not n % chains.AT_ONCE:
                progress.at(n, None, tr("Writing the proof"))
            yield {"replica": replica, "seq": seq, "id": name}
        quoted = dict(_quotes(view))
        for annotation, name in chains.makers(r, quoted).items():
            words, sha256 = quoted[annotation]
            yield {"quote": words, "in": sha256, "operation": name}
    for sha256, name in sorted(_originals(view).items()):
        yield {"object": sha256, "name": name}


def _quotes(view: ReportView) -> Iterator[tuple[str, tuple[str, str | None]]]:
    for claim in view.claims:
        for each in claim.evidence:
            if each.annotation and each.quote:
                yield each.annotation, (each.quote, each.sha256)
    for mark in view.marks:
        if mark.annotation.quote:
            yield mark.annotation.id, (mark.annotation.quote, mark.annotation.object)


def _originals(view: ReportView) -> dict[str, str]:
    return {
        one.file.object: one.file.name or "" for one in view.sources if one.file and one.file.object
    }


def _write_lines(desk: Desk, file: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Write the lines and, last, what seals them; the file appears whole."""
    fresh = file.with_suffix(".new")
    digest = hashlib.sha256()
    with fresh.open("wb") as out:
        for n, line in enumerate(lines):
            body = (b"\n" if n else b"") + canonical(line)
            digest.update(body)
            out.write(body)
        seal, signer = digest.hexdigest(), desk.signer
        last = {"seal": seal, "key": "", "signature": ""}
        if signer is not None:
            signed = signer.sign(PREFIX + seal.encode())
            last |= {"key": signer.public.hex(), "signature": signed.hex()}
        out.write(b"\n" + canonical(last) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _copy_originals(desk: Desk, view: ReportView, home: Path, progress: Progress | None) -> None:
    wanted = sorted(_originals(view))
    for n, sha256 in enumerate(wanted):
        if progress is not None:
            progress.at(n, len(wanted), tr("Copying the originals"))
        place = home / sha256[:2]
        place.mkdir(parents=True, exist_ok=True)
        with (
            suppress(CaseUnusable),
            desk.store.objects.open(sha256) as body,
            (place / sha256).open("wb") as out,
        ):
            shutil.copyfileobj(body, out)
