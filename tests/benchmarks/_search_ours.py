"""Our engine for the search benchmark, with the texts in SQLite as the store has them."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from _search_corpus import TOP, Asked, Document

from casefile.model.hit import VARIANTS, IndexDocument, IndexState, SearchRequest
from casefile.search.index import SearchIndex
from casefile.search.snippets import snippet


class Casefile:
    """Index and texts in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "index"
        self._texts = sqlite3.connect(folder / "texts.db")
        self._kept = folder / "state"
        self.index = SearchIndex(self.folder, None)

    def keep(self, found: Iterable[Document]) -> None:
        """Write the texts, which are the store's and not measured."""
        with self._texts as base:
            base.execute("create table text(id text primary key, body text)")
            base.executemany("insert into text values(:id, :body)", found)

    def build(self, found: Iterable[Document]) -> None:
        """Write the index."""
        state = self.index.rebuild((index_document(d) for d in found), 1)
        self._kept.write_text(repr(state), encoding="utf-8")
        self.index.close()

    def open(self) -> None:
        """Open the index."""
        state = eval(self._kept.read_text(encoding="utf-8"), {"IndexState": IndexState})
        self.index = SearchIndex(self.folder, state)
        if not self.index.fit:
            raise AssertionError

    def find(self, asked: Asked, *, snippets: bool = False) -> list[str]:
        """Answer one question, exactly as the other engines do unless `wide` is asked for."""
        without = () if asked.get("wide") else VARIANTS
        request = SearchRequest(query=written(asked), limit=TOP, without=without)
        answer = self.index.search(request)
        ids = [hit.record for hit in answer.hits]
        if snippets and ids:
            marks = ",".join("?" * len(ids))
            rows = self._texts.execute(f"select id, body from text where id in ({marks})", ids)
            for _, body in rows:
                snippet(body, (), (), answer.sought)
        return ids

    def add_one(self, document: Document) -> None:
        """Add a document to what is there."""
        self.index.update([index_document(document)], [], 2)


def index_document(document: Document) -> IndexDocument:
    """Give a document as the index takes it."""
    day = int(document["date"].replace("-", ""))
    return IndexDocument(
        record=document["id"], kind="source", text=document["body"], title=document["title"],
        source_kind=document["kind"], language=document["lang"], earliest=day, latest=day,
    )  # fmt: skip


def written(asked: Asked) -> str:
    """Give a question as a person writes it."""
    terms = asked["terms"]
    text = {
        "or5": " OR ".join(terms), "phrase": f'"{" ".join(terms)}"', "prefix": f"{terms[0]}*",
        "fuzzy": f"{terms[0]}~",
    }.get(asked["cls"], " ".join(terms))  # fmt: skip
    if "fields" in asked:
        text = f"{asked['fields'][0]}:({text})"
    return f"{text} date:{asked['lo']}..{asked['hi']}" if asked["cls"] == "daterange" else text
