"""Contrast and apartness of the colours, computed from the tokens themselves."""

import dataclasses
import re

import pytest

from casefile.ui.theme.tokens import DARK, LIGHT, PATTERNS, Tokens

LOOKS = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("win", "panel", "surface", "sunken", "raised", "hover", "sel", "sel_off")


def linear(color: str) -> list[float]:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_follows_the_formula() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@LOOKS
def test_every_token_is_a_colour(tokens: Tokens) -> None:
    for field in dataclasses.fields(tokens):
        if field.name not in {"look", "marks"}:
            assert re.fullmatch("#[0-9A-F]{6}", getattr(tokens, field.name)), field.name


@LOOKS
@pytest.mark.parametrize("word", ["text", "text2"])
def test_words_stand_out_on_every_ground(tokens: Tokens, word: str) -> None:
    for ground in GROUNDS:
        assert contrast(getattr(tokens, word), getattr(tokens, ground)) >= 4.5, ground


@LOOKS
def test_quiet_words_stand_out_where_they_may_stand(tokens: Tokens) -> None:
    for ground in ("win", "panel", "surface", "sunken", "hover"):
        assert contrast(tokens.text3, getattr(tokens, ground)) >= 4.5, ground


@LOOKS
@pytest.mark.parametrize("name", ["accent", "good", "warn", "bad"])
def test_coloured_words_stand_out_on_surface_panel_and_their_soft_ground(
    tokens: Tokens, name: str
) -> None:
    for ground in ("surface", "panel", "sunken", f"{name}_soft"):
        assert contrast(getattr(tokens, name), getattr(tokens, ground)) >= 4.5, ground


@LOOKS
def test_accent_stands_out_on_selected_rows_and_carries_words(tokens: Tokens) -> None:
    assert contrast(tokens.accent, tokens.sel) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.text, tokens.accent_soft) >= 4.5


@LOOKS
def test_edges_of_controls_and_the_focus_ring_are_seen(tokens: Tokens) -> None:
    for ground in ("win", "panel", "surface", "sunken"):
        assert contrast(tokens.focus, getattr(tokens, ground)) >= 3, ground
    for ground in ("panel", "surface"):
        assert contrast(tokens.control, getattr(tokens, ground)) >= 3, ground


@LOOKS
def test_words_and_lines_stand_out_on_marks_and_hits(tokens: Tokens) -> None:
    for mark in tokens.marks:
        assert contrast(tokens.text, mark.fill) >= 4.5, mark.number
        assert contrast(mark.line, mark.fill) >= 3, mark.number
        assert contrast(mark.line, tokens.surface) >= 3, mark.number
    assert contrast(tokens.text, tokens.hit) >= 4.5
    assert contrast(tokens.hit_line, tokens.hit) >= 3


def test_print_stays_dark_on_marks_over_dimmed_paper() -> None:
    for mark in LIGHT.marks:
        assert contrast(LIGHT.text, mark.fill) >= 4.5
    assert contrast(LIGHT.text, DARK.paper) >= 4.5


# Machado 2009, severity 1.0.
SIGHT = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _root(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116


def lab(color: str, sight: str) -> tuple[float, float, float]:
    seen = [
        min(1.0, max(0.0, sum(r * c for r, c in zip(row, linear(color), strict=True))))
        for row in SIGHT[sight]
    ]
    white = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    scale = (0.95047, 1.0, 1.08883)
    x, y, z = (
        _root(sum(r * c for r, c in zip(row, seen, strict=True)) / part)
        for row, part in zip(white, scale, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@LOOKS
@pytest.mark.parametrize("sight", SIGHT)
def test_marks_stay_apart_for_every_eye(tokens: Tokens, sight: str) -> None:
    colors = [lab(mark.fill, sight) for mark in tokens.marks]
    for i, one in enumerate(colors):
        for other in colors[:i]:
            distance = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
            assert distance >= 8


@LOOKS
def test_each_mark_has_its_own_pattern(tokens: Tokens) -> None:
    assert tuple(mark.pattern for mark in tokens.marks) == PATTERNS
    assert len(set(PATTERNS)) == 5
    assert [tokens.mark(n).number for n in (1, 5, 9)] == [1, 5, 1]
