"""A sound bundle in the memory, and means to make unsound ones of it."""

import hashlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from casefile.bundle import bag, layout, operations, reading, zipped
from casefile.bundle.reading import Bundle
from casefile.bundle.zipped import ZipWriter
from casefile.model.claim import Claim
from casefile.model.exchange import Wanted
from casefile.model.ids import new_id
from casefile.model.source import Source, SourceFile
from casefile.services import exchange, keys
from casefile.services.desk import create_desk
from casefile.services.places import Places

Members = list[tuple[str, bytes]]
TAGS = (layout.BAG_INFO, layout.MANIFEST, layout.TAGMANIFEST, layout.SIGNATURE)


def looked_at(body: bytes) -> Bundle:
    """Read a bundle as a stranger's; Unsound when it is not sound."""
    found = reading.open_bundle(io.BytesIO(body), keys.verify)
    operations.check(found, keys.verify)
    return found


def members(body: bytes) -> Members:
    """Give the members of a sound bundle, in order."""
    file = io.BytesIO(body)
    found = zipped.directory(file, len(body))
    return [(name, b"".join(zipped.pieces(file, one))) for name, one in found.items()]


def zipped_up(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Write members as a bundle's container holds them."""
    out = io.BytesIO()
    writer = ZipWriter(out)
    for name, body in parts:
        writer.add(name, (body,))
    writer.finish()
    return out.getvalue()


def bagged(parts: Members) -> bytes:
    """Write members with manifests that fit them, unsigned, as a forger would."""
    kept = [(name, body) for name, body in parts if name not in TAGS]
    info = next((body for name, body in parts if name == layout.BAG_INFO), b"")
    payload = {n: hashlib.sha256(b).hexdigest() for n, b in kept if layout.is_payload(n)}
    tags = [(name, body) for name, body in kept if not layout.is_payload(name)]
    tags += [(layout.BAG_INFO, info), (layout.MANIFEST, bag.manifest(payload))]
    vouched = {n: hashlib.sha256(b).hexdigest() for n, b in tags if n in layout.TAGS}
    inside = [(name, body) for name, body in kept if layout.is_payload(name)]
    return zipped_up([*inside, *tags, (layout.TAGMANIFEST, bag.manifest(vouched))])


def changed(parts: Members, name: str, change: Callable[[bytes], bytes]) -> Members:
    """Give the members with one of them changed."""
    return [(each, change(body) if each == name else body) for each, body in parts]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give a small signed bundle."""
    return _made(tmp_path_factory.mktemp("bundle"), signed=True)


@pytest.fixture(scope="session")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give a small bundle without a signature."""
    return _made(tmp_path_factory.mktemp("bundle"), signed=False)


def _made(home: Path, *, signed: bool) -> bytes:
    places = Places(home / "cache", home / "config")
    with create_desk(home / "x.casefile", places, "Valley") as desk:
        for n in range(3):
            original = home / "in.txt"
            original.write_bytes(b"They came at dawn. " * (n + 1))
            kept = desk.store.objects.put(original, limit=1000)
            with desk.store.write("import") as w:
                source = new_id()
                w.put(Source, source, kind="other", title=f"=cmd {n} <script>")
                w.put(SourceFile, new_id(), source=source, object=kept.sha256, role="original")
        with desk.store.write("claim") as w:
            w.put(Claim, new_id(), statement="a long statement " * 2000)
        if signed:
            keys.new(places, None)
            keys.give(desk, keys.unlock(places))
            keys.sign(desk)
        exchange.write(desk, home / "1.casebundle", Wanted())
    return (home / "1.casebundle").read_bytes()
