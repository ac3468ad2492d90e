"""Signatures in the format of minisign (https://jedisct1.github.io/minisign/), prehashed (`ED`)."""

import base64
import hashlib
from typing import Final

from casefile.bundle.unsound import Unsound
from casefile.model.signing import KEY_BYTES, SIGNATURE_BYTES, Signer, Verify
from casefile.strings import tr

UNTRUSTED: Final = "untrusted comment: signature of a Casefile bundle"
TRUSTED: Final = "trusted comment: "
LONGEST: Final = 4096  # bytes of a signature file


def key_id(public: bytes) -> bytes:
    """Give the eight bytes that minisign knows a key by."""
    return hashlib.sha256(public).digest()[:8]


def public_line(public: bytes) -> str:
    """Write a public key as `minisign -P` takes it."""
    return base64.b64encode(b"Ed" + key_id(public) + public).decode("ascii")


def _hash(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=64).digest()


def sign(signer: Signer, body: bytes, comment: str) -> bytes:
    """Write the signature file of some bytes; the comment is signed, too."""
    signature = signer.sign(_hash(body))
    whole = signer.sign(signature + comment.encode("utf-8"))
    return _written(signer.public, signature, comment, whole)


def _written(public: bytes, signature: bytes, comment: str, whole: bytes) -> bytes:
    first = base64.b64encode(b"ED" + key_id(public) + signature).decode("ascii")
    last = base64.b64encode(whole).decode("ascii")
    return f"{UNTRUSTED}\n{first}\n{TRUSTED}{comment}\n{last}\n".encode()


def check(public: bytes, body: bytes, words: bytes, verify: Verify) -> str:
    """Verify a signature file against a key; give its comment, or raise Unsound."""
    try:
        _, first, comment, last, end = words.decode("utf-8").split("\n")
        comment = comment.removeprefix(TRUSTED)
        signature = base64.b64decode(first, validate=True)[10:]
        whole = base64.b64decode(last, validate=True)
        sound = _written(public, signature, comment, whole) == words and not end
    except ValueError:
        sound, signature, whole, comment = False, b"", b"", ""
    sizes = (len(public), len(signature), len(whole))
    if not sound or sizes != (KEY_BYTES, SIGNATURE_BYTES, SIGNATURE_BYTES):
        raise Unsound("signature", tr("its signature is not written as signatures are"))
    if not verify(public, signature, _hash(body)) or not verify(
        public, whole, signature + comment.encode("utf-8")
    ):
        raise Unsound("signature", tr("its signature does not hold"))
    return comment
