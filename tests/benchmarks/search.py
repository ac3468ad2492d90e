"""Search at 20,000 documents beside SQLite FTS5, in one run: `python tests/benchmarks/search.py`.

Prints documents a second, sizes, times to open, and p50/p95 of search with and without snippets,
in milliseconds; as JSON with --json. Both engines give the best 20 of the same queries with
snippets from the same stored texts.
"""

import argparse
import json
import lzma
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from casefile.model.hit import IndexDocument, SearchRequest
from casefile.search.index import SearchIndex
from casefile.search.snippets import snippet

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpora/search_scale"
TOP = 20

Document = dict[str, Any]
Asked = dict[str, Any]


def documents(count: int) -> Iterator[Document]:
    """Give the documents of the corpus."""
    with lzma.open(CORPUS / "docs-20k.jsonl.xz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            yield json.loads(line)


class Casefile:
    """Our index, with the texts in SQLite as the store has them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "index"
        self._texts = sqlite3.connect(folder / "texts.db")

    def build(self, found: list[Document]) -> None:
        """Write index and texts."""
        with self._texts as base:
            base.execute("create table text(id text primary key, body text)")
            base.executemany("insert into text values(:id, :body)", found)
        index = SearchIndex(self._folder, None)
        self._state = index.rebuild((_index_document(d) for d in found), 1)
        index.close()

    def open(self) -> None:
        """Check every digest and answer one question."""
        self._index = SearchIndex(self._folder, self._state)
        self.find({"cls": "rare", "terms": ["zzzz"]}, snippets=False)

    def find(self, asked: Asked, *, snippets: bool) -> list[str]:
        """Answer one question."""
        answer = self._index.search(SearchRequest(query=_query(asked), limit=TOP))
        ids = [hit.record for hit in answer.hits]
        if snippets and ids:
            marks = ",".join("?" * len(ids))
            rows = self._texts.execute(f"select id, body from text where id in ({marks})", ids)
            for _, body in rows:
                snippet(body, (), (), answer.sought)
        return ids

    def add_one(self, document: Document) -> None:
        """Add a document to what is there."""
        self._state = self._index.update([_index_document(document)], [], 2)

    def close(self) -> int:
        """Let go; gives the size of the index in bytes."""
        self._index.close()
        self._texts.close()
        return sum(f.stat().st_size for f in self._folder.rglob("*") if f.is_file())


class Fts5:
    """SQLite's own full-text search, its text in an ordinary table."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "fts.db"

    def build(self, found: list[Document]) -> None:
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
        self.find({"cls": "rare", "terms": ["zzzz"]}, snippets=False)

    def find(self, asked: Asked, *, snippets: bool) -> list[str]:
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
        terms = ['"' + term + '"' for term in asked["terms"]]
        if asked["cls"] == "phrase":
            return '"' + " ".join(asked["terms"]) + '"'
        if asked["cls"] == "prefix":
            return terms[0] + "*"
        if asked["cls"] == "fuzzy":
            return " OR ".join(f'"{term}"' for term in self._near(asked["terms"][0]))
        return (" OR " if asked["cls"] == "or5" else " AND ").join(terms)

    def _near(self, word: str) -> list[str]:
        """FTS5 has no fuzzy search: the words with the same first letter and one edit."""
        sql = "select term from v where term >= ? and term < ? and length(term) between ? and ?"
        first, size = word[0], len(word)
        rows = self._base.execute(sql, [first, chr(ord(first) + 1), size - 1, size + 1])
        return [term for (term,) in rows if _one_edit(word, term)]

    def add_one(self, document: Document) -> None:
        """Add a document to what is there."""
        with self._base as base:
            done = base.execute("insert into doc values(null, :id, :title, :body, :date)", document)
            base.execute(
                "insert into f(rowid, title, body) values(?, :title, :body)".replace(
                    "?", str(done.lastrowid)
                ),
                document,
            )

    def close(self) -> int:
        """Let go; gives the size of the file, texts included, in bytes."""
        self._base.close()
        return self._file.stat().st_size


def _one_edit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def _index_document(document: Document) -> IndexDocument:
    day = int(document["date"].replace("-", ""))
    return IndexDocument(
        record=document["id"], kind="source", text=document["body"], title=document["title"],
        source_kind=document["kind"], language=document["lang"], earliest=day, latest=day,
    )  # fmt: skip


def _query(asked: Asked) -> str:
    terms = asked["terms"]
    text = {
        "or5": " OR ".join(terms), "phrase": f'"{" ".join(terms)}"', "prefix": f"{terms[0]}*",
        "fuzzy": f"{terms[0]}~",
    }.get(asked["cls"], " ".join(terms))  # fmt: skip
    return f"{text} date:{asked['lo']}..{asked['hi']}" if asked["cls"] == "daterange" else text


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _spread(times: list[float]) -> list[float]:
    times = sorted(times)
    return [round(times[int(len(times) * share)], 1) for share in (0.5, 0.95)] + [
        round(times[-1], 1)
    ]


def measure(engine: Casefile | Fts5, found: list[Document], rounds: int) -> dict[str, Any]:
    """Build, open, ask everything, add ten documents."""
    asked = json.loads((CORPUS / "queries.json").read_text(encoding="utf-8"))
    build = _milliseconds(lambda: engine.build(found)) / 1000
    figures: dict[str, Any] = {"documents a second": round(len(found) / build, 1)}
    figures["open ms"] = round(_milliseconds(engine.open), 1)
    for name, snippets in (("search", False), ("with snippets", True)):
        times = [
            statistics.median(
                _milliseconds(
                    lambda one=one, snippets=snippets: engine.find(one, snippets=snippets)
                )
                for _ in range(rounds)
            )
            for one in asked
        ]
        figures[f"{name} p50 p95 max ms"] = _spread(times)
        whole = [
            t for t, one in zip(times, asked, strict=True) if one["cls"] not in ("prefix", "fuzzy")
        ]
        figures[f"{name} whole words"] = _spread(whole)
        for kind in dict.fromkeys(one["cls"] for one in asked):
            mine = [t for t, one in zip(times, asked, strict=True) if one["cls"] == kind]
            figures[f"{name} {kind}"] = _spread(mine)
    more = [{**document, "id": f"more-{n}"} for n, document in enumerate(found[:10])]
    figures["one more document ms"] = _spread(
        [_milliseconds(lambda one=one: engine.add_one(one)) for one in more]
    )
    figures["megabytes"] = round(engine.close() / 1e6, 1)
    return figures


def main() -> int:
    """Run both engines and print what they did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print("the shared corpora are not here")
        return 0
    found = list(documents(options.documents))
    results = {}
    for engine in (Casefile, Fts5):
        with tempfile.TemporaryDirectory(prefix="casefile-search-") as folder:
            results[engine.__name__] = measure(engine(Path(folder)), found, options.rounds)
    if options.json:
        print(json.dumps(results))
        return 0
    for name in results["Casefile"]:
        print(
            f"{name:28}", *(f"{engine} {figures[name]!s:24}" for engine, figures in results.items())
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
