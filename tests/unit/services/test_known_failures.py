"""What programs that share collections are known to lose: none of it is lost through a bundle.

Two people, two cases, files that are read, bundles that are written, sent and merged. A merge that
is killed, or meets a disk that fails, is in `tests/faults/test_half_merges.py`.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from casefile.extract.pdf_sample import SAMPLE
from casefile.extract.pool import Extractor
from casefile.model.area import Area
from casefile.model.errors import CasefileError, CaseUnusable
from casefile.model.exchange import DELTA, Heads, Wanted
from casefile.model.view import MarkView
from casefile.services import annotate, areas, conflicts, exchange, history, ingest, reading
from casefile.services.annotate import MarkAs
from casefile.services.desk import Desk, create_desk
from casefile.services.places import Places
from casefile.store import bundling
from casefile.store.checking import check

from .conftest import ARTICLE, DENIAL

FIVE_YEARS = 5 * 365 * 86_400_000


@dataclass
class Person:
    """Somebody at work on a case of their own, in a folder of their own."""

    home: Path
    desk: Desk
    sent: int = 0

    def adds(self, name: str, body: str | bytes) -> str:
        """Save a file and add it; gives the source."""
        file = self.home / "saved" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(body if isinstance(body, bytes) else body.encode())
        return ingest.add(self.desk, [file]).entries[0].source or ""

    def bundle(self, other: "Person | None" = None) -> Path:
        """Write everything into a bundle, or what is new for somebody."""
        self.sent += 1
        file = self.home / f"{self.sent}.casebundle"
        wanted = Wanted()
        if other is not None:
            wanted = Wanted(kind=DELTA, base=exchange.base_of(self.desk, str(other.bundle())))
        exchange.write(self.desk, file, wanted)
        return file

    def takes(self, other: "Person") -> None:
        """Merge all that somebody has."""
        exchange.merge(self.desk, other.bundle())

    def titles(self) -> set[str]:
        rows = (reading.source(self.desk, key).source for key in reading.listing(self.desk))
        return {one.title or "" for one in rows}

    def text(self, source: str) -> str:
        view = reading.text(self.desk, source)
        return view.text if view else ""

    def original(self, source: str) -> bytes:
        kept = reading.source(self.desk, source).file
        assert kept
        assert kept.object
        with self.desk.store.objects.open(kept.object) as body:
            return body.read()

    def marks(self, source: str) -> dict[str, MarkView]:
        return {one.annotation.id: one for one in reading.marks(self.desk, source)}


@pytest.fixture
def two(tmp_path: Path, extractor: Extractor) -> Iterator[tuple[Person, Person]]:
    """Two people; the second one has begun with all that the first one had."""
    with ExitStack() as opened:
        people = []
        for name in ("a", "b"):
            home = tmp_path / name
            places = Places(home / "cache", home / "config")
            title = "Valley" if name == "a" else None
            case = create_desk(home / "x.casefile", places, title, extractor=extractor)
            people.append(Person(home, opened.enter_context(case)))
        people[1].takes(people[0])
        yield people[0], people[1]


def exchanged(two: tuple[Person, Person]) -> None:
    """Let both take what the other has; both come to the same case, and a sound one."""
    one, other = two
    one.takes(other)
    other.takes(one)
    for person in two:
        assert check(person.desk.store, full=True).ok
    assert one.titles() == other.titles()


def heads(desk: Desk) -> Heads:
    with desk.store.read() as r:
        return bundling.heads(r)


def test_files_of_one_name_with_other_words_both_stay(two: tuple[Person, Person]) -> None:
    one, other = two
    mine, theirs = one.adds("report.txt", ARTICLE), other.adds("report.txt", DENIAL)
    exchanged(two)
    for person in two:
        assert len(reading.listing(person.desk)) == 2
        assert (person.original(mine), person.original(theirs)) == (
            ARTICLE.encode(),
            DENIAL.encode(),
        )
        assert "Basalt Brigade denies" in person.text(theirs)
        assert "Armoured column" in person.text(mine)


def test_a_pdf_that_was_replaced_keeps_the_old_one_and_its_marks(
    two: tuple[Person, Person],
) -> None:
    one, other = two
    first = one.adds("page.pdf", SAMPLE)
    words = one.text(first).split()[0]
    mark, _ = annotate.quote(one.desk, first, words, how=MarkAs(2, "as it was"))
    other.takes(one)
    newer = SAMPLE + b"\n% replaced\n"
    second = other.adds("page.pdf", newer)  # under the same name, over the old file
    assert second != first
    exchanged(two)
    for person in two:
        assert person.original(first) == SAMPLE
        assert person.original(second) == newer
        kept = person.marks(first)[mark].annotation
        assert (kept.quote, kept.anchor, kept.body) == (words, "exact", "as it was")
        assert kept.object == hashlib.sha256(SAMPLE).hexdigest()


def test_an_original_that_was_replaced_on_the_disk_is_not_sent(two: tuple[Person, Person]) -> None:
    one, other = two
    source = one.adds("page.pdf", SAMPLE)
    name = hashlib.sha256(SAMPLE).hexdigest()
    place = one.desk.store.objects.path(name)
    place.chmod(0o644)
    place.write_bytes(SAMPLE.replace(b"1.4", b"1.5", 1) + b"x")
    with pytest.raises(CaseUnusable, match="has changed on the disk"):
        one.bundle()
    assert list(one.home.glob("*.casebundle")) == [one.home / "1.casebundle"]
    assert source not in reading.listing(other.desk)


def test_marks_on_areas_of_pages_and_photos_come_through(two: tuple[Person, Person]) -> None:
    one, other = two
    page = one.adds("page.pdf", SAMPLE)
    mine, _ = areas.mark(one.desk, page, Area(10, 20, 30, 15, page=1), MarkAs(4, "plate", ("van",)))
    other.takes(one)
    theirs, _ = areas.mark(other.desk, page, Area(11, 21, 30, 15, page=1))
    areas.move(other.desk, mine, Area(12.5, 20, 30, 15, page=1))
    areas.move(one.desk, mine, Area(10, 22, 30, 15, page=1))
    exchanged(two)
    for person in two:
        found = person.marks(page)
        assert set(found) == {mine, theirs}
        assert found[theirs].annotation.area == Area(11, 21, 30, 15, page=1)
        assert (found[mine].tags, found[mine].annotation.body) == (("van",), "plate")
        (disputed,) = conflicts.listed(person.desk, mine)
        assert disputed.field == "selectors"
        assert len({str(head.value) for head in disputed.heads}) == 2
    conflicts.resolve(one.desk, mine, "mine")
    exchanged(two)
    assert other.marks(page)[mine].annotation.area == Area(10, 22, 30, 15, page=1)
    assert conflicts.listed(other.desk) == []


def test_merging_again_in_any_form_changes_nothing(two: tuple[Person, Person]) -> None:
    one, other = two
    source = other.adds("report.txt", ARTICLE)
    whole, part = other.bundle(), other.bundle(one)
    exchange.merge(one.desk, part)
    annotate.quote(one.desk, source, "six villages")
    before = one.desk.upto, one.marks(source), heads(one.desk)
    backups = len(list((one.desk.store.path / "backups").glob("*.db")))
    for file in (part, whole, part, one.bundle(), whole):
        done = exchange.merge(one.desk, file)
        assert (done.preview.operations, done.changes.records, done.backup) == (0, {}, "")
    assert (one.desk.upto, one.marks(source), heads(one.desk)) == before
    assert len(list((one.desk.store.path / "backups").glob("*.db"))) == backups


def test_a_delete_against_an_edit_keeps_both(two: tuple[Person, Person]) -> None:
    one, other = two
    source = one.adds("report.txt", ARTICLE)
    other.takes(one)
    reading.delete(one.desk, [source])
    mark, _ = annotate.quote(other.desk, source, "six villages", how=MarkAs(1, "important"))
    reading.edit(other.desk, source, title="Worked on")
    exchanged(two)
    for person in two:
        assert source in reading.listing(person.desk)
        assert reading.source(person.desk, source).source.title == "Worked on"
        assert person.marks(source)[mark].annotation.body == "important"
        assert [one.field for one in conflicts.listed(person.desk, source)] == ["deleted"]
    conflicts.resolve(one.desk, source, "mine")
    exchanged(two)
    assert source not in reading.listing(other.desk)
    history.undo(one.desk)
    assert source in reading.listing(one.desk)


@pytest.mark.parametrize("off", [FIVE_YEARS, -FIVE_YEARS])
def test_a_clock_five_years_off_loses_nothing(two: tuple[Person, Person], off: int) -> None:
    one, other = two
    source = one.adds("report.txt", ARTICLE)
    other.takes(one)
    right = other.desk.store.clock
    other.desk.store.clock = lambda: right() + off
    reading.edit(one.desk, source, title="Mine")
    reading.edit(other.desk, source, title="Theirs", publisher="Only theirs")
    exchanged(two)
    for person in two:
        (disputed,) = conflicts.listed(person.desk, source)
        assert {head.value for head in disputed.heads} == {"Mine", "Theirs"}
        assert reading.source(person.desk, source).source.publisher == "Only theirs"
    reading.edit(one.desk, source, title="Later than both")  # by whoever has seen them
    reading.edit(other.desk, source, section="Front")
    exchanged(two)
    for person in two:
        assert reading.source(person.desk, source).source.title == "Later than both"
        assert reading.source(person.desk, source).source.section == "Front"
        assert conflicts.listed(person.desk) == []


def test_a_bundle_cut_off_on_its_way_is_refused(two: tuple[Person, Person]) -> None:
    one, other = two
    other.adds("report.txt", ARTICLE)
    file, before = other.bundle(), one.desk.upto
    for part in (0.5, 0.99):
        short = shutil.copy(file, one.home / "short.casebundle")
        os.truncate(short, int(file.stat().st_size * part))
        with pytest.raises(CasefileError, match="cannot be used"):
            exchange.merge(one.desk, Path(short))
    assert one.desk.upto == before
