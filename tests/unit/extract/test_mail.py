import io
from email.message import EmailMessage

import pytest

from casefile.extract import mail, registry
from casefile.extract.containers import walk
from casefile.extract.context import Context

HEAD = (
    b"From: =?koi8-r?B?88/GydE=?= <s@example.org>\r\nTo: A <a@example.org>, b@example.org\r\n"
    b"Date: Mon, 1 Mar 2021 23:30:00 +0300\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
)


def message(plain: str | None = "Plain words.", formed: str | None = None) -> EmailMessage:
    found = EmailMessage()
    found["From"] = "Jane Roe <j@example.org>"
    found["To"] = "b@example.org"
    found["Subject"] = "The bridge"
    found["Date"] = "Mon, 01 Mar 2021 10:00:00 +0000"
    if plain is not None:
        found.set_content(plain)
    if formed is not None:
        if plain is None:
            found.set_content(formed, subtype="html")
        else:
            found.add_alternative(formed, subtype="html")
    return found


def zones(data: bytes) -> list[tuple[str, str]]:
    draft = registry.read(data, Context("x.eml"))
    assert draft.media_type == "message/rfc822"
    return [(z.kind, z.of(draft.text)) for z in draft.zones]


def test_headers_are_text_and_facts() -> None:
    data = (
        HEAD
        + b"Subject: =?utf-8?Q?=D0=9C=D0=BE=D1=81=D1=82?=\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n"
    )
    data += "Мост снова открыт, сказал совет в понедельник вечером.".encode("cp1251")
    draft = registry.read(data, Context("x.eml"))
    assert (draft.kind, draft.title, draft.byline) == ("email", "Мост", ("София",))
    assert draft.published is not None
    assert draft.published.edtf == "2021-03-01"
    assert draft.published.text == "Mon, 1 Mar 2021 23:30:00 +0300"
    assert draft.captured_at == "2021-03-01T20:30:00.000Z"
    assert draft.language == "ru"
    kinds = [z.kind for z in draft.zones]
    assert kinds == ["headline", "byline", "list", "published", "body"]
    assert "b@example.org" in draft.text


def test_what_is_quoted_and_signed() -> None:
    plain = "New words.\n\n> Old words.\n> More.\nAnswer.\n\n-- \nJane\nOffice"
    found = zones(message(plain).as_bytes())[4:]
    assert found == [
        ("body", "New words."),
        ("quote", "> Old words.\n> More."),
        ("body", "Answer."),
        ("boilerplate", "-- \nJane\nOffice"),
    ]


def test_of_two_forms_of_the_same_words_one_is_shown() -> None:
    data = message("The same words.", "<p>The <b>same</b> words.</p>").as_bytes()
    assert [words for _, words in zones(data)[4:]] == ["The same words."]


def test_forms_that_differ_are_said() -> None:
    plain = " ".join(f"word{n}" for n in range(60))
    data = message(plain, "<p>Click <a href=x>here</a></p><blockquote>Old</blockquote>").as_bytes()
    draft = registry.read(data, Context("x.eml"))
    assert [(z.kind, z.of(draft.text)) for z in draft.zones][4:] == [
        ("body", "Click here"),
        ("quote", "Old"),
    ]
    assert draft.warnings == (
        "its plain text and its formatted text differ; the formatted one is shown",
    )


def test_deep_markup_is_read_to_its_end() -> None:
    deep = "<div>" * 3000 + "deepest words " * 60 + "</div>" * 3000
    draft = registry.read(message(None, deep).as_bytes(), Context("x.eml"))
    assert draft.text.count("deepest words") == 60


def test_attachments_come_out_with_their_names_and_bytes() -> None:
    whole = message()
    whole.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="صورة.png")
    whole.add_attachment(b"\x89PNG\r\n2", maintype="image", subtype="png", filename="صورة.png")
    whole.add_attachment("text in a file", filename="../../etc/passwd")
    whole.add_attachment(message("Inner words.", None))
    data = whole.as_bytes()
    found = {m.path: m.data for m in walk(io.BytesIO(data), len(data), Context("x.eml"))}
    assert found["صورة.png"] == b"\x89PNG\r\n"
    assert found["صورة.png (2)"] == b"\x89PNG\r\n2"
    assert found["passwd"].startswith(b"text in a file")
    inner = next(d for name, d in found.items() if name.endswith(".eml"))
    assert "Inner words." in registry.read(inner, Context("x")).text
    assert "text in a file" not in registry.read(data, Context("x")).text


@pytest.mark.parametrize("kind", ["multipart/encrypted; boundary=x", "application/pkcs7-mime"])
def test_an_encrypted_message_says_so(kind: str) -> None:
    data = HEAD + f"Subject: a\r\nContent-Type: {kind}\r\n\r\n--x\r\n\r\nxx\r\n--x--".encode()
    draft = registry.read(data, Context("x.eml"))
    assert (draft.complete, draft.reason) == (False, "the message is encrypted")


def test_the_frame_of_another_mail_program_is_taken_off() -> None:
    data = message("Words in it.").as_bytes()
    framed = b"%d\n" % len(data) + data + b'<?xml version="1.0"?><plist/>'
    assert mail.without_frame(framed) == data
    assert zones(framed)[-1] == ("body", "Words in it.")


@pytest.mark.parametrize(
    "broken",
    [
        b"Date: nonsense\nFrom: <<>>\nSubject: =?x-none?B?!!!?=\nContent-Type: text/plain; charset=none\n\nwords",
        b"From: a\nTo: b\nDate: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nwords",
        b"From: a\nTo: \xff\xfe\nDate: x\nContent-Type: text/html; charset*=x'y\n\n<p>words",
        b"From: a\nTo: b\nDate: Mon, 99 Mar 2021\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\n####",
    ],
)
def test_broken_headers_stop_nothing(broken: bytes) -> None:
    draft = registry.read(broken, Context("x.eml"))
    draft.check()
    assert draft.kind == "email"
    assert draft.published is None
