"""Encrypting whole bundles with age (https://age-encryption.org/v1), a piece at a time.

To recipients the library does it. It knows passphrases in the memory only, so that form of the file
is written here: one `scrypt` stanza, then pieces of 64 KiB with ChaCha20-Poly1305.
"""

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Iterable
from typing import BinaryIO, Final

from casefile.model.errors import Refused, UsageError
from casefile.strings import tr

MAGIC: Final = b"age-encryption.org/v1\n"
PIECE, TAG = 65_536, 16
WORK, MOST_WORK = 16, 20  # log2 of the rounds of scrypt: about 0.2 s; what a stranger may ask for
_STANZA: Final = re.compile(rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n")
_MAC: Final = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n")
HEADER: Final = 512  # bytes in which the header of a passphrase file stands


def is_encrypted(start: bytes) -> bool:
    """Say whether a file that begins so is encrypted with age."""
    return start.startswith(MAGIC)


def by_passphrase(start: bytes) -> bool:
    """Say whether a file that begins so is opened with a passphrase."""
    return start.startswith(MAGIC + b"-> scrypt ")


def check_recipients(recipients: Iterable[str]) -> None:
    """Refuse what is no age public key."""
    import pyrage

    for one in recipients:
        try:
            pyrage.x25519.Recipient.from_str(one)
        except pyrage.RecipientError as error:
            raise UsageError(
                tr("“{key}” is no age public key.").format(key=one[:80]),
                tr("It begins with age1; the receiver gets it from age-keygen."),
            ) from error


def encrypt(source: BinaryIO, out: BinaryIO, recipients: Iterable[str], passphrase: str) -> None:
    """Encrypt all that is left of `source`, to recipients or with a passphrase."""
    import pyrage

    if passphrase:
        _encrypt(source, out, passphrase)
        return
    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    pyrage.encrypt_io(source, out, keys)


def decrypt(source: BinaryIO, out: BinaryIO, identities: Iterable[str], passphrase: str) -> None:
    """Decrypt a file from its beginning; Refused when it does not open, or was changed."""
    import pyrage

    start = source.read(HEADER)
    source.seek(0)
    try:
        if by_passphrase(start):
            _decrypt(source, out, passphrase)
            return
        keys = [pyrage.x25519.Identity.from_str(one) for one in identities]
        if not keys:
            raise Refused(
                tr("This bundle is encrypted to somebody's key."),
                tr("Give the file with your identity: --identity FILE"),
            )
        pyrage.decrypt_io(source, out, keys)
    except pyrage.IdentityError as error:
        raise UsageError(tr("The identity file holds no age identity.")) from error
    except (pyrage.DecryptError, ValueError, OSError) as error:
        raise Refused(
            tr("This bundle does not open: it is for somebody else, or it was changed."),
            tr("Look which key or passphrase it was made for."),
            {"reason": "encryption"},
        ) from error


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256, 32 bytes (RFC 5869)."""
    first = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(first, info + b"\1", "sha256")


def _scrypt(passphrase: str, salt: bytes, work: int) -> bytes:
    label = b"age-encryption.org/v1/scrypt"
    return hashlib.scrypt(
        passphrase.encode("utf-8"), salt=label + salt, n=1 << work, r=8, p=1,
        maxmem=(1 << work) * 1024 + (1 << 20), dklen=32,
    )  # fmt: skip


def _text(body: bytes) -> bytes:
    return base64.b64encode(body).rstrip(b"=")


def _bytes(words: bytes) -> bytes:
    body = base64.b64decode(words + b"=" * (-len(words) % 4), validate=True)
    if _text(body) != words:
        msg = "not written canonically"
        raise ValueError(msg)
    return body


def _encrypt(source: BinaryIO, out: BinaryIO, passphrase: str) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrapped = ChaCha20Poly1305(_scrypt(passphrase, salt, WORK)).encrypt(bytes(12), key, None)
    head = MAGIC + b"-> scrypt %s %d\n%s\n---" % (_text(salt), WORK, _text(wrapped))
    mac = hmac.digest(_derived(key, b"", b"header"), head, "sha256")
    out.write(head + b" " + _text(mac) + b"\n" + nonce)
    cipher, number = ChaCha20Poly1305(_derived(key, nonce, b"payload")), 0
    piece = source.read(PIECE)
    while True:
        after = source.read(PIECE)
        count = number.to_bytes(11, "big") + (b"\0" if after else b"\1")
        out.write(cipher.encrypt(count, piece, None))
        if not after:
            return
        piece, number = after, number + 1


def _decrypt(source: BinaryIO, out: BinaryIO, passphrase: str) -> None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    start = source.read(HEADER)
    stanza = _STANZA.match(start, len(MAGIC))
    mac = _MAC.match(start, stanza.end()) if stanza else None
    if stanza is None or mac is None or int(stanza[2]) > MOST_WORK:
        msg = "not written as such files are"
        raise ValueError(msg)
    if not passphrase:
        raise Refused(
            tr("This bundle is encrypted with a passphrase."),
            tr("Give it with --passphrase-file, or in a terminal."),
        )
    try:
        secret = _scrypt(passphrase, _bytes(stanza[1]), int(stanza[2]))
        key = ChaCha20Poly1305(secret).decrypt(bytes(12), _bytes(stanza[3]), None)
        head = start[: stanza.end()] + b"---"
        if not hmac.compare_digest(
            hmac.digest(_derived(key, b"", b"header"), head, "sha256"), _bytes(mac[1])
        ):
            msg = "the header was changed"
            raise ValueError(msg)
        source.seek(mac.end())
        cipher, number = ChaCha20Poly1305(_derived(key, source.read(16), b"payload")), 0
        piece = source.read(PIECE + TAG)
        while True:
            after = source.read(PIECE + TAG)
            count = number.to_bytes(11, "big") + (b"\0" if after else b"\1")
            out.write(cipher.decrypt(count, piece, None))
            if not after:
                return
            piece, number = after, number + 1
    except InvalidTag as error:
        msg = "the passphrase does not fit, or the bytes were changed"
        raise ValueError(msg) from error
