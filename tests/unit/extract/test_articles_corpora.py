"""The bars of reading articles, on pages that nobody here wrote; `tests/benchmarks/articles.py` prints the figures."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from casefile.extract import html
from casefile.extract.context import Context

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "articles.py"
pytestmark = [pytest.mark.corpora, pytest.mark.slow]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("articles_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_bodies_of_news_pages(bench: ModuleType, corpora: Path) -> None:
    pairs = []
    for page in bench.aeb(corpora):
        draft = html.read(page.bytes(), Context(page.name))
        assert draft.complete, page.name
        pairs.append((page.body, bench.body_of(draft)))
    assert bench.body_scores(pairs)[0] >= 0.95


def test_bodies_captions_and_facts_of_pages_of_many_countries(
    bench: ModuleType, corpora: Path
) -> None:
    pairs, facts = [], bench.Facts()
    for page in bench.fundus(corpora):
        draft = html.read(page.bytes(), Context(page.name))
        assert draft.complete, page.name
        assert draft.kind == "article", page.name
        pairs.append((page.body, bench.body_of(draft)))
        bench.count_facts(draft, page.gold, facts)
    assert bench.body_scores(pairs)[0] >= 0.96
    assert facts.captions.recall() >= 0.85
    assert facts.captions.precision() >= 0.8
    assert facts.credits.recall() >= 0.8
    assert facts.titles.recall() >= 0.75
    assert facts.authors.recall() >= 0.8
    assert facts.dates.recall() >= 0.96
