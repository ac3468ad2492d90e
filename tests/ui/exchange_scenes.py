"""Scenes of handing on: conflicts, keys and people, disclosure."""

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from scenes import scene
from sqlalchemy import select
from stage import Stage

from casefile.services import cases, claims, exchange, exchange_log, keys, people
from casefile.services.desk import Desk, open_desk
from casefile.services.places import Places
from casefile.store import merging
from casefile.store.schema import content, op, replica


def carry(here: Desk, there: Desk) -> None:
    """Take everything that one case has into the other."""
    with here.store.read() as r:
        ordered = select(op.c.body).join(replica, replica.c.n == op.c.replica)
        rows = r.connection.execute(ordered.order_by(replica.c.id, op.c.seq))
        bodies = list(rows.scalars())
        texts = r.connection.execute(select(content)).mappings().all()
    with there.store.write("merge") as w:
        known = set(w.connection.execute(select(content.c.hash)).scalars())
        for row in texts:
            if row["hash"] not in known:
                w.connection.execute(content.insert().values(**row))
        merging.merge(w, bodies)


def disagreed(case: Path, places: Places) -> Path:
    """Make a copy of a case in which this person and a colleague changed the same claims."""
    mine, theirs = case.parent / "Mine.casefile", case.parent / "Theirs.casefile"
    for path in (mine, theirs):
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(case, path)
    other = Places(case.parent / "other" / "cache", case.parent / "other" / "config")
    with open_desk(mine, places) as here, open_desk(theirs, other) as there:
        cases.set_handle(here, "H. Reuter")
        cases.set_handle(there, "M. Kassar")
        first, second, *_ = (row.id for row in claims.rows(here))
        base = claims.view(here, first).claim.statement or ""
        claims.edit(here, first, statement=f"Armed units: {base}")
        claims.edit(there, first, statement=f"{base.rstrip('.')} on 27 March.")
        claims.edit(here, second, about="the last week of March 2024", status="open")
        claims.edit(there, second, about="27 March 2024", status="checked")
        carry(there, here)
    return mine


def _conflicts(stage: Stage, case: Path) -> None:
    stage.open(disagreed(case, stage.places))
    stage.window.run_id("go.conflicts")
    stage.settle()
    page = stage.window.pages.get("conflicts")
    rows = [one.field for one in page.model.rows]
    page.list.go_to(rows.index("statement"))


@scene("50-conflicts")
def _light(stage: Stage, case: Path) -> None:
    _conflicts(stage, case)


@scene("51-conflicts-dark", "dark")
def _dark(stage: Stage, case: Path) -> None:
    _conflicts(stage, case)


@scene("52-conflicts-mirrored")
def _mirrored(stage: Stage, case: Path) -> None:
    stage.app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _conflicts(stage, case)
    stage.settle()


@scene("53-conflicts-none")
def _none(stage: Stage, case: Path) -> None:
    stage.app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    stage.open(case)
    stage.window.run_id("go.conflicts")


def _people(stage: Stage, case: Path) -> None:
    stage.open(case)
    desk = stage.window.bridge.desk
    if keys.state(stage.places).state == "none":
        keys.new(stage.places, None)
        people.trust(stage.places, bytes([1]) * 32, "Maryam Kassar")
        people.verify(stage.places, "01" * 32, " ".join(keys.spoken(bytes([1]) * 32)))
        people.trust(stage.places, bytes([2]) * 32, "يوسف الحارث")
        exchange_log.note(desk, "received", "delta", "tell-marun-mk-0410.casebundle",
                          who="Maryam Kassar", result="37 new, 12 changed, 3 conflicts")  # fmt: skip
        exchange_log.note(desk, "sent", "full", "tell-marun.casebundle", to=("يوسف الحارث",))
    stage.window.run_id("case.people")


@scene("54-people")
def _people_light(stage: Stage, case: Path) -> None:
    _people(stage, case)


@scene("55-people-dark", "dark")
def _people_dark(stage: Stage, case: Path) -> None:
    _people(stage, case)


@scene("56-people-damaged")
def _people_damaged(stage: Stage, case: Path) -> None:
    (stage.places.config / people.FILE).write_text("{", "utf-8")
    stage.open(case)
    stage.window.run_id("case.people")


def _preview(stage: Stage, case: Path) -> None:
    mine = disagreed(case, stage.places)
    other = Places(case.parent / "other" / "cache", case.parent / "other" / "config")
    file = case.parent / "tell-marun-mk.casebundle"
    file.unlink(missing_ok=True)
    if keys.state(other).state == "none":
        keys.new(other, None)
    with open_desk(case.parent / "Theirs.casefile", other) as there:
        there.signer = keys.unlock(other)
        newest = claims.rows(there)[2].id
        claims.edit(there, newest, statement="Four of the six pumps still work.")
        exchange.write(there, file)
    stage.open(mine)
    stage.window.run_id("case.exchange")
    page = stage.window.pages.get("exchange")
    page.look(file)
    stage.until(lambda: page.preview is not None)


@scene("57-exchange")
def _exchange(stage: Stage, case: Path) -> None:
    _preview(stage, case)


@scene("58-exchange-dark", "dark")
def _exchange_dark(stage: Stage, case: Path) -> None:
    _preview(stage, case)


@scene("59-exchange-refused")
def _refused(stage: Stage, case: Path) -> None:
    stage.open(case)
    file = case.parent / "bad.casebundle"
    file.write_bytes(b"PK\x03\x04 nothing")
    stage.window.run_id("case.exchange")
    page = stage.window.pages.get("exchange")
    page.look(file)
    stage.until(page.trouble.isVisible)
