"""Bytes to text: byte order mark, strict UTF-8, what the file declares, then a guess that is said."""

import codecs
import contextlib
import encodings
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import charset_normalizer

from casefile.extract.decode_doubts import garbled, misdeclared

# The longer marks first: UTF-32 begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers take a label for: pages say the small set and use the larger one.
_MEANT = {
    "ascii": "windows-1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "cp874",
    "ks_c-5601-1987": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-sjis": "cp932",
    "unicode": "utf-16-le",
}
# Codecs of Python that no page is written in.
_NO_PAGE = {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
# What the web is written in; a wider choice makes short text look Chinese.
_GUESSED = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("koi8_r", "koi8_u", "cp866", "mac_cyrillic", "iso8859_2", "iso8859_5", "iso8859_6"),
    *("iso8859_7", "iso8859_8", "iso8859_15", "cp874", "gb18030", "big5hkscs", "cp932"),
    *("euc_jp", "cp949"),
]
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["'\s]*([A-Za-z][\w.:+-]{1,40})""")
_HEAD = 4096
_GUESS_FROM = 256 * 1024
# A declared encoding with this share of unreadable letters is taken for wrong.
_WRONG_SHARE = 0.02
_TO_REPLACE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line ends as LF, no byte order mark, no U+0000 and no lone surrogate."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(
    data: bytes, declared: str | None = None, parameters: Mapping[str, Any] | None = None
) -> Decoded:
    """Decode bytes; never fails.

    `declared` is the label that the file gives itself. `parameters["encoding"]` is a person's
    choice and wins over everything.
    """
    chosen = codec_name(str((parameters or {}).get("encoding") or ""))
    found = _lenient(_without_mark(data), chosen) if chosen else _believed(data, declared)
    said = garbled(found.text)
    if said is None and not chosen and not found.encoding.startswith("utf"):
        said = misdeclared(data, found.text, found.encoding)
    return replace(found, warnings=(*found.warnings, said)) if said else found


def _believed(data: bytes, declared: str | None) -> Decoded:
    """Decode by what stands above all doubt first, then by what is declared, then by a guess."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    meant = codec_name(declared or "")
    for name in _candidates(data, meant):
        text = _strict(data, name)
        if text is not None:
            return Decoded(clean(text), name)
    return _damaged(data, meant)


def clean(text: str) -> str:
    """Make line ends LF and replace U+0000 and lone surrogates by U+FFFD."""
    return _TO_REPLACE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def load_all() -> None:
    """Load every codec, for a process that cannot open files later."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(LookupError, ImportError):
            codecs.lookup(module.name)


def codec_name(label: str) -> str | None:
    """Give the name of the codec that a label of the web means; None when there is none."""
    label = label.strip().lower().replace(" ", "-")
    label = _MEANT.get(label, label)
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    # Transforms such as base64 or rot13 are codecs, too, but no encodings of text.
    if not getattr(found, "_is_text_encoding", True) or found.name.replace("_", "-") in _NO_PAGE:
        return None
    return _MEANT.get(found.name, found.name)


def declared_in(data: bytes) -> str | None:
    """Give the label in the head of an HTML or XML file (meta charset, XML declaration)."""
    head = data[:_HEAD]
    if head[1:2] == b"\x00" or head[:1] == b"\x00":
        head = head.replace(b"\x00", b"")
    for found in _DECLARED.finditer(head):
        label = found[1].decode("ascii", "replace")
        if codec_name(label):
            return label
    return None


def _candidates(data: bytes, meant: str | None) -> Iterator[str]:
    """Give the encodings that are believed when the bytes fit them exactly."""
    wide = _wide(data)
    if wide:
        yield wide
    # These are made of ASCII bytes, so that strict UTF-8 would take them for text as they stand.
    if meant and meant.startswith(("iso2022", "hz", "utf-7")):
        yield meant
    if b"\x1b$B" in data and b"\x1b(B" in data:
        yield "iso2022_jp"
    if b"\x00" not in data[:_GUESS_FROM]:
        yield "utf-8"
    # A file that was readable as bytes of ASCII is not UTF-16, whatever its head says.
    if meant and not meant.startswith(("utf-16", "utf-32")):
        yield meant


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes of its Latin letters and spaces."""
    head = data[: _HEAD - _HEAD % 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    least = max(2, len(head) // 20)
    if odd >= least and even * 20 < odd:
        return "utf-16-le"
    if even >= least and odd * 20 < even:
        return "utf-16-be"
    return None


def _damaged(data: bytes, meant: str | None) -> Decoded:
    """Decode bytes that fit nothing they were said to be."""
    best = [found for found in (_tolerated(data, name) for name in ("utf-8", meant)) if found]
    if best:
        return min(best, key=lambda decoded: decoded.text.count("\ufffd"))
    guess = charset_normalizer.from_bytes(data[:_GUESS_FROM], cp_isolation=_GUESSED).best()
    name = codec_name(guess.encoding) if guess else None
    found = _lenient(data, name or "windows-1252")
    warning = f"the encoding is not declared and was guessed as {found.encoding}"
    return Decoded(found.text, found.encoding, (warning, *found.warnings))


def _tolerated(data: bytes, name: str | None) -> Decoded | None:
    """Decode with a few unreadable letters, or give None when there are too many."""
    if name is None:
        return None
    found = _lenient(data, name)
    # Measured against letters beyond ASCII: plain English around them proves nothing.
    beyond = sum(byte > 0x7F for byte in data)
    return found if found.text.count("\ufffd") <= _WRONG_SHARE * max(beyond, 1) + 1 else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _lenient(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace")
    lost = text.count("\ufffd") - (data.count(b"\xef\xbf\xbd") if name == "utf-8" else 0)
    letters = "1 letter" if lost == 1 else f"{lost} letters"
    warnings = (f"{letters} cannot be read as {name}",) if lost > 0 else ()
    return Decoded(clean(text), name, warnings)


def _without_mark(data: bytes) -> bytes:
    return next((data[len(mark) :] for mark, _ in _MARKS if data.startswith(mark)), data)
