"""Freeze a small case as this version writes it: `freeze_case.py`, once a released version.

It goes to tests/data/cases/<version>.zip and stays there for ever: later versions have to open and upgrade it.
`expected.json` beside the case says what is in it.
"""

import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from casefile import __version__
from casefile.model.case import FORMAT
from casefile.model.claim import Claim
from casefile.model.source import Source
from casefile.services import annotate, cases, claims, history, ingest, notes, reading
from casefile.services.annotate import MarkAs
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk, create_desk
from casefile.services.places import Places
from casefile.store import records
from casefile.store.checking import check

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("harbour-times-six-villages.txt", "kavin-vestnik-voda.txt", "marsad-nahra-basalt.txt")
QUOTE = "six villages"


def main() -> int:
    """Make the case and freeze it; refuses to freeze a version twice."""
    place = ROOT / "tests" / "data" / "cases" / f"{__version__}.zip"
    if place.exists():
        print(f"{place.name} is frozen already")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = folder / "old.casefile"
        places = Places(folder / "cache", folder / "config")
        with create_desk(case, places, "An old case") as desk:
            work(desk)
            expected = described(desk)
        place.parent.mkdir(exist_ok=True)
        pack(case, expected, place)
    print(f"{place.relative_to(ROOT)}: {place.stat().st_size} bytes")
    return 0


def work(desk: Desk) -> None:
    """Do a little of everything that leaves traces in a case."""
    report = ingest.add(desk, [ROOT / "resources" / "samples" / name for name in SAMPLES])
    first, second, third = [entry.source or "" for entry in report.entries]
    mark = annotate.quote(desk, first, QUOTE, occurrence=1, how=MarkAs(note="who says so?"))[0]
    claims.add(desk, ClaimDraft(statement="Six villages have no water", quote=mark))
    notes.tag(desk, [first, second], ["water"])
    notes.note(desk, first, "long note " * 3000)
    reading.edit(desk, second, title="Another title")
    history.undo(desk)
    reading.delete(desk, [third])
    cases.set_handle(desk, "Old Hand")


def described(desk: Desk) -> dict[str, Any]:
    """Say what has to be found in the case by every later version."""
    with desk.store.read() as r:
        report = check(desk.store, full=True)
        return {
            "format": FORMAT,
            "case": desk.store.case_id,
            "titles": sorted(one.title or "" for one in records.where(r, Source)),
            "claims": [one.statement for one in records.where(r, Claim)],
            "acts": [act.key for act in history.acts(desk)],
            "checked": {"ops": report.ops, "objects": report.objects},
        }


def pack(case: Path, expected: dict[str, Any], place: Path) -> None:
    """Write the closed case and what is expected of it."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        out.writestr("expected.json", json.dumps(expected, ensure_ascii=False, indent=1))
        for file in sorted(case.rglob("*")):
            if file.is_file():
                out.write(file, f"case/{file.relative_to(case)}")


if __name__ == "__main__":
    sys.exit(main())
