"""The sample case: shipped files about invented places, built through the ordinary services."""

import json
import shutil
from pathlib import Path
from typing import Any

from casefile.jobs.progress import Progress
from casefile.model.case import Question
from casefile.model.ids import new_id
from casefile.resources import path
from casefile.services import (
    annotate,
    cases,
    claims,
    entities,
    independence,
    ingest,
    notes,
    reading,
)
from casefile.services.annotate import MarkAs
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk, create_desk
from casefile.services.places import Places

FOLDER = "samples"
NAME = "Sample.casefile"


def build(places: Places, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """Build the sample case in a folder (the cache by default); one that is there is kept as it is.

    It is built beside its place and moved there when it is whole; what an interrupted build left is
    thrown away. Gives the path of the case.
    """
    case = (folder or places.cache / "sample") / NAME
    if case.exists():
        return case
    unfinished = case.with_name(f"{NAME}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    case.parent.mkdir(parents=True, exist_ok=True)
    with create_desk(unfinished, places) as desk:
        fill(desk, progress)
    unfinished.rename(case)
    return case


def fill(desk: Desk, progress: Progress | None = None) -> None:
    """Put the sample's sources, marks and claims into a case."""
    plan = json.loads(path(f"{FOLDER}/case.json").read_text("utf-8"))
    files = [path(f"{FOLDER}/{name}") for name in plan["files"]]
    report = ingest.add(desk, files, progress=progress)
    source = {Path(e.path).name: e.source for e in report.entries if e.source}
    by_file = {name: source[Path(name).name] for name in plan["files"]}
    _describe(desk, plan, by_file)
    marks = _mark(desk, plan, by_file)
    _name(desk, plan)
    _claim(desk, plan, by_file, marks)
    cases.rename(desk, plan["title"], plan["summary"])


def _describe(desk: Desk, plan: dict[str, Any], by_file: dict[str, str]) -> None:
    if plan.get("question"):
        with desk.store.write("question") as w:
            w.put(Question, new_id(), body=plan["question"], status="open")
    for name, said in plan.get("sources", {}).items():
        key = by_file[name]
        if said.get("reliability"):
            reading.grade(desk, [key], said["reliability"])
        if said.get("status"):
            reading.triage(desk, [key], said["status"])
        if said.get("tags"):
            notes.tag(desk, [key], said["tags"])
    for each in plan.get("links", ()):
        pair = (by_file[each["file"]], by_file[each["other"]])
        independence.relate(desk, *pair, kind=each["kind"], reason=each["reason"])
    for each in plan.get("notes", ()):
        notes.note(desk, by_file[each["file"]], each["body"])


def _mark(desk: Desk, plan: dict[str, Any], by_file: dict[str, str]) -> dict[str, str]:
    marks = {}
    for each in plan["annotations"]:
        how = MarkAs(each["mark"], each.get("note"), tuple(each.get("tags", ())))
        marks[each["key"]], _ = annotate.quote(
            desk,
            by_file[each["file"]],
            each["quote"],
            occurrence=each.get("occurrence"),
            page=each.get("page"),
            how=how,
        )
    return marks


def _name(desk: Desk, plan: dict[str, Any]) -> None:
    for each in plan.get("entities", ()):
        key, _ = entities.add(desk, each["name"], each["kind"])
        for name in each.get("aliases", ()):
            entities.alias(desk, key, name["name"], name.get("kind", "alias"), name.get("language"))


def _claim(
    desk: Desk, plan: dict[str, Any], by_file: dict[str, str], marks: dict[str, str]
) -> None:
    fields = ("statement", "speaker", "attribution", "said", "about", "place")
    for each in plan["claims"]:
        draft = ClaimDraft(
            quote=marks[each["quote"]] if each.get("quote") else None,
            speaker_kind=each.get("speaker_kind", "person"),
            **{name: each[name] for name in fields if each.get(name)},
        )
        key, _ = claims.add(desk, draft)
        for link in each.get("evidence", ()):
            target = (
                {"annotation": marks[link["annotation"]]}
                if "annotation" in link
                else {"source": by_file[link["file"]]}
            )
            claims.link(desk, key, stance=link["stance"], warrant=link.get("warrant"), **target)
        if each.get("assessment"):
            claims.assess(desk, key, **each["assessment"])
