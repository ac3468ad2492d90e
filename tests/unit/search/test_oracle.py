"""Our index against Whoosh's own: same records, same order; also through Whoosh's own queries.

The same random documents go into an index that is all Whoosh's (codec, writer, postings) and into
ours, with deletes, replacements and merges; every query is put to both.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from whoosh import analysis, fields, query, scoring
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher
from whoosh.writing import NO_MERGE, OPTIMIZE

from casefile.model.hit import IndexDocument
from casefile.search import files
from casefile.search.execute import Execution
from casefile.search.reader import Snapshot
from casefile.search.syntax import And, Days, Node, Not, Or, Words
from casefile.search.toc import Index
from casefile.search.weights import BOOSTS, K1
from casefile.search.writer import Generation
from tests.conftest import Tier
from tests.unit.search.conftest import document

STEMS = ["gate", "river", "tunnel", "جندي", "وادي", "дорога", "мост", "a", "the", "zeta"]
WORDS = [*STEMS, *(f"{stem}{n}" for stem in STEMS for n in range(12))]
ROUNDS = 10  # queries of each kind for one set of documents


class Rarity(scoring.BM25F):
    """Whoosh's BM25F with the rarity that ours uses."""

    def idf(self, searcher: Searcher, fieldname: str, text: str) -> float:
        return rarity(searcher, fieldname, text)


def rarity(searcher: Searcher, field: str, text: str) -> float:
    reader = searcher.reader()
    count = reader.doc_frequency(field, text) if (field, text) in reader else 0
    return math.log(1 + (reader.doc_count_all() - count + 0.5) / (count + 0.5))


@dataclass
class Both:
    """The same documents in both indexes."""

    stock: Searcher
    through: Searcher  # Whoosh's searcher over our files
    ours: Snapshot

    def close(self) -> None:
        self.stock.close()
        self.through.close()


def written(rng: random.Random, name: str) -> IndexDocument:
    common = rng.sample(WORDS, 6)
    words = [rng.choice(common if rng.random() < 0.6 else WORDS) for _ in range(rng.randint(0, 60))]
    return document(name, " ".join(words), earliest=(day := rng.randint(1, 28)), latest=day)


def made(rng: random.Random, folder: Path) -> Both:
    """Make both indexes the same way, in several steps."""
    schema = fields.Schema(
        record=fields.ID(stored=True, unique=True),
        body=fields.TEXT(analysis.RegexTokenizer(r"\w+"), phrase=True),
        earliest=fields.NUMERIC(int, default=0),
    )
    stock = RamStorage().create_index(schema)
    records = [f"r{n}" for n in range(rng.randint(1, 120))]
    steps = rng.randint(1, 5)
    for step in range(1, steps + 1):
        generation = Generation(folder, step, step - 1 or None)
        chosen = records if step == 1 else rng.sample(records, rng.randint(1, len(records)))
        gone = [] if step == 1 else rng.sample(records, rng.randint(0, len(records) // 3))
        fresh = [written(rng, name) for name in chosen]
        writer = stock.writer()
        for name in gone:
            writer.delete_by_term("record", name)
        for one in fresh:
            writer.update_document(record=one.record, body=one.text, earliest=one.earliest)
        writer.commit(OPTIMIZE if rng.random() < 0.3 else NO_MERGE)
        generation.remove(gone)
        for start in range(0, len(fresh), 40):
            generation.add(fresh[start : start + 40])
        generation.commit()
    last = files.generation_folder(folder, steps)
    return Both(stock.searcher(), Index(last).searcher(), Snapshot(last))


Kind = Callable[[random.Random], tuple[query.Query, Node]]


def word(rng: random.Random) -> tuple[query.Query, Node]:
    chosen = rng.choice(WORDS)
    return query.Term("body", chosen), Words((chosen,), fields=("body",))


def several(rng: random.Random) -> list[tuple[query.Query, Node]]:
    return [word(rng) for _ in range(rng.randint(2, 4))]


def every(rng: random.Random) -> tuple[query.Query, Node]:
    theirs, ours = zip(*several(rng), strict=True)
    return query.And(list(theirs)), And(ours)


def some(rng: random.Random) -> tuple[query.Query, Node]:
    theirs, ours = zip(*several(rng), strict=True)
    return query.Or(list(theirs)), Or(ours)


def without(rng: random.Random) -> tuple[query.Query, Node]:
    (wanted, mine), (unwanted, other) = word(rng), some(rng)
    # Not Whoosh's AndNot, which lets documents through that an Or excludes.
    return query.And([wanted, query.Not(unwanted)]), And((mine, Not(other)))


def nested(rng: random.Random) -> tuple[query.Query, Node]:
    (one, mine), (two, other), (three, last) = every(rng), word(rng), some(rng)
    return query.Or([one, query.And([two, three])]), Or((mine, And((other, last))))


def phrase(rng: random.Random) -> tuple[query.Query, Node]:
    words = tuple(rng.choices(WORDS[:14], k=rng.randint(2, 3)))
    return query.Phrase("body", list(words)), Words(words, fields=("body",))


def beginning(rng: random.Random) -> tuple[query.Query, Node]:
    chosen = rng.choice(WORDS)
    start = chosen[: rng.randint(1, len(chosen))]
    return query.Prefix("body", start), Words((start,), prefix=True, fields=("body",))


def nearly(rng: random.Random) -> tuple[query.Query, Node]:
    chosen = rng.choice([w for w in WORDS if len(w) > 3])
    at = rng.randrange(len(chosen))
    changed = chosen[:at] + rng.choice(["", "x", chosen[at] * 2]) + chosen[at + 1 :]
    distance = rng.randint(1, 2)
    theirs = query.FuzzyTerm("body", changed, maxdist=distance, prefixlength=0)
    return theirs, Words((changed,), fuzzy=distance, fields=("body",))


def dated(rng: random.Random) -> tuple[query.Query, Node]:
    low, high = sorted((rng.randint(1, 28), rng.randint(1, 28)))
    theirs, ours = word(rng)
    return (
        query.And([theirs, query.NumericRange("earliest", low, high)]),
        And((ours, Days(low, high))),
    )


KINDS: list[Kind] = [word, every, some, without, nested, phrase, beginning, nearly, dated]


def stock_hits(searcher: Searcher, asked: query.Query) -> set[str]:
    return {hit["record"] for hit in searcher.search(asked, limit=None)}


def our_hits(snapshot: Snapshot, node: Node) -> set[str]:
    found = Execution(snapshot, boilerplate=False).documents(node)
    return {snapshot.label(n, "record") for n in found}


def through_hits(both: Both, asked: query.Query) -> set[str]:
    """Put Whoosh's query to Whoosh's matchers and collectors over our files."""
    found = both.through.search(asked, limit=None)
    return {both.ours.label(hit.docnum, "record") for hit in found}


@pytest.fixture
def sets(
    tier: Tier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[random.Random, Both]]:
    # So few documents are many here, too, so that the quick way to the best of them is taken.
    monkeypatch.setattr("casefile.search.execute.MANY", 4)
    return _sets(tier.count(quick=2, ci=56, long=600), tmp_path)


def _sets(count: int, folder: Path) -> Iterator[tuple[random.Random, Both]]:
    for number in range(count):
        rng = random.Random(number)
        both = made(rng, folder / str(number))
        yield rng, both
        both.close()


@pytest.mark.slow
def test_the_same_records_are_found(sets: Iterator[tuple[random.Random, Both]]) -> None:
    for rng, both in sets:
        for kind in KINDS:
            for _ in range(ROUNDS):
                theirs, ours = kind(rng)
                expected = stock_hits(both.stock, theirs)
                assert our_hits(both.ours, ours) == expected, theirs
                if kind is not dated:  # days are columns in ours
                    assert through_hits(both, theirs) == expected, theirs


# Whoosh takes the mean length of a field over all documents, ours over those that have the field.
CLOSE = 0.06


@pytest.mark.slow
def test_the_order_is_that_of_bm25f(sets: Iterator[tuple[random.Random, Both]]) -> None:
    """Whoosh scores by its own BM25F, reading our files; ours by the executor."""
    weighting = Rarity(B=BOOSTS["body"][1], K1=K1)
    for rng, both in sets:
        searcher = both.through
        searcher.weighting = weighting
        # Of a branch that a record fits only in part, ours weighs the words it has, Whoosh none.
        for kind in (word, every, some):
            for _ in range(ROUNDS):
                theirs, ours = kind(rng)
                if both.ours.deleted:  # Whoosh counts gone documents among the rest
                    continue
                hits = searcher.search(theirs, limit=None)
                scored = {hit.docnum: hit.score for hit in hits}
                total, best = Execution(both.ours, boilerplate=False).best(ours, 10)
                assert total == len(scored)
                expected = sorted(scored.values(), reverse=True)[:10]
                assert [score for _, score in best] == pytest.approx(expected, rel=CLOSE)
                assert [scored[n] for n, _ in best] == pytest.approx(expected, rel=CLOSE)
