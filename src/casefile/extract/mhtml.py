"""Pages saved in mail form (MHTML): the page, the frames in it, and where and when it was saved."""

from dataclasses import replace
from email.message import Message

from casefile.extract import html, language
from casefile.extract.context import Context
from casefile.extract.decode import Decoded, declared_in, decode
from casefile.extract.html_tree import count_letters, outside_tags
from casefile.extract.mime import (
    charset_of,
    data_of,
    header,
    instant,
    message_of,
    moment_of,
    parts_of,
)
from casefile.extract.unknown import Unreadable
from casefile.model.draft import Draft

EXTRACTOR = "mhtml"
VERSION = "1"
MEDIA_TYPE = "multipart/related"
_SAMPLE = (
    b"From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/\nSubject: =?utf-8?Q?A?=\n"
    b"Date: Mon, 1 Mar 2021 10:00:00 -0000\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n'
    b"--x\nContent-Type: text/html\nContent-ID: <f@mhtml.blink>\nContent-Transfer-Encoding: quoted-printable\n"
    b"Content-Location: https://example.org/\n\n<html><p>Words=20and<iframe src=3D'cid:g@mhtml.blink'>\n"
    b"--x\nContent-Type: text/html\nContent-ID: <g@mhtml.blink>\n\n<p>more\n--x--\n"
)
SAMPLES = (_SAMPLE,)
_FRAMESET_LETTERS = 200
_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_NO_PAGE = "there is no page in the file"
_CUT_OFF = "the file is cut off"


def warm() -> None:
    """Load the language model."""
    language.warm()


def read(data: bytes, context: Context) -> Draft:
    """Read the page; of a page that is all frames, the frame with most text."""
    message = message_of(data)
    parts = [p for p in parts_of(message) if p.get_content_type() in _TYPES]
    if not parts:
        raise Unreadable(_NO_PAGE)
    pages = [(part, _decoded(part, context)) for part in parts]
    main, page = pages[0]
    if _letters(page) < _FRAMESET_LETTERS:
        main, page = max(pages, key=lambda pair: _letters(pair[1]))
    frames: dict[str, str] = {}
    for part, inner in pages:
        if part is not main:
            frames |= dict.fromkeys(_addresses(part), inner.text)
    draft = html.read_page(page, context, frames)
    url = header(message, "Snapshot-Content-Location") or header(main, "Content-Location")
    url = url if url and url.startswith(("http://", "https://")) else None
    cut_off = _is_cut_off(message, data)
    return replace(
        draft,
        kind=draft.kind if draft.kind == "article" else "web archive",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        version=f"{VERSION}.{html.VERSION}",
        title=draft.title or header(message, "Subject"),
        url=url or draft.url,
        captured_url=url or draft.captured_url,
        captured_at=instant(moment_of(header(message, "Date"))) or draft.captured_at,
        complete=draft.complete and not cut_off,
        reason=draft.reason or (_CUT_OFF if cut_off else None),
    )


def _decoded(part: Message, context: Context) -> Decoded:
    data = data_of(part)
    return decode(data, charset_of(part) or declared_in(data), context.parameters)


def _letters(page: Decoded) -> int:
    return count_letters(outside_tags(page.text))


def _addresses(part: Message) -> list[str]:
    """Give the addresses by which a page names a part."""
    key = (header(part, "Content-ID") or "").strip("<>")
    place = header(part, "Content-Location")
    return [address for address in (f"cid:{key}" if key else "", place) if address]


def _is_cut_off(message: Message, data: bytes) -> bool:
    """Tell whether the last boundary is missing."""
    boundary = message.get_boundary()
    return bool(boundary) and f"--{boundary}--".encode("latin-1", "replace") not in data[-4096:]
