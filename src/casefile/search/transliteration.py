"""Names across scripts: a rough key that spellings of one name share, and how close two are.

Words are folded. `romanised` writes a word of any script in plain Latin letters; `keyed` leaves of
that the consonants that spellings agree on; `closeness` compares letter by letter, lenient with
what transliterations disagree on: vowels, h, doubled letters, q for k.
"""

import re
import unicodedata
from functools import lru_cache

_ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "'",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w",
    "ي": "y", "ء": "'", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ې": "e", "ۆ": "o",
    "ێ": "e", "ە": "e", "ڕ": "r", "ڵ": "l", "ټ": "t", "ډ": "d", "ړ": "r", "ښ": "sh", "ږ": "g",
    "ځ": "z", "څ": "ts", "ګ": "g", "ڼ": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ے": "e",
    "ۋ": "v", "ۇ": "u", "ۈ": "u", "ڭ": "ng", "ھ": "h", "ۓ": "e", "ۍ": "y",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye",
    "ґ": "g", "ў": "u", "ђ": "dj", "ј": "y", "љ": "l", "њ": "n", "ћ": "ch", "џ": "j", "қ": "q",
    "ғ": "gh", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ү": "u", "ө": "o", "ң": "ng", "ә": "a",
    "ұ": "u", "һ": "h", "ҡ": "q", "ҙ": "z", "ҫ": "s", "ӏ": "", "ѓ": "g", "ќ": "k", "ѕ": "dz",
    "ҝ": "g", "ҹ": "j", "ӑ": "a", "ӗ": "e",
}  # fmt: skip
_OTHERS = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "ks", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "kh", "ψ": "ps", "ω": "o",
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t",
    "י": "y", "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s",
    "ע": "'", "פ": "f", "ף": "f", "צ": "s", "ץ": "s", "ק": "q", "ר": "r", "ש": "sh", "ת": "t",
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s",
    "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts",
    "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j", "ჰ": "h",
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "e", "թ": "t",
    "ժ": "zh", "ի": "i", "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh",
    "ճ": "ch", "մ": "m", "յ": "y", "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j",
    "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts", "ւ": "u", "փ": "p", "ք": "k",
    "օ": "o", "ֆ": "f", "և": "ev",
}  # fmt: skip
# Kana whose Unicode name is not how they sound in foreign names; a small tu doubles what follows.
_KANA = {
    **dict.fromkeys("フふ", "f"),
    **dict.fromkeys("シし", "shi"),
    **dict.fromkeys("チち", "chi"),
    **dict.fromkeys("ツつ", "ts"),
    **dict.fromkeys("ジじ", "ji"),
    **dict.fromkeys("ッっ", ""),
    **dict.fromkeys("ンん", "n"),
}
_LATIN = {
    "ə": "a", "ɛ": "e", "ɔ": "o", "ŋ": "ng", "ƣ": "gh", "ɓ": "b", "ɗ": "d", "ʿ": "", "ʾ": "",
}  # fmt: skip
R_OR_L = "ɾ"  # the one sound that kana have for both
_LETTERS = {**_ARABIC, **_CYRILLIC, **_OTHERS, **_KANA, **_LATIN}
_NAMED = re.compile(
    r"(?:LETTER|SYLLABLE|SIGN)(?: SMALL| CAPITAL| FINAL| CHILLU| CANDRA| SHORT| VOCALIC)* ([A-Z]+)$"
)
# Signs of Indic scripts that are called, not spelled, by their Unicode names.
_SIGNS = {
    **dict.fromkeys(("ANUSVARA", "CANDRABINDU", "TIPPI", "BINDI"), "n"), "VISARGA": "h",
    **dict.fromkeys(("VIRAMA", "NUKTA", "ADDAK", "AVAGRAHA", "PAMAAEH", "ASAT", "KILLER"), ""),
}  # fmt: skip
# Scripts whose consonants are called by the vowel that is said with them unless another is written.
_INHERENT = re.compile(
    "DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|MALAYALAM|SINHALA"
)


class _Romans(dict[int, str]):
    """The Latin letters of each code point; those of scripts without a table by their names."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = found = _LETTERS.get(letter) or _by_name(letter)
        return found


def _by_name(letter: str) -> str:
    if letter in _LETTERS or letter < "\x80":
        return _LETTERS.get(letter, letter)
    if "\u3400" <= letter <= "\u9fff":
        return letter  # a sign for a meaning has no one sound
    plain = unicodedata.normalize("NFKD", letter)
    if plain[0] < "\x80":
        return plain[0].lower()
    name = unicodedata.name(letter, "")
    named = _NAMED.search(name)
    if named is None:
        return ""
    called = named.group(1)
    if called in _SIGNS:
        return _SIGNS[called]
    if len(called) > 1 and called.endswith("A") and called != "AA" and _INHERENT.match(name):
        called = called[:-1]
    if "\u3040" <= letter <= "\u30ff" and called[0] == "R":
        called = R_OR_L + called[1:]
    return called.lower()


_romans = _Romans({code: chr(code) for code in range(128)})
# Several letters for one sound, the longest first; applied to a whole list of words at once.
_CLUSTERS = (
    ("dzh", "j"), ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("tch", "c"), ("kh", "h"),
    ("gh", "g"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("th", "t"), ("dh", "d"), ("ph", "f"),
    ("dj", "j"), ("ts", "s"), ("tz", "s"), ("ck", "k"), ("ks", "s"), ("ng", "n"),
)  # fmt: skip
_DOUBLED = re.compile(r"([^\n])\1+")
# What is left of a key: classes of consonants; vowels, w, y, v and h are not agreed on.
_CLASSES = str.maketrans({
    **dict.fromkeys("aeiouwyvh'`", None), **dict.fromkeys("bp", "b"), **dict.fromkeys("kqg", "k"),
    **dict.fromkeys("sz", "s"), **dict.fromkeys("dt", "t"), "c": "j", "x": "s", R_OR_L: "r",
})  # fmt: skip


def romanised(text: str) -> str:
    """Write folded words in Latin letters; line breaks stay."""
    return text if text.isascii() else text.translate(_romans)


def keyed(text: str) -> str:
    """Give the key of each word of a list of folded words, one a line."""
    keys = romanised(text)
    for several, one in _CLUSTERS:
        keys = keys.replace(several, one)
    return _DOUBLED.sub(r"\1", _DOUBLED.sub(r"\1", keys).translate(_CLASSES))


@lru_cache(4096)
def keys_of(word: str) -> tuple[str, ...]:
    """Give the keys under which other spellings of a word may stand, the likeliest first.

    Some letters are read in more ways than one: g as h (Lugansk, Luhansk) and j (Gizeh), c as k, s
    and j (Cizre), j as y and g.
    """
    plain = romanised(word)
    found = dict.fromkeys([keyed(word)])
    if R_OR_L in plain:
        found[keyed(plain.replace(R_OR_L, "l"))] = None
    for old, new in _READINGS:
        if old in plain:
            found[keyed(plain.replace(old, new))] = None
    for at in [n for n, letter in enumerate(plain) if letter == "h"][:2]:
        found[keyed(plain[:at] + "k" + plain[at + 1 :])] = None
    return tuple(key for key in found if key)[:_MOST_KEYS]


_MOST_KEYS = 8
_READINGS = (
    ("g", "h"), ("c", "k"), ("ch", "sh"), ("c", "s"), ("c", "j"), ("j", "y"), ("j", "g"),
    ("g", "j"), ("th", "s"), ("dh", "z"), ("z", "d"), ("d", "z"), ("v", "b"), ("v", "f"),
    ("w", "b"), ("b", "v"), ("k", "c"), ("f", "p"), ("f", "v"), ("x", "kh"), ("x", "ks"), ("ks", "k"), ("zh", "z"), ("j", "z"),
)  # fmt: skip

_SOUNDS = (
    ("dzh", "j"), ("tsch", "č"), ("shch", "š"), ("sch", "š"), ("tch", "č"), ("kh", "x"), ("gh", "ğ"),
    ("sh", "š"), ("ch", "č"), ("zh", "ž"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("dj", "j"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ck", "k"), ("ts", "c"), ("tz", "c"), ("yi", "i"),
    ("ye", "e"), ("ya", "a"), ("yu", "u"), ("iya", "ia"),
)  # fmt: skip
_VOWELS = frozenset("aeiouwyvj'")
_FLOATING = {
    **dict.fromkeys("aeiou", 0.35), "w": 0.35, "y": 0.35, "h": 0.35, "'": 0.0, "v": 0.6, "j": 0.6,
    "x": 0.5, "ğ": 0.6, "n": 0.8,
}  # fmt: skip
_ALIKE = {
    0.0: (R_OR_L + "r", R_OR_L + "l"),
    0.15: (
        "kq",
        "iy",
        "uw",
        "ei",
        "ou",
        "ey",
        "ow",
        "bp",
        "cs",
        "sz",
        "td",
        "vw",
        "xh",
        "gğ",
        "sš",
    ),
    0.2: ("ae", "čj", "žj", "šč", "kx", "kg", "qg", "qğ", "yj", "ij", "cč", "zž", "zd", "čc", "ck"),
    0.35: (
        "ao",
        "ai",
        "au",
        "ay",
        "eo",
        "oi",
        "ui",
        "eu",
        "uy",
        "gh",
        "gj",
        "cj",
        "vb",
        "fv",
        "xk",
    ),
    0.5: (
        "ao",
        "ai",
        "aw",
        "xğ",
        "fp",
        "st",
        "dz",
        "ğh",
        "ğr",
        "vf",
        "žz",
        "oy",
        "ew",
        "iw",
        "uv",
        "ov",
        "sx",
    ),
}
_COSTS = {
    pair: cost
    for cost, pairs in _ALIKE.items()
    for letters in pairs
    for pair in (letters, letters[::-1])
}


@lru_cache(20_000)
def sounds(word: str) -> str:
    """Write a folded word as its sounds, one letter each, for `closeness`."""
    text = romanised(word)
    for several, one in _SOUNDS:
        text = text.replace(several, one)
    return _DOUBLED.sub(r"\1", text)


def closeness(one: str, other: str, *, least: float = 0.0) -> float:
    """Say how likely two folded words are one name, from 0 to 1; 0 when it is below `least`."""
    a, b = sounds(one), sounds(other)
    if a == b:
        return 1.0
    size = max(len(a), len(b))
    most = (1.0 - least) * size
    cost = _distance(a, b, most)
    return 1.0 - cost / size if size and cost <= most else 0.0


def _distance(a: str, b: str, most: float) -> float:
    row = [0.0]
    for letter in b:
        row.append(row[-1] + _FLOATING.get(letter, 1.0))
    for x in a:
        gone = _FLOATING.get(x, 1.0)
        following = [row[0] + gone]
        for n, y in enumerate(b):
            change = row[n] if x == y else row[n] + _COSTS.get(x + y, 1.0)
            cost = min(change, row[n + 1] + gone, following[n] + _FLOATING.get(y, 1.0))
            following.append(cost)
        if min(following) > most:
            return most + 1
        row = following
    return row[-1]
