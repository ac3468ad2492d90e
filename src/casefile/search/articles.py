"""The Arabic article and other small words inside names, which spellings add, join and leave out."""

from collections.abc import Iterator, Sequence
from itertools import product

from casefile.model.text import folded_words

_VOWELS = "aeiu"
_ASSIMILATED = "ldnrsztj"
LATIN = frozenset(
    {v + c for v in _VOWELS for c in _ASSIMILATED}
    | {v + c for v in _VOWELS for c in ("sh", "th", "dh")}
) - {"is", "it", "in", "us", "id", "at", "as"} | {"as", "at", "l"}
CYRILLIC = frozenset(v + c for v in "аэеу" for c in ("ль", "л", "с", "з", "ш", "д", "р", "н", "т"))
# Between the parts of a name: of (Persian, Turkish), and.
LINKS = frozenset({"e", "i", "ye", "yi", "ul", "и", "е", "і", "y"})
ARTICLES = LATIN | CYRILLIC | frozenset({"ال", "א", "ελ", "αλ"})
SMALL = ARTICLES | LINKS
# What a name is said to be, beside the name: a search for the city of Raqqa is one for Raqqa.
SORTS = frozenset(
    folded_words(
        """
        city town village district province governorate region county municipality of
        madinat madinah qaryat qaryah khirbat khirbet qabilat nahiyat nahiyah muhafazat markaz qism
        rayon raion rajon rayonu shahr shahrak oblast kray krai gorod selo stadt ville ili ilcesi sehri koyu mahallesi merkez
        مدينة محافظة قرية بلدة ناحية منطقة قضاء مركز شهر شهرستان استان روستا
        город поселок село деревня станица район область край місто селище
        шаары каласы ауданы облысы вилояти шахри нохияи балһсн
        """
    )
)
_FUSED = ("ال", "al", "el", "ul", "аль", "эль", "ель", "al'")
_LEAST = 3


def core(words: Sequence[str]) -> tuple[str, ...]:
    """Give the words of a name without articles, standing apart or joined; never nothing."""
    kept = [without_article(word) for word in words if word not in SMALL]
    return tuple(kept) or tuple(words)


def telling(words: Sequence[str]) -> tuple[str, ...]:
    """Give the words of a name without those that say what sort of place it is; never nothing."""
    kept = [word for word in words if word not in SORTS]
    return tuple(kept) if set(kept) - SMALL else tuple(words)


def without_article(word: str) -> str:
    """Take a joined article off a word when enough is left: الزور, elzor; Ezzor and ashsham, too."""
    for article in _FUSED:
        if word.startswith(article) and len(word) - len(article) >= _LEAST:
            return word[len(article) :]
    if word[:1] in ("a", "e", "u") and len(word) > _LEAST + 1:
        for size in (1, 2):
            if word[1 : 1 + size] == word[1 + size : 1 + 2 * size]:
                return word[1 + size :]
    return word


def has_article(words: Sequence[str]) -> bool:
    """Say whether an article stands apart in a name and so shows that it is one."""
    return len(words) > 1 and any(word in ARTICLES for word in words)


def written(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give the ways to part a name: its articles apart, or joined with what follows."""
    parts: list[list[tuple[str, ...]]] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word in ARTICLES and at + 1 < len(words):
            parts.append([(word, words[at + 1]), (word + words[at + 1],)])
            at += 2
            continue
        bare = without_article(word)
        if bare != word and word.isascii():
            parts.append([(word,), (word[: len(word) - len(bare)], bare)])
        else:
            parts.append([(word,)])
        at += 1
    for way in product(*parts[:4]):
        yield tuple(word for part in (*way, *[p[0] for p in parts[4:]]) for word in part)
