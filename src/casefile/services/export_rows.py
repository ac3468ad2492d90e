"""Records of the case as rows for tables: what their links are called, what stands beside them."""

from collections.abc import Iterable, Iterator
from typing import Final

from casefile.jobs.progress import Progress
from casefile.model.annotation import Annotation
from casefile.model.exported import ExportRow
from casefile.model.kinds import KINDS
from casefile.model.record import FieldType, Record
from casefile.model.source import SourceFile
from casefile.services.cases import handle_of, people
from casefile.services.naming import called
from casefile.services.notes import tags_of
from casefile.store import contents, records, sources
from casefile.store.session import Reader, portions
from casefile.strings import tr

AT_ONCE: Final = 100  # sources, with their texts, in the memory at once
_PEOPLE: Final = ("person", "asked_by")
_TAGGED: Final = ("source", "annotation", "claim", "entity")


def rows(
    r: Reader, progress: Progress, *, texts: bool, chosen: frozenset[str] | None = None
) -> Iterator[ExportRow]:
    """Give every record that is not deleted, a kind after the other, by clock of making.

    With `chosen` only the records of these ids.
    """
    who = people(r)
    todo = {
        cls: [one for one in records.ids(r, cls) if chosen is None or one in chosen]
        for cls in KINDS.values()
    }
    total, done = sum(map(len, todo.values())), 0
    for cls, ids in todo.items():
        for part in portions(ids, AT_ONCE):
            progress.at(done, total, tr("Writing"))
            yield from _rows(r, records.many(r, cls, part), who, texts=texts)
            done += len(part)


def _rows(
    r: Reader, found: list[Record], who: dict[str, str], *, texts: bool
) -> Iterator[ExportRow]:
    if not found:
        return
    table = found[0].TABLE
    refs = [name for name, kind in found[0].spec().items() if kind is FieldType.REF]
    wanted = {value for one in found for name in refs if (value := getattr(one, name))}
    named = called(r, ((kind, id_) for id_, kind in records.kinds_of(r, wanted).items()))
    extras = _extras(r, table, found)
    words = texts_of(r, [one.id for one in found]) if texts and table == "source" else {}
    for one in found:
        names = {name: named[value] for name in refs if (value := getattr(one, name)) in named}
        for name in _PEOPLE:
            if (value := getattr(one, name, None)) in who:
                names[name] = who[value]
        names |= {by: handle_of(who, getattr(one, by)) for by in ("made_by", "changed_by")}
        yield ExportRow(
            record=one, names=names, extras=extras.get(one.id, {}), text=words.get(one.id)
        )


def _extras(r: Reader, table: str, found: list[Record]) -> dict[str, dict[str, str]]:
    if table not in _TAGGED:
        return {}
    ids = [one.id for one in found]
    extras = {id_: {"tags": "; ".join(tags)} for id_, tags in tags_of(r, ids).items()}
    if table == "source":
        for source, file in files_of(r, ids).items():
            extras[source] |= {"sha256": file.object or "", "file": file.name or ""}
    for one in found:
        if isinstance(one, Annotation):
            page = str(one.page) if one.page else ""
            extras[one.id] |= {"quote": one.quote, "page": page}
    return extras


def files_of(r: Reader, ids: Iterable[str]) -> dict[str, SourceFile]:
    """Give the original file of each source, or the first that there is."""
    found: dict[str, SourceFile] = {}
    for file in records.where(r, SourceFile, source=tuple(ids)):
        known = found.get(file.source or "")
        if known is None or (known.role != "original" == file.role):
            found[file.source or ""] = file
    return found


def texts_of(r: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Give the newest stored text of each source that has one."""
    read = {key: e.text_hash for key, e in sources.newest_extraction(r, ids).items() if e.text_hash}
    bodies = contents.many(r, set(read.values()))
    return {key: bodies[name].decode() for key, name in read.items() if name in bodies}
