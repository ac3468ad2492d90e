"""Who is credited for a picture, as the words under it say."""

import re
from dataclasses import dataclass

# What a picture is called, and what announces its maker, in the languages we read most.
_PICTURE = (
    r"photo(?:graph|graphy|s|graphs)?|images?|pictures?|pics?|illustrations?|graphics?|video|screenshot|screengrab"
    r"|foto(?:s|graf|grafie|grafia|grafía|ğraf)?|bild(?:er|material)?|grafik|abbildung|imagen|imagem|immagine|imágenes|afbeelding|beeld|kuva|fot|nuotr|zdjęcie"
    r"|фото(?:графия|графии)?|снимок|снимки|изображение|иллюстрация|видео|кадр|світлина|зображення"
    r"|الصورة|صورة|صور|عدسة|تصوير|الصور|عکس|تصویر|写真|撮影|ảnh"
)
_MAKER = (
    r"(?:(?:photo|image|picture|foto|bild|фото)[ -]?)?credits?|crédits?(?:[ -]photos?)?|créditos?|crediti|sources?|quelle|bildquelle|fotoquelle|bildnachweis|bildrechte|fotocredit"
    r"|fuente|fonte|kaynak|bron|źródło|photographer|photographe|fotografo|fotógrafo|fotograf|courtesy|copyright|urheberrecht|rechte"
    r"|источник(?:\s+(?:фото|изображения))?|автор\s+фото|фотограф|джерело|المصدر|مصدر(?:\s+الصورة)?|المصور|بعدسة|حقوق\s+الصورة|منبع|عکاس"
)
_BY = r"courtesy\s+of|courtesy|provided\s+by|supplied\s+by|taken\s+by|credit|by|via|from|von|par|de|di|av|door|przez|предоставлено|предоставлена|из архива|بواسطة|من|از"
_AGENCIES = (
    r"AP|AFP|EPA|EFE|ANSA|DPA|dpa|APA|ANP|PA|Reuters|REUTERS|Getty(?:\s+Images)?|Shutterstock|iStock|Alamy|Unsplash|Imago|imago|Keystone|KEYSTONE|TASS|ТАСС|РИА(?:\s+Новости)?"
    r"|Sputnik|Xinhua|Anadolu|AA|NTB|TT|Ritzau|BELGA|Belga|Bloomberg|UPI|SIPA|picture[ -]alliance|AFPTV|Fars|Tasnim|IRNA|ISNA|SANA|سانا|رويترز|أ\s?ف\s?ب|فرانس\s+برس|الأناضول|УНІАН|Укринформ|Укрінформ"
)
_LABEL = re.compile(
    rf"(?<![^\W\d_])(?:(?:{_PICTURE})\s*(?:{_BY})?\s*[:：]\s*|(?:{_PICTURE})\s+(?:{_BY})(?![^\W\d_])\s*[:：]?\s*"
    rf"|(?:{_MAKER})\s*(?:{_BY})?\s*[:：/]\s*|(?:{_MAKER})\s+(?:of|by|to)(?![^\W\d_])\s*"
    rf"|(?:©|\(c\)|（[CcＣ]）|copyright)\s*)",
    re.IGNORECASE,
)
_AGENCY = re.compile(rf"(?<![^\W_])(?:{_AGENCIES})(?![^\W_])")
_BRACKETED = re.compile(r"[\[(（]\s*([^\[\]()（）]{0,160}?)\s*[\])）]\s*\.?\s*$")
# "AP Photo/Name": the agency names itself before the word.
_AGENCY_PHOTO = re.compile(rf"^(?:{_AGENCIES})\s+(?:photo|foto|file photo|фото)\b", re.IGNORECASE)
_SLASHES = re.compile(r"^[^.!?]{2,60}\s?/\s?[^.!?]{2,60}$")
_LOOSE = re.compile(
    rf"(?<![^\W\d_])(?P<a>(?:{_PICTURE}|{_MAKER})\s*[:：]\s*\S.{{0,90}}|(?:©|\([cC]\)|（[CcＣ]）).{{1,90}})$"
    r"|\s[|/]\s(?P<b>[^|]{2,60})$",
    re.IGNORECASE | re.DOTALL,
)
_EDGES = " \t\n.,;:|/–—-*[]()（）"
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Split:
    """A caption and the credit in it: ranges in the text (empty when absent) and the name or None."""

    caption: tuple[int, int]
    credit: tuple[int, int]
    name: str | None


_BARE = re.compile(rf"(?:{_PICTURE}|{_MAKER})?\s*(?:{_BY})?\s*[:：.]?", re.IGNORECASE)


def credit_name(words: str) -> str | None:
    """Give the name in a credit without its label and brackets; None when only the label is there."""
    words = " ".join(words.split()).strip(" []()（）|*·•–—-")
    label = _LABEL.match(words)
    while label and label.end():
        words = words[label.end() :].strip(" |*·•–—-")
        label = _LABEL.match(words)
    words = "" if _BARE.fullmatch(words) else words
    return words.strip(" ,;:|*·•–—-[]").rstrip(".") or None if words.strip(_EDGES) else None


def is_credit(words: str) -> bool:
    """Tell whether words are a credit and nothing else."""
    bare = " ".join(words.split()).strip(" []()（）|*")
    if not bare or len(bare) > _LONGEST:
        return False
    if _LABEL.match(bare) or _AGENCY_PHOTO.match(bare):
        return True
    return bool(re.fullmatch(rf"(?:{_PICTURE})\s+(?:{_BY})", bare, re.IGNORECASE))


def split_credit(text: str, *, in_picture: bool = False) -> Split | None:
    """Find the credit at the end of a caption, or None when there is none.

    A bracket is a credit when it has a label or names an agency; without a bracket a label is
    needed, or an agency beside a slash or a bar. `in_picture` says that the text is known to stand
    at a picture, so that a label or a bar in the middle of a line is enough.
    """
    start = _bracket_start(text)
    if start is None and in_picture:
        start = _loose_start(text)
    if start is None:
        start = _label_start(text)
    if start is None:
        start = _agency_start(text)
    if start is None:
        return None
    caption_end = len(text[:start].rstrip(" \t\n|/–—-"))
    return Split((0, caption_end), (start, len(text)), credit_name(text[start:]))


def _bracket_start(text: str) -> int | None:
    found = _BRACKETED.search(text)
    if not found:
        return None
    inside = found[1]
    named = is_credit(inside) or (_AGENCY.search(inside) and len(inside.split()) <= 12)
    return found.start() if named or _SLASHES.match(inside) else None


def _loose_start(text: str) -> int | None:
    """Give where a label with a colon, a copyright sign or a tail behind a bar begins."""
    found = _LOOSE.search(text)
    if found is None:
        return None
    return found.start("a") if found["a"] else found.start("b")


def _label_start(text: str) -> int | None:
    """Give where a label stands that begins the text, a line or a sentence, with a name behind it."""
    for found in _LABEL.finditer(text):
        before = text[: found.start()].rstrip(" \t")
        rest = text[found.end() :].strip()
        open_sign = found[0][0] in "©("
        if len(rest) > _LONGEST or not (open_sign or _ends_something(before)):
            continue
        if re.search(r"[.!?]\s+\S+\s+\S+\s+\S", rest):
            continue
        return found.start()
    return None


def _ends_something(before: str) -> bool:
    return not before or before[-1] in ".!?…)»”\"'|\n–—-/،؛;]*" or before.endswith("  ")


def _agency_start(text: str) -> int | None:
    """Give where a tail such as "| AP" or "Name / AFP" begins."""
    bar = re.search(r"\s[|–—]\s([^|–—]{2,80})$", text)
    if bar and _AGENCY.search(bar[1]) and len(bar[1].split()) <= 8:
        return bar.start(1)
    sentence = re.search(r"[.!?…»”\"]\s+([^.!?]{2,80})$", text)
    if sentence and "/" in sentence[1] and _AGENCY.search(sentence[1]):
        return sentence.start(1)
    return None
