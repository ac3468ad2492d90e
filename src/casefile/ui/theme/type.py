"""The type scale: what each role of text is set in, in pixels at a scale of 100 %."""

from dataclasses import dataclass

INTERFACE = ("Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC")
READING = ("Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Noto Sans CJK SC")
CODE = ("Noto Sans Mono", "Noto Sans Arabic")
# A script's own family goes first, so that its line heights and digits count.
FIRST = {
    ("interface", "arabic"): "Noto Sans Arabic",
    ("reading", "arabic"): "Noto Naskh Arabic",
}
FAMILIES = {"interface": INTERFACE, "reading": READING, "code": CODE}


@dataclass(frozen=True, slots=True)
class Role:
    """Family, size in px, weight, line height as a factor; `arabic` is (px, line height)."""

    family: str
    px: float
    weight: int = 400
    leading: float = 1.4
    arabic: tuple[float, float] | None = None


ROLES: dict[str, Role] = {
    "ui": Role("interface", 12.5),
    "ui_medium": Role("interface", 12.5, 500),
    "ui_strong": Role("interface", 12.5, 600),
    "label": Role("interface", 11.5),
    "label_strong": Role("interface", 11.5, 600),
    "small": Role("interface", 11),
    "small_medium": Role("interface", 11, 500),
    "small_strong": Role("interface", 11, 600),
    "tiny": Role("interface", 10.5, 500),
    "title": Role("interface", 14, 600),
    "page": Role("interface", 17, 600),
    "claim": Role("interface", 19, 600),
    "body": Role("reading", 14.5, 400, 1.52, (18, 1.75)),
    "headline": Role("reading", 22, 700, 1.3, (24, 1.65)),
    "heading": Role("reading", 17, 700, 1.35, (20, 1.65)),
    "subheading": Role("reading", 14.5, 700, 1.45, (18, 1.7)),
    "pull": Role("reading", 17, 400, 1.4, (20, 1.7)),
    "section": Role("reading", 12.5, 700, 1.4, (15, 1.6)),
    "meta": Role("reading", 12.5, 400, 1.45, (15, 1.65)),
    "caption": Role("reading", 12, 400, 1.4, (14.5, 1.65)),
    "quote": Role("reading", 13, 400, 1.45, (16, 1.65)),
    "code": Role("code", 11.5),
}


def family_order(family: str, script: str | None) -> list[str]:
    """Give the families to try, in order."""
    first = FIRST.get((family, script or ""))
    rest = FAMILIES[family]
    return [first, *(name for name in rest if name != first)] if first else list(rest)
