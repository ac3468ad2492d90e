from email.message import EmailMessage

from casefile.extract import registry
from casefile.extract.context import Context

URL = "https://example.org/a"


def saved(*pages: tuple[str, str], head: str = "", cut: int | None = None) -> bytes:
    out = [
        (
            "From: <Saved by Blink>\r\n"
            f"{head}Date: Mon, 1 Mar 2021 10:00:00 -0000\r\nSubject: Said in the head\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n'
        )
    ]
    for key, page in pages:
        part = EmailMessage()
        part.set_content(page, subtype="html", cte="quoted-printable")
        body = part.get_payload()
        out.append(
            f"\r\n--x\r\nContent-Type: text/html\r\nContent-ID: <{key}>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}"
        )
    return ("".join(out) + "\r\n--x--\r\n").encode()[:cut]


PAGE = "<html><meta charset=utf-8><title>Мост</title><body><p>Мост снова открыт, сказал совет в понедельник вечером на собрании."
SNAPSHOT = f"Snapshot-Content-Location: {URL}\r\n"


def test_a_page_with_its_address_and_time() -> None:
    draft = registry.read(saved(("a", PAGE), head=SNAPSHOT), Context("x.mhtml"))
    assert (draft.url, draft.captured_url, draft.captured_at) == (
        URL,
        URL,
        "2021-03-01T10:00:00.000Z",
    )
    assert (draft.title, draft.language, draft.kind) == ("Мост", "ru", "web archive")
    assert (draft.media_type, draft.complete) == ("multipart/related", True)
    assert "сказал совет" in draft.text


def test_frames_are_read_too() -> None:
    page = PAGE + '<iframe src="cid:b"></iframe><iframe srcdoc="&lt;p&gt;written inside"></iframe>'
    data = saved(("a", page), ("b", "<p>words of a frame"), head=SNAPSHOT)
    draft = registry.read(data, Context("x.mhtml"))
    assert draft.text.endswith("words of a frame\n\nwritten inside")
    assert [z.kind for z in draft.zones][-2:] == ["boilerplate", "boilerplate"]


def test_a_page_of_frames_is_its_largest_frame() -> None:
    frame = "<html><body>" + "<p>Words of the frame that holds the text.</p>" * 12
    outer = '<html><frameset><frame src="cid:b"></frameset></html>'
    draft = registry.read(saved(("a", outer), ("b", frame), head=SNAPSHOT), Context("x.mhtml"))
    assert draft.text.count("Words of the frame") == 12


def test_a_file_that_is_cut_off_says_so() -> None:
    draft = registry.read(saved(("a", PAGE), head=SNAPSHOT, cut=-12), Context("x.mhtml"))
    assert "сказал совет" in draft.text
    assert (draft.complete, draft.reason) == (False, "the file is cut off")


def test_a_file_without_a_page_says_so() -> None:
    draft = registry.read(saved(head=SNAPSHOT), Context("x.mhtml"))
    assert (draft.complete, draft.reason) == (False, "there is no page in the file")
