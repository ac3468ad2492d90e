"""What people and other programs read in a bundle: RO-Crate metadata, a plain page, a table."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from casefile.bundle import layout, minisign
from casefile.bundle.about import About
from casefile.model.cells import safe_cell
from casefile.model.ledger import canonical
from casefile.strings import tr

CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
PROFILE: Final = "https://w3id.org/ro/crate/1.1"
COLUMNS: Final = ("id", "kind", "title", "publisher", "published", "url", "sha256")
SHOWN: Final = 2_000  # sources on the page
_FILES: Final = {
    layout.ABOUT: ("What this bundle is", "application/json"),
    layout.OBJECT_LIST: ("What the objects are", "application/jsonl"),
    layout.CHECKPOINTS: ("Signed ends of the log", "application/jsonl"),
    layout.STUBS: ("Operations that are left out, by their SHA-256", "application/jsonl"),
    layout.SOURCES: ("The sources as a table", "text/csv"),
    layout.RECORDS: ("The records", "application/jsonl"),
    layout.WITHHELD: ("What is withheld", "application/jsonl"),
    layout.PAGE: ("This bundle for people", "text/html"),
}
_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><title>{title}</title>
<style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse;width:100%}}td,th{{text-align:left;vertical-align:top;
padding:.3em .6em;border-bottom:1px solid #ccc}}code{{font-size:.8em;word-break:break-all}}</style>
</head><body><h1 dir="auto">{title}</h1>
<table>{facts}</table>
<h2>{sources}</h2>
<table><tr>{heads}</tr>
{rows}</table>
<p>{more}</p>
<h2>{how}</h2>
<p>{words}</p>
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A source as it stands in table and page; all of it a stranger's words."""

    id: str
    kind: str
    title: str
    publisher: str
    published: str
    url: str
    sha256: str


def table(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write the sources as CSV that no spreadsheet takes for formulas."""
    yield _csv(COLUMNS)
    for row in rows:
        yield _csv([safe_cell(getattr(row, name)) for name in COLUMNS])


def _csv(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


def metadata(about: About, names: Iterable[str]) -> bytes:
    """Write the RO-Crate metadata; the objects are one data set, listed in `objects.jsonl`."""
    inside = {one.removeprefix("data/"): _FILES[one] for one in sorted(names) if one in _FILES}
    files: list[dict[str, Any]] = [
        {"@id": one, "@type": "File", "name": words, "encodingFormat": form}
        for one, (words, form) in inside.items()
    ]
    folders = [
        {"@id": name.removeprefix("data/"), "@type": "Dataset", "name": words}
        for name, words in (
            (layout.OPS, "The log: one operation a line"),
            (layout.OBJECTS, "Originals and texts, each named by its SHA-256"),
        )
        if any(one.startswith(name) for one in names)
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title or "Casefile bundle",
        "description": f"A Casefile bundle ({about.kind})",
        "datePublished": about.made,
        "license": "Shared between the people of an investigation; not for publication.",
        "identifier": about.case,
        "hasPart": [{"@id": one["@id"]} for one in (*files, *folders)],
    }
    head = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    return canonical({"@context": CONTEXT, "@graph": [head, root, *files, *folders]})


def page(about: About, rows: Iterable[Row], more: int) -> bytes:
    """Write the page for people without Casefile; it asks for nothing from anywhere."""
    facts = {
        tr("What it is"): {
            "full": tr("A whole case"),
            "delta": tr("What is new in a case"),
            "selection": tr("Chosen records of a case"),
            "disclosure": tr("Records of a case, as they were released"),
        }[about.kind],
        tr("Made"): about.made,
        tr("Case"): about.case,
        tr("From"): about.name or about.person or tr("nobody named"),
        tr("Signed with key"): about.key.hex() or tr("not signed"),
        tr("The key as minisign takes it"): minisign.public_line(about.key) if about.key else "",
        tr("Operations"): str(about.counts.get("operations", 0)),
        tr("Originals"): str(about.counts.get("objects", 0)),
    }
    listed = "".join(
        f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>\n" for k, v in facts.items() if v
    )
    heads = "".join(
        f"<th>{escape(one)}</th>"
        for one in (tr("Title"), tr("Publisher"), tr("Published"), tr("Original"))
    )
    words = tr(
        "This file is a zip: every original lies in data/objects, named by its SHA-256; "
        "manifest-sha256.txt lists all of them. With Casefile: casefile bundle verify FILE. "
        "Without: unpack it, and run sha256sum --check manifest-sha256.txt; "
        "verify.py, which comes with every report, also follows the log and verifies the signatures."
    )
    return _PAGE.format(
        title=escape(about.title or "Casefile"), facts=listed, sources=escape(tr("Sources")),
        heads=heads, rows="".join(map(_row, rows)), how=escape(tr("How to check it")),
        more=escape(tr("{n} more are in sources.csv.").format(n=more)) if more else "",
        words=escape(words),
    ).encode("utf-8", "replace")  # fmt: skip


def _row(one: Row) -> str:
    cells = [escape(words) for words in (one.title, one.publisher, one.published)]
    name = escape(one.sha256)
    if name:
        name = f'<a href="objects/{name[:2]}/{name}"><code>{name}</code></a>'
    return "<tr>" + "".join(f'<td dir="auto">{c}</td>' for c in cells) + f"<td>{name}</td></tr>\n"
