"""One reader stays with the PDF whose pages are looked at, and with that one only."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casefile.extract.forked import Forker
from casefile.extract.pool import Extractor
from casefile.model.errors import CasefileError

Make = Callable[..., bytes]
Put = Callable[[bytes], Path]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="readers stay where there is fork")


def _readers(extractor: Extractor) -> set[int]:
    forker = extractor._running()
    assert isinstance(forker, Forker)
    task = f"/proc/{forker.process_id}/task/{forker.process_id}/children"
    return set(map(int, Path(task).read_text().split()))


def _ends(process: int) -> bool:
    """Wait until a process is gone, or only its number is left."""
    status = Path(f"/proc/{process}/stat")
    for _ in range(200):
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def own() -> "Extractor":
    return Extractor()


def test_pages_of_one_file_come_from_one_reader(own: Extractor, put: Put, make_pdf: Make) -> None:
    with own:
        first, second = put(make_pdf("one", "two words")), put(make_pdf("another file"))
        picture = own.page_picture(first, 1, 150)
        (reader,) = _readers(own)
        assert own.page_picture(first, 1, 150) == picture
        assert own.page_picture(first, 2, 150) != picture
        assert len(own.page_boxes(first, 2, "two words").boxes) == len("two words")
        assert _readers(own) == {reader}
        own.page_picture(second, 1, 150)
        (other,) = _readers(own)
        assert other != reader  # what one file did to its reader harms no other file


def test_a_reader_that_breaks_is_followed_by_another(
    own: Extractor, put: Put, make_pdf: Make
) -> None:
    with own:
        file = put(make_pdf("one", "two"))
        picture = own.page_picture(file, 1, 100)
        (reader,) = _readers(own)
        os.kill(reader, signal.SIGKILL)
        assert own.page_picture(file, 1, 100) == picture


def test_what_cannot_be_drawn_is_said_and_lets_the_reader_go(
    own: Extractor, put: Put, make_pdf: Make
) -> None:
    with own:
        file = put(make_pdf("one"))
        own.page_picture(file, 1, 100)
        for _ in range(2):
            with pytest.raises(CasefileError, match="Page 9"):
                own.page_picture(file, 9, 100)
        assert own.page_picture(file, 1, 100).width == 100


def test_a_changed_file_is_opened_again(own: Extractor, put: Put, make_pdf: Make) -> None:
    with own:
        file = put(make_pdf("one"))
        before = own.page_picture(file, 1, 100)
        file.write_bytes(make_pdf("other words on the page"))
        assert own.page_picture(file, 1, 100) != before


def test_forgetting_passwords_and_closing_let_the_reader_go(
    own: Extractor, put: Put, make_pdf: Make
) -> None:
    with own:
        own.page_picture(put(make_pdf("one")), 1, 100)
        (reader,) = _readers(own)
        own.forget_passwords()
        own.page_picture(put(make_pdf("two")), 1, 100)
        assert reader not in _readers(own)
        (last,) = _readers(own)
    assert _ends(last)
