"""The parts of a query as they were written, to try it with one of them less."""

import re

_PART = re.compile(
    r"""-?(?:[^\W\d_]+:)?(?:"[^"]*"(?:~\d*)?|“[^”]*”|«[^»]*»|\([^()]*\)|[^\s()"]+)"""
)
_OPERATORS = frozenset({"OR", "AND", "NOT"})
MOST = 8


def one_less(query: str) -> list[tuple[str, str]]:
    """Give each part with the query without it; nothing for a query with operators, or of one part."""
    parts = _PART.findall(query)
    if not 2 <= len(parts) <= MOST or _OPERATORS.intersection(parts):
        return []
    if "".join(parts) != "".join(query.split()) and '"' not in query and "(" not in query:
        return []
    return [(part, " ".join(parts[:n] + parts[n + 1 :])) for n, part in enumerate(parts)]
