"""Relevance, spellings and forms on the shared corpora: `./test bench relevance`.

Prints MAP over 1,000 and nDCG@10 of whole sentences at default settings beside SQLite FTS5 with
Porter's stemmer in the same run; how often a place is first, and among the first five, for a
random spelling; and what share of a word's sentences another of its forms finds.
"""

import json
import math
import random
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from casefile.model.hit import VARIANTS, IndexDocument, SearchRequest
from casefile.model.text import folded_words
from casefile.search.case_names import CaseNames
from casefile.search.index import SearchIndex
from casefile.search.known import Known
from casefile.store.gazetteer import ShippedGazetteer

CORPORA = Path(__file__).resolve().parents[2] / "../shared/corpora"
SPELLINGS = 1000
Run = dict[str, list[str]]
Judged = dict[str, set[str]]


def lines(file: Path) -> list[dict[str, str]]:
    """Read JSON, one object a line."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@contextmanager
def indexed(documents: Sequence[IndexDocument]) -> Iterator[SearchIndex]:
    """Index documents in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="casefile-relevance-") as folder:
        index = SearchIndex(Path(folder) / "index", None)
        index.rebuild(documents, 1)
        try:
            yield index
        finally:
            index.close()


def figures(run: Run, judged: Judged) -> tuple[float, float]:
    """Give MAP over 1,000 and nDCG@10; what is judged counts 1."""
    precision, gain = [], []
    for query, good in judged.items():
        hits = [document in good for document in run[query][:1000]]
        found, total = 0, 0.0
        for rank, hit in enumerate(hits, 1):
            found += hit
            total += found / rank if hit else 0.0
        precision.append(total / len(good))
        ideal = sum(1 / math.log2(n + 2) for n in range(min(10, len(good))))
        gain.append(sum(1 / math.log2(n + 2) for n, hit in enumerate(hits[:10]) if hit) / ideal)
    return sum(precision) / len(precision), sum(gain) / len(gain)


def sentences() -> None:
    """Rank the documents of the Cranfield collection for its queries."""
    folder = CORPORA / "search_cranfield"
    documents, queries = lines(folder / "docs.jsonl"), lines(folder / "queries.jsonl")
    judged: Judged = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            judged[query].add(document)
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table f using fts5(id unindexed, t, b, tokenize='porter')")
    base.executemany("insert into f values(:id, :title, :text)", documents)
    sql = "select id from f where f match ? order by bm25(f) limit 1000"
    peer: Run = {}
    for query in queries:
        words = " OR ".join(f'"{w}"' for w in dict.fromkeys(folded_words(query["text"])))
        peer[query["id"]] = [row[0] for row in base.execute(sql, [words])]
    with indexed([
        IndexDocument(record=d["id"], kind="source", text=d["text"], title=d["title"], language="en")
        for d in documents
    ]) as index:  # fmt: skip
        began = time.process_time()
        ours: Run = {
            q["id"]: [
                hit.record for hit in index.search(SearchRequest(query=q["text"], limit=1000)).hits
            ]
            for q in queries
        }
        cost = (time.process_time() - began) / len(queries) * 1000
    for name, run in (("casefile", ours), ("FTS5 porter", peer)):
        mean, ndcg = figures(run, judged)
        print(f"sentences  {name:12} MAP {mean:.3f}  nDCG@10 {ndcg:.3f}")
    print(f"sentences  casefile     {cost:.1f} ms of CPU a query")


def places() -> None:
    """Look places up by random spellings, as texts and as entities of the case."""
    found = lines(CORPORA / "placenames" / "places.jsonl")
    pairs = [(n, spelling) for n, place in enumerate(found) for spelling in place["alt"]]
    asked = random.Random(7).sample(pairs, SPELLINGS)
    names = CaseNames([[place["name"]] for place in found])
    gazetteer = ShippedGazetteer()
    with indexed([
        IndexDocument(record=str(n), kind="entity", text=p["name"], title=p["name"])
        for n, p in enumerate(found)
    ]) as index:  # fmt: skip
        for label, known, without in (
            ("texts, gazetteer and rules", Known(gazetteer=gazetteer), ()),
            ("entities, gazetteer and rules", Known(names, gazetteer), ()),
            ("texts, rules only", Known(), ("gazetteer",)),
            ("entities, rules only", Known(names), ("gazetteer",)),
        ):
            first = same = five = wrong = 0
            for number, spelling in asked:
                request = SearchRequest(query=spelling, limit=1000, without=without)
                hits = [int(hit.record) for hit in index.search(request, known).hits]
                first += hits[:1] == [number]
                same += bool(hits) and found[hits[0]]["name"] == found[number]["name"]
                five += number in hits[:5]
                wrong += sum(hit != number for hit in hits)
            pairs_tried = len(asked) * (len(found) - 1)
            print(
                f"spellings  {label:30} first {first / len(asked):.3f} (of that name"
                f" {same / len(asked):.3f})  first five {five / len(asked):.3f}"
                f"  false pairs in 1,000: {1000 * wrong / pairs_tried:.2f}"
            )


def forms(name: str, language: str) -> None:
    """Find the sentences of a word by its other forms (CoNLL-U with lemmas)."""
    texts, held = [], defaultdict(lambda: defaultdict(set))
    for block in (CORPORA / "ud" / name).read_text("utf-8").strip().split("\n\n"):
        rows = block.split("\n")
        texts.append(next(row[9:] for row in rows if row.startswith("# text = ")))
        words = set(folded_words(texts[-1]))
        for token in (row.split("\t") for row in rows if row[0].isdigit()):
            form = folded_words(token[1])
            if token[3] in ("NOUN", "VERB", "ADJ", "PROPN") and len(form) == 1 and form[0] in words:
                held[token[2], token[3]][form[0]].add(len(texts) - 1)
    several = {lemma: by_form for lemma, by_form in held.items() if len(by_form) > 1}
    with indexed([
        IndexDocument(record=str(n), kind="source", text=text, language=language)
        for n, text in enumerate(texts)
    ]) as index:  # fmt: skip

        def search(word: str, without: Sequence[str] = ()) -> set[int]:
            request = SearchRequest(query=word, limit=5000, without=tuple(without))
            return {int(hit.record) for hit in index.search(request).hits}

        every = [(n, word) for n, text in enumerate(texts) for word in text.split()]
        every = [(n, word) for n, word in every if folded_words(word)]
        own = _share(every, lambda n, word: n in search(f'"{word.replace(chr(34), " ")}"'))
        found = wanted = hits = good = 0
        for by_form in several.values():
            whole = set().union(*by_form.values())
            for form, mine in by_form.items():
                got = search(form)
                found, wanted = found + len(got & (whole - mine)), wanted + len(whole - mine)
                hits, good = hits + len(got), good + len(got & whole)
    print(
        f"forms      {language}: every word finds its sentence {own:.4f}; sentences with other forms"
        f" found {found / wanted:.3f}; of all found, with this word {good / hits:.3f}"
    )


def _share(asked: Sequence[tuple[int, str]], holds: Callable[[int, str], bool]) -> float:
    some = asked if len(asked) < 3000 else random.Random(3).sample(asked, 3000)
    return sum(holds(*each) for each in some) / len(some)


def main() -> int:
    """Print all figures."""
    if not CORPORA.is_dir():
        print("the shared corpora are not here")
        return 0
    print(f"kinds of variants: {', '.join(VARIANTS)}")
    sentences()
    places()
    forms("ar_pud_first_half.conllu", "ar")
    forms("fa_seraji-dev.conllu", "fa")
    return 0


if __name__ == "__main__":
    sys.exit(main())
