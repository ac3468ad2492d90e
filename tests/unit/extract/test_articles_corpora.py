"""The bars of reading articles, on pages that nobody here wrote; `tests/benchmarks/articles.py` prints the figures."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from casefile.extract import html
from casefile.extract.context import Context

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
pytestmark = [pytest.mark.corpora, pytest.mark.slow]


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("articles_benchmark", BENCHMARKS / "articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    before = list(sys.path)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before


def test_bodies_of_news_pages(bench: ModuleType, corpora: Path) -> None:
    facts = bench.Facts()
    for page in bench.every_page(corpora):
        if page.corpus == "aeb":
            draft = html.read(page.bytes(), Context(page.name))
            assert draft.complete, page.name
            bench.count_page(page, draft, facts)
    assert bench.body_scores(facts.bodies)[0] >= 0.96
    assert facts.alarms.hits == 0


def test_bodies_captions_and_facts_of_pages_of_many_countries(
    bench: ModuleType, corpora: Path
) -> None:
    facts = bench.Facts()
    for page in bench.every_page(corpora):
        if page.corpus == "fundus":
            draft = html.read(page.bytes(), Context(page.name))
            assert draft.complete, page.name
            assert draft.kind == "article", page.name
            bench.count_page(page, draft, facts)
    assert bench.body_scores(facts.bodies)[0] >= 0.965
    assert facts.captions.recall() >= 0.85
    assert facts.captions.precision() >= 0.85
    assert facts.credits.recall() >= 0.8
    assert facts.titles.recall() >= 0.85
    assert facts.authors.recall() >= 0.85
    assert facts.dates.recall() >= 0.97
    assert facts.alarms.hits == 0
