import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from casefile.extract import registry
from casefile.extract.budget import OutOfTime
from casefile.extract.context import Context
from casefile.extract.limits import Limits
from casefile.model.draft import Draft
from casefile.model.zone import Zone

Make = Callable[..., bytes]


def test_a_packed_file_is_read_as_what_it_holds(make_pdf: Make, context: Context) -> None:
    draft = registry.read(gzip.compress(make_pdf("words")), context)
    assert (draft.kind, draft.media_type, draft.text) == ("pdf", "application/pdf", "words")


def test_a_packed_file_that_is_cut_off_says_so(make_pdf: Make, context: Context) -> None:
    packed = gzip.compress(make_pdf("words " * 30))
    draft = registry.read(packed[:-6], context)
    assert not draft.complete
    assert draft.reason is not None
    assert draft.reason.startswith("the gzip file is cut off")


def test_a_packed_bomb_is_not_read(context: Context) -> None:
    draft = registry.read(gzip.compress(b"<html>" + b" " * 9_000_000), context)
    assert draft.reason == "unpacked it is larger than allowed"
    assert draft.kind == "article"


def test_packed_twice_is_kept_and_not_read(context: Context) -> None:
    draft = registry.read(gzip.compress(gzip.compress(b"words")), context)
    assert not draft.complete
    assert draft.reason is not None


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("x"), "the file is damaged or unusual (ValueError)"),
        (RecursionError(), "the file is damaged or unusual (RecursionError)"),
        (MemoryError(), "reading needs more memory than allowed"),
        (OutOfTime(), "reading took longer than allowed"),
    ],
)
def test_a_reader_that_breaks_down_is_said(
    error: BaseException, reason: str, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_data: bytes, _context: Context) -> Draft:
        raise error

    _put_reader(monkeypatch, read)
    draft = registry.read(b"%PDF-1.4", context)
    assert (draft.kind, draft.complete, draft.reason) == ("pdf", False, reason)


def test_a_draft_that_does_not_fit_its_text_is_not_passed_on(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_data: bytes, _context: Context) -> Draft:
        return Draft(
            kind="pdf", media_type="x", extractor="x", version="1", zones=(Zone("body", 0, 5),)
        )

    _put_reader(monkeypatch, read)
    assert not registry.read(b"%PDF-1.4", context).complete


def _put_reader(monkeypatch: pytest.MonkeyPatch, read: Callable[[bytes, Context], Draft]) -> None:
    module = ModuleType("casefile.extract.pdf")
    vars(module).update(EXTRACTOR="x", VERSION="1", SAMPLES=(), read=read)
    monkeypatch.setattr(registry, "_load", lambda _name: module)


def test_the_language_of_a_pdf_is_told(make_pdf: Make, context: Context) -> None:
    text = (
        "The mayor of the town said on Monday\nthat the old bridge will stay closed until autumn."
    )
    assert registry.read(make_pdf(text), context).language == "en"


def test_the_same_bytes_give_the_same_draft(make_pdf: Make, context: Context) -> None:
    data = make_pdf("some words", "more")
    assert registry.read(data, context) == registry.read(data, Context("other", {}, Limits()))


def test_after_the_warm_up_nothing_is_loaded_late(
    make_pdf: Make, make_photo: Make, tmp_path: Path
) -> None:
    files = [make_pdf("one", "two"), make_photo(), make_photo("WEBP"), make_photo("TIFF")]
    files += [make_photo("AVIF"), "Слова".encode("koi8-r"), "<p>слова".encode("cp1251")]
    for number, data in enumerate(files):
        (tmp_path / str(number)).write_bytes(data)
    program = (
        "import sys; from pathlib import Path\n"
        "from casefile.extract import registry\n"
        "from casefile.extract.context import Context\n"
        "registry.warm()\n"
        "before = set(sys.modules)\n"
        "for file in Path(sys.argv[1]).iterdir():\n"
        "    registry.read(file.read_bytes(), Context('x'))\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
