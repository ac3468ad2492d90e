"""What people wrote into a photo: caption, photographer, credit and title, by IPTC and XMP."""

import re
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageFile, IptcImagePlugin

from casefile.extract.decode import clean, decode

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PS = "{http://ns.adobe.com/photoshop/1.0/}"
_PACKET = re.compile(
    rb"<(?:x:xmpmeta|xmpmeta|rdf:RDF)\b.*</(?:x:xmpmeta|xmpmeta|rdf:RDF)\s*>", re.DOTALL
)
_UTF8 = b"\x1b%G"
_TITLE, _HEADLINE, _BYLINE, _CREDIT, _CAPTION = (2, 5), (2, 105), (2, 80), (2, 110), (2, 120)
_NAMES = {
    _TITLE: "Title",
    _HEADLINE: "Headline",
    _BYLINE: "By-line",
    _CREDIT: "Credit",
    _CAPTION: "Caption",
    (2, 25): "Keywords",
    (2, 40): "Instructions",
    (2, 55): "Date created",
    (2, 90): "City",
    (2, 92): "Sublocation",
    (2, 95): "Province",
    (2, 101): "Country",
    (2, 115): "Source",
    (2, 116): "Copyright",
}
_MOST_TAGS = 200
_MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Words:
    """What was written; absent is None. `tags` holds all of it by name."""

    title: str | None = None
    caption: str | None = None
    byline: str | None = None
    credit: str | None = None
    tags: dict[str, str] = field(default_factory=dict)

    def over(self, other: "Words") -> "Words":
        """Fill what is missing here from another reading."""
        return replace(
            self,
            title=self.title or other.title,
            caption=self.caption or other.caption,
            byline=self.byline or other.byline,
            credit=self.credit or other.credit,
            tags={**other.tags, **self.tags},
        )


def iptc(image: ImageFile.ImageFile) -> Words:
    """Read the IPTC block of a JPEG or TIFF."""
    try:
        block: dict[tuple[int, int], Any] = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # noqa: BLE001 - damaged metadata may raise anything; the picture is still there
        return Words()
    declared = "utf-8" if block.get((1, 90)) == _UTF8 else None
    found = {
        key: "; ".join(filter(None, (_decoded(part, declared) for part in _parts(value))))
        for key, value in block.items()
        if key in _NAMES
    }
    return Words(
        title=found.get(_HEADLINE) or found.get(_TITLE) or None,
        caption=found.get(_CAPTION) or None,
        byline=found.get(_BYLINE) or None,
        credit=found.get(_CREDIT) or None,
        tags={f"IPTC {_NAMES[key]}": words for key, words in found.items() if words},
    )


def xmp(image: Image.Image) -> Words:
    """Read the XMP packet."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    found = _PACKET.search(packet.encode() if isinstance(packet, str) else bytes(packet))
    if found is None:
        return Words()
    try:
        root = fromstring(found[0].decode("utf-8", "replace"))
    except (ParseError, DefusedXmlException, ValueError):
        return Words()
    values = _properties(root)
    return Words(
        title=values.get(f"{_PS}Headline") or values.get(f"{_DC}title"),
        caption=values.get(f"{_DC}description"),
        byline=values.get(f"{_DC}creator"),
        credit=values.get(f"{_PS}Credit"),
        tags={_short(name): words for name, words in list(values.items())[:_MOST_TAGS]},
    )


def _properties(root: Element) -> dict[str, str]:
    """Give the properties of all descriptions that are words or lists of words."""
    found: dict[str, str] = {}
    for about in root.iter(f"{_RDF}Description"):
        for name, words in about.attrib.items():
            if not name.startswith((_RDF, "{http://www.w3.org/XML")):
                found.setdefault(name, _tidy(words))
        for child in about:
            words = _value(child)
            if words:
                found.setdefault(child.tag, words)
    return {name: words for name, words in found.items() if words}


def _value(element: Element) -> str:
    """Give the words of a property: its own, or those of its list (the default language first)."""
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        return _tidy(element.text or "") if len(element) == 0 else ""
    if element.find(f"{_RDF}Alt") is not None:
        items = sorted(items, key=lambda item: item.get(_LANG) != "x-default")[:1]
    return "; ".join(filter(None, (_tidy(item.text or "") for item in items)))


def _parts(value: object) -> list[bytes]:
    values = value if isinstance(value, list) else [value]
    return [part for part in values if isinstance(part, bytes)]


def _decoded(part: bytes, declared: str | None) -> str:
    return _tidy(decode(part, declared).text)


def _tidy(words: str) -> str:
    lines = (" ".join(line.split()) for line in clean(words).replace("\ufffd", " ").split("\n"))
    return "\n".join(filter(None, lines))[:_MOST_WORDS]


def _short(name: str) -> str:
    """Give a readable name: the last part of the address of its namespace, and its own."""
    space, _, own = name[1:].partition("}")
    return f"XMP {space.rstrip('/#').rsplit('/', 2)[-2 if space[-2:-1].isdigit() else -1]} {own}"
