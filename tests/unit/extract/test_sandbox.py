import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casefile.extract import probe, sandbox
from casefile.extract.limits import Limits
from casefile.extract.pool import Extractor
from casefile.extract.protocol import receive

Make = Callable[..., bytes]
Put = Callable[[bytes], Path]
FILES = ("no reading of files", "no listing of folders", "no writing of files")
SOCKETS = ("no inet socket", "no unix socket")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these locks")


def _without(*layers: str) -> tuple[str, ...]:
    """Give the command of a child on a system without some layers."""
    gone = {
        "seccomp": "sandbox.pyseccomp = None",
        "landlock": "sandbox._landlock = lambda _: False",
    }
    lines = ["import sys", "sys.argv.insert(1, '--extract-child')"]
    lines += ["from casefile.extract import child, sandbox", *(gone[layer] for layer in layers)]
    return (sys.executable, "-c", "; ".join([*lines, "sys.exit(child.main())"]))


@pytest.mark.parametrize(
    "missing", [(), ("landlock",), ("seccomp",), ("landlock", "seccomp")], ids=" and ".join
)
def test_what_holds_is_told_and_files_are_still_read(
    missing: tuple[str, ...], put: Put, make_pdf: Make, make_photo: Make
) -> None:
    with Extractor(command=_without(*missing)) as readers:
        found = readers.protections()
        assert readers.read(put(make_pdf("words")), name="x").text == "words"
        assert readers.read(put(make_photo("WEBP")), name="x").complete
        page = put("<html><body><p>слова на странице, которых достаточно".encode("cp1251"))
        assert "достаточно" in readers.read(page, name="x").text
    assert not any(found[layer] for layer in missing)
    # Files and sockets stay shut in every case, and so does memory.
    assert all(
        found[name] for name in (*FILES, *SOCKETS, "no 2 GiB of memory", "rlimits", "no network")
    )
    if found["seccomp"]:
        assert all(found[name] for name in probe.NAMES)


def test_the_tries_tell_an_open_process_from_a_locked_one(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.touch()
    paths = {
        "file": __file__,
        "folder": str(tmp_path),
        "target": str(target),
        "program": "/bin/true",
    }
    program = (
        "import sys; from casefile.extract import probe; "
        f"probe.run({paths!r}, {{}}, sys.stdout.buffer.write)"
    )
    done = subprocess.run([sys.executable, "-uc", program], capture_output=True, check=True)
    blocked = receive(io.BytesIO(done.stdout).read, 10_000, 0).head["note"]["blocked"]
    assert not any(blocked.values())
    assert target.read_bytes() == b"x"


def test_pages_are_believed_as_far_as_the_size_allows() -> None:
    limits = Limits(pages=100)
    assert sandbox.page_bound(limits, 640) == 10
    assert sandbox.page_bound(limits, 10**9) == 100


def test_only_code_data_and_fonts_stay_readable() -> None:
    home = str(Path.home())
    for folder in sandbox._readable():
        assert folder not in (home, "/", "/usr", str(Path.cwd()))


@pytest.mark.corpora
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("missing", ["", "sandbox.pyseccomp = None"], ids=["all", "no seccomp"])
def test_a_person_without_privileges_reads_everything(
    missing: str, corpora: Path, put: Put, make_pdf: Make
) -> None:
    """The limit on processes counts for them, and the decoder of HEIC needs threads."""
    other = "lambda: (os.setgroups([]), os.setresgid(*[65534] * 3), os.setresuid(*[65534] * 3))"
    lines = [
        "import os, sys",
        "sys.argv.insert(1, '--extract-child')",
        "from casefile.extract import child, sandbox",
        f"sandbox._drop_capabilities = {other}",
        missing or "pass",
        "sys.exit(child.main())",
    ]
    with Extractor(command=(sys.executable, "-c", "; ".join(lines))) as readers:
        assert all(readers.protections()[name] for name in probe.NAMES)
        assert readers.read(put(make_pdf("words")), name="x").text == "words"
        draft = readers.read(corpora / "photos/libheif/example.heic", name="x")
        assert (draft.complete, draft.reason) == (True, None)
        assert draft.picture_hash
