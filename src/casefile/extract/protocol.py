"""What goes between the parent and its readers: frames of JSON with bytes, length-checked."""

import json
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from casefile.extract.limits import Limits
from casefile.model.draft import Draft, PhotoFact
from casefile.model.values import Picture
from casefile.model.view import PageBoxes

_HEAD = struct.Struct(">4sIQ")
_MAGIC = b"CFX1"
_COPIES = ("application/pdf", "image/jpeg", "image/png")
_LARGEST = 1e6  # points of a sheet
_NEEDED = ("media_type", "extractor", "version")
_WORDS = (
    *_NEEDED,
    *("title", "section", "dateline", "publisher", "language", "url", "canonical_url"),
    *("published_from", "captured_at", "captured_url", "picture_hash", "picture_look", "reason"),
)
# The words of a file are the least trusted: anything that is not plain data is refused.
_WRONG = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Misfit(Exception):
    """The other side sent something that does not fit."""


class Gone(Exception):
    """The other side ended in the middle."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: a JSON object and bytes."""

    head: dict[str, Any]
    body: bytes = b""


def send(write: Callable[[bytes], Any], frame: Frame) -> None:
    """Write one frame."""
    head = json.dumps(frame.head, ensure_ascii=False, separators=(",", ":")).encode()
    write(_HEAD.pack(_MAGIC, len(head), len(frame.body)) + head)
    if frame.body:
        write(frame.body)


def send_file(write: Callable[[bytes], Any], head: dict[str, Any], file: int, size: int) -> None:
    """Write a frame whose bytes come out of an open file, piece by piece."""
    data = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    write(_HEAD.pack(_MAGIC, len(data), size) + data)
    os.lseek(file, 0, os.SEEK_SET)
    left = size
    while left:
        part = os.read(file, min(left, 1 << 20))
        # A file that became shorter is filled up: the length is promised already.
        write(part or b"\x00" * left)
        left -= len(part) or left


def receive(read: Callable[[int], bytes], most_head: int, most_body: int) -> Frame:
    """Read one frame; `read(n)` gives 1 to n bytes, or none at the end.

    Raises Gone at the end of the stream and Misfit when a length or the JSON does not fit.
    """
    magic, head_size, body_size = _HEAD.unpack(_exactly(read, _HEAD.size))
    if magic != _MAGIC or head_size > most_head or body_size > most_body:
        msg = f"a frame of {head_size} and {body_size} bytes"
        raise Misfit(msg)
    try:
        head = json.loads(_exactly(read, head_size))
    except _WRONG as error:
        raise Misfit(str(error)) from error
    if not isinstance(head, dict):
        msg = "a frame without an object"
        raise Misfit(msg)
    return Frame(head, _exactly(read, body_size))


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    # Filled as it comes, so that a promised length alone takes no memory.
    parts = bytearray()
    while len(parts) < count:
        part = read(min(count - len(parts), 1 << 20))
        if not part:
            raise Gone
        parts += part
    return bytes(parts)


def draft_frame(draft: Draft) -> Frame:
    """Pack a draft; its text travels as bytes."""
    data = draft.to_json()
    text = data.pop("text")
    return Frame({"answer": data}, text.encode())


def picture_frame(picture: Picture) -> Frame:
    """Pack a picture; its pixels travel as bytes."""
    return Frame({"answer": {"width": picture.width, "height": picture.height}}, picture.pixels)


def draft_of(frame: Frame) -> Draft:
    """Unpack and check a draft; raises Misfit."""
    try:
        data = dict(frame.head["answer"])
        data["text"] = frame.body.decode("utf-8")
        _check_words(data)
        draft = Draft.from_json(data)
        _check_values(draft)
    except _WRONG as error:
        raise Misfit(str(error)) from error
    return draft


def picture_of(frame: Frame, limits: Limits) -> Picture:
    """Unpack and check a picture; raises Misfit."""
    try:
        width, height = (int(frame.head["answer"][name]) for name in ("width", "height"))
        if width * height > limits.picture_pixels:
            msg = f"{width} x {height} pixels are too many"
            raise Misfit(msg)
        return Picture(width, height, frame.body)
    except _WRONG as error:
        raise Misfit(str(error)) from error


def greys_of(frame: Frame, limits: Limits) -> tuple[int, int, bytes]:
    """Unpack and check a picture in greys, a byte a dot; raises Misfit."""
    try:
        width, height = (int(frame.head["answer"][name]) for name in ("width", "height"))
    except _WRONG as error:
        raise Misfit(str(error)) from error
    if not 0 < width * height == len(frame.body) <= limits.picture_pixels:
        msg = f"{len(frame.body)} bytes for {width} x {height} greys"
        raise Misfit(msg)
    return width, height, frame.body


def copy_of(frame: Frame) -> tuple[str, bytes]:
    """Unpack a copy of a file: media type and bytes; raises Misfit."""
    try:
        form = frame.head["answer"]["media_type"]
    except _WRONG as error:
        raise Misfit(str(error)) from error
    if form not in _COPIES or not frame.body:
        msg = f"a copy of {len(frame.body)} bytes"
        raise Misfit(msg)
    return form, frame.body


def sheet_of(frame: Frame, limits: Limits) -> tuple[bytes, int, int, float, float]:
    """Unpack and check the picture of a page: JPEG, width and height in pixels, then in points."""
    form, body = copy_of(frame)
    try:
        told = frame.head["answer"]
        width, height = int(told["width"]), int(told["height"])
        across, down = float(told["across"]), float(told["down"])
    except _WRONG as error:
        raise Misfit(str(error)) from error
    if form != "image/jpeg" or not 0 < width * height <= limits.picture_pixels:
        msg = f"a page of {width} x {height} pixels"
        raise Misfit(msg)
    if not (0 < across < _LARGEST and 0 < down < _LARGEST):
        msg = f"paper of {across} x {down} points"
        raise Misfit(msg)
    return body, width, height, across, down


def boxes_of(frame: Frame, length: int) -> PageBoxes:
    """Unpack and check the boxes of a page of so many code points; raises Misfit."""
    try:
        boxes = tuple(
            None if box is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
            for box in frame.head["answer"]["boxes"]
        )
    except _WRONG as error:
        raise Misfit(str(error)) from error
    inside = all(box is None or all(0 <= part <= 1 for part in box) for box in boxes)
    if len(boxes) != length or not inside:
        msg = f"{len(boxes)} boxes for {length} letters"
        raise Misfit(msg)
    return PageBoxes(boxes=boxes)


def _check_words(data: dict[str, Any]) -> None:
    for name in _WORDS:
        _expect(name, data.get(name), str, optional=name not in _NEEDED)
    _expect("complete", data.get("complete", True), bool)
    _expect("parameters", data.get("parameters", {}), dict)
    for name in ("byline", "warnings"):
        for word in data.get(name) or ():
            _expect(name, word, str)
    for name, value in (data.get("published") or {}).items():
        _expect(name, value, str, optional=True)


def _check_values(draft: Draft) -> None:
    for zone in draft.zones:
        for number in (zone.start, zone.end):
            _expect("zone", number, int)
        _expect("image", zone.image, int, optional=True)
    for image in draft.images:
        for word in (image.caption, image.credit, image.url):
            _expect("image", word, str, optional=True)
    if draft.photo:
        _check_photo(draft.photo)


def _check_photo(photo: PhotoFact) -> None:
    for field in fields(photo):
        value = getattr(photo, field.name)
        if field.name in ("width", "height", "orientation"):
            _expect(field.name, value, int)
        elif field.name in ("taken", "tags"):
            for key, word in (value or {}).items():
                _expect(key, word, str, optional=field.name == "taken")
        else:
            _expect(field.name, value, str, optional=True)


def _expect(name: str, value: object, kind: type, *, optional: bool = False) -> None:
    if value is None and optional:
        return
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        msg = f"{name} is {type(value).__name__}"
        raise TypeError(msg)
