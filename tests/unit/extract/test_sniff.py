import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.registry import kind_of
from casefile.extract.sniff import sniff
from casefile.model.source import SOURCE_KINDS

MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 1 Mar 2021 10:00:00 +0000\r\n"


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf", "pdf"),
        (b"junk before\n%PDF-1.4\n", "application/pdf", "pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg", "photo"),
        (b"\x89PNG\r\n\x1a\n....", "image/png", "photo"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp", "photo"),
        (b"II*\x00\x08\x00\x00\x00", "image/tiff", "photo"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "image/heif", "photo"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", "image/avif", "photo"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41", "video/mp4", "other"),
        (b"8BPS\x00\x01", "image/vnd.adobe.photoshop", "other"),
        (b"SQLite format 3\x00", "application/vnd.sqlite3", "other"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "application/warc", "web archive"),
        (MAIL + b"Subject: x\r\n\r\nwords", "message/rfc822", "email"),
        (b"1234\n" + MAIL + b"\r\nwords", "message/rfc822", "email"),
        (b"From a@b Mon Mar  1 10:00:00 2021\n" + MAIL + b"\n", "application/mbox", "email"),
        (
            b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n",
            "multipart/related",
            "web archive",
        ),
        (_zip("word/document.xml"), None, "other"),
        (_zip("datapackage.json"), "application/wacz", "web archive"),
        (b"<!DOCTYPE html><p>words", "text/html", "article"),
        (b"\n <!-- saved --> <html><body>", "text/html", "article"),
        ("\ufeff<html><body>слова".encode(), "text/html", "article"),
        ("<html><body>слова".encode("utf-16"), "text/html", "article"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "text/html", "article"),
        (b"<?xml version='1.0'?><svg xmlns='x'>", "image/svg+xml", "other"),
        (b"<svg onload='x'><p>", "image/svg+xml", "other"),
        (b"<?xml version='1.0'?><rss><link/>", "application/xml", "other"),
        ("Мэр сказал: мост закрыт.\n".encode(), "text/plain", "article"),
        ("Мэр сказал: мост закрыт.\n".encode("cp1251"), "text/plain", "article"),
        ("plain words".encode("utf-16-le"), "text/plain", "article"),
        (b"From the mayor came no word.\nNothing at all.", "text/plain", "article"),
        (b"Note: this is a list\nSecond: of things", "text/plain", "article"),
        (b"\x00\x01\x02\x03\x04\x05" * 20, "application/octet-stream", "other"),
    ],
)
def test_the_bytes_decide(data: bytes, media_type: str | None, kind: str) -> None:
    found = sniff(data)
    assert found.kind == kind
    assert media_type in (None, found.media_type)


def test_gzip_is_looked_through_once() -> None:
    page = gzip.compress(b"<html><p>words")
    assert kind_of(page).media_type == "text/html"
    assert kind_of(gzip.compress(page)).media_type == "application/gzip"
    assert kind_of(b"\x1f\x8bnonsense").media_type == "application/gzip"


@given(st.binary(max_size=400))
def test_any_bytes_have_a_kind(data: bytes) -> None:
    assert kind_of(data).kind in SOURCE_KINDS
