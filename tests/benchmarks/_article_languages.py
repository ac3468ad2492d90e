"""How often the language of a page or of a piece of it is told right."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from _article_pages import Page

from casefile.extract import html, language
from casefile.extract.context import Context

# Where a country has one language of news; a page that declares another is left out, as its gold may be either.
SPOKEN = {
    "at": "de", "de": "de", "li": "de", "es": "es", "mx": "es", "fr": "fr", "id": "id", "jp": "ja", "lt": "lt", "no": "no",
    "pt": "pt", "se": "sv", "tr": "tr", "uk": "en", "us": "en", "vn": "vi", "tz": "sw",
}  # fmt: skip
# Where it has several, what the page declares.
SEVERAL = {"be": {"nl", "fr"}, "ch": {"de", "fr", "it"}, "lu": {"de", "fr"}}
_DECLARED = re.compile(rb"<html[^<>]*?\slang=[\"']?([a-z]{2})", re.IGNORECASE)
LENGTHS = (400, 150, 60, 30)
_SENTENCES = 12  # of a corpus of sentences, put together as one text


def print_languages(corpora: Path, pages: Sequence[Page]) -> None:
    """Print one line a length: the share told right, told wrong, and not told."""
    articles = [
        (truth, html.read(data, Context(page.name)).language)
        for page in pages
        if page.corpus == "fundus"
        for data in [page.bytes()]
        for truth in [_spoken(page, data)]
        if truth
    ]
    texts = list(_texts(corpora, pages))
    articles += [(truth, language.identify(text)) for truth, text in texts]
    _row("whole articles", articles)
    for length in LENGTHS:
        pieces = [(truth, _piece(text, length)) for truth, text in texts]
        _row(f"first {length} letters", [(t, language.identify(p)) for t, p in pieces])
    wrong: dict[str, list[str]] = defaultdict(list)
    for truth, found in articles:
        wrong[truth].append("" if found == truth else str(found))
    told = ", ".join(f"{t} {o.count('')}/{len(o)}" for t, o in sorted(wrong.items()))
    print(f"language: {told}")


def _row(name: str, pairs: Sequence[tuple[str, str | None]]) -> None:
    right = sum(truth == found for truth, found in pairs)
    silent = sum(found is None for _, found in pairs)
    count = len({truth for truth, _ in pairs})
    print(
        f"language, {name:20} right {right / len(pairs):.3f} of {len(pairs)} in {count} languages,"
        f" wrong {(len(pairs) - right - silent) / len(pairs):.3f}, not told {silent / len(pairs):.3f}"
    )


def _spoken(page: Page, data: bytes) -> str | None:
    declared = _DECLARED.search(data)
    said = declared[1].decode().lower() if declared else None
    said = {"nb": "no", "nn": "no"}.get(said or "", said)
    one = SPOKEN.get(page.country or "")
    if one is None:
        return said if said in SEVERAL.get(page.country or "", set()) else None
    return one if said in (None, one) else None


def _texts(corpora: Path, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Give texts of people with their languages."""
    for page in pages:
        if page.corpus == "fundus" and page.body:
            truth = _spoken(page, page.bytes())
            if truth:
                yield truth, page.body
    for code, name in (("ar", "ar_pud_first_half"), ("fa", "fa_seraji-dev")):
        lines = (corpora / "ud" / f"{name}.conllu").read_text("utf-8").split("\n")
        sentences = [line[9:] for line in lines if line.startswith("# text = ")]
        for at in range(0, len(sentences), _SENTENCES):
            yield code, " ".join(sentences[at : at + _SENTENCES])
    for file in sorted((corpora / "ner_factrueval_ru").glob("*.txt")):
        if file.name != "SOURCE.txt":
            yield "ru", file.read_text("utf-8")


def _piece(text: str, length: int) -> str:
    """Give the beginning of a text, cut between two words where there are spaces."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat[:length].rpartition(" ")[0]
    return cut if len(cut) > length / 2 else flat[:length]
