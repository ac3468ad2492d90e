"""A case is handed on from the window."""

from pathlib import Path

import pytest
from stage import Stage

from casefile.ui import exchange_acts


@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown"])
def test_a_case_is_exported_and_what_is_left_out_is_told(
    filled: Stage, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "handed on"
    exchange_acts.write_export(filled.window, out, form)
    filled.until(lambda: "LOSSES.txt" in filled.window.quiet.hint.text())
    assert out.exists()
    exchange_acts.write_export(filled.window, out, form)
    filled.until(lambda: "already" in filled.window.quiet.message.text())
