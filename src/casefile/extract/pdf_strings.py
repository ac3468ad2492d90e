"""Words out of PDFium's raw calls, and the dates that PDFs write."""

import ctypes
import re
from collections.abc import Callable
from typing import Any

from casefile.extract.decode import clean

_MOST_BYTES = 1 << 20
_DATE = re.compile(
    r"D?:?\s*(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?:?(\d\d)?)?"
)


def of_bytes(call: Callable[[Any, int], int]) -> str:
    """Give the words of a call that counts bytes of UTF-16; empty when there are none."""
    size = call(None, 0)
    if not 2 < size <= _MOST_BYTES:
        return ""
    room = ctypes.create_string_buffer(size)
    call(ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    words = room.raw[: size - 2].decode("utf-16-le", "replace")
    return clean(words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(words: str, most: int = 500) -> str:
    """Give words on one line, no longer than that."""
    return " ".join(words.split())[:most]


def moment(words: str) -> str | None:
    """Give a date as PDFs write it in ISO form, with the zone only where it is written."""
    found = _DATE.match(words.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, sign, ahead, past = found.groups()
    if not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    date = "-".join(filter(None, (year, month, day)))
    if day is None or hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return date
    zone = "+00:00" if utc else f"{sign}{ahead}:{past or '00'}" if sign else ""
    return f"{date}T{hour}:{minute or '00'}:{second or '00'}{zone}"
