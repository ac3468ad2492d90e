"""What comes out of a container: its members, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casefile.extract.protocol import Frame, Misfit

LONGEST_PATH = 1000
_SHOWN = "\ufffd"


class Broken(Exception):
    """A container that cannot be walked to its end; the message says why in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file inside a container.

    `path` is its name there, with "/" between: plain text that never becomes a path on disk. `data`
    are the bytes that become a source's original. `url` and `captured_at` (UTC ISO text) are what
    the container says of them, `parameters` go to the reader of these bytes. A member that cannot
    be given has no data and a `reason`.
    """

    path: str
    data: bytes = b""
    url: str | None = None
    captured_at: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None


def plain_path(name: str) -> str:
    """Give a member's name as plain text of a bounded length."""
    clean = "".join(c if c.isprintable() or c == " " else _SHOWN for c in name)
    clean = clean.encode("utf-8", "replace").decode()
    return clean if len(clean) <= LONGEST_PATH else clean[: LONGEST_PATH - 1] + "…"


def member_frame(member: Member) -> Frame:
    """Pack a member; its bytes travel as bytes."""
    head = {
        "path": plain_path(member.path),
        "url": member.url,
        "captured_at": member.captured_at,
        "parameters": member.parameters,
        "reason": member.reason,
    }
    return Frame({"member": head}, member.data)


def member_of(frame: Frame) -> Member:
    """Unpack and check a member; raises Misfit."""
    head = frame.head["member"]
    if not isinstance(head, Mapping) or not isinstance(head.get("path"), str):
        msg = "a member without a path"
        raise Misfit(msg)
    words = {name: head.get(name) for name in ("url", "captured_at", "reason")}
    parameters = head.get("parameters") or {}
    if any(not isinstance(word, str | None) for word in words.values()):
        msg = "a member whose facts are no words"
        raise Misfit(msg)
    if not isinstance(parameters, dict):
        msg = "a member whose parameters are none"
        raise Misfit(msg)
    return Member(path=plain_path(head["path"]), data=frame.body, parameters=parameters, **words)
