"""What two people wrote is shown side by side and settled by one operation each."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from casefile.extract.pool import Extractor
from casefile.model.claim import Claim
from casefile.model.errors import Refused
from casefile.services import annotate, cases, claims, conflicts, history, ingest, notes, reading
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk, create_desk, open_desk
from casefile.services.places import Places
from casefile.store import merging, records
from casefile.store.schema import content, op, replica

from .conftest import ARTICLE

BASE = "Vehicles entered the station at the end of March."


def carry(here: Desk, there: Desk) -> None:
    """Take everything that one case has into the other, as a merge does."""
    with here.store.read() as r:
        rows = r.connection.execute(
            select(op.c.body)
            .join(replica, replica.c.n == op.c.replica)
            .order_by(replica.c.id, op.c.seq)
        )
        bodies = list(rows.scalars())
        texts = r.connection.execute(select(content)).mappings().all()
    with there.store.write("merge") as w:
        known = set(w.connection.execute(select(content.c.hash)).scalars())
        for row in texts:
            if row["hash"] not in known:
                w.connection.execute(content.insert().values(**row))
        merging.merge(w, bodies)


@pytest.fixture
def pair(tmp_path: Path, extractor: Extractor) -> Iterator[tuple[Desk, Desk, str]]:
    """Two people with the same case, and a claim in it."""
    places = [Places(tmp_path / n / "cache", tmp_path / n / "config") for n in ("a", "b")]
    file = tmp_path / "column.txt"
    file.write_text(ARTICLE, "utf-8")
    with create_desk(tmp_path / "a" / "x.casefile", places[0], "x", extractor=extractor) as desk:
        source = ingest.add(desk, [file]).entries[0].source or ""
        mark, _ = annotate.quote(desk, source, "an armoured column".capitalize())
        claim, _ = claims.add(desk, ClaimDraft(statement=BASE, quote=mark))
    shutil.copytree(tmp_path / "a" / "x.casefile", tmp_path / "b" / "x.casefile")
    with ExitStack() as opened:
        desks = [
            opened.enter_context(open_desk(tmp_path / n / "x.casefile", p, extractor=extractor))
            for n, p in zip("ab", places, strict=True)
        ]
        for one, name in zip(desks, ("Noor", "Sami"), strict=True):
            cases.set_handle(one, name)
        yield desks[0], desks[1], claim


def disagree(pair: tuple[Desk, Desk, str], first: str, second: str) -> None:
    """Let both change the statement, and bring the second one's work to the first."""
    here, there, claim = pair
    claims.edit(here, claim, statement=first)
    claims.edit(there, claim, statement=second)
    carry(there, here)


def statement(desk: Desk, claim: str) -> tuple[str | None, int]:
    with desk.store.read() as r:
        one = records.get(r, Claim, claim)
    assert one is not None
    return one.statement, one.conflicts


def test_nobody_disagrees_at_first(pair: tuple[Desk, Desk, str]) -> None:
    here, there, claim = pair
    claims.edit(there, claim, statement="Only one changed it")
    carry(there, here)
    assert conflicts.listed(here) == []
    assert statement(here, claim) == ("Only one changed it", 0)


def test_both_values_are_shown_with_what_was_before(pair: tuple[Desk, Desk, str]) -> None:
    disagree(pair, BASE.replace("Vehicles", "Armed vehicles"), BASE.replace("March", "April"))
    here, _, claim = pair
    found = conflicts.view(here, claim[:8])
    assert (found.id, found.base, found.name) == (f"{claim}.statement", BASE, "Statement")
    assert (found.mine.who, found.theirs.who, found.base_who) == ("Noor", "Sami", "Noor")
    assert found.mine.value.startswith("Armed")
    assert found.theirs.value.endswith("April.")
    assert found.merged == "Armed vehicles entered the station at the end of April."
    assert [e.quote for e in found.evidence] == ["An armoured column"]


@pytest.mark.parametrize(
    ("take", "becomes"),
    [("mine", "One"), ("theirs", "Two"), ("1", "Two"), ("2", "One"), ("Neither of them", "")],
)
def test_a_resolution_is_one_operation_that_wins_everywhere(
    pair: tuple[Desk, Desk, str], take: str, becomes: str
) -> None:
    disagree(pair, "One", "Two")
    here, there, claim = pair
    before = len(history.of(here, claim))
    _, changes = conflicts.resolve(here, claim, take)
    assert changes.records == {"claim": (claim,)}
    assert len(history.of(here, claim)) == before + 1
    assert statement(here, claim) == (becomes or take, 0)
    with pytest.raises(Refused):
        conflicts.resolve(here, claim, "mine")
    carry(here, there)
    assert statement(there, claim) == (becomes or take, 0)
    history.undo(here)
    assert conflicts.count(here) == 1
    assert {head.value for head in conflicts.listed(here)[0].heads} == {"One", "Two"}


def test_changes_that_touch_each_other_are_not_merged(pair: tuple[Desk, Desk, str]) -> None:
    disagree(pair, "One", "Two")
    with pytest.raises(Refused, match="touch each other"):
        conflicts.resolve(pair[0], pair[2], "merged")


def test_an_edit_against_a_delete_keeps_both_until_somebody_says(
    pair: tuple[Desk, Desk, str],
) -> None:
    here, there, claim = pair
    reading.delete(here, [claim])
    claims.edit(there, claim, statement="Edited elsewhere")
    carry(there, here)
    found = conflicts.view(here, claim)
    assert found.field == "deleted"
    assert {head.words for head in found.heads} == {"deleted", "kept, with changes"}
    assert statement(here, claim)[0] == "Edited elsewhere"
    conflicts.resolve(here, claim, "mine")
    with here.store.read() as r:
        assert records.get(r, Claim, claim).deleted
    history.undo(here)
    assert conflicts.view(here, claim).theirs.who == "Sami"
    conflicts.resolve(here, claim, "theirs")
    with here.store.read() as r:
        assert not records.get(r, Claim, claim).deleted


def test_a_clock_five_years_off_loses_nothing(pair: tuple[Desk, Desk, str]) -> None:
    here, there, claim = pair
    there.store.clock = lambda: 1_000_000_000_000
    disagree(pair, "Mine", "Theirs, from 2001")
    found = conflicts.view(here, claim)
    assert {head.value for head in found.heads} == {"Mine", "Theirs, from 2001"}
    conflicts.resolve(here, claim, "theirs")
    assert statement(here, claim) == ("Theirs, from 2001", 0)


def test_merging_twice_changes_nothing(pair: tuple[Desk, Desk, str]) -> None:
    disagree(pair, "One", "Two")
    here, there, _ = pair
    before = here.upto, conflicts.listed(here)
    carry(there, here)
    assert (here.upto, conflicts.listed(here)) == before


def test_long_texts_dates_and_links_can_be_settled(pair: tuple[Desk, Desk, str]) -> None:
    here, there, claim = pair
    long = "word " * 9000
    for desk, name in ((here, "Noor"), (there, "Samir")):
        claims.edit(desk, claim, statement=long + name, about=f"March 202{len(name)}", speaker=name)
    carry(there, here)
    found = {one.field: one for one in conflicts.listed(here)}
    assert set(found) == {"statement", "about", "speaker"}
    assert found["statement"].theirs.value == long + "Samir"
    assert found["speaker"].mine.words == "Noor"
    for one in found.values():
        conflicts.resolve(here, one.id, "theirs")
    assert conflicts.count(here) == 0
    view = claims.view(here, claim)
    assert view.speaker is not None
    assert (view.speaker.name, view.claim.statement) == ("Samir", long + "Samir")
    assert view.claim.about is not None
    assert view.claim.about.text == "March 2025"


def test_what_is_no_conflict_or_no_value_is_refused(pair: tuple[Desk, Desk, str]) -> None:
    here, there, claim = pair
    for desk, day in ((here, "May 2020"), (there, "June 2020")):
        claims.edit(desk, claim, about=day, statement=day)
    carry(there, here)
    for key, take in (
        (str(uuid.uuid4()), "mine"), (claim, "mine"), (f"{claim}.about", "not json"),
        (f"{claim}.about", "[1]"), ("12", "mine"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            conflicts.resolve(here, key, take)
    assert conflicts.count(here) == 2


def test_notes_and_tags_of_both_stay(pair: tuple[Desk, Desk, str]) -> None:
    here, there, claim = pair
    for desk, words in ((here, "A was here"), (there, "B was here")):
        notes.note(desk, claim, words)
        notes.tag(desk, [claim], ["both", words])
    carry(there, here)
    view = claims.view(here, claim)
    assert {note.body for note in view.notes} == {"A was here", "B was here"}
    assert set(view.tags) == {"A was here", "B was here", "both"}
    assert conflicts.listed(here) == []
