import io
import json
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.limits import Limits
from casefile.extract.protocol import (
    Frame,
    Gone,
    Misfit,
    boxes_of,
    draft_frame,
    draft_of,
    picture_frame,
    picture_of,
    receive,
    send,
    send_file,
)
from casefile.model.draft import Draft, ImageFact, PhotoFact
from casefile.model.values import DateValue, Picture
from casefile.model.zone import Zone

DRAFT = Draft(
    kind="photo",
    media_type="image/jpeg",
    extractor="x",
    version="1",
    parameters={"a": 1},
    text="слова и caption",
    zones=(Zone("body", 0, 5), Zone("caption", 5, 15, 0)),
    pages=((0, 15),),
    title="t",
    byline=("a", "b"),
    published=DateValue(text="April", edtf="2021-04"),
    images=(ImageFact(caption="c"),),
    photo=PhotoFact(width=3, height=2, taken={"local": "x", "zone": None}, tags={"k": "v"}),
    warnings=("w",),
    complete=False,
    reason="r",
)


def _back(frame: Frame, most: int = 1 << 20) -> Frame:
    wire = io.BytesIO()
    send(wire.write, frame)
    wire.seek(0)
    return receive(wire.read, most, most)


def test_a_draft_comes_back_as_it_was() -> None:
    assert draft_of(_back(draft_frame(DRAFT))) == DRAFT


def test_a_picture_comes_back_as_it_was() -> None:
    picture = Picture(2, 1, bytes(range(8)))
    assert picture_of(_back(picture_frame(picture)), Limits()) == picture


def _with(**changes: Any) -> Frame:
    frame = draft_frame(DRAFT)
    return Frame({"answer": {**frame.head["answer"], **changes}}, frame.body)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "program"},
        {"kind": ["photo"]},
        {"title": {"a": 1}},
        {"title": 7},
        {"complete": "yes"},
        {"parameters": []},
        {"byline": [1]},
        {"warnings": [None]},
        {"zones": [{"kind": "body", "start": 0, "end": 99}]},
        {"zones": [{"kind": "body", "start": 3, "end": 15}]},
        {"zones": [{"kind": "body", "start": "0", "end": "15"}]},
        {"zones": [{"kind": "body", "start": 0.0, "end": 15.0}]},
        {"zones": [{"kind": "evil", "start": 0, "end": 15}]},
        {"zones": 5},
        {"pages": [[0, 99]]},
        {"pages": [[5, 3]]},
        {"pages": [["a", "b"]]},
        {"images": [{"src": "x"}]},
        {"images": [{"caption": 1}]},
        {"photo": {"width": "1"}},
        {"photo": {"tags": {"a": 1}}},
        {"photo": {"latitude": 1.5}},
        {"published": {"text": 5}},
        {"published": "April"},
        {"media_type": None},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Misfit):
        draft_of(_with(**changes))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Misfit):
        draft_of(Frame(draft_frame(DRAFT).head, b"\xff\xfe\x00"))


@pytest.mark.parametrize(
    "answer",
    [{}, {"width": 2}, {"width": 3, "height": 1}, {"width": -2, "height": -1}, {"width": "x"}],
)
def test_a_picture_that_does_not_fit_is_refused(answer: dict[str, Any]) -> None:
    with pytest.raises(Misfit):
        picture_of(Frame({"answer": answer}, bytes(8)), Limits())


def test_a_picture_over_the_limit_is_refused() -> None:
    with pytest.raises(Misfit, match="too many"):
        picture_of(picture_frame(Picture(4, 4, bytes(64))), Limits(picture_pixels=15))


@pytest.mark.parametrize(
    "boxes",
    [[None], [None, [0, 0, 1]], [None, [0, 0, 1, 2]], [None, "abcd"], 5, [None, [0, 0, 1, None]]],
)
def test_boxes_that_do_not_fit_are_refused(boxes: object) -> None:
    with pytest.raises(Misfit):
        boxes_of(Frame({"answer": {"boxes": boxes}}), 2)


def test_boxes_come_back() -> None:
    frame = Frame({"answer": {"boxes": [None, [0, 0.25, 1, 0.5]]}})
    assert boxes_of(_back(frame), 2).boxes == (None, (0.0, 0.25, 1.0, 0.5))


def test_promised_lengths_are_held_against_the_limits() -> None:
    for head, body in ((200, 0), (10, 10**15)):
        wire = io.BytesIO(struct.pack(">4sIQ", b"CFX1", head, body) + b"{}")
        with pytest.raises(Misfit):
            receive(wire.read, 100, 1000)


def test_an_end_in_the_middle_is_noticed() -> None:
    wire = io.BytesIO()
    send(wire.write, Frame({"a": 1}, b"12345"))
    for cut in (0, 3, 17, len(wire.getvalue()) - 1):
        with pytest.raises(Gone):
            receive(io.BytesIO(wire.getvalue()[:cut]).read, 100, 100)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5), st.binary())
def test_only_drafts_come_out(answer: object, body: bytes) -> None:
    try:
        found = draft_of(Frame({"answer": answer}, body))
    except Misfit:
        return
    assert isinstance(found, Draft)


def test_deep_json_is_refused() -> None:
    deep = b"[" * 100_000
    wire = io.BytesIO(struct.pack(">4sIQ", b"CFX1", len(deep), 0) + deep)
    with pytest.raises(Misfit):
        receive(wire.read, 1 << 20, 0)


def test_a_file_goes_out_in_pieces_from_its_beginning(tmp_path: Any) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"0123456789")
    wire = io.BytesIO()
    with file.open("rb") as handle:
        handle.seek(5)
        send_file(wire.write, {"t": 1}, handle.fileno(), 12)
    wire.seek(0)
    frame = receive(wire.read, 100, 100)
    assert frame == Frame({"t": 1}, b"0123456789\0\0")


def test_limits_travel() -> None:
    limits = Limits(cpu_seconds=1.5, pages=3)
    assert Limits.from_json(json.loads(json.dumps(limits.to_json()))) == limits
