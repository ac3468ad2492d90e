"""Who wrote a page, from where pages say it."""

import re
from collections.abc import Iterator

from casefile.extract.article_names import looks_like_names, names_in, without_label
from casefile.extract.html_tree import Element
from casefile.extract.metadata import Facts

_MARKED = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|autor|reporter|redakteur|fn|author-?name|post-?author|entry-?author)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|widget|footer|recent|popular|teaser|reply|respond|promo",
    re.IGNORECASE,
)
_LEVELS = 10
_MOST_WORDS = 12


def find_authors(root: Element, facts: Facts, printed: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names of the authors; an organisation only where no person is named.

    `printed` are names of the byline beside the headline.
    """
    publisher = " ".join((facts.publisher or "").casefold().split())

    def people(raw: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(n for n in names_in(raw) if n.casefold() != publisher)

    for names in (people(facts.linked.authors), printed, people(facts.authors)):
        if names:
            return names
    for words in _marked(root):
        names = people((words,))
        if names:
            return names
    return names_in(
        (*facts.linked.authors, *facts.linked.organisations, *facts.authors), duties=True
    )


def _marked(root: Element) -> Iterator[str]:
    """Give the words of elements that are marked as the author's name, outside comments."""
    for element in root.iter(
        "a", "span", "p", "div", "address", "cite", "strong", "li", "td", "em"
    ):
        label = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}"
        if not _MARKED.search(label) or _is_elsewhere(element):
            continue
        words = " ".join("".join(element.itertext()).split())
        bare = without_label(words)
        by_rel = "author" in element.get("rel", "") or "fn" in label.split()
        if 0 < len(bare.split()) <= _MOST_WORDS and (by_rel or looks_like_names(bare)):
            yield words


def _is_elsewhere(element: Element) -> bool:
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html"):
            return False
        if element.tag in ("aside", "footer") or _ELSEWHERE.search(
            f"{element.get('class', '')} {element.get('id', '')}"
        ):
            return True
        element = element.getparent()
    return False
