"""Web archives (WARC, ARC, packed or not): each page and document that a server answered with."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader

from casefile.extract import gzipped, sniff, warc_digest
from casefile.extract.context import CHECK_SUM, DIFFERS, FITS, Context
from casefile.extract.decode import codec_name
from casefile.extract.members import Broken, Member

_PAGE = (
    b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n"
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xb3)\xb0\x0b\xcf/J)V\x04\x00 \xbe\x18\x10\n\x00\x00\x00"
)
SAMPLES = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
    b"WARC-Date: 2021-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:x>\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    % (len(_PAGE), _PAGE),
)
_STEP = 1 << 16
_UNPACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_KINDS = re.compile(
    r"text/(?:html|plain|rtf)|application/(?:xhtml\+xml|pdf|rtf|msword|vnd\.openxmlformats\S+|vnd\.oasis\S+)"
    r"|message/rfc822|multipart/related"
)
_NO_PAGES = re.compile(r"/(?:robots|ads|security|humans)\.txt$", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_CUT_OFF = "the archive is cut off"
_NO_PAGE = "there is no page in the archive"
_DAMAGED = "the archive is damaged from here on"


def members(file: BinaryIO, context: Context) -> Iterator[Member]:
    """Give the pages and documents in the order of the archive, each with its address and time.

    Redirects, errors, pictures, scripts and styles are no pages and are passed over.
    """
    met: dict[str, int] = {}
    try:
        for record in ArchiveIterator(gzipped.opened(file), arc2warc=True):
            content = warc_digest.payload(record)
            found = _member(record, content, context.limits.answer_bytes)
            short = _is_short(record, content)
            if found is not None:
                met[found.path] = count = met.get(found.path, 0) + 1
                checked = found if short else _checked(found, content)
                yield checked if count == 1 else replace(checked, path=f"{found.path} ({count})")
            if short:
                raise Broken(_CUT_OFF)
    except (ArchiveLoadFailed, *gzipped.ENDS) as error:
        raise Broken(_DAMAGED) from error
    if not met:
        raise Broken(_NO_PAGE)


def _checked(member: Member, content: warc_digest.Payload) -> Member:
    """Add whether the archive's check sum fits, where it gives one."""
    fits = content.fits()
    if fits is None or not member.data:
        return member
    said = FITS if fits else DIFFERS
    return replace(member, parameters={**member.parameters, CHECK_SUM: said})


def _member(record: Any, content: warc_digest.Payload, most: int) -> Member | None:
    """Give the page in a record; None when it holds none."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = url.strip("<> ")
    if not _is_answer(record) or _NO_PAGES.search(url):
        return None
    label = _content_type(record)
    kind = label.partition(";")[0].strip().lower()
    if kind and not _KINDS.fullmatch(kind):
        return None
    facts: dict[str, Any] = {
        "path": url or "page without an address",
        "url": url if url.startswith(("http://", "https://")) else None,
        "captured_at": _moment(record.rec_headers.get_header("WARC-Date")),
    }
    packing = _packing(record)
    if packing not in _UNPACKED:
        return Member(
            **facts, reason=f"it is packed in a way that is not unpacked ({packing[:20]})"
        )
    data = _body(content, most)
    if data is None:
        return Member(**facts, reason="it is larger than what is read from an archive")
    if not data.strip() or (
        not kind and sniff.sniff(data[: sniff.HEAD]).kind not in ("article", "pdf")
    ):
        return None
    charset = _CHARSET.search(label)
    declared = charset[1] if charset and codec_name(charset[1]) else None
    return Member(**facts, data=data, parameters={"declared": declared} if declared else {})


def _is_answer(record: Any) -> bool:
    """Tell whether a record holds what was shown at an address."""
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("WARC-Target-URI")).startswith("http")
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return bool(re.match(r"2\d\d", str(record.http_headers.get_statuscode() or "")))


def _content_type(record: Any) -> str:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _packing(record: Any) -> str:
    if record.http_headers is None:
        return ""
    return str(record.http_headers.get_header("Content-Encoding") or "").strip().lower()


def _body(content: warc_digest.Payload, most: int) -> bytes | None:
    """Give the page as it was shown, its transfer undone; None when there is too much of it."""
    parts = bytearray()
    while len(parts) <= most:
        part = content.shown.read(_STEP)
        if not part:
            return bytes(parts)
        parts += part
    return None


def _is_short(record: Any, content: warc_digest.Payload) -> bool:
    """Read a record to its end and tell whether the file ended before that."""
    stream = record.raw_stream
    while content.raw.read(_STEP):
        pass
    return isinstance(stream, LimitReader) and stream.limit > 0


def _moment(words: str | None) -> str | None:
    """Give the time of a record as UTC ISO text with milliseconds."""
    try:
        moment = datetime.fromisoformat((words or "").strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return None
