"""Reading through gzip, one level deep and within limits."""

import gzip
import zlib
from typing import BinaryIO, cast

from casefile.extract.limits import Limits

_STEP = 1 << 20
ENDS = (EOFError, OSError, zlib.error)  # what a stream that is cut off or damaged raises


class Bomb(Exception):
    """What is packed is larger than the limits allow."""


def unpack(data: bytes, limits: Limits) -> tuple[bytes, bool]:
    """Give what a gzip file holds and whether all of it was whole.

    Raises Bomb over `unpacked_bytes` or `unpacked_ratio`, ValueError when nothing can be unpacked.
    """
    most = min(limits.unpacked_bytes, max(len(data), 1024) * limits.unpacked_ratio)
    parts: list[bytes] = []
    size = 0
    rest = data
    whole = True
    # One gzip file may be several put behind each other.
    while rest[:2] == b"\x1f\x8b" and whole:
        member = zlib.decompressobj(wbits=31)
        try:
            while not member.eof and rest:
                part = member.decompress(rest, _STEP)
                rest = member.unconsumed_tail
                size += len(part)
                if size > most:
                    raise Bomb
                parts.append(part)
        except zlib.error:
            whole = False
        whole = whole and member.eof
        rest = member.unused_data
    if not size and not whole:
        msg = "nothing in it can be unpacked"
        raise ValueError(msg)
    return b"".join(parts), whole


def opened(file: BinaryIO) -> BinaryIO:
    """Give a file as a stream of what gzip packs in it, or as it is; reading raises one of ENDS."""
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file
