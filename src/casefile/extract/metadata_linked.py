"""What a page says of itself in JSON-LD."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casefile.extract.html_tree import Element

_ARTICLES = re.compile(
    r"(?:Article|BlogPosting|Report|Reportage|Review|Posting|NewsStory|Recipe|Story)$"
)
_PAGES = frozenset({"WebPage", "CreativeWork", "ItemPage", "VideoObject", "MediaObject"})
_WRAPPING = re.compile(r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$|;\s*$")
_MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class LinkedImage:
    """An ImageObject; what is not said is None."""

    caption: str | None
    credit: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Linked:
    """The facts of the article that a page is about; what is not said is None or empty."""

    headline: str | None = None
    description: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None
    images: tuple[LinkedImage, ...] = ()


def read_linked(root: Element) -> Linked:
    """Read the JSON-LD of a page; what is no JSON is passed over."""
    nodes = list(_nodes(_documents(root)))
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
    article = _article(nodes)
    images = tuple(_images(nodes, by_id))
    if article is None:
        return Linked(images=images, publisher=_site(nodes))
    return Linked(
        headline=_words(article.get("headline")) or _words(article.get("name")),
        description=_words(article.get("description")),
        section=_first_words(article.get("articleSection")),
        authors=tuple(_authors(article, by_id, organisations=False)),
        organisations=tuple(_authors(article, by_id, organisations=True)),
        publisher=next(_names(article.get("publisher"), by_id), None) or _site(nodes),
        published=_words(article.get("datePublished")),
        modified=_words(article.get("dateModified")),
        language=_words(article.get("inLanguage")),
        url=_address(article.get("mainEntityOfPage")) or _address(article.get("url")),
        body=_words(article.get("articleBody")),
        images=images,
    )


def _documents(root: Element) -> Iterator[Any]:
    for script in root.iter("script"):
        if "ld+json" not in script.get("type", "").lower() or not script.text:
            continue
        text = _WRAPPING.sub("", _WRAPPING.sub("", script.text)).strip()
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(documents: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Give every object of the documents, outer ones first, each with its own fields."""
    waiting: list[Any] = list(documents)
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, dict):
            yield thing
            waiting.extend(v for v in thing.values() if isinstance(v, dict | list))
        elif isinstance(thing, list):
            waiting[:0] = [v for v in thing if isinstance(v, dict | list)]


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    found = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in found if isinstance(kind, str)]


def _article(nodes: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Give the object that the page is about: an article with a date or a body before others."""

    def rank(node: dict[str, Any]) -> int:
        kinds = _types(node)
        if any(_ARTICLES.search(kind) for kind in kinds):
            told = sum(key in node for key in ("headline", "datePublished", "author"))
            return 10 + told + (4 if "articleBody" in node else 0)
        return 1 + ("datePublished" in node) if not _PAGES.isdisjoint(kinds) else 0

    best = max(nodes, key=rank, default=None)
    return best if best is not None and rank(best) > 1 else None


def _site(nodes: list[dict[str, Any]]) -> str | None:
    for node in nodes:
        if not {"NewsMediaOrganization", "WebSite"}.isdisjoint(_types(node)):
            return _words(node.get("name"))
    return None


def _words(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    return value.strip() or None if isinstance(value, str) else None


def _first_words(value: Any) -> str | None:
    for one in value if isinstance(value, list) else [value]:
        words = _words(one)
        if words:
            return words
    return None


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    words = _words(value)
    return words if words and words.startswith(("http://", "https://")) else None


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        node = one
        if isinstance(node, dict) and "name" not in node and isinstance(node.get("@id"), str):
            node = by_id.get(node["@id"], node)
        name = node.get("name") if isinstance(node, dict) else node
        for words in name if isinstance(name, list) else [name]:
            if isinstance(words, str) and words.strip():
                yield words.strip()


def _authors(
    article: dict[str, Any], by_id: dict[str, dict[str, Any]], *, organisations: bool
) -> Iterator[str]:
    """Give the authors that are people (or of no kind), or those that are organisations."""
    value = article.get("author") or article.get("creator")
    for one in value if isinstance(value, list) else [value]:
        node = by_id.get(one.get("@id") or "", one) if isinstance(one, dict) else one
        kinds = _types(node) if isinstance(node, dict) else []
        if any(kind.endswith("Organization") for kind in kinds) is organisations:
            yield from _names(one, by_id)


def _images(nodes: list[dict[str, Any]], by_id: dict[str, dict[str, Any]]) -> Iterator[LinkedImage]:
    for node in nodes:
        if "ImageObject" not in _types(node):
            continue
        credit = _words(node.get("creditText")) or next(
            _names(node.get("author") or node.get("creator") or node.get("copyrightHolder"), by_id),
            None,
        )
        caption = _words(node.get("caption")) or _words(node.get("description"))
        url = _address(node.get("contentUrl")) or _address(node.get("url"))
        if caption or credit:
            yield LinkedImage(caption, credit or _words(node.get("copyrightNotice")), url)
