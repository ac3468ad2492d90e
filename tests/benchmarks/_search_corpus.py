"""Documents and questions of the search benchmark; the standard library alone, for any Python."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[2] / "../shared/corpora/search_scale"
TOP = 20

Document = dict[str, Any]
Asked = dict[str, Any]


def documents(count: int) -> Iterator[Document]:
    """Give so many documents; past the corpus' end they come again with their paragraphs moved on."""
    given = turn = 0
    while given < count:
        with lzma.open(CORPUS / "docs-20k.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if given == count:
                    return
                document = json.loads(line)
                parts = document["body"].split("\n\n")
                moved = turn % len(parts)
                document["body"] = "\n\n".join(parts[moved:] + parts[:moved])
                document["id"] = f"{document['id']}-{turn}"
                given += 1
                yield document
        turn += 1


def questions() -> list[Asked]:
    """Give the questions: class, terms, and days for a date range."""
    found: list[Asked] = json.loads((CORPUS / "queries.json").read_text(encoding="utf-8"))
    return found


def beginnings() -> list[str]:
    """Give what stands in the box while words are typed, letter by letter."""
    words = {q["terms"][0] for q in questions() if q["cls"] in {"common", "rare", "and2"}}
    return sorted({word[:n] for word in words for n in range(1, 6)})


def one_edit(one: str, other: str) -> bool:
    """Say whether two words differ by at most one letter changed, added or left out."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
