"""Small documents, and an index of them made in a temporary folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casefile.model.hit import IndexDocument
from casefile.model.zone import Zone
from casefile.search.execute import Execution
from casefile.search.files import generation_folder
from casefile.search.query import parse
from casefile.search.reader import Snapshot
from casefile.search.writer import Generation

Find = Callable[..., set[str]]


def zoned(*parts: tuple[str, str]) -> tuple[str, tuple[Zone, ...]]:
    """Put a text together from (kind, words), one zone each."""
    text = ""
    zones = []
    for kind, words in parts:
        zones.append(Zone(kind, len(text), len(text) + len(words)))
        text += words + "\n\n"
    return text, tuple(zones)


def document(record: str, *parts: tuple[str, str] | str, **more: object) -> IndexDocument:
    """Make a document; a bare string is a text without zones."""
    if parts and isinstance(parts[0], str):
        return IndexDocument(
            record=record, kind=str(more.pop("kind", "source")), text=parts[0], **more
        )  # type: ignore[arg-type]  # a short hand for tests
    text, zones = zoned(*parts)  # type: ignore[arg-type]  # pairs from here on
    return IndexDocument(
        record=record, kind=str(more.pop("kind", "source")), text=text, zones=zones, **more
    )  # type: ignore[arg-type]  # as above


def written(root: Path, *documents: IndexDocument) -> Path:
    """Write a generation without the child."""
    generation = Generation(root, 1)
    generation.add(documents)
    generation.commit()
    return generation_folder(root, 1)


def found(snapshot: Snapshot, query: str, *, boilerplate: bool = False) -> set[str]:
    """Give the records that a query finds."""
    node = parse(query).node
    assert node is not None
    scores = Execution(snapshot, boilerplate=boilerplate).scores(node)
    return {snapshot.label(d, "record") for d in scores}


@pytest.fixture
def finder(tmp_path: Path) -> Iterator[Callable[..., Find]]:
    """Give a function that indexes documents and gives a function that finds records."""
    opened: list[Snapshot] = []

    def make(*documents: IndexDocument) -> Find:
        snapshot = Snapshot(written(tmp_path / str(len(opened)), *documents))
        opened.append(snapshot)

        def find(query: str, *, boilerplate: bool = False) -> set[str]:
            return found(snapshot, query, boilerplate=boilerplate)

        return find

    yield make
    for snapshot in opened:
        snapshot.close()
