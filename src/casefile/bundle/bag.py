"""Writing the bag: members one after the other, then the manifests that vouch for them (RFC 8493)."""

from collections.abc import Iterable
from hashlib import sha256
from typing import BinaryIO

from casefile.bundle import layout, minisign
from casefile.bundle.zipped import ZipWriter
from casefile.model.signing import Signer


class BagWriter:
    """A bag in the making; nothing of this machine goes into it: no name, no path, no zone."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = ZipWriter(out)
        self._lines: dict[str, str] = {}
        self.bytes = 0
        self._tag(layout.BAGIT, layout.BAGIT_WORDS)
        self._tags: dict[str, str] = {
            layout.BAGIT: sha256(layout.BAGIT_WORDS).hexdigest(),
        }

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Write a member of the payload; give the SHA-256 of its bytes."""
        one, digest = self._zip.add(name, pieces)
        self._lines[name] = digest
        self.bytes += one.size
        return digest

    def _tag(self, name: str, body: bytes) -> str:
        return self._zip.add(name, (body,))[1]

    def finish(self, info: Iterable[tuple[str, str]], signer: Signer | None, comment: str) -> None:
        """Write what is said of the bag, the manifests, the signature, and the directory."""
        oxum = f"{self.bytes}.{len(self._lines)}"
        lines = [f"{label}: {words}\n" for label, words in (*info, ("Payload-Oxum", oxum))]
        tags = dict(self._tags)
        tags[layout.BAG_INFO] = self._tag(layout.BAG_INFO, "".join(lines).encode("utf-8"))
        tags[layout.MANIFEST] = self._zip.add(
            layout.MANIFEST,
            (f"{self._lines[name]}  {name}\n".encode() for name in sorted(self._lines)),
        )[1]
        body = manifest(tags)
        self._tag(layout.TAGMANIFEST, body)
        if signer is not None:
            self._tag(layout.SIGNATURE, minisign.sign(signer, body, comment))
        self._zip.finish()


def manifest(digests: dict[str, str]) -> bytes:
    """Write a manifest: a line a name, sorted."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("utf-8")
