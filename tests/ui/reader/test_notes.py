"""Cards name the person by initials."""

import pytest

from casefile.ui.reader.notes import initials


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Hanna Reuter", "HR"),
        ("m. kassar of the desk", "MKO"),
        ("ليلى حداد", "لح"),
        ("0192f0c1a7e87b1c9d2e3f4a5b6c7d8e", ""),
        ("", ""),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short
