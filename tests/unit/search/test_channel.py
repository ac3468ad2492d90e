"""Messages with their length before them."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.hit import IndexDocument
from casefile.search import channel
from casefile.search.channel import ChannelClosed, from_message, receive, send, to_message
from tests.unit.search.conftest import document


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.lists(st.text())))
def test_a_message_arrives_as_it_was_sent(message: dict[str, object]) -> None:
    stream = io.BytesIO()
    send(stream, message)
    stream.seek(0)
    assert receive(stream) == message


@given(st.binary(max_size=40))
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(ChannelClosed):
        receive(io.BytesIO(data))


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff\xff", b"7"])
def test_only_an_object_is_a_message(body: bytes) -> None:
    with pytest.raises(ChannelClosed, match="not a message"):
        receive(io.BytesIO(struct.pack("!I", len(body)) + body))


def test_a_length_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ChannelClosed, match="too long"):
        receive(io.BytesIO(struct.pack("!I", channel.LIMIT + 1)))
    monkeypatch.setattr(channel, "LIMIT", 8)
    with pytest.raises(ChannelClosed, match="too long"):
        send(io.BytesIO(), {"text": "longer than that"})


def test_a_closed_stream_is_said() -> None:
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(ChannelClosed):
        send(closed, {})
    with pytest.raises(ChannelClosed):
        receive(closed)


def test_a_document_arrives_as_it_was_sent() -> None:
    sent = document(
        "r", ("body", "words \ud800 here"), ("caption", "more"), title="t", authors=("a", "b"),
        speaker=("s",), place=("p",), tags=("x",), earliest=1, latest=None, source="s", added=9,
    )  # fmt: skip
    stream = io.BytesIO()
    send(stream, to_message(sent))
    stream.seek(0)
    assert from_message(receive(stream)) == sent
    plain = IndexDocument(record="r", kind="note")
    assert from_message(to_message(plain)) == plain
