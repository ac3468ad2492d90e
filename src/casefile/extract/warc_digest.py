"""The check sum that a web archive gives for an answer, held against the bytes that it holds."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

# By the names that archives use; what is not here is not judged.
_MAKERS = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha512": hashlib.sha512,
    "md5": hashlib.md5,
}


@dataclass(slots=True)
class _Passing:
    """A stream that hashes what is read through it."""

    stream: Any
    seen: Any

    def read(self, count: int = -1) -> bytes:
        part: bytes = self.stream.read(count)
        self._note(part)
        return part

    def readline(self, count: int = -1) -> bytes:
        line: bytes = self.stream.readline(count)
        self._note(line)
        return line

    def _note(self, part: bytes) -> None:
        if self.seen is not None:
            self.seen.update(part)


@dataclass(slots=True)
class Payload:
    """What a record holds, as it was shown, while its check sum is worked out.

    Programs disagree on what is summed up: the bytes as they came, those without their chunks, or
    those that were shown. Any of them will do.
    """

    raw: _Passing
    shown: _Passing
    _sums: list[Any] = field(default_factory=list)
    _said: str = ""

    def fits(self) -> bool | None:
        """Say whether the sum fits once all is read; None where none is given or known."""
        if not self._sums:
            return None
        return any(self._said in _ways(each.digest()) for each in self._sums)


def payload(record: Any) -> Payload:
    """Give the content of a record of warcio, its transfer undone and what packs it unpacked."""
    name, _, said = (record.rec_headers.get_header("WARC-Payload-Digest") or "").partition(":")
    make = _MAKERS.get(name.strip().lower().replace("-", ""))
    if not said.strip() or record.rec_headers.get_header("WARC-Truncated"):
        make = None
    sums: list[Any] = []

    def passing(stream: Any) -> _Passing:
        if make is not None:
            sums.append(make(usedforsecurity=False))
        return _Passing(stream, sums[-1] if sums else None)

    raw = stream = passing(record.raw_stream)
    headers = record.http_headers
    if headers is not None:
        if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
            stream = passing(ChunkedDataReader(stream))
        packing = (headers.get_header("Content-Encoding") or "").strip().lower()
        if packing in BufferedReader.get_supported_decompressors():
            stream = passing(BufferedReader(stream, decomp_type=packing))
    return Payload(raw, stream, sums, _plain(said))


def _plain(said: str) -> str:
    """Give a sum as it is compared: letters of base 16 and 32 have no case."""
    said = said.strip().rstrip("=")
    return said.lower() if len(said) in _CASELESS else said


def _ways(digest: bytes) -> set[str]:
    """Give the ways to write a sum that archives use, as `_plain` would give them."""
    written = (
        digest.hex(),
        base64.b32encode(digest).decode(),
        base64.b64encode(digest).decode(),
        base64.urlsafe_b64encode(digest).decode(),
    )
    return {_plain(each) for each in written}


# Lengths of all sums in base 16 and 32, without padding; no sum in base 64 has one of them.
_CASELESS = frozenset(
    length for size in (16, 20, 32, 64) for length in (2 * size, -(-8 * size // 5))
)
