import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.decode import clean, codec_name, declared_in, decode

RUSSIAN = "Мэр города сообщил о закрытии моста. Работы продлятся до осени."
ARABIC = "قال رئيس البلدية إن الجسر مغلق حتى الخريف القادم"


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_dropped(mark: str) -> None:
    found = decode(RUSSIAN.encode(mark), declared="koi8-r")
    assert found.text == RUSSIAN
    assert found.warnings == ()


def test_utf8_that_is_strictly_right_beats_what_the_page_says() -> None:
    assert decode(ARABIC.encode(), declared="windows-1256").text == ARABIC


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (ARABIC, "cp1256", "windows-1256"),
        ("“café” – née", "cp1252", "ISO-8859-1"),
        ("新聞の見出し", "cp932", "Shift_JIS"),
        ("新聞", "iso2022_jp", "iso-2022-jp"),
        ("新闻", "gb18030", "gb2312"),
    ],
)
def test_a_declared_encoding_is_read_as_browsers_do(text: str, encoding: str, label: str) -> None:
    found = decode(text.encode(encoding), declared=label)
    assert found.text == text
    assert found.warnings == ()


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (ARABIC, "cp1256")])
def test_a_guess_is_said(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert found.text == text
    assert "guessed" in found.warnings[0]


def test_utf16_without_a_mark_is_told_by_its_zeros() -> None:
    assert decode("<html><body>plain words</body></html>".encode("utf-16-le")).encoding == (
        "utf-16-le"
    )
    assert decode("plain words".encode("utf-16-be")).text == "plain words"


def test_a_page_of_ascii_bytes_that_calls_itself_utf16_is_read() -> None:
    page = b"<meta charset=unicode><body>plain words"
    assert decode(page, declared_in(page)).text.endswith("plain words")


def test_one_broken_byte_is_said_and_costs_one_letter() -> None:
    data = RUSSIAN.encode() + b"\xff" + ARABIC.encode()
    found = decode(data)
    assert found.text == RUSSIAN + "\ufffd" + ARABIC
    assert found.warnings == ("1 letter cannot be read as utf-8",)


def test_a_persons_choice_wins() -> None:
    found = decode(RUSSIAN.encode("cp866"), declared="cp1251", parameters={"encoding": "IBM866"})
    assert found.text == RUSSIAN


@pytest.mark.parametrize("label", ["rot13", "base64", "idna", "unicode-escape", "nonsense", ""])
def test_labels_that_are_no_encoding_of_text_are_passed_over(label: str) -> None:
    assert codec_name(label) is None


@pytest.mark.parametrize(
    ("page", "label"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b"<meta content='text/html; charset= koi8-r'>", "koi8-r"),
        (b"<?xml version='1.0' encoding='ISO-8859-6'?>", "ISO-8859-6"),
        (b"<meta charset=nonsense><meta charset=cp1256>", "cp1256"),
        (b"<p>charset</p>", None),
    ],
)
def test_the_label_in_the_head_is_found(page: bytes, label: str | None) -> None:
    assert declared_in(page) == label


def test_line_ends_and_impossible_letters() -> None:
    assert clean("a\r\nb\rc\x00\ud800") == "a\nb\nc\ufffd\ufffd"


@given(st.binary(max_size=300), st.sampled_from([None, "koi8-r", "utf-16", "utf-7", "shift_jis"]))
def test_any_bytes_give_text_that_can_be_stored(data: bytes, declared: str | None) -> None:
    found = decode(data, declared)
    found.text.encode()
    assert "\x00" not in found.text
    assert "\r" not in found.text
