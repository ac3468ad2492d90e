"""A reader comes right after a crash: what was cut short is taken back, never shown."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from casefile.model.errors import CaseUnusable
from casefile.store import folder
from casefile.store.checking import check
from casefile.store.recovering import unsettled
from tests.unit.store.work import edit, shown

# Half a change of case.db: the pages are written, the journal says how they were before.
HALF = """
import os, sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA cache_size=1")
raw.execute("BEGIN IMMEDIATE")
raw.execute("UPDATE source SET title = 'half'")
raw.execute("CREATE TABLE filler (words)")
for _ in range(200):
    raw.execute("INSERT INTO filler VALUES (hex(randomblob(2000)))")
os._exit(0)
"""


@pytest.fixture
def crashed(cases):
    store = cases.new()
    edit(store, title="whole")
    store.close()
    subprocess.run([sys.executable, "-c", HALF, store.path / folder.DATABASE], check=True)
    assert unsettled(store.path / folder.DATABASE)
    return store.path


def test_a_reader_sees_the_case_before_the_change(cases, crashed):
    reader = cases.open(crashed, write=False)
    assert shown(reader)[0] == "whole"
    assert check(reader, full=True).ok
    assert not unsettled(crashed / folder.DATABASE)


def test_a_log_without_its_index_is_read(cases, tmp_path):
    store = cases.new()
    edit(store, title="in the log")
    copy = tmp_path / "copy.casefile"
    shutil.copytree(store.path, copy, ignore=shutil.ignore_patterns("*-shm", "case.lock"))
    assert (copy / "case.db-wal").stat().st_size
    assert shown(cases.open(copy, write=False))[0] == "in the log"


def test_where_nothing_can_be_written_it_is_said(cases, crashed, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write everywhere
    with pytest.raises(CaseUnusable, match="not closed properly") as told:
        cases.open(crashed, write=False)
    assert "Copy its folder" in told.value.hint


def test_a_change_in_progress_elsewhere_is_left_alone(cases, crashed):
    with sqlite3.connect(crashed / folder.DATABASE) as raw:
        raw.execute("DROP TABLE IF EXISTS filler")  # settles it
    writer = cases.open(crashed)
    edit(writer, title="at work")
    assert shown(cases.open(crashed, write=False))[0] == "at work"
