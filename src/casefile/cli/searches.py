"""Commands about many searches: saved ones, lists of names, several cases, the log."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from casefile.cli.context import Answer, Context
from casefile.cli.output import Output, short
from casefile.cli.parsing import Commands, as_it_is, count, whole_path
from casefile.cli.running import reading, searching, writing
from casefile.cli.search import as_document, narrowing, request_of
from casefile.strings import tr, trn


def declare(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("searches", tr("searches kept under a name"))
    save = group.add("save", _save, tr("keep a search under a name"))
    save.add_argument("name", metavar="NAME", type=as_it_is)
    save.add_argument("query", metavar="QUERY", type=as_it_is)
    narrowing(save)
    group.add("list", _list, tr("list saved searches with what is new"))
    run = group.add("run", _run, tr("search again; what is found counts as seen"))
    run.add_argument("name", metavar="NAME")
    run.add_argument("--limit", metavar="N", type=count, default=20)
    delete = group.add("delete", _delete, tr("give a saved search up"))
    delete.add_argument("name", metavar="NAME")
    names = commands.add("names", _names, tr("search a list of names from a file, and count"))
    names.add_argument("file", metavar="FILE", type=whole_path)
    narrowing(names)
    cases = commands.add("search-cases", _cases, tr("one search over several cases"), case=False)
    cases.add_argument("query", metavar="QUERY", type=as_it_is)
    cases.add_argument("cases", metavar="CASE", nargs="+", type=whole_path)
    cases.add_argument("--limit", metavar="N", type=count, default=20)
    narrowing(cases)
    log = commands.add("search-log", _log, tr("the log of searches made on this machine"))
    log.add_argument("--on", action="store_true", help=tr("write searches down from now on"))
    log.add_argument("--off", action="store_true", help=tr("write nothing down any more"))
    log.add_argument("--clear", action="store_true", help=tr("take the log off this machine"))


def _save(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import saved_searches

    with writing(arguments.case, context) as desk:
        key, _ = saved_searches.save(desk, arguments.name, request_of(arguments))
    return Answer({"id": key}, lambda out: out.line(short(key)))


def _list(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import saved_searches

    with searching(arguments.case, context) as desk:
        found = saved_searches.rows(desk)
    document = {
        "searches": [
            {
                "id": each.id, "name": each.name, "query": each.request.query,
                "total": each.total, "new": len(each.new), "new_records": list(each.new),
            }
            for each in found
        ]
    }  # fmt: skip

    def show(out: Output) -> None:
        heads = (tr("search"), tr("query"), tr("found"), tr("new"))
        rows = ([s.name, s.request.query, str(s.total), str(len(s.new))] for s in found)
        out.table(heads, rows)

    return Answer(document, show)


def _run(arguments: Namespace, context: Context) -> Answer:
    from casefile.cli.search import show as show_answer
    from casefile.services import saved_searches, search_log

    with searching(arguments.case, context) as desk:
        kept, answer = saved_searches.run(desk, arguments.name, limit=arguments.limit)
        search_log.note(desk, answer)
    new = set(kept.new)
    document = {
        **as_document(answer), "id": kept.id, "name": kept.name,
        "new": len(new), "new_records": list(kept.new),
    }  # fmt: skip

    def show(out: Output) -> None:
        out.note(trn("{n} new since it was looked at", "{n} new since it was looked at", len(new)))
        show_answer(out, answer, explain=False)

    return Answer(document, show)


def _delete(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import saved_searches

    with writing(arguments.case, context) as desk:
        key = saved_searches.named(desk, arguments.name).id
        saved_searches.delete(desk, key)
    return Answer({"id": key}, lambda out: out.line(short(key)))


def _names(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import covering, name_lists

    listed = name_lists.read_list(arguments.file)
    with searching(arguments.case, context) as desk:
        found = list(name_lists.counted(desk, listed, request_of(arguments)))
        covered = covering.coverage(desk)
    document = {
        "names": [
            {
                "query": each.query, "total": each.total, "sources": each.sources,
                "understood": each.understood,
                "variants": [asdict(variant) for variant in each.variants],
            }
            for each in found
        ],
        "covered": asdict(covered),
        "coverage": list(covering.sentences(covered)),
    }  # fmt: skip

    def show(out: Output) -> None:
        for words in covering.sentences(covered):
            out.note(words)
        heads = (tr("name"), tr("records"), tr("sources"))
        out.table(heads, ([each.query, str(each.total), str(each.sources)] for each in found))

    return Answer(document, show)


def _cases(arguments: Namespace, context: Context) -> Answer:
    from casefile.cli.search import show as show_answer
    from casefile.services import name_lists

    request = request_of(arguments, limit=arguments.limit)
    found = list(name_lists.across(arguments.cases, context.places, request))
    cases: list[dict[str, Any]] = [
        {"case": str(each.path), "title": each.title, "trouble": each.trouble or None}
        | (as_document(each.answer) if each.answer else {"total": 0, "hits": []})
        for each in found
    ]
    total = sum(each.answer.total for each in found if each.answer)

    def show(out: Output) -> None:
        for each in found:
            out.line(f"{out.safe(each.title or str(each.path))}")
            if each.answer:
                show_answer(out, each.answer, explain=False)
            else:
                out.note(out.safe(each.trouble))

    status = int(any(each.trouble for each in found))
    return Answer({"query": request.query, "total": total, "cases": cases}, show, status)


def _log(arguments: Namespace, context: Context) -> Answer:
    from casefile.services import search_log

    with reading(Path(arguments.case), context) as desk:
        if arguments.on or arguments.off:
            desk.settings[search_log.SETTING] = bool(arguments.on)
        if arguments.clear:
            search_log.clear(desk)
        found = search_log.entries(desk)
        on = desk.settings[search_log.SETTING]
    document = {
        "on": on,
        "summary": search_log.summary(found),
        "searches": [{**asdict(each), "sentence": search_log.sentence(each)} for each in found],
    }

    def show(out: Output) -> None:
        out.note(tr("The log is on.") if on else tr("The log is off."))
        for each in found:
            out.line(
                f"{each.at}  {out.safe(each.query)}  {each.total}  {search_log.sentence(each)}"
            )
        out.line(search_log.summary(found))

    return Answer(document, show)
