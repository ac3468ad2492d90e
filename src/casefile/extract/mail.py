"""Mail: the headers that people see, then what was written, as text with zones."""

import re
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

from casefile.extract import gzipped, language
from casefile.extract.article_dates import day_value
from casefile.extract.article_zones import Piece, make_zones
from casefile.extract.context import Context
from casefile.extract.decode import decode
from casefile.extract.html_blocks import lacks_text, read_blocks
from casefile.extract.html_tree import outside_tags, parse_all
from casefile.extract.html_zones import body_kind
from casefile.extract.members import Member
from casefile.extract.mime import (
    charset_of,
    data_of,
    file_name,
    header,
    headers,
    instant,
    message_of,
    moment_of,
    names_of,
    parts_of,
)
from casefile.model.draft import Draft
from casefile.model.values import DateValue

EXTRACTOR = "mail"
VERSION = "1"
MEDIA_TYPE = "message/rfc822"
_SAMPLE = (
    b"From: =?utf-8?q?J=C3=A4ne?= <j@example.org>\nTo: b@example.org\nDate: Mon, 1 Mar 2021 10:00:00 +0100\n"
    b"Subject: A bridge\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n"
    b"--x\nContent-Type: text/plain; charset=koi8-r\n\nWords.\n\n> more\n-- \nme\n"
    b"--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+V29yZHM=\n--x--\n"
)
SAMPLES = (_SAMPLE,)
_SHOWN = (("To", "list"), ("Cc", "list"), ("Reply-To", "list"), ("Date", "published"))
_APPLE = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")
_BLANK = re.compile(r"\n[ \t]*\n+")
_SIGNED = re.compile(r"^-- ?$")
_COVERED = 0.9  # share of the words of the formatted text that the plain text must have
_FEW_WORDS = 20
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")

Pieces = list[tuple[str, str]]  # words and the kind of their zone


def warm() -> None:
    """Load the language model."""
    language.warm()


def read(data: bytes, context: Context) -> Draft:
    """Read a message; what is attached to it is given by `members`."""
    message = message_of(without_frame(data))
    warnings: list[str] = []
    body = _body(message, context, warnings)
    pieces = [*_head(message), *body]
    text = "\n\n".join(words for words, _ in pieces)
    said = header(message, "Date")
    moment = moment_of(said)
    sealed = message.get_content_type() in _SEALED
    return Draft(
        kind="email",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=VERSION,
        parameters=context.parameters,
        text=text,
        zones=make_zones(text, _placed(pieces), "body"),
        title=header(message, "Subject"),
        byline=names_of(headers(message, "From")),
        language=language.identify("\n".join(words for words, kind in body if kind != "quote"))
        or language.identify("\n".join(words for words, _ in body)),
        published=_day(said, moment),
        published_from="mail header Date" if moment else None,
        captured_at=instant(moment),
        warnings=tuple(dict.fromkeys(warnings)),
        complete=not sealed,
        reason="the message is encrypted" if sealed else None,
    )


def without_frame(data: bytes) -> bytes:
    """Take off what Apple's mail program puts around a message: its length, and a list behind it."""
    found = _APPLE.match(data)
    if found is None:
        return data
    size = int(found[1])
    whole = data[found.end() :]
    return whole[:size] if 0 < size <= len(whole) else whole


def members(file: BinaryIO, context: Context) -> Iterator[Member]:
    """Give the files that are attached to a message."""
    data = file.read()
    if data[:2] == b"\x1f\x8b":
        data, _ = gzipped.unpack(data, context.limits)
    for name, found in attached(data):
        yield Member(path=name, data=found)


def attached(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the files in a message: a name, unique in it, and their bytes."""
    message = message_of(without_frame(data))
    shown = set(map(id, _chosen(message)))
    met: dict[str, int] = {}
    for number, part in enumerate(parts_of(message), 1):
        if id(part) in shown or _is_other_form(part):
            continue
        inner = part.get_payload()
        is_message = isinstance(inner, list)
        found = _inner(part, data) if is_message else data_of(part)
        ending = "eml" if is_message else part.get_content_subtype()
        name = file_name(part) or f"part {number}.{ending}"
        met[name] = met.get(name, 0) + 1
        if found:
            yield (name if met[name] == 1 else f"{name} ({met[name]})"), found


def _is_other_form(part: Message) -> bool:
    """Tell whether a part is the same words in another form, or a signature over them."""
    if part.get_content_type() in ("text/plain", "text/html"):
        return not _is_attached(part)
    return part.get_content_type() in ("application/pgp-signature", "application/pkcs7-signature")


def _inner(part: Message, data: bytes) -> bytes:
    """Give a message that lies in the message, with the line ends that the file has."""
    inside = part.get_payload()
    if not isinstance(inside, list) or not inside or not isinstance(inside[0], Message):
        return b""
    ends = "\r\n" if b"\r\n" in data[:4096] else "\n"
    try:
        return inside[0].as_bytes(policy=inside[0].policy.clone(linesep=ends, mangle_from_=False))
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""


def _head(message: Message) -> Pieces:
    pieces: Pieces = []
    subject = header(message, "Subject")
    if subject:
        pieces.append((subject, "headline"))
    sender = header(message, "From")
    if sender:
        pieces.append((f"From: {sender}", "byline"))
    for name, kind in _SHOWN:
        said = ", ".join(headers(message, name))
        if said:
            pieces.append((f"{name}: {said}", kind))
    return pieces


def _day(said: str | None, moment: object) -> DateValue | None:
    date = getattr(moment, "date", None)
    return day_value(said or "", date()) if date else None


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or file_name(part) is not None


def _chosen(message: Message) -> list[Message]:
    """Give the parts whose words are shown, of other forms of the same words each."""
    found = [p for p in parts_of(message) if not _is_attached(p)]
    return [p for p in found if p.get_content_type() in ("text/plain", "text/html")]


def _body(message: Message, context: Context, warnings: list[str]) -> Pieces:
    """Give what was written: each group of forms of the same words once."""
    pieces: Pieces = []
    for forms in _groups(message):
        plain = [p for p in forms if p.get_content_type() == "text/plain"]
        formed = [p for p in forms if p.get_content_type() == "text/html"]
        one = [piece for p in plain for piece in _plain(p, context, warnings)]
        other = [piece for p in formed for piece in _formed(p, context, warnings)]
        pieces += _of_forms(one, other, warnings) if one and other else one or other
    return pieces


def _groups(message: Message) -> Iterator[list[Message]]:
    """Give the parts with words; forms of the same words stand together."""
    chosen = set(map(id, _chosen(message)))
    if message.get_content_type() == "multipart/alternative":
        yield [p for p in parts_of(message) if id(p) in chosen]
        return
    inside = message.get_payload()
    if isinstance(inside, list) and message.get_content_maintype() == "multipart":
        for part in inside:
            if isinstance(part, Message):
                yield from _groups(part)
    elif id(message) in chosen:
        yield [message]


def _of_forms(plain: Pieces, formed: Pieces, warnings: list[str]) -> Pieces:
    """Choose the plain words where they say what the formatted ones say, and say where not."""
    one, other = _words(plain), _words(formed)
    if len(one & other) >= _COVERED * len(other):
        return plain
    if len(one - other) > max(_FEW_WORDS, (1 - _COVERED) * len(one)):
        warnings.append("its plain text and its formatted text differ; the formatted one is shown")
    return formed


def _words(pieces: Pieces) -> set[str]:
    return {word for words, _ in pieces for word in re.findall(r"\w+", words.casefold())}


def _plain(part: Message, context: Context, warnings: list[str]) -> Pieces:
    """Part plain text into paragraphs: what was written, what is quoted, the signature."""
    decoded = decode(data_of(part), charset_of(part), context.parameters)
    warnings += decoded.warnings
    pieces: Pieces = []
    signed = False
    for paragraph in _BLANK.split(decoded.text):
        for kind, lines in _runs(paragraph.split("\n")):
            signed = signed or bool(_SIGNED.match(lines[0]))
            words = "\n".join(lines).strip("\n").rstrip()
            if words.strip():
                pieces.append((words, "boilerplate" if signed and kind == "body" else kind))
    return pieces


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Part the lines of a paragraph where quoting begins or ends, or a signature begins."""
    run: list[str] = []
    known = ""
    for line in lines:
        kind = "quote" if line.lstrip().startswith(">") else "body"
        if run and (kind != known or _SIGNED.match(line)):
            yield known, run
            run = []
        known = kind
        run.append(line)
    if run:
        yield known, run


def _formed(part: Message, context: Context, warnings: list[str]) -> Pieces:
    """Give the blocks of formatted text; where the tree lacks much, the letters between tags."""
    decoded = decode(data_of(part), charset_of(part), context.parameters)
    warnings += decoded.warnings
    root, whole = parse_all(decoded.text)
    blocks, hidden = read_blocks(root) if root is not None else ([], 0)
    if lacks_text(decoded.text, blocks, hidden, whole=whole):
        warnings.append("the markup is damaged or too deep; its text has no order")
        return [(line, "body") for line in outside_tags(decoded.text)]
    return [(block.text, body_kind(block, "")) for block in blocks]


def _placed(pieces: Pieces) -> Iterator[Piece]:
    at = 0
    for words, kind in pieces:
        yield Piece(at, at + len(words), kind)
        at += len(words) + 2
