"""Other engines for the search benchmark; each imports its library when it is used."""

import json
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from _search_corpus import TOP, Asked, Document, one_edit

FIELDS = ("title", "body")


class Fts5:
    """SQLite's own full-text search, its text in an ordinary table."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "fts.db"

    def build(self, found: Iterable[Document]) -> None:
        """Write table and index."""
        base = sqlite3.connect(self._file)
        with base:
            base.execute("pragma journal_mode = wal")
            base.execute("create table doc(n integer primary key, id, title, body, date)")
            base.execute("create index day on doc(date)")
            base.execute(
                "create virtual table f using fts5(title, body, content=doc, content_rowid=n)"
            )
            base.execute("create virtual table v using fts5vocab(f, row)")
            base.executemany("insert into doc values(null, :id, :title, :body, :date)", found)
            base.execute("insert into f(f) values('rebuild')")
        base.close()

    def open(self) -> None:
        """Open the file."""
        self._base = sqlite3.connect(self._file)

    def find(self, asked: Asked, *, snippets: bool = False) -> list[str]:
        """Answer one question."""
        shown = "snippet(f, 1, '[', ']', '…', 40)" if snippets else "0"
        days = [asked["lo"], asked["hi"]] if asked["cls"] == "daterange" else []
        within = "and doc.date between ? and ?" if days else ""
        match = self._match(asked)
        if not match:
            return []
        sql = (
            f"select doc.id, {shown} from f join doc on doc.n = f.rowid"
            f" where f match ? {within} order by bm25(f, 3, 1) limit {TOP}"
        )
        return [row[0] for row in self._base.execute(sql, [match, *days])]

    def _match(self, asked: Asked) -> str:
        terms, kind = asked["terms"], asked["cls"]
        if kind == "phrase":
            return _quoted(" ".join(terms))
        if kind == "prefix":
            return _quoted(terms[0]) + "*"
        if kind == "fuzzy":
            return " OR ".join(map(_quoted, self._near(terms[0])))
        return (" OR " if kind == "or5" else " AND ").join(map(_quoted, terms))

    def _near(self, word: str) -> list[str]:
        sql = "select term from v where term >= ? and term < ? and length(term) between ? and ?"
        first, size = word[0], len(word)
        rows = self._base.execute(sql, [first, chr(ord(first) + 1), size - 1, size + 1])
        return [term for (term,) in rows if one_edit(word, term)]

    def add_one(self, document: Document) -> None:
        """Add a document to what is there."""
        with self._base as base:
            done = base.execute("insert into doc values(null, :id, :title, :body, :date)", document)
            base.execute(
                f"insert into f(rowid, title, body) values({done.lastrowid}, :title, :body)",
                document,
            )


class Tantivy:
    """The engine in Rust that others are measured by."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._t = tantivy
        self._folder = str(folder)

    def build(self, found: Iterable[Document]) -> None:
        """Write the index, with the texts in it."""
        writer = self._index().writer(heap_size=128 << 20, num_threads=1)
        for document in found:
            writer.add_document(self._document(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open it."""
        self._opened = self._t.Index.open(self._folder)
        self._opened.reload()
        self._schema = self._opened.schema
        self._searcher = self._opened.searcher()

    def find(self, asked: Asked, *, snippets: bool = False) -> list[str]:
        """Answer one question."""
        query = self._query(asked)
        maker = None
        if snippets:
            maker = self._t.SnippetGenerator.create(self._searcher, query, self._schema, "body")
            maker.set_max_num_chars(300)
        found = []
        for _, place in self._searcher.search(query, TOP).hits:
            document = self._searcher.doc(place)
            found.append(document["id"][0])
            if maker:
                maker.snippet_from_doc(document).to_html()
        return found

    def add_one(self, document: Document) -> None:
        """Add a document to what is there."""
        writer = self._opened.writer(heap_size=15 << 20, num_threads=1)
        writer.add_document(self._document(document))
        writer.commit()
        writer.wait_merging_threads()
        self._opened.reload()
        self._searcher = self._opened.searcher()

    def _index(self) -> Any:
        build = self._t.SchemaBuilder()
        build.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for field in FIELDS:
            build.add_text_field(field, stored=True)
        build.add_integer_field("date", stored=True, indexed=True, fast=True)
        return self._t.Index(build.build(), path=self._folder)

    def _document(self, document: Document) -> Any:
        day = int(document["date"].replace("-", ""))
        return self._t.Document(
            id=document["id"], title=document["title"], body=document["body"], date=day
        )

    def _query(self, asked: Asked) -> Any:
        q, must, should = self._t.Query, self._t.Occur.Must, self._t.Occur.Should
        terms, kind, schema = asked["terms"], asked["cls"], self._schema

        def either(make: Any) -> Any:
            fields = asked.get("fields", FIELDS)
            boosted = [q.boost_query(make(f), 3.0 if f == "title" else 1.0) for f in fields]
            return (
                boosted[0] if len(boosted) == 1 else q.boolean_query([(should, b) for b in boosted])
            )

        def word(term: str) -> Any:
            return either(lambda field: q.term_query(schema, field, term))

        if kind == "phrase":
            return either(lambda field: q.phrase_query(schema, field, terms))
        if kind == "prefix":
            return either(lambda field: q.regex_query(schema, field, re.escape(terms[0]) + ".*"))
        if kind == "fuzzy":
            return either(
                lambda field: q.fuzzy_term_query(
                    schema, field, terms[0], distance=1, transposition_cost_one=True
                )
            )
        parts = [(should if kind == "or5" else must, word(term)) for term in terms]
        if kind == "daterange":
            low, high = (int(asked[end].replace("-", "")) for end in ("lo", "hi"))
            days = q.range_query(schema, "date", self._t.FieldType.Integer, low, high)
            parts.append((must, q.const_score_query(days, 0.0)))
        return q.boolean_query(parts) if len(parts) > 1 else parts[0][1]


class Xapian:
    """The engine in C++ that Recoll and Notmuch stand on."""

    def __init__(self, folder: Path) -> None:
        import xapian

        self._x = xapian
        self._path = str(folder / "x")

    def build(self, found: Iterable[Document]) -> None:
        """Write the index, with the texts in it."""
        x = self._x
        base = x.WritableDatabase(self._path, x.DB_CREATE_OR_OVERWRITE)
        self._cutter = x.TermGenerator()
        for document in found:
            base.add_document(self._document(document))
        base.commit()
        base.close()

    def open(self) -> None:
        """Open it."""
        self._base = self._x.Database(self._path)
        self._enquire = self._x.Enquire(self._base)

    def find(self, asked: Asked, *, snippets: bool = False) -> list[str]:
        """Answer one question."""
        x = self._x
        query = self._query(asked)
        if query is None:
            return []
        self._enquire.set_query(query)
        hits, found = self._enquire.get_mset(0, TOP), []
        for hit in hits:
            name, body = json.loads(hit.document.get_data())
            found.append(name)
            if snippets:
                flags = x.MSet.SNIPPET_BACKGROUND_MODEL | x.MSet.SNIPPET_EXHAUSTIVE
                hits.snippet(body, 300, x.Stem("none"), flags, "<b>", "</b>", "…")
        return found

    def add_one(self, document: Document) -> None:
        """Add a document to what is there."""
        base = self._x.WritableDatabase(self._path, self._x.DB_OPEN)
        self._cutter = self._x.TermGenerator()
        base.add_document(self._document(document))
        base.commit()
        base.close()
        self._base.reopen()

    def _document(self, document: Document) -> Any:
        made = self._x.Document()
        self._cutter.set_document(made)
        self._cutter.set_termpos(0)
        self._cutter.index_text(document["title"], 3)
        self._cutter.increase_termpos()
        self._cutter.index_text(document["body"])
        made.add_value(0, document["date"].replace("-", ""))
        made.set_data(json.dumps([document["id"], document["body"]], ensure_ascii=False))
        return made

    def _query(self, asked: Asked) -> Any:
        q, terms, kind = self._x.Query, asked["terms"], asked["cls"]
        if kind == "phrase":
            return q(q.OP_PHRASE, terms)
        if kind == "prefix":
            return q(q.OP_WILDCARD, terms[0], 0, q.WILDCARD_LIMIT_ERROR, q.OP_OR)
        if kind == "fuzzy":
            listed = (each.term.decode() for each in self._base.allterms(terms[0][0]))
            near = [term for term in listed if one_edit(terms[0], term)]
            return q(q.OP_SYNONYM, near) if near else None
        query = q(q.OP_OR if kind == "or5" else q.OP_AND, terms)
        if kind == "daterange":
            low, high = (asked[end].replace("-", "") for end in ("lo", "hi"))
            query = q(q.OP_FILTER, query, q(q.OP_VALUE_RANGE, 0, low, high))
        return query


class Whoosh:
    """Whoosh as it comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def build(self, found: Iterable[Document]) -> None:
        """Write the index, with the texts in it."""
        from whoosh import fields, index

        schema = fields.Schema(
            id=fields.ID(unique=True, stored=True), title=fields.TEXT(), body=fields.TEXT(stored=True),
            date=fields.NUMERIC(),
        )  # fmt: skip
        writer = index.create_in(self._folder, schema).writer()
        for document in found:
            writer.add_document(**self._fields(document))
        writer.commit()

    def open(self) -> None:
        """Open it."""
        from whoosh import index

        self._index = index.open_dir(self._folder)
        self._searcher = self._index.searcher()

    def find(self, asked: Asked, *, snippets: bool = False) -> list[str]:
        """Answer one question."""
        hits = self._searcher.search(self._query(asked), limit=TOP)
        if snippets:
            for hit in hits:
                hit.highlights("body")
        return [hit["id"] for hit in hits]

    def add_one(self, document: Document) -> None:
        """Add a document to what is there."""
        writer = self._index.writer()
        writer.update_document(**self._fields(document))
        writer.commit()
        self._searcher = self._searcher.refresh()

    def _fields(self, document: Document) -> dict[str, Any]:
        day = int(document["date"].replace("-", ""))
        return {**{name: document[name] for name in ("id", *FIELDS)}, "date": day}

    def _query(self, asked: Asked) -> Any:
        from whoosh import query as q

        terms, kind = asked["terms"], asked["cls"]

        def either(make: Any) -> Any:
            return q.Or([make(field) for field in FIELDS])

        if kind == "phrase":
            return either(lambda field: q.Phrase(field, terms))
        if kind == "prefix":
            return either(lambda field: q.Prefix(field, terms[0]))
        if kind == "fuzzy":
            return either(lambda field: q.FuzzyTerm(field, terms[0]))
        words = [either(lambda field, term=term: q.Term(field, term)) for term in terms]
        if kind == "or5":
            return q.Or(words)
        if kind == "daterange":
            low, high = (int(asked[end].replace("-", "")) for end in ("lo", "hi"))
            words.append(q.ConstantScoreQuery(q.NumericRange("date", low, high)))
        return q.And(words)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


ENGINES = {"fts5": Fts5, "tantivy": Tantivy, "xapian": Xapian, "whoosh": Whoosh}
