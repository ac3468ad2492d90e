"""What a page says of itself: JSON-LD, Open Graph and other meta elements, links."""

import html
import re
from dataclasses import dataclass, field

from casefile.extract.html_tree import Element
from casefile.extract.metadata_linked import Linked, read_linked

_SPACES = re.compile(r"\s+")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
           "sailthru.author", "byl", "twitter:creator:name", "citation_author", "cxenseparse:author",
           "dc.contributor", "article:author_name", "og:article:author", "rbauthors")  # fmt: skip
_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished",
              "date.published", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created",
              "dcterms.date", "parsely-pub-date", "sailthru.date", "publishdate", "publish-date",
              "publication_date", "pubdate", "date_published", "article.published",
              "citation_publication_date", "cxenseparse:recs:publishtime", "date", "ptime",
              "og:published_time", "originalpublicationdate", "article_date_original",
              "displaydate")  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified",
             "dcterms.modified", "dc.date.modified", "lastmod", "date_modified")  # fmt: skip
_SECTION = ("article:section", "og:article:section", "parsely-section", "section",
            "cxenseparse:section", "articlesection", "sailthru.section")  # fmt: skip
_LANGUAGE = ("og:locale", "language", "dc.language", "content-language", "inlanguage")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the page's head says; absent is None or empty.

    `titles` are the candidates in order of trust, `card` the one for
    cards that link to the page, `window` that of the window; `published` pairs of words and where they stand.
    """

    linked: Linked = field(default_factory=Linked)
    titles: tuple[str, ...] = ()
    card: str | None = None
    window: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    publisher: str | None = None
    description: str | None = None
    language: str | None = None
    url: str | None = None
    canonical: str | None = None
    published: tuple[tuple[str, str], ...] = ()
    modified: str | None = None


def clean(words: str | None) -> str | None:
    """Take tags and entities out of words that stand in an attribute or in JSON."""
    if not words:
        return None
    bare = _TAGS.sub("", html.unescape(words))
    return _SPACES.sub(" ", bare).strip() or None


def read_facts(root: Element) -> Facts:
    """Read what the page says of itself."""
    metas = _metas(root)
    linked = read_linked(root)

    def first(*names: str) -> str | None:
        return next((v for name in names for v in metas.get(name, ()) if v), None)

    title = root.find(".//title")
    titles = (
        linked.headline,
        first("og:title"),
        first("twitter:title"),
        first("title", "dc.title"),
    )
    window = clean(title.text) if title is not None and title.text else None
    published = [(linked.published, "JSON-LD datePublished")]
    published += [(v, f"meta {name}") for name in _PUBLISHED for v in metas.get(name, ())]
    canonical = next(
        (a.get("href") for a in root.iter("link") if "canonical" in a.get("rel", "").split()), None
    )
    return Facts(
        linked=linked,
        titles=tuple(w for w in (*map(clean, titles), window) if w),
        card=clean(first("og:title")),
        window=window,
        authors=tuple(w for name in _AUTHOR for w in metas.get(name, ())),
        section=clean(first(*_SECTION)) or clean(linked.section),
        publisher=clean(first("og:site_name")) or clean(linked.publisher)
        or clean(first("application-name", "dc.publisher", "publisher")),
        description=clean(linked.description) or clean(first("og:description", "description")),
        language=_language(root.get("lang") or root.get("{*}lang")) or _language(first(*_LANGUAGE)),
        url=_http(first("og:url")),
        canonical=_http(canonical) or _http(first("og:url")) or linked.url,
        published=tuple((v, where) for v, where in published if v),
        modified=linked.modified or first(*_MODIFIED),
    )  # fmt: skip


def _metas(root: Element) -> dict[str, list[str]]:
    """Give the contents of meta elements by their name in small letters, in order."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = meta.get("content", "").strip()
        if not content:
            continue
        for key in ("name", "property", "itemprop", "http-equiv"):
            name = meta.get(key, "").strip().lower()
            if name:
                metas.setdefault(name, []).append(content)
    return metas


def _language(code: str | None) -> str | None:
    """Give the language of a tag such as `en-GB`, in small letters."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", code or "")
    return found[1].lower() if found else None


def _http(url: str | None) -> str | None:
    url = (url or "").strip()
    return url if url.startswith(("http://", "https://")) else None
