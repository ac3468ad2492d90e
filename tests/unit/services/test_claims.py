"""A claim walks back to marked words; judgements are held back where evidence is thin."""

import pytest

from casefile.model.errors import Refused, UsageError
from casefile.services import annotate, claims, entities, history
from casefile.services.claims import ClaimDraft


@pytest.fixture
def quote(desk, sources) -> str:
    return annotate.quote(desk, sources["column.txt"], "between twelve and fifteen vehicles")[0]


@pytest.fixture
def claim(desk, quote) -> str:
    draft = ClaimDraft(
        statement="12 to 15 vehicles came from the north",
        quote=quote,
        speaker="Yusuf al-Harith",
        attribution="said by telephone",
        about="the last week of March 2024",
        place="Tell Marun",
    )
    return claims.add(desk, draft)[0]


def test_a_claim_shows_its_words_its_bytes_and_its_speaker(desk, sources, claim):
    view = claims.view(desk, claim)
    assert view.speaker.name == "Yusuf al-Harith"
    assert view.place.kind == "place"
    (own,) = view.evidence
    assert " ".join(own.quote.split()) == "between twelve and fifteen vehicles"
    assert (own.source, own.zone, own.stance) == (sources["column.txt"], "body", "supports")
    assert len(own.sha256) == 64
    assert (view.claim.about.earliest, view.claim.about.latest) == ("2024-03-25", "2024-03-31")


def test_the_speaker_is_proposed_from_the_sentence(desk, sources):
    from casefile.services import reading

    words = reading.text(desk, sources["column.txt"]).text
    start = words.index("They came")
    proposal = claims.propose(desk, sources["column.txt"], start, start + 20)
    assert "al-Harith" in proposal.speaker
    assert "said" in proposal.attribution
    assert proposal.rules


def test_the_same_speaker_is_the_same_entity_under_an_alias(desk, claim):
    speaker = claims.view(desk, claim).speaker
    entities.alias(desk, speaker.id, "يوسف الحارث", language="ar")
    other, _ = claims.add(desk, ClaimDraft(statement="The pumps stopped", speaker="يوسف الحارث"))
    assert claims.view(desk, other).speaker.id == speaker.id


def test_evidence_against_is_shown_with_its_warrant(desk, sources, claim):
    denial, _ = annotate.quote(
        desk, sources["denial.txt"], "No unit of ours entered any civilian installation"
    )
    claims.link(desk, claim, annotation=denial, stance="contradicts", warrant="denies all of it")
    view = claims.view(desk, claim)
    against = [e for e in view.evidence if e.stance == "contradicts"]
    assert [(e.quote[:7], e.warrant) for e in against] == [("No unit", "denies all of it")]
    (row,) = claims.rows(desk)
    assert (row.supports, row.contradicts, row.sources) == (1, 1, 1)
    assert [r.id for r in claims.of_source(desk, sources["denial.txt"])] == [claim]


def test_evidence_is_one_thing_with_a_known_stance(desk, sources, claim):
    with pytest.raises(UsageError):
        claims.link(desk, claim, source=sources["denial.txt"], stance="proves")
    with pytest.raises(UsageError):
        claims.link(desk, claim, stance="context")
    with pytest.raises(Refused):
        claims.link(desk, claim, source="0" * 36, stance="context")


def test_confirmed_needs_two_origins_and_says_so(desk, sources, claim):
    with pytest.raises(Refused, match="two independent origins"):
        claims.assess(desk, claim, credibility=1)
    with pytest.raises(Refused, match="High confidence"):
        claims.assess(desk, claim, confidence="high")
    with pytest.raises(Refused, match="contradicts"):
        claims.assess(desk, claim, credibility=5)
    claims.link(desk, claim, source=sources["denial.txt"], stance="supports")
    claims.assess(desk, claim, credibility=1, confidence="high")
    (judged,) = claims.view(desk, claim).assessments
    assert (judged.credibility, judged.confidence, judged.person) == (1, "high", desk.person)


def test_a_second_judgement_by_the_same_person_changes_the_first(desk, claim):
    claims.assess(desk, claim, credibility=3, reasoning="one witness")
    claims.assess(desk, claim, credibility=4)
    (judged,) = claims.view(desk, claim).assessments
    assert (judged.credibility, judged.reasoning) == (4, "one witness")


@pytest.mark.parametrize(
    "words", [{"credibility": 7}, {"likelihood": "maybe"}, {"confidence": "firm"}, {}]
)
def test_judgements_use_the_scale(desk, claim, words):
    with pytest.raises(UsageError):
        claims.assess(desk, claim, **words)


def test_copies_count_as_one_origin(desk, sources, files, claim):
    from casefile.services import ingest

    copy = files / "copy.txt"
    copy.write_bytes((files / "column.txt").read_bytes().replace(b"\n", b"\r\n"))
    source = ingest.add(desk, [copy]).entries[0].source
    claims.link(desk, claim, source=source, stance="supports")
    view = claims.view(desk, claim)
    ((members, reasons),) = view.origins
    assert set(members) == {source, sources["column.txt"]}
    assert "same text" in reasons


def test_a_claim_needs_a_statement_and_a_real_mark(desk):
    with pytest.raises(Refused):
        claims.add(desk, ClaimDraft(statement="  "))
    with pytest.raises(Refused):
        claims.add(desk, ClaimDraft(statement="x", quote="0" * 36))
    assert claims.rows(desk) == []


def test_a_claim_is_undone_with_the_people_it_made(desk, claim):
    history.undo(desk)
    assert claims.rows(desk) == []
    assert entities.rows(desk) == []
    history.redo(desk)
    assert claims.view(desk, claim).speaker.name == "Yusuf al-Harith"


def test_merged_entities_speak_as_one_and_undo_parts_them(desk, claim):
    first = claims.view(desk, claim).speaker.id
    second, _ = entities.add(desk, "Y. al-Harith")
    other, _ = claims.add(desk, ClaimDraft(statement="It stopped", speaker="Y. al-Harith"))
    entities.merge(desk, first, second)
    assert claims.view(desk, other).speaker.id == first
    assert [e.id for e in (v.entity for v in entities.candidates(desk, "y. al-harith"))] == [first]
    history.undo(desk)
    assert claims.view(desk, other).speaker.id == second
