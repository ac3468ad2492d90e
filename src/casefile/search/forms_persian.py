"""Other forms of a Persian word: plurals, comparison, whose, and the two stems of a verb.

Words are folded; a half space joins (می‌شود is ميشود).
"""

from collections.abc import Iterator

from casefile.search.forms_arabic import broken_plurals

_BEFORE = ("", "مي", "نمي", "ن", "ب", "بي", "ني", "همي")
_OWNERS = ("م", "ت", "ش", "مان", "تان", "شان", "ام", "ات", "اش", "ي", "يم", "يت", "يش", "يي")
_PERSONS = ("م", "ي", "د", "يم", "يد", "ند", "ه", "ه ام", "ن")
_PLURALS = (
    "",
    "ها",
    "هاي",
    "هايي",
    "ان",
    "ات",
    "يان",
    "گان",
    "ين",
    "تر",
    "ترين",
    "تري",
    "ون",
    "جات",
)
_ENDINGS = frozenset(
    {
        *_PLURALS,
        *_OWNERS,
        *_PERSONS,
        *(plural + owner for plural in ("ها", "هاي", "ان", "ات") for owner in _OWNERS),
        *("هاست", "ست", "است", "اند", "ام", "ايم", "ايد", "اي", "رو", "را"),
        *("هاند", "هام", "هاي", "هايم", "هايد", "هاست", "هشد", "گي", "گاني"),
    }
)
_LONGEST_FIRST = tuple(sorted(_ENDINGS, key=len, reverse=True))
_SHORTEST = 2
# Verbs of which the present is not the past without its end: past, present.
_VERBS = (
    # What was done (كرد) became (شد): the active and the passive of all compound verbs.
    *(("كرد", "شد"), ("كرد", "شو"), ("كن", "شد"), ("كن", "شو")),
    *(("كرد", "كن"), ("شد", "شو"), ("داشت", "دار"), ("بود", "باش"), ("گفت", "گو"), ("گفت", "گوي")),
    *(("رفت", "رو"), ("امد", "ا"), ("امد", "اي"), ("داد", "ده"), ("گرفت", "گير"), ("ديد", "بين")),
    *(("زد", "زن"), ("خواست", "خواه"), ("توانست", "توان"), ("ساخت", "ساز"), ("پرداخت", "پرداز")),
    *(("نوشت", "نويس"), ("دانست", "دان"), ("يافت", "ياب"), ("گذاشت", "گذار"), ("گذشت", "گذر")),
    *(("برد", "بر"), ("اورد", "اور"), ("خورد", "خور"), ("ماند", "مان"), ("خواند", "خوان")),
    *(("كشت", "كش"), ("نشست", "نشين"), ("شكست", "شكن"), ("بست", "بند"), ("ريخت", "ريز")),
    *(("انداخت", "انداز"), ("اموخت", "اموز"), ("فروخت", "فروش"), ("شناخت", "شناس")),
    *(("پذيرفت", "پذير"), ("جست", "جو"), ("شست", "شو"), ("گشت", "گرد"), ("گريخت", "گريز")),
    *(("اميخت", "اميز"), ("انگيخت", "انگيز"), ("سوخت", "سوز"), ("دوخت", "دوز"), ("افزود", "افزا")),
    *(("افزود", "افزاي"), ("نمود", "نما"), ("نمود", "نماي"), ("فرمود", "فرما"), ("ايستاد", "ايست")),
    *(("فرستاد", "فرست"), ("افتاد", "افت"), ("نهاد", "نه"), ("چيد", "چين"), ("شنيد", "شنو")),
    *(("مرد", "مير"), ("سپرد", "سپار"), ("شمرد", "شمار"), ("گزيد", "گزين"), ("كاشت", "كار")),
    *(("برداشت", "بردار"), ("انگاشت", "انگار"), ("پنداشت", "پندار"), ("خاست", "خيز")),
    *(
        ("است", "نيست"),
        ("است", "هست"),
        ("هست", "نيست"),
        ("رسيد", "رس"),
        ("كشيد", "كش"),
        ("پوشيد", "پوش"),
        ("خريد", "خر"),
    ),
)
_PARTNERS: dict[str, tuple[str, ...]] = {}
for _past, _present in _VERBS:
    for _one, _other in ((_past, _present), (_present, _past)):
        _PARTNERS[_one] = (*_PARTNERS.get(_one, ()), _other)


def families(word: str) -> Iterator[tuple[tuple[str, ...], str, frozenset[str]]]:
    """Give what forms look like: one of some beginnings, a middle, one of some endings."""
    bases = _bases(word)
    for base in bases:
        before = _BEFORE if len(base) > _SHORTEST or base in _PARTNERS else ("",)
        yield before, base, _ENDINGS
    for plural in dict.fromkeys(other for base in bases for other in broken_plurals(base)):
        if len(plural) > _SHORTEST:
            yield ("",), plural, _ENDINGS
    for base in bases:
        # The present of a regular verb is its past without the end: رساند and رسان, کشید and کش.
        past = base[:-2] if base.endswith("يد") else base[:-1] if base.endswith(("د", "ت")) else ""
        if len(past) > _SHORTEST:
            yield _BEFORE[1:], past, _ENDINGS
        for other in _PARTNERS.get(base, ()):
            yield (_BEFORE if len(other) > 1 else ("مي", "نمي")), other, _ENDINGS


def _bases(word: str) -> tuple[str, ...]:
    """Give what may be left when beginnings and endings are off, the likeliest first."""
    found: dict[str, None] = {}
    for before in sorted(_BEFORE, key=len, reverse=True):
        start = word[len(before) :]
        if not word.startswith(before) or len(start) < _SHORTEST:
            continue
        for ending in _LONGEST_FIRST:
            base = start[: len(start) - len(ending)]
            if not start.endswith(ending) or len(base) < _SHORTEST:
                continue
            # A letter or two of a verb's beginning may be the word's own.
            if not before or base in _PARTNERS or (len(before) > 1 and len(base) > _SHORTEST):
                found[base] = None
                if len(base) > _SHORTEST:
                    break
    found[word] = None
    return tuple(found)[:6]
