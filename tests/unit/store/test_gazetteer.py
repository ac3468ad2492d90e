"""The shipped gazetteer: spellings in many scripts lead to one place."""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from casefile.model.gazetteer import name_key
from casefile.store.gazetteer import BLOCK, ShippedGazetteer, address


@pytest.fixture(scope="module")
def gazetteer() -> ShippedGazetteer:
    return ShippedGazetteer()


@pytest.mark.parametrize(
    "name",
    ["Deir al-Zor", "دير الزور", "Дейр-эз-Зор", "dayr AZ zawr", "Deir Ezzor", "데이르에조르"],
)
def test_a_place_is_known_by_any_spelling(gazetteer: ShippedGazetteer, name: str) -> None:
    first = gazetteer.places(name)[0]
    assert (first.names[0], first.country) == ("Deir ez-Zor", "SY")
    assert float(first.latitude) == pytest.approx(35.3, abs=0.1)
    assert float(first.longitude) == pytest.approx(40.1, abs=0.1)


def test_one_name_of_several_places_gives_the_most_populous_first(
    gazetteer: ShippedGazetteer,
) -> None:
    found = gazetteer.places("Tripoli")
    assert len(found) > 1
    assert [p.population for p in found] == sorted((p.population for p in found), reverse=True)


@pytest.mark.parametrize("name", ["", "  -- ", "Qwxzyk", "\ud800", "x" * 5000])
def test_what_is_no_place_gives_none(gazetteer: ShippedGazetteer, name: str) -> None:
    assert gazetteer.places(name) == ()


def test_a_name_is_believed_only_when_the_place_bears_it(tmp_path: Path) -> None:
    """Another name with the same mark in the same bucket must not be taken for it."""
    bucket, mark = address(name_key("Tell Marun"))
    with closing(sqlite3.connect(tmp_path / "g.sqlite", isolation_level=None)) as base:
        base.execute("create table block(n integer primary key, body blob)")
        base.execute("create table bucket(n integer primary key, body blob)")
        line = "7\tXX\t1.0\t2.0\t300\tTell Marun\nbroken"
        base.execute("insert into block values(0, ?)", (zlib.compress(line.encode()),))
        entries = mark + (0).to_bytes(3, "big") + mark + (BLOCK * 9).to_bytes(3, "big")
        base.execute("insert into bucket values(?, ?)", (bucket, entries))
    gazetteer = ShippedGazetteer(tmp_path / "g.sqlite")
    assert [p.id for p in gazetteer.places("tell-marun")] == [7]
    with closing(sqlite3.connect(tmp_path / "g.sqlite", isolation_level=None)) as base:
        other = address(name_key("Kavin"))[0]
        base.execute("insert or replace into bucket values(?, ?)", (other, entries))
    gazetteer.close()
    assert gazetteer.places("Kavin") == ()


def test_without_the_file_no_place_is_known(tmp_path: Path) -> None:
    assert ShippedGazetteer(tmp_path / "none.sqlite").places("Deir ez-Zor") == ()


def test_it_is_small_and_gives_credit(gazetteer: ShippedGazetteer) -> None:
    from casefile.resources import path

    assert path("gazetteer.sqlite").stat().st_size < 10_000_000
    with closing(sqlite3.connect(f"file:{path('gazetteer.sqlite')}?mode=ro", uri=True)) as base:
        assert "CC BY" in base.execute("select words from credit").fetchone()[0]
