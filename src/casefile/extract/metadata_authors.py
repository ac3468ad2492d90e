"""Who wrote a page, from where pages say it."""

import re
from collections.abc import Iterator

from casefile.extract.article_names import names_in, opens_with_name, without_label
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
_SITE = re.compile(
    r"\.(?:com|org|net|info|de|at|ch|uk|fr|ru|ua|ir|tr|es|it|nl|pl|se|no)\b", re.IGNORECASE
)
_OF_POST = re.compile(
    r"(?:entry|post|article)[\w-]*footer|footer[\w-]*(?:entry|post|article)", re.IGNORECASE
)
_LEVELS = 10
_MOST_WORDS = 12


def find_authors(root: Element, facts: Facts, printed: tuple[str, ...]) -> tuple[str, ...]:
    """Give the names of the authors; an organisation only where no person is named.

    `printed` are names of the byline beside the headline.
    """
    houses = {_plain(name) for name in (facts.publisher, *facts.linked.organisations) if name}

    def people(raw: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(n for n in names_in(raw) if _plain(n) not in houses and not _SITE.search(n))

    for names in (people(facts.linked.authors), printed, people(facts.authors)):
        if names:
            return names
    for words in _marked(root):
        names = people((words,))
        if names:
            return names
    for said in (facts.linked.authors, facts.linked.organisations, facts.authors):
        names = names_in(said, duties=True)
        if names:
            return names
    return ()


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _marked(root: Element) -> Iterator[str]:
    """Give the words of elements that are marked as the author's name, outside comments."""
    for element in root.iter(
        "a", "span", "p", "div", "address", "cite", "strong", "li", "td", "em"
    ):
        label = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('rel', '')}"
        if not _MARKED.search(label) or _is_elsewhere(element):
            continue
        words = " ".join(" ".join(element.itertext()).split())
        bare = without_label(words)
        said = f"{element.get('rel', '')} {element.get('itemprop', '')}".split()
        by_rel = "author" in said or "fn" in label.split()
        if 0 < len(bare.split()) <= _MOST_WORDS and (by_rel or opens_with_name(bare)):
            yield words


def _is_elsewhere(element: Element) -> bool:
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html"):
            return False
        label = f"{element.get('class', '')} {element.get('id', '')}"
        # The foot of a post is a place for its author, that of the site is not.
        if element.tag == "aside" or _ELSEWHERE.search(_OF_POST.sub("", label)):
            return True
        if element.tag == "footer" and not _OF_POST.search(label):
            return next(element.iterancestors("article"), None) is None
        element = element.getparent()
    return False
