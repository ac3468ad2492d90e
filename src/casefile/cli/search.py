"""Commands about the index: search, reindex."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands, Parser, as_it_is, count
from casefile.cli.running import searching, with_progress, writing
from casefile.model.hit import VARIANTS, SearchRequest
from casefile.strings import tr, trn

if TYPE_CHECKING:
    from casefile.model.hit import Hit, SearchAnswer, Snippet

_KINDS = {
    "sources": "source",
    "annotations": "annotation",
    "claims": "claim",
    "entities": "entity",
    "notes": "note",
}


def declare(commands: Commands) -> None:
    """Declare the commands."""
    search = commands.add("search", _search, tr("find words in sources, marks, claims and notes"))
    search.add_argument("query", metavar="QUERY", type=as_it_is)
    search.add_argument("--limit", metavar="N", type=count, default=20)
    search.add_argument("--offset", metavar="N", type=count, default=0)
    search.add_argument("--sort", choices=("relevance", "date", "added"), default="relevance")
    search.add_argument("--explain", action="store_true", help=tr("say why each was found"))
    narrowing(search)
    commands.add("reindex", _reindex, tr("make the search index again from the case"))


def narrowing(parser: Parser) -> None:
    """Declare the options that say in what, and how exactly, is searched."""
    parser.add_argument("--in", dest="kinds", choices=tuple(_KINDS), action="append")
    parser.add_argument("--boilerplate", action="store_true", help=tr("menus and comments too"))
    parser.add_argument(
        "--without",
        metavar="VARIANT",
        action="append",
        help=tr("leave out a kind of other spellings, or one spelling: {kinds}").format(
            kinds=", ".join(VARIANTS)
        ),
    )
    parser.add_argument("--exact", action="store_true", help=tr("no other spellings or forms"))


def request_of(arguments: Namespace, **more: Any) -> SearchRequest:
    """Give the search that the words of a call ask for."""
    return SearchRequest(
        query=getattr(arguments, "query", ""),
        kinds=tuple(_KINDS[kind] for kind in arguments.kinds or ()),
        boilerplate=arguments.boilerplate,
        without=VARIANTS if arguments.exact else tuple(arguments.without or ()),
        **more,
    )


def _search(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import find, search_log

    request = request_of(
        arguments, sort=arguments.sort, limit=arguments.limit, offset=arguments.offset
    )
    with searching(arguments.case, context) as desk:
        answer = find.search(desk, request)
        search_log.note(desk, answer)
    document = as_document(answer)
    return Answer(document, lambda out: show(out, answer, explain=arguments.explain))


def as_document(answer: "SearchAnswer") -> dict[str, Any]:
    """Give an answer as it is printed for programs."""
    return {
        "query": answer.query,
        "understood": answer.understood,
        "total": answer.total,
        "took_ms": answer.took_ms,
        "hits": [_hit(hit) for hit in answer.hits],
        "trouble": list(answer.trouble),
        "coverage": list(answer.coverage),
        "covered": asdict(answer.covered),
        "variants": [asdict(variant) for variant in answer.variants],
        "whole": answer.whole,
        "suggestions": [asdict(each) for each in answer.suggestions],
    }


def _hit(hit: "Hit") -> dict[str, Any]:
    return {
        "record": hit.record,
        "kind": hit.kind,
        "source": hit.source,
        "title": hit.title,
        "page": hit.snippet.page,
        "zone": hit.snippet.zone,
        "score": hit.score,
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
        "why": list(hit.snippet.why),
    }


def show(out: Output, answer: "SearchAnswer", *, explain: bool) -> None:
    """Print an answer for people."""
    from casefile.services import reasons

    out.note(trn("{n} record found", "{n} records found", answer.total) + f" · {answer.understood}")
    for words in (*answer.trouble, *answer.coverage, *(each.words for each in answer.suggestions)):
        out.note(out.safe(words))
    for hit in answer.hits:
        place = [hit.kind, hit.snippet.zone or ""]
        if hit.snippet.page:
            place.append(tr("page {n}").format(n=hit.snippet.page))
        head = " · ".join(part for part in place if part)
        out.line(f"{short(hit.record)}  {out.safe(hit.title)}  ({head})")
        if hit.snippet.text:
            out.line("  " + _marked(out, hit.snippet))
        for reason in hit.snippet.why if explain else ():
            out.line("  " + out.safe(reasons.said(reason)))


def _marked(out: Output, snippet: "Snippet") -> str:
    """Show the passage with what was found in bold, or in square brackets where nothing is bold."""
    begin, end = ("\x1b[1m", "\x1b[0m") if out.terminal else ("[", "]")
    parts, at = [], 0
    for first, last in snippet.marks:
        parts += [out.safe(snippet.text[at:first]), begin, out.safe(snippet.text[first:last]), end]
        at = last
    return "".join([*parts, out.safe(snippet.text[at:])])


def _reindex(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import find

    with writing(arguments.case, context) as desk:
        made = with_progress(context.output, tr("Indexing"), lambda p: find.reindex(desk, p))
    words = trn("{n} record indexed.", "{n} records indexed.", made)
    return Answer({"documents": made}, lambda out: out.line(words))
