"""The stand-alone verifier, run by a bare Python on a case folder and on a report."""

import hashlib
import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casefile.extract.pool import Extractor
from casefile.model.errors import CaseUnusable
from casefile.model.view import SourceFilter
from casefile.services import annotate, claims, ingest, keys, proofs, purges, reporting
from casefile.services.claims import ClaimDraft
from casefile.services.desk import create_desk, open_desk
from casefile.services.places import Places
from casefile.services.reading import listing

from .bare import SCRIPT, run
from .conftest import ARTICLE, DENIAL

QUOTE = "the unit belongs to the Basalt"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A folder with a signed case, one report without and one with the originals."""
    folder = tmp_path_factory.mktemp("signed")
    places = Places(folder / "cache", folder / "config")
    keys.new(places, None)
    for name, words in (("column.txt", ARTICLE), ("denial.txt", DENIAL)):
        (folder / name).write_text(words, "utf-8")
    with create_desk(folder / "a.casefile", places, "x", extractor=extractor) as desk:
        report = ingest.add(desk, [folder / "column.txt", folder / "denial.txt"])
        mark, _ = annotate.quote(desk, report.entries[0].source or "", QUOTE)
        claims.add(desk, ClaimDraft(statement="It is theirs", quote=mark))
        keys.give(desk, keys.unlock(places))
        keys.sign(desk)
        desk.before_closing.clear()
        reporting.report(desk, folder / "alone.html")
        reporting.report(desk, folder / "whole.html", originals=True)
    for one in (folder / "cache", folder / "config"):
        shutil.rmtree(one)
    return folder


@pytest.fixture
def copy(signed: Path, tmp_path: Path) -> Path:
    shutil.copytree(signed, tmp_path / "copy")
    return tmp_path / "copy"


def change(case: Path, *words: str) -> None:
    with closing(sqlite3.connect(case / "case.db")) as db:
        for one in words:
            assert db.execute(one).rowcount
        db.commit()


def flip(file: Path, at: int) -> None:
    body = bytearray(file.read_bytes())
    body[at] ^= 1
    file.chmod(0o644)
    file.write_bytes(body)


def swap(folder: Path) -> None:
    one, two = sorted(file for file in folder.rglob("*") if file.is_file())[:2]
    first, second = one.read_bytes(), two.read_bytes()
    for file, body in ((one, second), (two, first)):
        file.chmod(0o644)
        file.write_bytes(body)


def test_it_is_short_and_stands_alone() -> None:
    lines = SCRIPT.read_text("utf-8").splitlines()
    assert len(lines) <= 150
    assert max(map(len, lines)) <= 132
    imports = {
        m for line in lines for m in re.findall(r"^(?:from|import) ([\w, ]+?)(?: import|$)", line)
    }
    names = {name.strip() for one in imports for name in one.split(",")}
    assert names <= sys.stdlib_module_names


def test_what_is_sound_holds_and_what_was_not_checked_is_said(signed: Path) -> None:
    status, words = run(signed / "a.casefile")
    assert status == 0, words
    assert re.search("checked: the checkpoint by .* is signed with key", words)
    assert "2 originals hashed" in words
    assert "could not check: whether the tables" in words
    status, words = run(signed / "alone.html")
    assert status == 0, words
    assert "the report is signed with key" in words
    assert "could not check: the 2 originals" in words
    for told in (("whole.html",), ("whole.html-proof",)):
        status, words = run(signed / told[0])
        assert (status, "2 originals hashed" in words) == (0, True), words
    assert run(script=signed / "alone.html-proof" / "verify.py")[0] == 0
    assert run(signed)[0] != 0


CASE: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed original": (
        lambda case: flip(next(p for p in sorted((case / "objects").rglob("*")) if p.is_file()), 9),
        "CHANGED: the original",
    ),
    "changed operation": (
        lambda case: change(
            case, "UPDATE op SET body = CAST(replace(body, 'Armoured', 'Armourex') AS BLOB)"
        ),
        "CHANGED: operation number",
    ),
    "changed text": (
        lambda case: change(case, "UPDATE content SET body = zeroblob(8)"),
        "CHANGED: the stored text",
    ),
    "dropped last operation": (
        lambda case: change(
            case,
            "DELETE FROM op WHERE n = (SELECT max(n) FROM op)",
        ),
        "MISSING: the checkpoint by",
    ),
    "dropped original": (
        lambda case: shutil.rmtree(next(iter(sorted((case / "objects").iterdir())))),
        "MISSING: the original",
    ),
    "swapped file": (lambda case: swap(case / "objects"), "SWAPPED: the original"),
    "reordered log": (
        lambda case: change(
            case,
            "UPDATE op SET seq = -seq WHERE seq IN (3, 4)",
            "UPDATE op SET seq = 7 + seq WHERE seq < 0",
        ),
        "REORDERED: the log of replica",
    ),
    "forged signature": (
        lambda case: change(case, "UPDATE checkpoint SET signature = zeroblob(64)"),
        "FORGED: the signature",
    ),
}


@pytest.mark.parametrize("what", list(CASE))
def test_each_damage_of_a_case_has_its_own_message(copy: Path, what: str) -> None:
    how, message = CASE[what]
    how(copy / "a.casefile")
    status, words = run(copy / "a.casefile")
    assert status == 1
    problems = [line for line in words.splitlines() if line.startswith("PROBLEM: ")]
    assert any(line.startswith(f"PROBLEM: {message}") for line in problems), words


def relined(how: Callable[[list[bytes]], object]) -> Callable[[Path], None]:
    """Change the lines of a proof, and seal it again as a forger would."""

    def change_(folder: Path) -> None:
        file = folder / "whole.html-proof" / "proof.jsonl"
        *lines, _ = file.read_bytes().splitlines()
        how(lines)
        seal = hashlib.sha256(b"\n".join(lines)).hexdigest()
        last = json.dumps({"seal": seal, "key": "", "signature": ""}).encode()
        file.write_bytes(b"\n".join([*lines, last, b""]))

    return change_


def operations(lines: list[bytes]) -> list[int]:
    return [n for n, line in enumerate(lines) if b'"seq"' in line and b'"id"' in line]


def reorder(lines: list[bytes]) -> None:
    two, three = operations(lines)[2:4]
    lines[two], lines[three] = lines[three], lines[two]


def drop_last(lines: list[bytes]) -> None:
    del lines[operations(lines)[-1]]
    lines[:] = [line for line in lines if not line.startswith(b'{"chain"')]  # the heads


def rename(lines: list[bytes]) -> None:
    at = operations(lines)[1]
    data = json.loads(lines[at])
    data["id"] = hashlib.sha256(b"another").hexdigest()
    lines[at] = json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


REPORT: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed byte": (lambda folder: flip(folder / "whole.html", 3000), "CHANGED: the report"),
    "changed proof": (
        lambda folder: flip(folder / "whole.html-proof" / "proof.jsonl", 40),
        "CHANGED: the proof",
    ),
    "changed name of an operation": (relined(rename), "CHANGED: the operations of replica"),
    "dropped last operation": (relined(drop_last), "MISSING: the checkpoint by"),
    "swapped file": (
        lambda folder: swap(folder / "whole.html-proof" / "objects"),
        "SWAPPED: the original",
    ),
    "reordered log": (relined(reorder), "REORDERED: the log of replica"),
}


@pytest.mark.parametrize("what", list(REPORT))
def test_each_damage_of_a_report_has_its_own_message(copy: Path, what: str) -> None:
    how, message = REPORT[what]
    how(copy)
    status, words = run(copy / "whole.html")
    assert status == 1, words
    problems = [line for line in words.splitlines() if line.startswith("PROBLEM: ")]
    assert any(line.startswith(f"PROBLEM: {message}") for line in problems), words


def test_four_kinds_of_damage_have_four_messages() -> None:
    for kinds in (CASE, REPORT):
        assert {message.split(":")[0] for _, message in kinds.values()} >= {
            "CHANGED",
            "MISSING",
            "SWAPPED",
            "REORDERED",
        }


def test_what_was_removed_for_good_is_no_damage(copy: Path, places: Places) -> None:
    from casefile.services.desk import open_desk

    with open_desk(copy / "a.casefile", places) as desk:
        purges.purge(desk, listing(desk, SourceFilter())[0], "why not")
        reporting.report(desk, copy / "after.html", originals=True)
    for one in ("a.casefile", "after.html"):
        status, words = run(copy / one)
        assert status == 0, words
    change(
        copy / "a.casefile",
        'UPDATE op SET body = CAST(replace(body, \'"tbl":"source"\', \'"tbl":"sourcx"\') AS BLOB)',
    )
    status, words = run(copy / "a.casefile")
    assert (status, "emptied without a purge" in words) == (1, True)


def test_its_signatures_are_those_of_the_library(tier) -> None:
    told: dict[str, object] = {}
    exec(compile(SCRIPT.read_text("utf-8").replace("__main__", "not main"), "verify", "exec"), told)
    verified = told["verified"]
    assert callable(verified)
    for n in range(tier.count(quick=3, ci=40, long=400)):
        secret = Ed25519PrivateKey.from_private_bytes(
            hashlib.sha256(bytes([n % 256, n >> 8])).digest()
        )
        key, message = secret.public_key().public_bytes_raw(), b"message %d" % n
        signature = secret.sign(message)
        assert verified(key, signature, message)
        assert not verified(key, signature, message + b"x")
        for at in (3, 40):
            wrong = bytearray(signature)
            wrong[at] ^= 1 << n % 8
            assert not verified(key, bytes(wrong), message)
    assert not verified(b"", b"", b"")
    assert not verified(bytes(31) + b"\xff", bytes(64), b"")


def test_a_folder_that_is_somebody_elses_is_left_alone(copy: Path, places: Places) -> None:
    (copy / "mine.html-proof").mkdir()
    (copy / "mine.html-proof" / "diary.txt").write_text("mine")
    with open_desk(copy / "a.casefile", places, write=False) as desk:
        with pytest.raises(CaseUnusable, match="something else"):
            reporting.report(desk, copy / "mine.html")
        with pytest.raises(CaseUnusable, match="script cannot be written"):
            proofs.write_script(copy / "mine.html-proof" / "diary.txt")
    assert (copy / "mine.html-proof" / "diary.txt").read_text() == "mine"
