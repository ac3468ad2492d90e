"""Packing a disclosure: the confirmed list becomes files."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.bundle.crate import Row
from casefile.jobs.progress import Progress
from casefile.model.disclosure import Plan
from casefile.model.errors import Refused
from casefile.model.ledger import canonical
from casefile.services import disclosing, share_copies
from casefile.services.desk import Desk
from casefile.services.share_copies import Copy
from casefile.store.objects import sha256_of
from casefile.strings import tr

RECORDS, WITHHELD, OBJECTS = "records.jsonl", "withheld.jsonl", "objects.jsonl"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Packed:
    """What goes into the bundle: member names below `data/`, where the bytes lie, table rows."""

    members: tuple[tuple[str, Path], ...]
    rows: tuple[Row, ...]
    objects: tuple[tuple[str, int], ...]  # kind and size
    blank: dict[str, tuple[int, ...]]  # pages taken out as a whole, by source


def pack(
    desk: Desk, plan: Plan, confirmed: str, folder: Path, progress: Progress | None = None
) -> Packed:
    """Make every file of a disclosure in a folder.

    `confirmed` is the digest of the list that the person saw; Refused when what would travel is not
    that any more.
    """
    progress = progress or Progress()
    prepared = disclosing.prepare(desk, plan, progress)
    if prepared.travel.digest != confirmed:
        raise Refused(
            tr("What would travel is not what you confirmed."),
            tr("The case or your choice has changed: look at the list again."),
        )
    made = _Files(folder, {}, {})
    blank: dict[str, tuple[int, ...]] = {}
    for n, share in enumerate(prepared.shares):
        progress.at(n, len(prepared.shares), tr("Making copies"))
        if share.after is not None:
            made.text(share.source, share.after.text)
        file = folder / "copy"
        copy = share_copies.make(desk, share, plan.areas.get(share.source, ()), file, progress)
        if copy is not None:
            made.take(share.source, file, copy)
            if copy.blank:
                blank[share.source] = copy.blank
    records = [_with_files(each, made.by_source) for each in prepared.records]
    lines = {
        RECORDS: records,
        OBJECTS: made.listed(),
    }
    if prepared.withheld:
        lines[WITHHELD] = prepared.withheld
    members = [*_written(folder, lines)]
    members += [(f"objects/{name[:2]}/{name}", path) for name, path in sorted(made.objects.items())]
    objects = tuple((one["kind"], one["size"]) for one in lines[OBJECTS])
    return Packed(tuple(members), tuple(_rows(records)), objects, blank)


@dataclass(slots=True)
class _Files:
    folder: Path
    objects: dict[str, Path]
    by_source: dict[str, dict[str, Any]]

    def listed(self) -> list[dict[str, Any]]:
        """Give what the objects are, as bundles list them."""
        texts = {each["text"] for each in self.by_source.values() if "text" in each}
        return [
            {
                "sha256": name,
                "kind": "text" if name in texts else "original",
                "size": path.stat().st_size,
            }
            for name, path in sorted(self.objects.items())
        ]

    def text(self, source: str, words: str) -> None:
        """Keep a text."""
        body = words.encode("utf-8")
        name = hashlib.sha256(body).hexdigest()
        path = self.folder / name
        path.write_bytes(body)
        self.objects[name] = path
        self.by_source.setdefault(source, {})["text"] = name

    def take(self, source: str, file: Path, copy: Copy) -> None:
        """Keep a copy of a file."""
        name = sha256_of(file)
        path = self.folder / name
        file.replace(path)
        self.objects[name] = path
        told: dict[str, Any] = {"sha256": name, "media_type": copy.media_type}
        if copy.blank:
            told["blank_pages"] = list(copy.blank)
        self.by_source.setdefault(source, {})["file"] = told


def _with_files(record: dict[str, Any], files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    more = files.get(record["id"]) if record["tbl"] == "source" else None
    return {**record, "set": {**record["set"], **more}} if more else record


def _written(folder: Path, lines: dict[str, list[dict[str, Any]]]) -> Iterable[tuple[str, Path]]:
    for name, listed in lines.items():
        path = folder / name
        with path.open("xb") as out:
            out.writelines(canonical(each) + b"\n" for each in listed)
        yield name, path


def _rows(records: list[dict[str, Any]]) -> Iterable[Row]:
    for each in records:
        if each["tbl"] == "source":
            values = each["set"]
            yield Row(
                id=each["id"],
                kind=values.get("kind", ""),
                title=values.get("title", ""),
                publisher=values.get("publisher", ""),
                published=(values.get("published") or {}).get("edtf") or "",
                url=values.get("url", ""),
                sha256=values.get("file", {}).get("sha256", "") or values.get("text", ""),
            )
