"""The case as a folder of Markdown pages that link to each other, as Obsidian reads them."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from casefile.model.exported import Block, ExportPage, PageFolder, Tally
from casefile.report.markdown import escape

SHORT: Final = 8  # characters of an id at the end of a file's name
LONGEST: Final = 60  # letters of a title in it
INDEX: Final = "index"
_KEPT: Final = ("L", "N", "M")  # letters, numbers, marks: whatever else Unicode has is a blank
_OBSIDIAN: Final = re.compile(r"(%%|==|::)")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write_pages(root: Path, index: ExportPage, folders: Sequence[PageFolder], tally: Tally) -> None:
    """Write every page into its folder, and the page that links to them all."""
    names = {id_: name for each in folders for id_, name in _names(each)}
    for each in folders:
        home = root / each.name
        home.mkdir()
        for page in each.pages:
            _write(root / f"{names[page.id]}.md", page, names)
            tally.add(each.name)
    _write(root / f"{INDEX}.md", index, names)


def _names(pages: PageFolder) -> Iterator[tuple[str, str]]:
    """Name files by title and the beginning of the id; two that would be alike by the whole id."""
    taken: set[str] = set()
    for id_, title in pages.titles.items():
        name = file_name(title, id_[:SHORT])
        if name.casefold() in taken:
            name = file_name(title, id_)
        taken.add(name.casefold())
        yield id_, f"{pages.name}/{name}"


def file_name(title: str, id_: str) -> str:
    """Make a file's name of letters, numbers and single blanks alone, with an id at its end."""
    kept = "".join(
        letter if unicodedata.category(letter)[0] in _KEPT else " "
        for letter in unicodedata.normalize("NFC", title[: LONGEST * 4])
    )
    return " ".join([*_cut(" ".join(kept.split())).split(), id_])


def _cut(words: str) -> str:
    while len(words) > LONGEST or len(words.encode()) > LONGEST * 3:
        words = words[:-1]
    return words


def plain(words: str) -> str:
    """Escape words of a case for Obsidian: Markdown, HTML, and its own marks."""
    return _OBSIDIAN.sub(lambda m: "".join("\\" + c for c in m[0]), escape(words))


def _write(file: Path, page: ExportPage, names: dict[str, str]) -> None:
    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.writelines(line + "\n" for line in _lines(page, names))


def _lines(page: ExportPage, names: dict[str, str]) -> Iterator[str]:
    yield "---"
    for key, value in page.facts:
        if isinstance(value, tuple):
            yield from _several(key, value)
        elif value:
            yield f"{key}: {_yaml(value)}"
    yield from ("---", f"# {plain(page.title)}", "")
    last = ""
    for block in page.blocks:
        if last == "item" != block.kind:
            yield ""
        yield from _block(block, names)
        last = block.kind


def _several(key: str, values: tuple[str, ...]) -> Iterator[str]:
    if any(values):
        yield f"{key}:"
        yield from (f"  - {_yaml(one)}" for one in values if one)


def _yaml(value: str) -> str:
    """Write a string that YAML can take for nothing else: JSON's form is one of its own."""
    return json.dumps(_CONTROL.sub(" ", value), ensure_ascii=False)


def _block(block: Block, names: dict[str, str]) -> Iterator[str]:
    if block.kind == "heading":
        yield from (f"## {plain(block.words)}", "")
    elif block.kind == "item":
        yield f"- {_inline(block, names)}"
    elif block.kind == "quote":
        yield from (f"> {plain(line)}" for line in block.words.splitlines() if line.strip())
        yield ""
    else:
        for part in re.split(r"\n\s*\n|\f", block.words):
            if part.strip():
                yield from (plain(part), "")


def _inline(block: Block, names: dict[str, str]) -> str:
    words = plain(block.words)
    if block.link in names:
        shown = re.sub(r"[\[\]|#^\\]", " ", _CONTROL.sub(" ", block.words)).strip()
        words = f"[[{names[block.link]}|{_unmarked(shown)}]]"
    lead = plain(block.lead)
    return f"{lead}: {words}" if lead and words else lead or words


def _unmarked(words: str) -> str:
    """Take out of a link's words what would be HTML or a mark inside them."""
    return " ".join(re.sub(r"[<>`*_~$%=&!]", " ", words).split()) or "…"


def tag(words: str) -> str:
    """Write a tag as Obsidian takes it: letters, numbers, `-` for whatever stands between."""
    kept = "".join(
        letter if unicodedata.category(letter)[0] in _KEPT or letter == "_" else " "
        for letter in words
    )
    name = "-".join(kept.split())
    return f"n-{name}" if name.isdigit() else name
