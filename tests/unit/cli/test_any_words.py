"""Whatever a person types behind `search` is answered, by the whole way a call takes, and soon."""

import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

# Seconds of CPU of one call: half of one is what a search may take on its own; a test only finds
# one that stands still, on any machine and while its lines are counted.
LIMIT = 2.0 if sys.gettrace() is None else 8.0
PIECES = [
    "-", "--", "-abdullah", "--json", "--help", "-h", "--limit", "--limit=x", "@file", "'", '"',
    "“", "(", ")", "*", "~", "~9", ":", "title:", "date:", "2024..", "OR", "AND", "NOT", "\\", "$x",
    "al-Harith", "villages", "القصيرة", "Тель-Марун", "a" * 90, "\t", "\n", "é̂̃", "📰", "\ud800",
]  # fmt: skip
words = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
)


@example("--")
@example("-abdullah")
@example("--json")
@example("-h")
@example("")
@given(query=words)
def test_any_words_are_a_query(call, source: str, case: Path, query: str) -> None:
    began = time.process_time()
    said = call("search", case, query, "--json")
    assert time.process_time() - began < LIMIT, query
    assert said.status == 0, (query, said)
    assert said.json["understood"], query
    assert said.json["query"].encode("utf-8", "replace") == query.encode("utf-8", "replace")


@pytest.mark.parametrize("query", ["-villages", "--villages", '"-villages', "NOT villages", "-h"])
def test_what_is_excluded_is_said(call, source: str, case: Path, query: str) -> None:
    found = call("search", case, query, "--json").json
    excluded = query in ("-villages", "NOT villages")
    assert ("without “villages”" in found["understood"]) == excluded
    assert (found["total"] == 0) == excluded
