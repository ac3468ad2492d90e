"""Pages, mails, documents and archives that hold far more than they weigh, made on the spot."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

Bomb = tuple[str, Callable[[], bytes]]
_PAGE = b"<html><head><title>Words</title></head><body>"


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def _lols(levels: int, times: int) -> bytes:
    rows = (b'<!ENTITY a%d "%s">' % (n + 1, b"&a%d;" % n * times) for n in range(levels))
    return b'<!DOCTYPE html [<!ENTITY a0 "ha">%s]>' % b"".join(rows)


def _pages() -> Iterator[Bomb]:
    tags = (
        "div",
        "span",
        "b",
        "table",
        "ul",
        "a",
        "form",
        "font",
        "article",
        "blockquote",
        "svg",
        "select",
    )
    for tag in tags:
        for depth in (300, 30_000):
            deep = f"<{tag}>".encode() * depth
            yield f"{tag} {depth} deep.html", partial(lambda d: _PAGE + d + b"words", deep)
    for name, body in (
        ("attributes", b"<p " + b" ".join(b"a%d=b" % n for n in range(100_000)) + b">words"),
        ("a long attribute", b"<p a='" + b"b" * 5_000_000 + b"'>words"),
        ("an open quote", b"<p a='" + b"<p>words" * 300_000),
        ("entities", b"<p>" + b"&amp;&#x41;&nbsp;" * 300_000),
        ("wrong entities", b"<p>" + b"&aaaaaaaaaaaaaaaaaaaaaa" * 200_000),
        ("numbers", b"<p>" + b"&#99999999999999999999;" * 100_000),
        ("comments", b"<!--" * 500_000 + b"words"),
        ("a comment", b"<!--" + b"-" * 5_000_000 + b">words"),
        ("scripts", b"<script>" * 200_000 + b"</script>words"),
        ("breaks", b"words<br>" * 300_000),
        ("links", b"<a href='//host/'>words</a> " * 60_000),
        ("pictures", b"<img src='//host/a.png' alt='words'>" * 60_000),
    ):
        yield f"{name}.html", partial(lambda b: _PAGE + b, body)


def _more_pages() -> Iterator[Bomb]:
    for name, body in (
        ("metas", b"<meta property='og:title' content='words'>" * 60_000),
        ("data", b"<script type='application/ld+json'>" + b"[" * 200_000 + b"</script>words"),
        (
            "wide data",
            b"<script type='application/ld+json'>[" + b'{"@type":"A"},' * 90_000 + b"1]</script>",
        ),
        ("directions", "\u202e\u2066words\u2069".encode() * 100_000),
        ("accents", "a\u0301\u0302\u0303\u0304".encode() * 150_000),
        ("a picture inside", b"<img src='data:image/png;base64," + b"A" * 6_000_000 + b"'>words"),
        ("frames", b"<iframe srcdoc='<iframe srcdoc=words>'>" * 30_000),
        ("tables", b"<table><tr><td>words" * 20_000),
        ("lists", b"<ul><li>words" * 20_000),
        ("styles", b"<style>" + b"p{a:b}" * 500_000 + b"</style>words"),
        ("nothing", b"\0" * 3_000_000),
        ("spaces", b" " * 5_000_000 + b"words"),
        ("tags", b"<b></b>" * 200_000),
    ):
        yield f"{name}.html", partial(lambda b: _PAGE + b, body)
    for levels, times in ((9, 10), (20, 2), (3, 200)):
        lols = _lols(levels, times) + b"<html><body><p>&a%d;" % levels
        yield f"laughs {levels} by {times}.html", partial(bytes, lols)


def _texts() -> Iterator[Bomb]:
    for name, text in (
        ("words", b"word " * 1_000_000),
        ("a word", b"a" * 5_000_000),
        ("lines", b"\n" * 5_000_000),
        ("signs", "\U0001f600\ufeff\u200b".encode() * 300_000),
        ("captions", b"[Photo courtesy of X] (Photo: Y)\n" * 50_000),
        ("brackets", b"[" * 1_000_000),
        ("dates", b"on 24 April 2021, " * 100_000),
        ("bylines", b"By A B and C D and E F\n" * 80_000),
    ):
        yield f"{name}.txt", partial(bytes, text)


def _mails() -> Iterator[Bomb]:
    head = b"From: a@b.example\nTo: c@d.example\nDate: Tue, 1 Jan 2019 10:00:00 +0000\nMIME-Version: 1.0\n"
    for depth in (10, 300, 5_000):
        deep = b"".join(
            b'Content-Type: multipart/mixed; boundary="x%d"\n\n--x%d\n' % (n, n)
            for n in range(depth)
        )
        yield f"parts {depth} deep.eml", partial(lambda d: head + d + b"\nwords", deep)
        mails = b"Content-Type: message/rfc822\n\n" * depth
        yield f"mails {depth} deep.eml", partial(lambda m: head + m + b"Subject: a\n\nwords", mails)
    for name, body in (
        ("parts", b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nwords\n" * 60_000),
        ("a long subject", b"Subject: " + b"a" * 3_000_000 + b"\n\nwords"),
        ("a folded subject", b"Subject: a" + b"\n b" * 300_000 + b"\n\nwords"),
        ("coded words", b"Subject: " + b"=?utf-8?b?YWJj?= " * 60_000 + b"\n\nwords"),
        ("heads", b"X-A: b\n" * 200_000 + b"\nwords"),
        ("people", b"Cc: " + b"a b <c@d.example>, " * 60_000 + b"\n\nwords"),
        ("base64", b"Content-Transfer-Encoding: base64\n\n" + b"QUFB" * 1_500_000),
        ("quoted", b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=41=\n" * 600_000),
        (
            "a strange alphabet",
            b'Content-Type: text/plain; charset="' + b"x" * 99_999 + b'"\n\nwords',
        ),
    ):
        yield f"mail of {name}.eml", partial(lambda b: head + b, body)


def _documents() -> Iterator[Bomb]:
    types = b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
    space = b"xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    for name, document in (
        (
            "laughs",
            b"<?xml version='1.0'?>" + _lols(9, 10) + b"<w:document %s>&a9;</w:document>" % space,
        ),
        (
            "paragraphs",
            b"<w:document %s><w:body>%s</w:body></w:document>" % (space, b"<w:p/>" * 300_000),
        ),
        ("depth", b"<w:document %s>%s" % (space, b"<w:p>" * 100_000)),
        ("zeros", bytes(60 << 20)),
        ("nothing", b""),
    ):
        members = {"[Content_Types].xml": types, "word/document.xml": document}
        yield f"document of {name}.docx", partial(_zip, members)
        kind = b"application/vnd.oasis.opendocument.text"
        yield f"document of {name}.odt", partial(_zip, {"mimetype": kind, "content.xml": document})
    for name, body in (
        ("groups", b"{" * 500_000),
        ("closed groups", b"{" * 100_000 + b"}" * 100_000),
        ("bytes", b"\\bin999999999 " + b"a" * 999_999),
        ("letters", b"\\u99999999?" * 300_000),
        ("words", b"\\aaaaaaaaaaaaaaaa" * 200_000),
        ("skips", b"\\uc99999999\\u65 " * 50_000),
    ):
        yield f"{name}.rtf", partial(lambda b: b"{\\rtf1\\ansi " + b, body)


def _archives() -> Iterator[Bomb]:
    for megabytes in (20, 200):
        yield (
            f"zeros {megabytes}.gz",
            partial(lambda m: gzip.compress(bytes(m << 20), 1), megabytes),
        )
    yield "nested.gz", lambda: gzip.compress(gzip.compress(gzip.compress(b"words")))
    yield "pieces.gz", lambda: gzip.compress(b"words") * 50_000
    yield "half.gz", lambda: gzip.compress(b"<html><p>words " * 99_999)[:-99]
    yield "zeros.zip", lambda: _zip({"a.txt": bytes(60 << 20)})
    yield "members.zip", lambda: _zip({f"{n}.txt": b"" for n in range(20_000)}, zipfile.ZIP_STORED)
    yield "paths.zip", lambda: _zip({"../" * n + "a.txt": b"words" for n in range(300)})
    yield "long names.zip", lambda: _zip({"a" * 60_000 + str(n): b"words" for n in range(50)})
    inner = _zip({"a.txt": bytes(9 << 20)})
    for _ in range(6):
        inner = _zip({f"{n}.zip": inner for n in range(4)})
    yield "zips in zips.zip", partial(bytes, inner)
    twice = _zip({"a.txt": b"words " * 999, "b.txt": b"words " * 999}, zipfile.ZIP_STORED)
    at = twice.rindex(b"PK\x01\x02")
    lapped = twice[: at + 42] + bytes(4) + twice[at + 46 :]
    yield "lapped.zip", partial(bytes, lapped)
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n"
    for size in (0, -1, 2**63, 99):
        yield (
            f"record of {size}.warc",
            partial(lambda s: (record % s + b"words\r\n\r\n") * 2_000, size),
        )
    yield "no records.warc", lambda: b"WARC/1.0\r\n" + b"A: b\r\n" * 500_000
    yield (
        "mails.mbox",
        lambda: b"From a@b Tue Jan  1 10:00:00 2019\nSubject: a\n\nwords\n\n" * 30_000,
    )


def all_of() -> Iterator[Bomb]:
    """Give every bomb by a name of its own; each is made when it is called."""
    for family in (_pages, _more_pages, _texts, _mails, _documents, _archives):
        yield from family()
