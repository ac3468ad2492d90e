"""No cell of a table becomes a formula, and plain words and numbers stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.model.cells import safe_cell


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\rwords",
        "\nwords",
        "  =HYPERLINK(1)",
        "\u200b=1",
        "\ufeff@x",
        "＝1",
        "-",
        "-1.5.2",
        "+49 30 1234",
    ],
)
def test_what_acts_gets_a_quote(words: str) -> None:
    assert safe_cell(words) == "'" + words


@pytest.mark.parametrize("words", ["", "words", "a=b", "-33.5", "-7", "12", "2021-04-24", "'=1"])
def test_what_does_not_act_stays(words: str) -> None:
    assert safe_cell(words) == words


@given(st.text())
def test_no_cell_begins_as_a_formula(words: str) -> None:
    cell = safe_cell(words)
    bare = cell.lstrip()
    assert bare[:1] not in set("=+@")
    assert cell[:1] not in set("\t\r\n")
    assert not bare.startswith("-") or bare[1:].replace(".", "", 1).isdigit()
    assert cell.removeprefix("'") == words.replace("\0", "\ufffd").removeprefix("'")
