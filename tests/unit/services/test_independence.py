"""A claim stands on as many origins as it has, however many pages repeat one."""

from pathlib import Path

import pytest

from casefile.services import (
    annotate,
    claims,
    entities,
    entity_links,
    independence,
    ingest,
    reading,
)
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk

SAID = 'patrols had been stepped up in the valley," Yusuf al-Harith said'
PAGES = {
    "first.txt": f"Patrols stepped up\n\nBy Leila Haddon\n\n\"For a week {SAID}. The north road was closed and the market stayed shut for three days, and nobody in the town knew for how long it would be.",
    "echo.txt": "Valley news\n\nBy Radio Nahra staff\n\nThe road is closed again. \"Since Monday patrols had been stepped up,\" said al-Harith, whom our station reached by telephone at night after many tries.",
    "witness.txt": "What I saw\n\nBy Mira Odeh\n\n\"Lorries with soldiers passed my house all night, patrols had been stepped up,\" said Samira Qadri, who sells bread at the north gate of the old town.",
}  # fmt: skip


@pytest.fixture
def told(desk: Desk, files: Path) -> tuple[str, dict[str, str]]:
    """A claim with three quotes as its evidence; gives it and the sources by name."""
    for name, words in PAGES.items():
        (files / name).write_text(words, "utf-8")
    entries = ingest.add(desk, [files / name for name in PAGES]).entries
    sources = {Path(e.path).name: e.source or "" for e in entries}
    claim, _ = claims.add(desk, ClaimDraft(statement="Patrols were stepped up"))
    for source in sources.values():
        mark, _ = annotate.quote(desk, source, "patrols had been stepped up")
        claims.link(desk, claim, annotation=mark, stance="supports", warrant=None)
    return claim, sources


def _origins(desk: Desk, claim: str) -> list[set[str]]:
    return [set(each) for each, _ in claims.view(desk, claim).origins]


def test_one_speaker_in_two_pages_is_one_origin_and_a_witness_another(
    desk: Desk, told: tuple[str, dict[str, str]]
) -> None:
    claim, sources = told
    assert sorted(map(len, _origins(desk, claim))) == [1, 2]
    assert {sources["first.txt"], sources["echo.txt"]} in _origins(desk, claim)
    (reasons,) = [r for each, r in claims.view(desk, claim).origins if len(each) > 1]
    assert any("al-Harith" in reason for reason in reasons)


def test_a_person_overrides_the_rule_and_the_newer_decision_stands(
    desk: Desk, told: tuple[str, dict[str, str]]
) -> None:
    claim, sources = told
    first, echo, witness = sources.values()
    independence.relate(desk, first, echo, kind="independent", reason="two telephone calls")
    assert len(_origins(desk, claim)) == 3
    independence.relate(desk, echo, first, kind="derives from", reason="it says so")
    assert len(_origins(desk, claim)) == 2
    independence.relate(desk, witness, first, kind="derives from", reason="she read it there")
    assert len(_origins(desk, claim)) == 1
    ((_, reasons),) = claims.view(desk, claim).origins
    assert {"it says so", "she read it there"} <= set(reasons)


def test_a_source_as_a_whole_counts_with_the_speaker_that_it_quotes(
    desk: Desk, told: tuple[str, dict[str, str]]
) -> None:
    _, sources = told
    claim, _ = claims.add(
        desk, ClaimDraft(statement="The road is closed", speaker="Yusuf al-Harith")
    )
    for source in sources.values():
        claims.link(desk, claim, source=source, stance="supports", warrant=None)
    assert {sources["first.txt"], sources["echo.txt"]} in _origins(desk, claim)
    assert len(_origins(desk, claim)) == 2


PAPERS = {
    "Nahra Gazette": "The bridge fell in the night, and with it the only road to the market.",
    "Valley Courier": "Engineers had warned for years; on Tuesday two pillars gave way at last.",
}


def test_papers_of_one_owner_are_one_origin(desk: Desk, files: Path) -> None:
    claim, _ = claims.add(desk, ClaimDraft(statement="The bridge fell"))
    for name, words in PAPERS.items():
        file = files / f"{name}.txt"
        file.write_text(f"{words[:20]}\n\nBy our staff\n\n{words}", "utf-8")
        source = ingest.add(desk, [file]).entries[0].source or ""
        reading.edit(desk, source, publisher=name)
        claims.link(desk, claim, source=source, stance="supports", warrant=None)
    before = _origins(desk, claim)
    owner, _ = entities.add(desk, "Nahra Holding", "organisation")
    for name in PAPERS:
        paper, _ = entities.add(desk, name, "organisation")
        entity_links.relate(desk, owner, paper, "owns")
    after = claims.view(desk, claim).origins
    assert len(before) == 2
    assert [reasons for _, reasons in after] == [("both belong to Nahra Holding",)]
