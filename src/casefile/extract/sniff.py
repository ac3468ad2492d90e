"""What kind of file it is, by its bytes alone; pure Python, so that the parent may ask, too."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

HEAD = 256 * 1024

_HTML = "text/html"
_PLAIN = "text/plain"


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, the kind of source it makes, and whether a format file reads it."""

    media_type: str
    kind: str
    read: bool = True


PDF = Kind("application/pdf", "pdf")
PAGE = Kind(_HTML, "article")
TEXT = Kind(_PLAIN, "article")
UNKNOWN = Kind("application/octet-stream", "other", read=False)
TAR = Kind("application/x-tar", "other", read=False)
GZIP = Kind("application/gzip", "other", read=False)

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind("image/jpeg", "photo")),
    (b"\x89PNG\r\n\x1a\n", Kind("image/png", "photo")),
    (b"GIF87a", Kind("image/gif", "photo")),
    (b"GIF89a", Kind("image/gif", "photo")),
    (b"II*\x00", Kind("image/tiff", "photo")),
    (b"MM\x00*", Kind("image/tiff", "photo")),
    (b"II+\x00", Kind("image/tiff", "photo")),
    (b"MM\x00+", Kind("image/tiff", "photo")),
    (b"\x1f\x8b", GZIP),
    (b"BM", Kind("image/bmp", "other", read=False)),
    (b"8BPS", Kind("image/vnd.adobe.photoshop", "other", read=False)),
    (b"\x00\x00\x00\x0cjP  ", Kind("image/jp2", "other", read=False)),
    (b"SQLite format 3\x00", Kind("application/vnd.sqlite3", "other", read=False)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("application/x-ole-storage", "other", read=False)),
    (b"{\\rtf", Kind("application/rtf", "other")),
    (b"%!PS", Kind("application/postscript", "other", read=False)),
    (b"Rar!\x1a\x07", Kind("application/vnd.rar", "other", read=False)),
    (b"7z\xbc\xaf\x27\x1c", Kind("application/x-7z-compressed", "other", read=False)),
    (b"BZh", Kind("application/x-bzip2", "other", read=False)),
    (b"\xfd7zXZ\x00", Kind("application/x-xz", "other", read=False)),
    (b"\x28\xb5\x2f\xfd", Kind("application/zstd", "other", read=False)),
    (b"ID3", Kind("audio/mpeg", "other", read=False)),
    (b"OggS", Kind("application/ogg", "other", read=False)),
    (b"WARC/", Kind("application/warc", "web archive", read=False)),
    (b"filedesc:", Kind("application/x-arc", "web archive", read=False)),
    (b"From ", Kind("application/mbox", "email", read=False)),
)
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_PARTS = {
    "word": Kind(f"{_OFFICE}wordprocessingml.document", "other"),
    "xl": Kind(f"{_OFFICE}spreadsheetml.sheet", "other", read=False),
    "ppt": Kind(f"{_OFFICE}presentationml.presentation", "other", read=False),
}
_OFFICE_FIRST = ("[Content_Types].xml", "_rels", "docProps", "customXml", *_OFFICE_PARTS)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_WACZ = re.compile(r"archive/[^/]{1,200}\.warc(?:\.gz)?|datapackage\.json|pages/pages\.jsonl")
_WACZ_FIRST = ("archive", "indexes", "pages", "logs", "datapackage.json", "fuzzy.json")
_XML = Kind("application/xml", "other", read=False)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_SVG = re.compile(rb"<(?:!doctype\s+svg|(?:[a-z]+:)?svg)\b", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|div|table|article|main"
    rb"|section|header|nav|h[1-6]|p|a|ul|ol|br|hr|center|font|span|img|b|i|strong|em)[\s/>]",
    re.IGNORECASE,
)
_BEFORE_TAG = re.compile(rb"(?:\s+|<!--.*?-->|<\?xml[^>]*\?>)*", re.DOTALL)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*(.*)")
_MAIL = {
    *(b"received", b"return-path", b"delivered-to", b"message-id", b"mime-version", b"from"),
    *(b"to", b"date", b"subject", b"x-mozilla-status", b"content-type", b"reply-to", b"cc"),
}
_CONTROLS = bytes(sorted(set(range(32)) - {7, 8, 9, 10, 12, 13, 26, 27}))


def sniff(head: bytes) -> Kind:
    """Tell the kind of a file from its first bytes (HEAD of them are enough)."""
    if _is_tar(head):
        return TAR
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning) and (beginning != b"From " or _is_mbox(head)):
            return kind
    return _boxed(head) or _zipped(head) or (PDF if b"%PDF-" in head[:1024] else _words(head))


def inside_gzip(head: bytes) -> Kind:
    """Tell the kind of what a gzip file holds from the file's first bytes."""
    try:
        return sniff(zlib.decompressobj(wbits=31).decompress(head, HEAD))
    except zlib.error:
        return GZIP


def _is_tar(head: bytes) -> bool:
    """Tell a tar archive by the check sum of its first header, which old ones have as well."""
    if len(head) < 512 or not head[0]:
        return False
    told = head[148:156].strip(b" \x00")
    if not told or not set(told) <= set(b"01234567"):
        return False
    return sum(head[:148]) + 8 * 32 + sum(head[156:512]) == int(told, 8)


def _boxed(head: bytes) -> Kind | None:
    """Tell the formats with boxes or chunks by the name in the first one."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind("image/webp", "photo")
    if head[4:8] != b"ftyp":
        return None
    size = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[at : at + 4] for at in range(8, max(size, 12), 4)}
    if brands & _AVIF:
        return Kind("image/avif", "photo")
    if brands & _HEIF:
        return Kind("image/heif", "photo")
    return Kind("video/mp4", "other", read=False)


def _zipped(head: bytes) -> Kind | None:
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    names = list(_names(head))
    first = names[0].split("/")[0] if names else ""
    if first == "mimetype":
        return _by_mimetype(head)
    if first in _OFFICE_FIRST:
        for name in names:
            kind = _OFFICE_PARTS.get(name.partition("/")[0])
            if kind is not None:
                return kind
    if first in _WACZ_FIRST and any(map(_WACZ.fullmatch, names)):
        return Kind("application/wacz", "web archive", read=False)
    return Kind("application/zip", "other", read=False)


def _names(head: bytes) -> Iterator[str]:
    """Give the names of a zip's members as their local headers have them."""
    at = 0
    while at >= 0 and len(head) >= at + 30:
        size = int.from_bytes(head[at + 26 : at + 28], "little")
        yield head[at + 30 : at + 30 + size].decode("utf-8", "replace")
        at = head.find(b"PK\x03\x04", at + 30 + size)


def _by_mimetype(head: bytes) -> Kind:
    """Tell OpenDocument files and electronic books by what their first member says."""
    if head.find(_OPEN_DOCUMENT, 0, 200) > 0:
        text = head.find(_OPEN_DOCUMENT + b"text", 0, 200) > 0
        return Kind(_OPEN_DOCUMENT.decode() + ("text" if text else "other"), "other", read=text)
    book = head.find(b"application/epub+zip", 0, 200) > 0
    return Kind("application/epub+zip" if book else "application/zip", "other", read=False)


def _words(head: bytes) -> Kind:
    """Tell pages, mail and plain text apart."""
    text = _narrow(head)
    if text is None:
        return UNKNOWN
    mail = _mail(text.lstrip())
    if mail is not None:
        return mail
    before = _BEFORE_TAG.match(text)
    markup = text[before.end() :] if before else text
    if not re.match(rb"<[!?A-Za-z]", markup):
        return PAGE if len(_TAG.findall(text[:16384])) > 5 else TEXT
    if _SVG.match(markup):
        return Kind("image/svg+xml", "other", read=False)
    declared = text.lstrip().startswith(b"<?xml")
    page = _PAGE.search(markup[:16384]) or (not declared and _TAG.search(markup))
    return PAGE if page else _XML


def _narrow(head: bytes) -> bytes | None:
    """Give text as bytes of ASCII where it is; None when these are no letters."""
    if head.startswith(_MARKS) and head[:4] != b"\xff\xfe\x00\x00":
        wide = not head.startswith(_MARKS[0])
        return head[2:].replace(b"\x00", b"") if wide else head[3:]
    sample = head[: 4096 - len(head[:4096]) % 2]
    if b"\x00" in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        one_side = min(even, odd) * 20 < max(even, odd)
        enough = max(even, odd) * 20 >= len(sample)
        if not (one_side and enough):
            return None
        head = head.replace(b"\x00", b"")
        sample = head[:2048]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return head if controls * 100 <= len(sample) else None


def _mail(text: bytes) -> Kind | None:
    """Tell mail and saved pages in mail form by their header lines."""
    lines = text[:HEAD].replace(b"\r\n", b"\n").split(b"\n")
    if lines and lines[0].strip().isdigit():
        # Apple's mail files begin with the length of the message.
        lines = lines[1:]
    names: set[bytes] = set()
    values = b""
    for line in lines[:200]:
        if not line.strip():
            break
        found = _HEADER.match(line)
        if found:
            names.add(found[1].lower())
            values += found[2].lower() + b" "
        elif line[:1] in b" \t" and names:
            values += line.lower()
        else:
            return None
    return _of_headers(names, values)


def _of_headers(names: set[bytes], values: bytes) -> Kind | None:
    if len(names & _MAIL) < 2 or not names & {
        *(b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to"),
        *(b"date", b"content-type"),
    }:
        return None
    if b"snapshot-content-location" in names or b"multipart/related" in values:
        if b"<saved by" in values or b"snapshot-content-location" in names:
            return Kind("multipart/related", "web archive")
        if b"text/html" in values and b"to" not in names:
            return Kind("multipart/related", "web archive")
    return Kind("message/rfc822", "email")


def _is_mbox(head: bytes) -> bool:
    """Tell a mailbox from a text that happens to begin with "From "."""
    first, _, rest = head.partition(b"\n")
    return bool(re.search(rb"\d\d:\d\d", first)) or _mail(rest) is not None
