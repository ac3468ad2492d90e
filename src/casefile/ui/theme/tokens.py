"""The colour tokens of both looks; contrast is computed from this file by a test."""

from dataclasses import dataclass

PATTERNS = ("solid", "dotted", "dashed", "wavy", "double")


@dataclass(frozen=True, slots=True)
class MarkLook:
    """How one of the five marks is drawn: fill, line and the pattern of the line."""

    number: int
    fill: str
    line: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """All colours of one look as #RRGGBB; `marks` has the five marks in order."""

    look: str
    win: str
    panel: str
    surface: str
    sunken: str
    raised: str
    line: str
    strong: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    focus: str
    on_accent: str
    accent_soft: str
    info_soft: str
    sel: str
    sel_off: str
    hover: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    hit: str
    hit_line: str
    land: str
    relief: str
    water: str
    paper: str
    marks: tuple[MarkLook, ...]

    def mark(self, number: int) -> MarkLook:
        """Give the look of mark 1..5; an unknown number is drawn as mark 1."""
        return self.marks[number - 1 if 1 <= number <= len(self.marks) else 0]


def _marks(*pairs: tuple[str, str]) -> tuple[MarkLook, ...]:
    return tuple(
        MarkLook(number, fill, line, pattern)
        for number, ((fill, line), pattern) in enumerate(zip(pairs, PATTERNS, strict=True), 1)
    )


LIGHT = Tokens(
    look="light",
    win="#ECEAE6",
    panel="#F6F5F2",
    surface="#FFFFFF",
    sunken="#EFEDE9",
    raised="#FFFFFF",
    line="#DEDBD5",
    strong="#C6C2BA",
    control="#85827B",
    text="#1A1D21",
    text2="#474C54",
    text3="#656A72",
    accent="#17598A",
    focus="#17598A",
    on_accent="#FFFFFF",
    accent_soft="#DDEAF4",
    info_soft="#DDEAF4",
    sel="#D5E5F1",
    sel_off="#E5E2DC",
    hover="#EEECE8",
    good="#1B6A44",
    good_soft="#DDF0E5",
    warn="#7F4E00",
    warn_soft="#FBEBCB",
    bad="#A3271F",
    bad_soft="#FBE2DE",
    hit="#FFF0AE",
    hit_line="#8F6E00",
    land="#F3F0E8",
    relief="#E9E5DA",
    water="#DCE8EE",
    paper="#FFFFFF",
    marks=_marks(
        ("#F6CE62", "#8A6100"),
        ("#8FD0F9", "#0F5E99"),
        ("#C6F3BC", "#2B7A1F"),
        ("#E2B5AC", "#97402E"),
        ("#EADDFF", "#6B4BB0"),
    ),
)

DARK = Tokens(
    look="dark",
    win="#121416",
    panel="#191C1F",
    surface="#1F2327",
    sunken="#15181A",
    raised="#282D32",
    line="#2E343A",
    strong="#444C54",
    control="#7A838D",
    text="#E7E5E1",
    text2="#B7BBC1",
    text3="#949AA3",
    accent="#86BFE6",
    focus="#86BFE6",
    on_accent="#0B2030",
    accent_soft="#1E3445",
    info_soft="#1E3445",
    sel="#22405A",
    sel_off="#2B3036",
    hover="#23282C",
    good="#7CC9A0",
    good_soft="#16352A",
    warn="#E6B65C",
    warn_soft="#3A2E14",
    bad="#F1948A",
    bad_soft="#43211F",
    hit="#4A3B0E",
    hit_line="#D8B040",
    land="#23272A",
    relief="#2B3033",
    water="#17222A",
    paper="#DEDAD2",
    marks=_marks(
        ("#665304", "#F2CB52"),
        ("#183A57", "#7FC0F2"),
        ("#2C6455", "#8FE0BE"),
        ("#5A2418", "#F0A08C"),
        ("#584A90", "#C9B8FF"),
    ),
)
