"""Names in a byline, without the words around them."""

import re
from collections.abc import Iterable

# What stands before the names, in the languages we read most; a colon may follow.
BY = re.compile(
    r"^\s*(?:(?:story|text|words|written|report(?:ed|ing)?|article|posted|published|edited)\s+)?by\b[\s:：]*"
    r"|^\s*(?:von|aus der feder von|text|autor(?:in|en)?|por|par|di|door|av|af|tekst|napisał|yazan|oleh)(?:\s*[:：]\s*|\s+(?=[A-ZÀ-ÞА-ЯŠŽČĆĐİŞÇÖÜ]))"
    r"|^\s*authors?\s+(?=[A-ZÀ-Þ])|^\s*(?:author|authors|auteur|autore|reporter|byline|redaktion|interview|автор(?:ы)?|текст|автори|подготовил[аи]?|журналист|корреспондент)\s*[:：]\s*"
    r"|^\s*(?:بقلم|كتبت?|كتبه|تقرير|إعداد|اعداد|الكاتب|تحرير|نویسنده|نوشته|گزارش)(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
# Arabic writes "and" onto the next word; these first names begin with that letter themselves.
_WAW_NAMES = "ليد|ائل|سام|فاء|داد|جدي|حيد|رد|سيم|ضاح|اصف|لاء|صال|جيه|هبة|هيب|ديع|فيق|فيقة|ردة|جدان"
_BETWEEN = re.compile(
    r"\s*[;,|•·،؛/\n]\s*|\s+(?:and|und|et|y|e|och|og|en|i|ja|ve|и|та|&|\+)\s+"
    rf"|\s+و\s*(?!(?:{_WAW_NAMES})\s)(?=[\u0600-\u06ff]{{2,}}\s)"
)
_IN_PLACE = re.compile(
    r"^(?P<names>.{3,}?)\s*[,،]?\s+(?:in|aus|à|desde|в|у|في|من)\s+"
    # An article of a name begins small: al-Qasira, ash-Shaddadi, d'Ivoire.
    r"(?P<place>(?:[a-z]{1,4}[-’'])?[A-ZÀ-ÞА-ЯЁІЇЄ\u0600-\u06ff][^,;:.!?\d]{1,40})$"
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\S+|(?<!\w)@\w+")
_DUTIES = re.compile(
    r"\b(?:staff|senior|chief|reporters?|correspondents?|editors?|journalists?|writers?|contributors?|columnists?|producer|bureau|redakteur(?:in)?|reporterin|redaktion"
    r"|editorial|news\s?desk|team|articles?|posts?|view all|show all|admin|follow|updated?|published|min read|корреспондент|редактор|обозреватель|مراسل)\b",
    re.IGNORECASE,
)
_TITLES = re.compile(r"^(?:dr|prof|mr|mrs|ms|sir)\.?\s+", re.IGNORECASE)
_LONGEST_NAME = 60
_MOST_WORDS = 6


def without_label(words: str) -> str:
    """Take "By", "Von", "Автор:" and the like off the beginning."""
    return BY.sub("", words, count=1).strip(" \t\n:：–—-|•·")


def split_place(words: str) -> tuple[str, str | None]:
    """Part "A Name in Cairo" into the names and the place; the place is None when there is none."""
    found = _IN_PLACE.match(words)
    if found is None or len(found["place"].split()) > 3:
        return words, None
    return found["names"].strip(), found["place"].strip()


def names_in(raw: Iterable[str], *, duties: bool = False) -> tuple[str, ...]:
    """Give the names in one or more bylines: labels, duties, places and addresses left out.

    A name is given once, in the order of first appearance. With `duties`, words such as "News
    Staff" are names, too.
    """
    names: dict[str, str] = {}
    for words in raw:
        bare = _BRACKETS.sub(" ", _ADDRESS.sub("", words))
        bare = without_label(bare)
        for part in _BETWEEN.split(bare):
            name = _name(part, duties=duties)
            if name:
                names.setdefault(" ".join(name.casefold().split()), name)
    return tuple(names.values())


def _name(part: str, *, duties: bool) -> str | None:
    name, _ = split_place(without_label(" ".join(part.split())))
    name = name.strip(" .,;:–—-|*\"'()[]")
    words = name.split()
    if not words or len(name) > _LONGEST_NAME or len(words) > _MOST_WORDS:
        return None
    if _SLUG.fullmatch(name) or (_DUTIES.search(name) and not duties):
        return None
    if any(c.isdigit() for c in name) or len(name) < 2:
        return None
    return name


def looks_like_names(words: str) -> bool:
    """Tell whether words are one to four names: few words, each with a capital or without case."""
    parts = [p for p in _BETWEEN.split(split_place(words)[0]) if p.strip()]
    return 1 <= len(parts) <= 4 and all(_is_name(part) for part in parts)


def opens_with_name(words: str) -> bool:
    """Tell whether words begin with a name, and all that is parted from it begins with capitals."""
    parts = [p for p in _BETWEEN.split(split_place(words)[0]) if p.strip()]
    if not 1 <= len(parts) <= 4 or not _is_name(parts[0]):
        return False
    return all(_is_name(part) or part.strip()[:1].isupper() for part in parts[1:])


def _is_name(part: str) -> bool:
    words = [w.strip(".,'’\"") for w in part.split()]
    if not 2 <= len(words) <= 5 or not all(words):
        return False
    capitals = sum(w[:1].isupper() or not _cased(w) for w in words)
    lower_ok = sum(
        w.lower().startswith(("al-", "el-", "de", "van", "von", "bin", "d'")) for w in words
    )
    return capitals + lower_ok >= len(words) and not any(c.isdigit() for c in part)


def _cased(word: str) -> bool:
    return word.lower() != word.upper()
