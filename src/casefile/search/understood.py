"""Saying in words what a query was understood to ask."""

from collections.abc import Iterator, Sequence

from casefile.model.hit import Variant
from casefile.search.days import FIRST, LAST
from casefile.search.days import shown as day_shown
from casefile.search.query import Query, shown
from casefile.search.syntax import And, Days, Label, Most, Node, Not, Or, Within, Words
from casefile.strings import later, tr, trn

_MOST_NAMED = 8

_PLACES = {
    "title": later("in titles"),
    "body": later("in the running text"),
    "caption": later("in captions"),
    "credit": later("in credits"),
    "author": later("in authors"),
    "place": later("in places"),
    "front": later("in sections and dates"),
    "speaker": later("in speakers"),
    "publisher": later("in publishers"),
    "tag": later("in tags"),
    "furniture": later("in page furniture"),
}
_KINDS = {
    "source": later("in sources"),
    "annotation": later("in marks"),
    "claim": later("in claims"),
    "entity": later("in entities"),
    "note": later("in notes"),
}


def understood(query: Query, kinds: tuple[str, ...] = (), *, boilerplate: bool = False) -> str:
    """Give one sentence, built from the parsed query and not from what was typed."""
    if query.node is None:
        return tr("Nothing was asked; write a word, a name, or a phrase in quotation marks.")
    parts = [_top(query.node)]
    if kinds:
        parts.append(tr("only {places}").format(places=_listed([tr(_KINDS[k]) for k in kinds])))
    if _asks_all_fields(query.node):
        parts.append(tr("page furniture included" if boilerplate else "page furniture left out"))
    return "; ".join(parts)


def widened(variants: Sequence[Variant], whole: int | None) -> Iterator[str]:
    """Say how much further than the query the search went."""
    if whole is not None:
        yield trn(
            "{n} record holds all of these words; others are given by how many of the telling ones they hold",
            "{n} records hold all of these words; others are given by how many of the telling ones they hold",
            whole,
        )
    if any(each.why == "form" for each in variants):
        yield tr("other forms of the words included")
    names = dict.fromkeys(each.spelling for each in variants if each.why != "form")
    if names:
        some = [f"“{shown(name)}”" for name in names][:_MOST_NAMED]
        more = [tr("…")] if len(names) > _MOST_NAMED else []
        yield tr("also written {spellings}").format(spellings=", ".join(some + more))


def _top(node: Node) -> str:
    nodes = node.nodes if isinstance(node, And) else (node,)
    wanted = [_said(part) for part in nodes if not isinstance(part, Not)]
    first = _conjoined(wanted) if wanted else tr("all records")
    return "; ".join([first, *(_said(part) for part in nodes if isinstance(part, Not))])


def _said(node: Node) -> str:
    if isinstance(node, Words):
        return _words(node)
    if isinstance(node, Not):
        return tr("without {what}").format(what=_said(node.node))
    if isinstance(node, And):
        return f"({', '.join(_top(node).split('; '))})"
    if isinstance(node, Or | Most):
        return "(" + tr(" or ").join(_said(part) for part in node.nodes) + ")"
    if isinstance(node, Within):
        return tr("{what} {where}").format(what=_said(node.node), where=tr(_KINDS[node.kind]))
    return _days(node) if isinstance(node, Days) else _label(node)


def _label(node: Label) -> str:
    what = tr("language “{value}”") if "language" in node.fields else tr("kind “{value}”")
    return what.format(value=shown(node.value))


def _words(node: Words) -> str:
    text = f"“{shown(node.said)}”"
    if node.prefix and len(node.words) == 1:
        what = tr("words that begin with {text}").format(text=text)
    elif node.prefix:
        what = tr("phrases that begin with {text}").format(text=text)
    elif node.fuzzy:
        what = tr("words like {text} (up to {n} other letters)").format(text=text, n=node.fuzzy)
    elif node.slop is not None:
        what = tr("the words of {text} in any order, at most {n} others among them").format(
            text=text, n=node.slop
        )
    elif len(node.words) > 1:
        what = tr("the phrase {text}").format(text=text)
    else:
        what = text
    if not node.fields:
        return what
    return tr("{what} {where}").format(what=what, where=tr(_PLACES[node.fields[0]]))


def _days(node: Days) -> str:
    if node.low <= FIRST:
        when = tr("up to {day}").format(day=day_shown(node.high))
    elif node.high >= LAST:
        when = tr("from {day} on").format(day=day_shown(node.low))
    elif node.low == node.high:
        when = tr("on {day}").format(day=day_shown(node.low))
    else:
        when = tr("from {first} to {last}").format(
            first=day_shown(node.low), last=day_shown(node.high)
        )
    sentence = tr("dated certainly {when}") if node.certain else tr("dated possibly {when}")
    return sentence.format(when=when)


def _conjoined(parts: list[str]) -> str:
    return tr(" and ").join(parts)


def _listed(parts: list[str]) -> str:
    return _conjoined([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _asks_all_fields(node: Node) -> bool:
    if isinstance(node, Words):
        return not node.fields
    if isinstance(node, Not | Within):
        return _asks_all_fields(node.node)
    return isinstance(node, And | Or) and any(_asks_all_fields(part) for part in node.nodes)
