"""A case written for other programs says what the case says, and nothing in it acts."""

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from casefile.jobs.progress import Progress
from casefile.model.entity import Relation
from casefile.model.errors import Cancelled, CaseUnusable, Refused, UsageError
from casefile.model.ids import new_id
from casefile.model.kinds import KINDS
from casefile.model.note import Collection, CollectionItem
from casefile.report.vault import file_name, plain, tag
from casefile.services import annotate, cases, claims, entities, exports, notes, reading
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk

QUOTE = "between twelve and fifteen"
FORMULA = "=HYPERLINK(0)"
EVIL = "[[x]] <img src=//h/x> ![](http://h/x) %%c%% ==m== `= 1` #tag $x$ key:: v"


@pytest.fixture
def told(desk: Desk, sources: dict[str, str]) -> dict[str, str]:
    """A case with one of nearly everything; gives ids by name."""
    cases.rename(desk, "Valley", "Who holds the station?")
    cases.set_handle(desk, "Noor")
    column = sources["column.txt"]
    mark, _ = annotate.quote(desk, column, QUOTE, how=annotate.MarkAs(note="B was here", mark=3))
    draft = ClaimDraft(
        statement="Vehicles came", quote=mark, speaker="يوسف الحارث", place="Tell Marun",
        about="late March 2024",
    )  # fmt: skip
    claim, _ = claims.add(desk, draft)
    claims.link(
        desk, claim, stance="contradicts", source=sources["denial.txt"], warrant="A spokesman"
    )
    claims.assess(desk, claim, credibility=3, likelihood="likely", reasoning="Two engineers")
    notes.tag(desk, [column, claim], ["Tell Marun", "2024"])
    notes.note(desk, claim, "Look again")
    entity, _ = entities.add(desk, FORMULA, "unit")
    gone, _ = notes.note(desk, column, "thrown away")
    reading.delete(desk, [gone])
    box = new_id()
    with desk.store.write("seed") as w:
        w.put(Collection, box, name="Box")
        w.put(CollectionItem, new_id(), collection=box, target=column, position=1)
        w.put(Relation, new_id(), subject=entity, object=entity, kind="commands")
    reading.edit(desk, sources["denial.txt"], title=EVIL, publisher="-2+3")
    return {**sources, "mark": mark, "claim": claim, "entity": entity, "box": box}


def test_lines_of_json_have_every_record_and_the_texts(
    desk: Desk, told: dict[str, str], tmp_path: Path
) -> None:
    report = exports.write(desk, tmp_path / "out.jsonl", "jsonl")
    lines = [json.loads(line) for line in report.path.read_text("utf-8").splitlines()]
    found = {line["id"]: line for line in lines}
    assert len(found) == len(lines) == sum(report.records.values())
    with desk.store.read() as r:
        for name, cls in KINDS.items():
            ids = exports.records.ids(r, cls)
            assert {line["id"] for line in lines if line["type"] == name} == set(ids)
    source = found[told["column.txt"]]
    view = reading.text(desk, told["column.txt"])
    assert view is not None
    assert source["text"] == view.text
    assert source["tags"] == "2024; Tell Marun"
    assert len(source["sha256"]) == 64
    assert found[told["mark"]]["quote"] == QUOTE
    assert found[told["mark"]]["body"] == "B was here"
    claim = found[told["claim"]]
    assert claim["called"]["speaker"] == "يوسف الحارث"
    assert claim["about"]["earliest"]
    assert claim["called"]["made_by"] == "Noor"
    assert "thrown away" not in report.path.read_text("utf-8")


def test_tables_are_safe_and_say_whom_they_link_to(
    desk: Desk, told: dict[str, str], tmp_path: Path
) -> None:
    report = exports.write(desk, tmp_path / "out", "csv")
    tables: dict[str, list[dict[str, str]]] = {}
    for file in report.path.glob("*.csv"):
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        with file.open(encoding="utf-8-sig", newline="") as opened:
            tables[file.stem] = list(csv.DictReader(opened))
    assert {name: len(rows) for name, rows in tables.items()} == report.records
    assert {row["name"] for row in tables["entity"]} >= {"'" + FORMULA, "Tell Marun"}
    claim = tables["claim"][0]
    assert (claim["speaker_called"], claim["place_called"]) == ("يوسف الحارث", "Tell Marun")
    assert claim["about"] == "late March 2024"
    assert claim["about_earliest"].startswith("2024-03")
    assert claim["quote_called"] == QUOTE
    assert claim["made_by"] == "Noor"
    cells = [cell for rows in tables.values() for row in rows for cell in row.values()]
    assert not [cell for cell in cells if re.match(r"[=+@\t\r\n]|-(?!\d+(\.\d+)?$)", cell)]
    words = report.losses.read_text("utf-8")
    quoted = sum(cell.startswith("'") for cell in cells)
    assert f"{quoted} cells" in words
    assert "1 record that was deleted" in words


def pages(root: Path) -> dict[str, str]:
    return {
        str(file.relative_to(root).with_suffix("")): file.read_text("utf-8")
        for file in root.rglob("*.md")
    }


def test_pages_link_to_each_other(desk: Desk, told: dict[str, str], tmp_path: Path) -> None:
    report = exports.write(desk, tmp_path / "vault", "markdown")
    found = pages(report.path)
    name = f"Claims/Vehicles came {told['claim'][:8]}"
    page = found[name]
    assert (
        f"[[Sources/Armoured column takes pumping station at Tell Marun {told['column.txt'][:8]}|"
        in page
    )
    assert "Contradicts: [[" in page
    assert f"> {QUOTE}" in page
    assert "Two engineers" in page
    assert "Look again" in page
    assert "- Noor: credibility 3" in page
    assert '  - "Tell-Marun"\n' in page
    assert '  - "n-2024"\n' in page
    for text in found.values():
        for target in re.findall(r"\[\[([^\]|]+)\|", text):
            assert target in found
    assert f"[[{name}|Vehicles came]]" in found["index"]
    assert "Who holds" in found["index"]
    source = next(text for name, text in found.items() if told["column.txt"][:8] in name)
    assert "Yusuf\nal-Harith" not in source
    assert "al-Harith, an activist in al-Qasira" in source
    assert (report.path / "LOSSES.txt").is_file()


def test_nothing_in_a_page_acts(desk: Desk, told: dict[str, str], tmp_path: Path) -> None:
    root = exports.write(desk, tmp_path / "vault", "markdown").path
    name, text = next((n, t) for n, t in pages(root).items() if told["denial.txt"][:8] in n)
    assert re.fullmatch(r"Sources/[\w ]+", name)
    body = text.split("---\n", 2)[2]
    shown = MarkdownIt("commonmark", {"html": True}).render(body)
    assert not re.search(r"<(img|a|script|code|em|h[3-6])\b", shown)
    bare = body.replace("\\%", "").replace("\\=", "").replace("\\:", "").replace("\\[", "")
    assert not re.search(r"%%|==|::|\[\[(?!(Sources|Claims|Entities)/)", bare)


def test_an_export_is_whole_or_nothing(desk: Desk, told: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "there"
    home.mkdir()
    with pytest.raises(UsageError):
        exports.write(desk, home / "x", "xlsx")
    (home / "x").write_text("mine", "utf-8")
    for form in ("csv", "jsonl", "markdown"):
        with pytest.raises(Refused):
            exports.write(desk, home / "x", form)
    stopped = Progress()
    stopped.cancel()
    for form in ("csv", "jsonl", "markdown"):
        with pytest.raises(Cancelled):
            exports.write(desk, home / "y", form, stopped)
    with pytest.raises(CaseUnusable):
        exports.write(desk, home / "none" / "y", "csv")
    assert [one.name for one in home.iterdir()] == ["x"]
    assert (home / "x").read_text("utf-8") == "mine"


def test_an_empty_case_can_be_exported(desk: Desk, tmp_path: Path) -> None:
    for form in ("csv", "jsonl", "markdown"):
        report = exports.write(desk, tmp_path / f"out-{form}", form)
        assert report.losses.is_file()
        assert not report.records


def test_two_titles_alike_are_two_pages(
    desk: Desk, sources: dict[str, str], tmp_path: Path
) -> None:
    for key in sources.values():
        reading.edit(desk, key, title="Same/../name")
    found = pages(exports.write(desk, tmp_path / "vault", "markdown").path)
    assert sum(name.startswith("Sources/Same name ") for name in found) == 2


@given(st.text())
def test_a_file_name_is_letters_and_numbers(title: str) -> None:
    name = file_name(title, "0123abcd")
    assert name.endswith("0123abcd")
    assert len(name) <= 70
    assert len(name.encode()) < 200
    assert not re.search(r"[\x00-\x1f/\\:*?\"<>|.#^\[\]]", name)
    assert name == name.strip()


@given(st.text())
def test_words_mean_nothing_to_obsidian(words: str) -> None:
    for mark in ("%%", "==", "[[", "<!--", "$$", "::"):
        assert mark not in plain(words)
    assert not re.search(r"[\s#,]", tag(words))
    assert not tag(words).isdigit()
