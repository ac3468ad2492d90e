"""Every path is answered once; nothing that was acknowledged is lost; again goes on."""

import gzip
import io
import os
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from casefile.jobs.progress import Progress
from casefile.model.source import SourceLink
from casefile.services import history, ingest, reading
from casefile.services.desk import create_desk
from casefile.services.ingest import AddOptions
from casefile.store import records, schema


def test_every_path_is_answered_once_in_the_order_given(desk, files):
    (files / "empty.txt").write_bytes(b"")
    (files / "sub").mkdir()
    (files / "sub" / "copy.txt").write_bytes((files / "denial.txt").read_bytes())
    absent = files.parent / "absent.txt"
    report = ingest.add(desk, [absent, files, files / "column.txt"])
    assert [(e.path, e.status) for e in report.entries] == [
        (str(absent), "refused"),
        (f"{files}/column.txt", "added"),
        (f"{files}/denial.txt", "added"),
        (f"{files}/empty.txt", "refused"),
        (f"{files}/sub/copy.txt", "duplicate"),
    ]
    assert all(e.reason for e in report.entries if e.status == "refused")
    assert report.counts == {"added": 2, "duplicate": 1, "partly read": 0, "refused": 2}


def test_the_same_bytes_again_are_one_source_with_the_reason(desk, files):
    first = ingest.add(desk, [files / "column.txt"]).entries[0]
    again = ingest.add(desk, [files / "column.txt"]).entries[0]
    assert again.source == first.source
    assert again.duplicate_of[0].how == "same bytes"
    assert len(reading.source(desk, first.source).acquisitions) == 1


def test_another_way_in_is_another_acquisition_of_the_one_source(desk, files):
    first = ingest.add(desk, [files / "column.txt"]).entries[0]
    told = AddOptions(url="https://sarmen.example/1", captured="2024-04-04T08:31:00.000Z")
    ingest.add(desk, [files / "column.txt"], options=told)
    ingest.add(desk, [files / "column.txt"], options=told)
    ways = reading.source(desk, first.source).acquisitions
    assert [w.from_uri for w in ways] == [None, "https://sarmen.example/1"]
    assert ways[1].captured_at == "2024-04-04T08:31:00.000Z"


def test_the_same_words_in_other_bytes_are_linked_not_refused(desk, files):
    other = files / "other.txt"
    other.write_bytes((files / "column.txt").read_bytes().replace(b"\n", b"\r\n"))
    report = ingest.add(desk, [files / "column.txt", other])
    assert [e.status for e in report.entries] == ["added", "added"]
    assert [(d.source, d.how) for d in report.entries[1].duplicate_of] == [
        (report.entries[0].source, "same text")
    ]
    assert reading.source(desk, report.entries[0].source).duplicates[0].how == "same text"


def test_a_deleted_source_comes_back_when_its_bytes_do(desk, files):
    first = ingest.add(desk, [files / "column.txt"]).entries[0]
    reading.delete(desk, [first.source])
    assert reading.listing(desk) == []
    again = ingest.add(desk, [files / "column.txt"]).entries[0]
    assert (again.source, again.status) == (first.source, "added")
    assert reading.listing(desk) == [first.source]


def test_a_gzipped_page_keeps_its_own_bytes_and_is_read_through(desk, files):
    page = files / "page.txt.gz"
    page.write_bytes(gzip.compress((files / "column.txt").read_bytes(), mtime=0))
    entry = ingest.add(desk, [page]).entries[0]
    assert entry.status == "added"
    assert "pumping station" in (reading.text(desk, entry.source).text)
    assert reading.source(desk, entry.source).file.size == page.stat().st_size


def test_unknown_bytes_are_kept_and_said(desk, files):
    odd = files / "odd.bin"
    odd.write_bytes(bytes(range(256)) * 10)
    entry = ingest.add(desk, [odd]).entries[0]
    assert (entry.kind, entry.status) == ("other", "partly read")
    assert entry.reason
    assert desk.store.objects.has(entry.sha256)


def test_a_cancelled_import_keeps_what_was_finished_and_can_go_on(desk, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:02}.txt").write_text(f"Note {n}\n\n" + f"words of note {n} " * 30, "utf-8")
    progress = Progress()
    seen: list[str] = []

    def stop_after_some(entry) -> None:
        seen.append(entry.source)
        if len(seen) >= 5:
            progress.cancel()

    report = ingest.add(desk, [folder], progress=progress, seen=stop_after_some)
    assert report.cancelled
    assert 5 <= len(report.entries) < 60
    assert set(seen) <= {e.source for e in report.entries}
    assert set(reading.listing(desk)) == {e.source for e in report.entries}
    again = ingest.add(desk, [folder])
    assert len(again.entries) == 60
    assert len(reading.listing(desk)) == 60
    assert again.counts["duplicate"] == len(report.entries)


def test_undo_of_an_import_takes_its_sources_away_and_redo_brings_them_back(desk, sources):
    history.undo(desk)
    assert reading.listing(desk) == []
    history.redo(desk)
    assert set(reading.listing(desk)) == set(sources.values())


@pytest.mark.parametrize("name", ["تقرير.txt", "отчёт\u202etxt.exe", "a'b\"c;d.txt", "-rf.txt"])
def test_any_file_name_is_only_a_name(desk, files, name):
    file = files / name
    file.write_text("Some words about the valley that nobody else wrote.\n" * 5, "utf-8")
    entry = ingest.add(desk, [file]).entries[0]
    assert entry.status in {"added", "partly read"}
    assert reading.source(desk, entry.source).file.name == name


def test_a_file_name_that_is_no_text_is_kept_as_nearly_as_text_can(desk, files):
    raw = os.fsencode(files) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(raw)).write_text("Words of a note from the valley.\n" * 6, "utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    entry = ingest.add(desk, [Path(os.fsdecode(raw))]).entries[0]
    assert reading.source(desk, entry.source).file.name == "caf\ufffd.txt"


def test_an_archive_stands_for_what_is_in_it(desk, files, tmp_path):
    archive = tmp_path / "pages.zip"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.write(files / "denial.txt", "deep/denial.txt")
    with zipfile.ZipFile(archive, "w") as made:
        made.write(files / "column.txt", "a/column.txt")
        made.writestr("../../evil.txt", (files / "column.txt").read_bytes())
        made.writestr("inner.zip", inner.getvalue())
        made.writestr("empty.txt", b"")
    before = set(tmp_path.rglob("*"))
    report = ingest.add(desk, [archive])
    (entry,) = report.entries
    assert (entry.path, entry.source, entry.status) == (str(archive), None, "added")
    inside = {e.path.removeprefix(f"{archive}!"): e.status for e in entry.inside}
    assert inside == {
        "a/column.txt": "added",
        "../../evil.txt": "duplicate",
        "inner.zip!deep/denial.txt": "added",
        "empty.txt": "refused",
    }
    assert report.counts == {"added": 2, "duplicate": 1, "partly read": 0, "refused": 1}
    view = reading.source(desk, entry.inside[0].source)
    assert view.file.name == "column.txt"
    assert view.acquisitions[0].name == "pages.zip!a/column.txt"
    assert entry.sha256 in view.acquisitions[0].note
    fresh = set(tmp_path.rglob("*")) - before
    places = (desk.store.path, desk.places.cache, desk.places.config)
    assert all(any(p in (f, *f.parents) or f in p.parents for p in places) for f in fresh)
    again = ingest.add(desk, [archive]).entries[0]
    assert (again.status, len(again.inside)) == ("duplicate", 4)


def test_a_damaged_archive_gives_what_it_can_and_says_so(desk, files, tmp_path):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as made:
        made.add(files / "column.txt", "column.txt")
        made.add(files / "denial.txt", "denial.txt")
    archive = tmp_path / "pages.tar"
    second = whole.getvalue().index(b"denial.txt")
    archive.write_bytes(whole.getvalue()[: second + 512 + 100])
    entry = ingest.add(desk, [archive]).entries[0]
    assert (entry.status, [e.status for e in entry.inside]) == ("partly read", ["added"])
    assert "cut off" in entry.reason
    hollow = tmp_path / "hollow.zip"
    with zipfile.ZipFile(hollow, "w"):
        pass
    entry = ingest.add(desk, [hollow]).entries[0]
    assert (entry.status, bool(entry.reason)) == ("refused", True)


def test_a_mail_is_a_source_and_what_hangs_on_it_are_others(desk, files, tmp_path):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@sarmen.example", "b@sarmen.example", "Pumps"
    mail["Date"] = "Tue, 02 Apr 2024 09:00:00 +0000"
    mail["Message-ID"] = "<1@sarmen.example>"
    mail.set_content("The pumps stopped at noon. The report is attached to this message.\n" * 5)
    mail.add_attachment((files / "denial.txt").read_bytes(), "text", "plain", filename="d.txt")
    file = tmp_path / "pumps.eml"
    file.write_bytes(mail.as_bytes())
    entry = ingest.add(desk, [file]).entries[0]
    assert (entry.kind, entry.status) == ("email", "added")
    (hung,) = entry.inside
    assert hung.path == f"{file}!d.txt"
    assert "transformer" in reading.text(desk, hung.source).text
    with desk.store.read() as r:
        (link,) = records.where(r, SourceLink, source=hung.source)
    assert (link.other, link.kind) == (entry.source, "derives from")


def test_an_edited_copy_is_linked_and_another_story_is_not(desk, files):
    copy = files / "column2.txt"
    words = (files / "column.txt").read_text("utf-8")
    copy.write_text(words.replace("six villages", "seven villages").replace("noon", "ten"), "utf-8")
    first = ingest.add(desk, [files / "column.txt", files / "denial.txt"])
    (entry,) = ingest.add(desk, [copy]).entries
    assert [(d.source, d.how) for d in entry.duplicate_of] == [
        (first.entries[0].source, "similar text")
    ]
    assert first.entries[1].duplicate_of == ()
    history.undo(desk)
    third = files / "column3.txt"
    third.write_text(words.replace("dawn", "midnight"), "utf-8")
    (entry,) = ingest.add(desk, [third]).entries
    assert [d.source for d in entry.duplicate_of] == [first.entries[0].source]


def test_what_came_another_way_is_found_as_well(desk, files):
    ingest.add(desk, [files / "column.txt"])
    with desk.store.write("forget") as w:
        for table in (schema.text_key, schema.likeness):
            w.connection.execute(table.delete())
    copy = files / "column2.txt"
    words = (files / "column.txt").read_text("utf-8")
    copy.write_text(words.replace("six villages", "seven villages"), "utf-8")
    assert ingest.add(desk, [copy]).entries[0].duplicate_of


def test_one_reader_and_several_give_the_same(desk, files, tmp_path, places):
    for n in range(30):
        (files / f"n{n}.txt").write_text(f"Note {n} " + f"words of note {n} " * 30, "utf-8")
    one = ingest.add(desk, [files], options=AddOptions(jobs=1))
    with create_desk(tmp_path / "other.casefile", places) as other:
        three = ingest.add(other, [files], options=AddOptions(jobs=3))
    shown = [
        [(e.path, e.status, e.title, [d.how for d in e.duplicate_of]) for e in r.entries]
        for r in (one, three)
    ]
    assert shown[0] == shown[1]


def test_trouble_with_the_index_does_not_hide_what_was_added(desk, files):
    desk.places.cache.parent.mkdir(parents=True, exist_ok=True)
    desk.places.cache.write_text("in the way", "utf-8")
    report = ingest.add(desk, [files])
    assert [entry.status for entry in report.entries] == ["added", "added"]
    assert "index could not be written" in report.trouble
    desk.places.cache.unlink()
    assert ingest.add(desk, [files]).trouble == ""
