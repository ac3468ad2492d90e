"""What reaches a terminal is harmless, what reaches a program is JSON."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.cli.output import Output, as_json, instant, visible


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("red \x1b[31m", "red ␛[31m"),
        ("two\nlines\tand tabs", "two lines and tabs"),
        ("\u202eevil", "⟨U+202E⟩evil"),
        ("c1 \x9b31m", "c1 \ufffd31m"),
        ("bell\x07", "bell␇"),
        ("lone \udc80", "lone \ufffd"),
        ("дом بيت 😀", "дом بيت 😀"),
    ],
)
def test_controls_are_shown_as_signs(text: str, shown: str):
    assert visible(text) == shown


def test_lines_may_be_kept():
    assert visible("a\nb\x1b", lines=True) == "a\nb␛"


@given(st.text())
def test_nothing_visible_acts(text: str):
    assert not any(
        c < " "
        or "\x7f" <= c <= "\x9f"
        or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for c in visible(text)
    )


@given(st.text())
def test_json_is_utf8_and_comes_back(text: str):
    written = as_json({"x": text})
    assert json.loads(written.encode("utf-8"))["x"] == text


def test_lone_surrogates_of_file_names_come_back():
    assert json.loads(as_json({"path": "a\udcffb"}).encode())["path"] == "a\udcffb"


def test_right_to_left_text_is_isolated_on_a_terminal():
    assert Output(Terminal(), Terminal()).safe("دير") == "\u2068دير\u2069"
    assert Output(io.StringIO(), io.StringIO()).safe("دير") == "دير"


def test_tables_do_not_read_markup():
    out = Terminal()
    Output(out, out).table(("A", "B"), [("[red]x[/red]", "\x1b[2J")])
    assert "[red]x[/red]" in out.getvalue()
    assert "\x1b[2J" not in out.getvalue()
    plain = io.StringIO()
    Output(plain, plain).table(("A", "B"), [("a\tb", "c")])
    assert plain.getvalue() == "a b\tc\n"


def test_instants_have_three_decimals():
    assert instant(0) == "1970-01-01T00:00:00.000Z"
    assert instant(1_700_000_000_007) == "2023-11-14T22:13:20.007Z"
