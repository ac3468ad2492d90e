"""A draft comes whole out of the child, and what does not fit is refused."""

import pytest

from casefile.model.draft import Draft, ImageFact, PhotoFact
from casefile.model.values import DateValue
from casefile.model.zone import Zone

DRAFT = Draft(
    kind="pdf",
    media_type="application/pdf",
    extractor="pypdf",
    version="1",
    parameters={"pages": 2},
    text="One\fTwo",
    zones=(Zone("body", 0, 7),),
    pages=((0, 3), (4, 7)),
    byline=("Leila Haddon",),
    published=DateValue(text="3 April 2024", edtf="2024-04-03"),
    images=(ImageFact(caption="A pump", credit=None),),
    photo=PhotoFact(width=4, height=3, tags={"Make": "X"}),
    warnings=("page 2 is short",),
)


def test_a_draft_survives_json():
    assert Draft.from_json(DRAFT.to_json()) == DRAFT


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "poem"},
        {"kind": None},
        {"zones": [{"kind": "body", "start": 0, "end": 99}]},
        {"zones": [{"kind": "body"}]},
        {"zones": 5},
        {"pages": [[0, 3], [2, 7]]},
        {"pages": [[0, 300]]},
        {"pages": [["a", "b"]]},
        {"photo": {"soul": 1}},
        {"images": [{"caption": "a", "virus": "b"}]},
        {"published": "yesterday"},
    ],
)
def test_what_does_not_fit_is_refused(change):
    with pytest.raises(ValueError, match=r"."):
        Draft.from_json({**DRAFT.to_json(), **change})


def test_a_draft_without_its_extractor_is_refused():
    data = DRAFT.to_json()
    del data["extractor"]
    with pytest.raises(ValueError, match="not a draft"):
        Draft.from_json(data)
