"""News agencies: which of them a text says it comes from."""

import re
from typing import Final

# What an agency is called by: each line is one agency, the first form names it.
_AGENCIES: Final = (
    ("Reuters", "REUTERS", "Рейтер", "رويترز"),
    ("AFP", "Agence France-Presse", "АФП", "فرانس برس", "أ ف ب", "ا ف پ"),
    ("AP", "Associated Press", "The Associated Press", "أسوشيتد برس", "آسوشیتدپرس"),
    ("dpa", "DPA", "Deutsche Presse-Agentur", "د ب أ"),
    ("EFE", "Agencia EFE"),
    ("ANSA",),
    ("TASS", "ТАСС", "تاس"),
    ("RIA Novosti", "РИА Новости"),
    ("Interfax", "Интерфакс"),
    ("Sputnik", "سبوتنيك"),
    ("Xinhua", "شينخوا"),
    ("Anadolu", "Anadolu Agency", "AA", "الأناضول"),
    ("SANA", "سانا"),
    ("Petra", "بترا"),
    ("Ukrinform", "Укринформ", "Укрінформ"),
    ("UNIAN", "УНИАН", "УНІАН"),
    ("IRNA", "ایرنا", "إرنا"),
    ("Tasnim", "تسنیم"),
    ("Fars", "فارس"),
    ("UPI", "United Press International"),
    ("PA", "PA Media", "Press Association"),
)
_NAME: Final = {form: forms[0] for forms in _AGENCIES for form in forms}
_ANY: Final = "|".join(re.escape(form) for form in sorted(_NAME, key=len, reverse=True))
_WORD: Final = rf"(?<![\w])(?P<name>{_ANY})(?![\w])"
# A name alone may be what the text is about; these forms say where it comes from.
_FORMS: Final = (
    re.compile(rf"[(\[]\s*{_WORD}[^()\[\]]{{0,24}}[)\]]"),
    re.compile(rf"/\s*{_WORD}\s*/"),
    re.compile(rf"^[^\n.]{{0,48}}?{_WORD}\s*[-–—/]", re.MULTILINE),
    re.compile(rf"[-–—/|]\s*{_WORD}\s*$", re.MULTILINE),
    re.compile(
        rf"^\s*(?:[Bb]y|[Ff]rom|[Vv]ia|[Ss]ource:?|Источник:?|المصدر:?|منبع:?)\s+{_WORD}",
        re.MULTILINE,
    ),
    re.compile(rf"^\s*{_WORD}\s*$", re.MULTILINE),
    re.compile(rf"{_WORD}\s+(?:contributed|has contributed)\b"),
    re.compile(rf"\b(?:[Ww]ith|[Bb]y)\s+(?:material|reporting|files)?\s*(?:from|by)\s+{_WORD}"),
)
_EDGE: Final = 500  # code points at either end in which a text says where it comes from


def wires(text: str, byline: str = "") -> frozenset[str]:
    """Give the agencies that byline, beginning or end of a text name as where it comes from."""
    found = {_NAME[match["name"]] for match in re.finditer(_WORD, byline)}
    for part in (text[:_EDGE], text[_EDGE:][-_EDGE:]):
        for form in _FORMS:
            found |= {_NAME[match["name"]] for match in form.finditer(part)}
    return frozenset(found)


def agency(name: str) -> str | None:
    """Give the agency that a publisher is, if it is one."""
    return _NAME.get(" ".join(name.split()))
