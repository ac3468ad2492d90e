"""Where the columns of the reader stand: gutter, text, notes; mirrored for right-to-left sources."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths in viewport pixels; `notes_width` 0 means folded to digits.

    `rule` is the hairline between gutter and text; a folded gutter has `gutter_width` 0.
    """

    rtl: bool
    gutter: float
    gutter_width: float
    rule: float
    text: float
    text_width: float
    notes: float
    notes_width: float
    digits: float


def columns(width: float, scale: float, *, rtl: bool) -> Columns:
    """Share a width out; `scale` is the size of the text as a factor of 1."""
    edge, gap, digit = 12.0, 16.0, 22.0 * scale
    gutter = 64 * scale if width >= 430 * scale else 0.0
    notes = 0.0
    if width >= 560 * scale:
        notes = min(150 * scale, max(104 * scale, width * 0.225))
    side = notes + gap if notes else digit
    most = 620 * scale
    text = max(120.0, min(most, width - 2 * edge - gutter - gap - side))
    spare = max(0.0, width - 2 * edge - gutter - gap - text - side)
    left = edge + spare / 2
    rule = left + gutter
    start = rule + gap * 0.7
    end = start + text
    after = end + gap
    made = Columns(rtl, left, gutter, rule, start, text, after, notes, end + 6)
    return _mirrored(made, width, scale) if rtl else made


def digit_side(scale: float) -> float:
    """Give the side of the box of a digit in the margin."""
    return 16 * scale


def _mirrored(c: Columns, width: float, scale: float) -> Columns:
    return Columns(
        rtl=True,
        gutter=width - c.gutter - c.gutter_width,
        gutter_width=c.gutter_width,
        rule=width - c.rule - 1,
        text=width - c.text - c.text_width,
        text_width=c.text_width,
        notes=width - c.notes - c.notes_width,
        notes_width=c.notes_width,
        digits=width - c.digits - digit_side(scale),
    )
