"""Nothing is left out in silence: texts that are known, in every format, to their last word."""

import io
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import docx as word
import pytest

from casefile.extract import registry
from casefile.extract.context import Context
from casefile.extract.office_sample import zip_of

LINES = (
    "The bridge over the river is open again, the council said on Monday.",
    "Мост через реку снова открыт, сказал совет в понедельник вечером.",
    "الجسر فوق النهر مفتوح مرة أخرى، قال المجلس مساء يوم الاثنين.",
    "پل روی رودخانه دوباره باز است، شورا عصر دوشنبه گفت.",
)


def text_of(paragraphs: int, lines: tuple[str, ...] = LINES) -> list[str]:
    """Give paragraphs that are all different, so that a lost one shows."""
    return [f"{lines[n % len(lines)]} №{n}" for n in range(paragraphs)]


def as_page(paragraphs: list[str]) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<!DOCTYPE html><html><meta charset=utf-8><body>{body}</body></html>".encode()


def as_cells(paragraphs: list[str]) -> bytes:
    rows = "".join(f"<tr><td>{p}<td>x</tr>" for p in paragraphs)
    return f"<html><meta charset=utf-8><body><table>{rows}</table></body></html>".encode()


def nested(tag: str) -> Callable[[list[str]], bytes]:
    def make(paragraphs: list[str]) -> bytes:
        body = "".join(f"<{tag}>{p}" for p in paragraphs) + f"</{tag}>" * len(paragraphs)
        return f"<html><meta charset=utf-8><body>{body}</body></html>".encode()

    return make


def as_text(paragraphs: list[str]) -> bytes:
    return "\n\n".join(paragraphs).encode()


def as_docx(paragraphs: list[str]) -> bytes:
    document = word.Document()
    for number, words in enumerate(paragraphs):
        if number % 5 == 4:
            document.add_table(1, 2).cell(0, number % 2).text = words
        else:
            document.add_paragraph(words, style="List Bullet" if number % 7 == 6 else None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_odt(paragraphs: list[str]) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text")
    )
    body = "".join(f"<text:p>{p}</text:p>" for p in paragraphs)
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>",
        }
    )


def as_rtf(paragraphs: list[str]) -> bytes:
    def letters(words: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in words)

    body = "".join(f"\\pard {letters(p)}\\par\n" for p in paragraphs)
    return f"{{\\rtf1\\ansi\\uc1 {body}}}".encode()


def as_mail(paragraphs: list[str]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    message["Date"], message["Subject"] = "Mon, 01 Mar 2021 10:00:00 +0000", "The bridge"
    message.set_content("\n\n".join(paragraphs))
    return message.as_bytes()


def as_formed_mail(paragraphs: list[str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Date"] = "a@example.org", "Mon, 01 Mar 2021 10:00:00 +0000"
    message.set_content(as_page(paragraphs).decode(), subtype="html")
    return message.as_bytes()


def as_mhtml(paragraphs: list[str]) -> bytes:
    message = EmailMessage()
    message["From"], message["Snapshot-Content-Location"] = "<Saved by Blink>", "https://a.org/"
    message["Date"] = "Mon, 01 Mar 2021 10:00:00 +0000"
    message.make_related()
    message.add_related(as_page(paragraphs).decode(), subtype="html")
    return message.as_bytes()


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "page": as_page,
    "cells": as_cells,
    "nested div": nested("div"),
    "nested b": nested("b"),
    "nested blockquote": nested("blockquote"),
    "nested section": nested("section"),
    "nested span": nested("span"),
    "text": as_text,
    "docx": as_docx,
    "odt": as_odt,
    "rtf": as_rtf,
    "mail": as_mail,
    "formed mail": as_formed_mail,
    "mhtml": as_mhtml,
}


def lost(data: bytes, paragraphs: list[str], **parameters: str) -> list[str]:
    """Give what is neither in the text nor said to be missing."""
    draft = registry.read(data, Context("x", parameters))
    draft.check()
    flat = " ".join(draft.text.split())
    gone = [p for p in paragraphs if " ".join(p.split()) not in flat]
    return [] if gone and not draft.complete else gone


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("count", [3, 300])
def test_every_paragraph_is_there(name: str, count: int) -> None:
    paragraphs = text_of(count)
    draft = registry.read(FORMATS[name](paragraphs), Context("x"))
    assert lost(FORMATS[name](paragraphs), paragraphs) == []
    assert draft.complete or name.startswith("nested")


@pytest.mark.parametrize("depth", [300, 3000])
def test_words_below_many_elements_are_there(depth: int) -> None:
    for tag in ("div", "table><tr><td"):
        page = f"<html><body>{f'<{tag}>' * depth}deepest words of the page, all of them"
        assert lost(page.encode(), ["deepest words of the page, all of them"]) == [], tag


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    [("page", 80), ("text", 80), ("mail", 20), ("mhtml", 8), ("docx", 2), ("rtf", 8), ("odt", 8)],
)
def test_a_large_file_is_there_to_its_end(name: str, size: int, tier: Any) -> None:
    """In CI, where a quarter of a count is run, the page has 20 MB."""
    letters = tier.count(quick=60_000, ci=size * 1_000_000, long=size * 250_000)
    paragraphs = text_of(letters // 110)
    draft = registry.read(FORMATS[name](paragraphs), Context("x"))
    assert draft.complete
    assert draft.text.count("№") == len(paragraphs)
    assert " ".join(paragraphs[-1].split()) in " ".join(draft.text[-400:].split())


ENCODINGS = {
    **dict.fromkeys(("windows-1251", "koi8-r", "iso-8859-5", "cp866", "mac-cyrillic"), LINES[1]),
    **dict.fromkeys(("windows-1256", "iso-8859-6"), LINES[2]),
    **dict.fromkeys(("windows-1252", "iso-8859-15", "mac-roman"), "Die Brücke über den Fluß."),
    **dict.fromkeys(("gb18030", "big5", "gbk"), "河上的大桥又开放了。" * 2),
    **dict.fromkeys(("shift_jis", "euc-jp", "iso-2022-jp"), "橋はまた開いています。" * 2),
    **dict.fromkeys(("euc-kr",), "다리가 다시 열렸습니다." * 2),
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"), LINES[3]),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("how", ["page", "text", "mail"])
def test_every_letter_of_an_encoding_is_there(encoding: str, how: str) -> None:
    line = ENCODINGS[encoding]
    line = line if encoding != "big5" else "河上的大橋又開放了。" * 2
    line = line.replace("،", "") if encoding == "iso-8859-6" else line
    paragraphs = [f"{line} {n}" for n in range(20)]
    joined = "\n\n".join(paragraphs)
    if how == "page":
        body = "".join(f"<p>{p}</p>" for p in paragraphs)
        data = f"<html><head><meta charset={encoding}></head><body>{body}".encode(encoding)
        assert lost(data, paragraphs) == []
    elif how == "mail":
        head = f"From: a@x\nTo: b@x\nDate: Mon, 01 Mar 2021 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset={encoding}\n\n"
        assert lost(head.encode() + joined.encode(encoding), paragraphs) == []
    else:
        assert lost(joined.encode(encoding), paragraphs, encoding=encoding) == []


def test_a_reader_that_loses_text_is_caught() -> None:
    """The negative control: what is missing in silence is found."""
    paragraphs = text_of(20)
    assert lost(as_page(paragraphs[:-1]), paragraphs) == paragraphs[-1:]
    cut = as_rtf(paragraphs)[:-600]
    assert lost(cut, paragraphs) == []
    assert not registry.read(cut, Context("x")).complete
