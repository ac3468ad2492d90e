import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from casefile.extract import probe
from casefile.extract.forked import Forker
from casefile.extract.limits import Limits
from casefile.extract.pool import Extractor
from casefile.model.errors import CasefileError

Make = Callable[..., bytes]
Put = Callable[[bytes], Path]
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these locks")
# Pages with so many operators that pypdf is busy for a while.
BUSY = b"q 1 0 0 1 0 0 cm BT /F 9 Tf (x) Tj ET Q\n" * 60_000
SLOW = BUSY[: len(BUSY) // 120]


def _children(process: int) -> set[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return set(map(int, found))


def test_a_pdf_and_a_photo_are_read(
    extractor: Extractor, put: Put, make_pdf: Make, make_photo: Make
) -> None:
    draft = extractor.read(put(make_pdf("words of a page")), name="a.pdf")
    assert (draft.kind, draft.text, draft.complete) == ("pdf", "words of a page", True)
    draft = extractor.read(put(make_photo()), name="a.jpg")
    assert (draft.kind, draft.complete) == ("photo", True)
    assert draft.photo is not None
    assert draft.photo.width == 64


def test_pictures_and_boxes_come_back(
    extractor: Extractor, put: Put, make_pdf: Make, make_photo: Make
) -> None:
    file = put(make_pdf("one", "two words"))
    picture = extractor.page_picture(file, 2, 150)
    assert (picture.width, picture.height) == (150, 200)
    boxes = extractor.page_boxes(file, 2, "two words").boxes
    assert [box is None for box in boxes] == [c == " " for c in "two words"]
    picture = extractor.photo_picture(put(make_photo()), 32, 32)
    assert (picture.width, picture.height) == (32, 16)
    packed = put(gzip.compress(make_pdf("packed page")))
    assert extractor.page_picture(packed, 1, 60).height == 80


def test_what_cannot_be_drawn_is_trouble_with_words(
    extractor: Extractor, put: Put, make_pdf: Make, tmp_path: Path
) -> None:
    with pytest.raises(CasefileError, match="Page 9 cannot be drawn"):
        extractor.page_picture(put(make_pdf("one")), 9, 100)
    with pytest.raises(CasefileError, match="cannot be opened for drawing"):
        extractor.page_boxes(put(b"%PDF-nothing"), 1, "x")
    with pytest.raises(CasefileError, match="damaged"):
        extractor.photo_picture(put(b"nothing"), 10, 10)
    with pytest.raises(CasefileError, match="cannot be opened"):
        extractor.photo_picture(tmp_path / "absent", 10, 10)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"SQLite format 3\x00" + bytes(100), "other", "this kind of file is not read yet"),
        (b"WARC/1.0\r\n", "web archive", "web archives are not read yet"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "photo", "the picture is damaged and cannot be drawn"),
        (b"\x1f\x8b" + bytes(50), "other", "what the gzip file holds cannot be unpacked"),
        (b"%PDF-1.4", "pdf", "this PDF is too damaged to be read"),
    ],
)
def test_bad_input_is_said_in_the_draft(
    data: bytes, kind: str, reason: str, extractor: Extractor, put: Put
) -> None:
    draft = extractor.read(put(data), name="x")
    assert (draft.kind, draft.complete, draft.reason, draft.text) == (kind, False, reason, "")


def test_what_is_no_file_is_said_in_the_draft(extractor: Extractor, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path / "absent", tmp_path, pipe):
        draft = extractor.read(path, name="x")
        assert not draft.complete
        assert draft.reason is not None
        assert draft.reason.startswith("the file cannot be opened")


def test_a_file_over_the_limit_is_not_read(put: Put, make_pdf: Make) -> None:
    with Extractor(Limits(input_bytes=100)) as small:
        draft = small.read(put(make_pdf("words")), name="x")
    assert (draft.kind, draft.reason) == ("pdf", "the file is larger than what is read")


def test_many_threads_at_once(extractor: Extractor, put: Put, make_pdf: Make) -> None:
    files = [put(make_pdf(f"this is page {number}")) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        drafts = list(threads.map(lambda file: extractor.read(file, name="x"), files))
    assert [draft.text for draft in drafts] == [f"this is page {number}" for number in range(40)]


@linux
def test_readers_outlive_the_thread_that_started_them(put: Put, make_pdf: Make) -> None:
    readers = Extractor()
    file = put(make_pdf("words"))
    with ThreadPoolExecutor(1) as lane:
        assert lane.submit(readers.read, file, name="x").result().text == "words"
    forker = readers._readers
    assert readers.read(file, name="x").text == "words"
    assert readers._readers is forker
    readers.close()


@linux
def test_dead_readers_are_replaced(put: Put, make_pdf: Make) -> None:
    file = put(make_pdf("words"))
    with Extractor() as readers:
        for _ in range(3):
            forker = readers._readers
            assert isinstance(forker, Forker)
            os.kill(forker.process_id, signal.SIGKILL)
            assert readers.read(file, name="x").text == "words"


@linux
def test_readers_that_cannot_start_are_said(put: Put, make_pdf: Make) -> None:
    with Extractor(command=(sys.executable, "-c", "raise SystemExit(1)")) as readers:
        draft = readers.read(put(make_pdf("words")), name="x")
        assert (draft.kind, draft.reason) == ("pdf", "the reader stopped working")
        with pytest.raises(CasefileError):
            readers.page_picture(put(make_pdf("words")), 1, 10)


@linux
@pytest.mark.parametrize(
    "answer",
    ["b'nonsense' * 9", "b'CFX1' + bytes([255] * 12)", "b'CFX1' + bytes(11) + b'\\x00'"],
)
def test_an_answer_that_does_not_fit_is_said(answer: str, put: Put, make_pdf: Make) -> None:
    liar = (
        "import os,socket\n"
        "control = socket.socket(fileno=0)\n"
        "while True:\n"
        "  word, handles, _, _ = socket.recv_fds(control, 1, 3)\n"
        "  if not word: break\n"
        f"  os.write(handles[1], {answer})\n"
        "  [os.close(handle) for handle in handles]\n"
    )
    with Extractor(command=(sys.executable, "-c", liar)) as readers:
        draft = readers.read(put(make_pdf("words")), name="x")
        assert draft.reason == "the reader gave an answer that does not fit"


@linux
def test_wall_time_is_limited(put: Put, make_pdf: Make) -> None:
    with Extractor(Limits(wall_seconds=1)) as readers:
        readers.read(put(make_pdf("warm")), name="x")
        began = time.monotonic()
        draft = readers.read(put(make_pdf(BUSY)), name="x")
        assert time.monotonic() - began < 3
        assert (draft.kind, draft.complete) == ("pdf", False)
        assert draft.reason == "reading took more than 1 seconds and was stopped"
        # Whoever was slow is gone, and the next one is read.
        forker = readers._readers
        assert isinstance(forker, Forker)
        until = time.monotonic() + 5
        while _children(forker.process_id) and time.monotonic() < until:
            time.sleep(0.01)
        assert not _children(forker.process_id)
        assert readers.read(put(make_pdf("next")), name="x").text == "next"


@linux
def test_pages_that_were_read_before_the_time_was_over_are_kept(put: Put, make_pdf: Make) -> None:
    limits = Limits(cpu_seconds=1, page_seconds=0)
    with Extractor(limits) as readers:
        draft = readers.read(put(make_pdf("first page", *[SLOW] * 200)), name="x")
    assert not draft.complete
    assert draft.reason is not None
    assert "of 201: it took too long" in draft.reason
    assert draft.text.startswith("first page\f")
    assert 1 <= len(draft.pages) < 201


@linux
def test_computing_time_is_limited(put: Put, make_pdf: Make) -> None:
    limits = Limits(cpu_seconds=0.1, page_seconds=0, one_page_seconds=60)
    with Extractor(limits) as readers:
        draft = readers.read(put(make_pdf("first page", BUSY)), name="x")
    assert draft.reason == "reading stopped after page 1 of 2: it took too long"
    assert draft.text == "first page"


@linux
def test_a_slow_page_costs_only_itself(put: Put, make_pdf: Make) -> None:
    limits = replace(Limits(), one_page_seconds=0.5)
    with Extractor(limits) as readers:
        draft = readers.read(put(make_pdf("before", BUSY, "after")), name="x")
    assert draft.text.startswith("before\f")
    assert draft.text.endswith("\fafter")
    assert "pypdf took too long for page 2" in draft.warnings


@linux
def test_readers_end_with_the_program(tmp_path: Path) -> None:
    program = (
        "import os, sys, time\n"
        "from casefile.extract.pool import Extractor\n"
        "e = Extractor(); e.start(); print(e._readers.process_id, flush=True)\n"
        "time.sleep(60)\n"
    )
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    reader = int(running.stdout.readline())
    running.kill()
    running.wait()
    running.stdout.close()
    until = time.monotonic() + 5
    while Path(f"/proc/{reader}/cmdline").exists() and time.monotonic() < until:
        if Path(f"/proc/{reader}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{reader}").exists()


@linux
def test_the_parent_loads_no_parser(put: Put, make_pdf: Make) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from casefile.extract.pool import Extractor\n"
        "with Extractor() as e: print(e.read(Path(sys.argv[1]), name='x').text)\n"
        "print(*sorted(set(sys.modules) & {'pypdf', 'pypdfium2', 'PIL', 'lxml', 'trafilatura',"
        " 'exifread', 'pi_heif', 'fasttext', 'htmldate'}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(put(make_pdf("words")))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "words\n\n"


@linux
def test_no_descriptor_is_left_behind(extractor: Extractor, put: Put, make_pdf: Make) -> None:
    file = put(make_pdf("words"))
    extractor.read(file, name="x")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        extractor.read(file, name="x")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@linux
def test_the_child_inherits_nothing_else(extractor: Extractor) -> None:
    extractor.protections()
    forker = extractor._readers
    assert isinstance(forker, Forker)
    folder = Path(f"/proc/{forker.process_id}/fd")
    kinds = {int(link.name): str(link.readlink()) for link in folder.iterdir()}
    assert kinds.pop(0).startswith("socket:")
    assert all(kind == "/dev/null" or kind.startswith("pipe:") for kind in kinds.values())


@linux
def test_protections_are_tried(extractor: Extractor) -> None:
    found = extractor.protections()
    assert set(found) == {*probe.LAYERS, *probe.NAMES}
    if not (found["landlock"] and found["seccomp"]):
        pytest.skip(f"this kernel or container lacks a layer: {found}")
    assert all(found.values())


def test_without_fork_files_are_read_one_after_the_other(
    put: Put, make_pdf: Make, make_photo: Make
) -> None:
    with Extractor(fork=False) as readers:
        for number in range(3):
            draft = readers.read(put(make_pdf(f"page {number}")), name="x")
            assert draft.text == f"page {number}"
        assert (
            readers.read(put(b"%PDF-1.4"), name="x").reason == "this PDF is too damaged to be read"
        )
        assert readers.photo_picture(put(make_photo()), 32, 32).width == 32
        with pytest.raises(CasefileError, match="Page 9"):
            readers.page_picture(put(make_pdf("one")), 9, 100)


def test_without_fork_time_is_limited(put: Put, make_pdf: Make) -> None:
    with Extractor(Limits(wall_seconds=1), fork=False) as readers:
        draft = readers.read(put(make_pdf(BUSY)), name="x")
        assert not draft.complete
        assert readers.read(put(make_pdf("next")), name="x").text == "next"
