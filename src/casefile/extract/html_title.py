"""The title of a page: its headline as printed, unless more of its head agrees on another."""

from casefile.extract.article_body import words_of
from casefile.extract.html_zones import Zoned
from casefile.extract.metadata import Facts, clean

_OVERLINE = 4  # words of the topic that some pages print inside the headline
_AGREED = 2
_BULLETS = " -–—•·|"

Words = tuple[str, ...]


def title_of(zoned: Zoned, facts: Facts) -> str | None:
    """Give the headline as printed, without a line of its own above it, else what the head says."""
    whole = " ".join((zoned.headline or "").split())
    if not whole:
        return facts.titles[0] if facts.titles else None
    printed = _without_overline(whole, facts)
    return _agreed(words_of(printed), words_of(whole), facts) or printed


def _without_overline(printed: str, facts: Facts) -> str:
    words = words_of(printed)
    for title in facts.titles[:-1]:
        said = words_of(title)
        over = words[: -len(said)] if said else ()
        if 0 < len(over) <= _OVERLINE and len(said) >= _OVERLINE and words[-len(said) :] == said:
            return title
    # Two words that a page sets in two lines may have grown together in its markup.
    same = [t for t in facts.titles if "".join(words_of(t)) == "".join(words)]
    return max([printed, *(t.lstrip(_BULLETS) for t in same)], key=len)


def _agreed(printed: Words, whole: Words, facts: Facts) -> str | None:
    """Give the title that the head says in two places, and in more than the printed one."""
    said = [t for t in (clean(facts.linked.headline), facts.card) if t]
    window = words_of(facts.window or "")

    def places(words: Words) -> int:
        # The window adds the name of the site.
        return sum(words_of(t) == words for t in said) + (window[: len(words)] == words)

    # With the name of the site behind it, the printed headline is said all the same.
    others = [t for t in said if words_of(t)[: len(printed)] != printed]
    best = max(others, key=lambda t: places(words_of(t)), default=None)
    if best is None:
        return None
    most = max(places(printed), places(whole), _AGREED - 1)
    return best if places(words_of(best)) > most else None
