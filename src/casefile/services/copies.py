"""Copies and echoes of a source, side by side."""

from dataclasses import dataclass

from casefile.analysis.differences import Differences, differences
from casefile.model.source import SourceLink
from casefile.model.values import Picture
from casefile.model.view import SourceView, TextView
from casefile.services.desk import Desk
from casefile.services.reading import photo_picture, text_view, titles, view
from casefile.store import records
from casefile.store.session import Reader

KINDS = ("duplicate", "derives from")
LONGEST = 400_000  # code points of a text that is compared here


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A source that is linked with another one; `how` says why, `link` is the link's id."""

    source: str
    title: str
    how: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two sources, with its text and, where it is a photo, its picture."""

    view: SourceView
    text: TextView | None
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Two sources and what is different between their texts; `same_bytes` tells of the files."""

    left: Side
    right: Side
    different: Differences
    same_bytes: bool


def copies_of(desk: Desk, source: str) -> list[Copy]:
    """Give the sources that say or show the same as one, oldest link first."""
    with desk.store.read() as r:
        return linked(r, source)


def linked(r: Reader, source: str) -> list[Copy]:
    """Give them within a read session."""
    links = records.where(r, SourceLink, source=source, kind=KINDS)
    links += records.where(r, SourceLink, other=source, kind=KINDS)
    ends = {link.id: (link.other if link.source == source else link.source) or "" for link in links}
    named = titles(r, ends.values())
    living = {key for key in named if not view(r, key).source.deleted}
    found: dict[str, Copy] = {}
    for link in sorted(links, key=lambda each: each.made):
        other = ends[link.id]
        if other in living and other not in found:
            how = link.reason or link.kind or ""
            found[other] = Copy(source=other, title=named[other], how=how, link=link.id)
    return list(found.values())


def beside(desk: Desk, left: str, right: str, width: int = 900) -> Beside:
    """Give two sources with what differs; photos at most `width` pixels wide."""
    with desk.store.read() as r:
        views = [view(r, key) for key in (left, right)]
        texts = [text_view(r, key) for key in (left, right)]
    pictures = [_picture(desk, each, width) for each in views]
    words = [text.text[:LONGEST] if text else "" for text in texts]
    hashes = {each.file.object if each.file else None for each in views}
    return Beside(
        left=Side(view=views[0], text=texts[0], picture=pictures[0]),
        right=Side(view=views[1], text=texts[1], picture=pictures[1]),
        different=differences(*words),
        same_bytes=len(hashes) == 1 and None not in hashes,
    )


def _picture(desk: Desk, each: SourceView, width: int) -> Picture | None:
    if each.source.kind != "photo":
        return None
    return photo_picture(desk, each.source.id, width, width)
