"""Records, fields and values in words."""

from casefile.model.kinds import KINDS
from casefile.model.values import DateValue
from casefile.services import annotate, claims, entities, naming, notes
from casefile.services.claims import ClaimDraft


def test_every_field_has_a_name():
    fields = {name for kind in KINDS.values() for name in kind.spec()}
    assert [name for name in sorted(fields) if naming.field_name(name) == name] == []
    assert naming.field_name("of a newer version") == "of a newer version"


def test_every_kind_of_record_is_called_by_words(desk, sources):
    source = sources["column.txt"]
    mark, _ = annotate.mark(desk, source, (0, 6))
    claim, _ = claims.add(
        desk, ClaimDraft(statement="A column\n came", quote=mark, speaker="Yusuf")
    )
    judged, _ = claims.assess(desk, claim, credibility=3)
    link, _ = claims.link(desk, claim, stance="context", source=source)
    note, _ = notes.note(desk, claim, "n" * 500)
    wanted = [
        ("source", source), ("annotation", mark), ("claim", claim), ("assessment", judged),
        ("evidence_link", link), ("note", note), ("hologram", "0123456789"),
    ]  # fmt: skip
    with desk.store.read() as r:
        words = naming.called(r, wanted)
    assert words[mark] == "Valley"
    assert {words[key] for key in (claim, judged, link)} == {"A column came"}
    assert words[source] == "Armoured column takes pumping station at Tell Marun"
    assert len(words[note]) == naming.CALLED
    assert words["0123456789"] == "01234567"


def test_values_are_said_in_words(desk, sources):
    key, _ = entities.add(desk, "Basalt Brigade", "unit")
    values = {
        "speaker": key,
        "said": DateValue(text="in March", edtf="2021-03").to_json(),
        "statement": "x",
        "place": None,
        "of a newer version": {"a": 1},
    }
    assert naming.worded(desk, "claim", values) == {
        "speaker": "Basalt Brigade",
        "said": "in March",
        "statement": "x",
        "of a newer version": '{"a": 1}',
    }
    assert naming.worded(desk, "source", {"byline": ["A", "B"]}) == {"byline": "A, B"}
    assert naming.worded(desk, "extraction", {"complete": False}) == {"complete": "no"}
    assert naming.worded(desk, "annotation", {"selectors": [{"type": "PageSelector"}]}) == {
        "selectors": "an area"
    }
    assert naming.worded(desk, "assessment", {"person": desk.person}) == {"person": desk.person[:8]}
