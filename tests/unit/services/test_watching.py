"""What appears in a watched folder comes in once, whole."""

import pytest

from casefile.model.errors import UsageError
from casefile.services import reading
from casefile.services.watching import Watch


def test_files_come_in_when_they_have_come_to_rest(desk, files):
    watch = Watch(files, quiet=0.0)
    assert watch.look(desk) is None  # the first look only remembers
    report = watch.look(desk)
    assert report.counts["added"] == 2
    assert watch.look(desk) is None
    (files / "half.txt").write_text("Words of a report that is still wri")
    assert watch.look(desk) is None
    (files / "half.txt").write_text("Words of a report that is written by now. " * 6)
    assert watch.look(desk) is None
    assert [e.status for e in watch.look(desk).entries] == ["added"]
    (files / "half.txt").write_text("And changed afterwards, which makes it another file. " * 6)
    assert (watch.look(desk), watch.look(desk).counts["added"]) == (None, 1)
    assert len(reading.listing(desk)) == 4


def test_a_file_that_is_being_written_waits(files):
    watch = Watch(files, quiet=5.0)
    assert watch.ready(now=0.0) == {}
    assert watch.ready(now=4.0) == {}
    assert len(watch.ready(now=6.0)) == 2
    (files / "movie.part").write_text("x" * 100)
    (files / ".hidden").write_text("x" * 100)
    watch.ready(now=7.0)
    assert set(watch.ready(now=99.0)) == {str(files / "column.txt"), str(files / "denial.txt")}


def test_what_is_no_folder_is_refused(files):
    with pytest.raises(UsageError, match="no folder"):
        Watch(files / "column.txt")
