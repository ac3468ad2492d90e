"""Programs of other people read our bundles: bagit, RO-Crate, minisign, age; every kind of bundle."""

import base64
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from casefile.bundle import minisign
from casefile.extract.pool import Extractor
from casefile.model.disclosure import Plan
from casefile.model.errors import Refused
from casefile.model.exchange import DELTA, DISCLOSURE, FULL, Opening, Wanted
from casefile.services import (
    annotate,
    claims,
    disclosing,
    disclosure_bundle,
    exchange,
    ingest,
    keys,
)
from casefile.services.claims import ClaimDraft
from casefile.services.desk import Desk, create_desk
from casefile.services.places import Places

from .conftest import ARTICLE, DENIAL

KINDS = (FULL, DELTA, DISCLOSURE)
# A terminal of its own for a program that asks on the terminal, whatever its input is.
ASKED = "import os,sys; os.setsid(); os.open(sys.argv[1], os.O_RDWR); os.execvp(sys.argv[2], sys.argv[2:])"

# In a process of its own, too: the library loads one for the network, which tries a socket.
CRATE = """
import json, sys
from rocrate.rocrate import ROCrate
crate = ROCrate(sys.argv[1])
root, files = crate.root_dataset, [one.id for one in crate.data_entities]
print(json.dumps([root["description"], [one.id for one in root["hasPart"]], files]))
"""


def needs(program: str) -> pytest.MarkDecorator:
    why = f"{program} is not installed (apt-get install {program})"
    return pytest.mark.skipif(shutil.which(program) is None, reason=why)


@pytest.fixture(scope="module")
def sender(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Iterator[Desk]:
    """A signing person with a case of two sources, a quote and a claim."""
    home = tmp_path_factory.mktemp("sender")
    places = Places(home / "cache", home / "config")
    keys.new(places, None)
    (home / "denial.txt").write_text(DENIAL, "utf-8")
    (home / "column.txt").write_text(ARTICLE, "utf-8")
    with create_desk(home / "x.casefile", places, "Долина الوادي", extractor=extractor) as desk:
        desk.signer = keys.unlock(places)
        ingest.add(desk, [home / "denial.txt"])
        exchange.write(desk, home / "base.casebundle", Wanted())
        added = ingest.add(desk, [home / "column.txt"])
        mark, _ = annotate.quote(desk, added.entries[0].source or "", "six villages")
        claims.add(desk, ClaimDraft(statement="Six are dry", quote=mark))
        keys.sign(desk)
        yield desk


def written(desk: Desk, file: Path, kind: str, **locked: str | tuple[str, ...]) -> Path:
    """Write a bundle of a kind."""
    wanted = Wanted(kind=kind, **locked)
    if kind == DISCLOSURE:
        chosen = tuple(row.id for row in claims.rows(desk))
        plan = Plan(chosen=chosen, title="Shown", words=("residents",), name_withheld=True)
        seen = disclosing.prepare(desk, plan).travel.digest
        disclosure_bundle.write(desk, plan, seen, file, wanted)
        return file
    if kind == DELTA:
        base = exchange.base_of(desk, str(desk.store.path.parent / "base.casebundle"))
        wanted = Wanted(kind=kind, base=base, **locked)
    exchange.write(desk, file, wanted)
    return file


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bundle(sender: Desk, kind: str, tmp_path: Path) -> Path:
    return written(sender, tmp_path / "one.casebundle", kind)


@pytest.fixture
def unpacked(bundle: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "bag")
    return tmp_path / "bag"


def run(*words: object) -> tuple[int, str]:
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def bagit(folder: Path) -> tuple[int, str]:
    script = Path(sys.executable).with_name("bagit.py")  # in a process: it warns of its own library
    return run(sys.executable, "-W", "ignore", script, "--validate", folder)


def test_the_library_of_congress_calls_it_a_valid_bag(unpacked: Path) -> None:
    status, words = bagit(unpacked)
    assert (status, words.rstrip().endswith("is valid")) == (0, True), words
    csv = unpacked / "data" / "sources.csv"
    csv.write_bytes(csv.read_bytes() + b"x")
    assert bagit(unpacked)[0] != 0


def test_an_ro_crate_reader_opens_it(unpacked: Path, kind: str) -> None:
    data = unpacked / "data"
    status, words = run(sys.executable, "-c", CRATE, data)
    assert status == 0, words
    told, parts, said = json.loads(words)
    assert told == f"A Casefile bundle ({kind})"
    assert {"casefile.json", "sources.csv", "objects.jsonl"} <= set(parts)
    assert [one for one in parts if not (data / one).exists()] == []
    there = {file.name for file in data.iterdir()} - {
        "ro-crate-metadata.json",
        "ro-crate-preview.html",  # one of its own kind
    }
    assert {one.rstrip("/") for one in said} == there
    (data / "ro-crate-metadata.json").write_text("{}", "utf-8")
    assert run(sys.executable, "-c", CRATE, data)[0] != 0


@needs("minisign")
def test_minisign_accepts_its_signature(sender: Desk, unpacked: Path) -> None:
    assert sender.signer is not None
    manifest = unpacked / "tagmanifest-sha256.txt"
    public = keys.state(sender.places).minisign  # what `key show` prints
    status, words = run("minisign", "-V", "-P", public, "-m", manifest)
    assert status == 0, words
    assert "Signature and comment signature verified" in words
    page = (unpacked / "data" / "ro-crate-preview.html").read_text("utf-8")
    assert f"<td>{public}</td>" in page  # whoever has no Casefile finds the key here
    manifest.write_bytes(manifest.read_bytes().replace(b"bag", b"bog", 1))
    assert run("minisign", "-V", "-P", public, "-m", manifest)[0] != 0


@needs("minisign")
def test_a_signature_of_minisign_itself_is_read(tmp_path: Path) -> None:
    key, secret, body = tmp_path / "k.pub", tmp_path / "k.sec", tmp_path / "body"
    body.write_bytes(b"some bytes")
    assert run("minisign", "-G", "-W", "-p", key, "-s", secret)[0] == 0
    assert run("minisign", "-S", "-s", secret, "-m", body, "-t", "said")[0] == 0
    raw = base64.b64decode(key.read_text("utf-8").splitlines()[1])
    words = body.with_name("body.minisig").read_bytes()
    assert raw[:2] == b"Ed"
    first, comment, last = words.decode().splitlines()[1:]
    signature = base64.b64decode(first)[10:]
    said = comment.removeprefix(minisign.TRUSTED).encode()
    assert keys.verify(raw[10:], signature, minisign._hash(b"some bytes"))
    assert keys.verify(raw[10:], base64.b64decode(last), signature + said)


@needs("age")
def test_age_opens_what_is_locked_to_a_key(sender: Desk, kind: str, tmp_path: Path) -> None:
    identity, out = tmp_path / "identity", tmp_path / "out.casebundle"
    assert run("age-keygen", "-o", identity)[0] == 0
    found = re.search("age1[0-9a-z]+", identity.read_text("utf-8"))
    assert found
    file = written(sender, tmp_path / "locked.casebundle", kind, recipients=(found[0],))
    status, words = run("age", "-d", "-i", identity, "-o", out, file)
    assert status == 0, words
    assert exchange.verify(out, sender.places).kind == kind
    other = pyrage.x25519.Identity.generate()
    (tmp_path / "other").write_text(str(other), "utf-8")
    assert run("age", "-d", "-i", tmp_path / "other", file)[0] != 0


def on_terminal(answer: str, *words: object) -> int:
    """Run a program that asks for a passphrase on its terminal; gives its exit status."""
    ours, theirs = pty.openpty()
    name = os.ttyname(theirs)
    call = [sys.executable, "-c", ASKED, name, *map(str, words)]
    with subprocess.Popen(
        call, stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        for _ in range(2):  # age asks twice when it locks
            os.write(ours, answer.encode() + b"\n")
        status = program.wait(60)
    os.close(theirs)
    os.close(ours)
    return status


@needs("age")
def test_age_opens_what_is_locked_with_words(sender: Desk, kind: str, tmp_path: Path) -> None:
    words, out = exchange.passphrase(), tmp_path / "out.casebundle"
    file = written(sender, tmp_path / "locked.casebundle", kind, passphrase=words)
    assert on_terminal("wrong words", "age", "-d", "-o", out, file) != 0
    assert on_terminal(words, "age", "-d", "-o", out, file) == 0
    assert exchange.verify(out, sender.places).kind == kind


@needs("age")
def test_what_age_locks_with_words_is_opened(sender: Desk, tmp_path: Path) -> None:
    plain = written(sender, tmp_path / "plain.casebundle", FULL)
    file = tmp_path / "locked.casebundle"
    assert on_terminal("nine of them", "age", "-p", "-o", file, plain) == 0
    with pytest.raises(Refused):
        exchange.verify(file, sender.places)
    found = exchange.verify(file, sender.places, Opening(passphrase="nine of them"))
    assert (found.ok, found.encrypted) == (True, True)


def test_what_stands_in_it_is_plain_json(unpacked: Path, kind: str) -> None:
    data = unpacked / "data"
    assert json.loads((data / "casefile.json").read_bytes())["kind"] == kind
    for file in data.rglob("*.jsonl"):
        for line in file.read_text("utf-8").splitlines():
            assert isinstance(json.loads(line), dict), file.name
