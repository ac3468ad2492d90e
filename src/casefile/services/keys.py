"""The person's key: made, kept with a passphrase, shown, unlocked; checkpoints signed with it."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from casefile.bundle.minisign import public_line
from casefile.jobs.progress import Progress
from casefile.model import signing
from casefile.model.case import PersonKey
from casefile.model.errors import CasefileError, CaseUnusable, Refused
from casefile.model.ids import new_id
from casefile.model.ledger import is_hash
from casefile.model.signing import Checkpoint, Signer
from casefile.model.upkeep import CheckpointView, KeyState
from casefile.services import cases
from casefile.services.desk import Desk
from casefile.services.intake import now as now_text
from casefile.services.places import Places
from casefile.services.spoken import WORDS
from casefile.store import chains, checkpoints, folder, records
from casefile.store.chains import Walk
from casefile.store.session import Reader
from casefile.store.writer import now
from casefile.strings import tr

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LOCKED_FILE, PLAIN_FILE, PUBLIC_FILE = "key.age", "key.plain", "key.pub"
NONE, LOCKED, UNLOCKED, PLAIN = "none", "locked", "unlocked", "plain"
SHORTEST = 8  # letters of a passphrase
EVERY = 500  # operations between two checkpoints of an unlocked key
MOST = 65_536  # bytes of a key file


@dataclass(frozen=True, slots=True)
class Ed25519:
    """An unlocked key; it is never printed and never leaves the memory of this process."""

    secret: "Ed25519PrivateKey"

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self.secret.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Give the 64 bytes of the signature of a message."""
        return self.secret.sign(message)

    @override
    def __repr__(self) -> str:
        return f"Ed25519({fingerprint(self.public)})"


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether a signature of a message is that of a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Give the beginning of the key's SHA-256 in groups of four digits, for the eye."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


def spoken(public: bytes) -> tuple[str, ...]:
    """Give twelve words that stand for the first twelve bytes of the key's SHA-256, to read aloud."""
    return tuple(WORDS[byte] for byte in hashlib.sha256(public).digest()[:12])


def state(places: Places, desk: Desk | None = None) -> KeyState:
    """Say which key there is on this machine, and whether it is unlocked for this desk."""
    kind = _kind(places)
    if kind == NONE:
        return KeyState(state=NONE)
    told = _told(places)
    public = bytes.fromhex(told["public"])
    if desk is not None and desk.signer is not None and desk.signer.public == public:
        kind = UNLOCKED
    return KeyState(
        state=kind,
        public=public.hex(),
        minisign=public_line(public),
        fingerprint=fingerprint(public),
        words=spoken(public),
        made=int(told["made"]),
    )


def _kind(places: Places) -> str:
    if (places.config / LOCKED_FILE).exists():
        return LOCKED
    return PLAIN if (places.config / PLAIN_FILE).exists() else NONE


def _told(places: Places) -> dict[str, str]:
    try:
        data = json.loads(_read(places.config / PUBLIC_FILE))
        if type(data) is dict and is_hash(data.get("public")) and type(data.get("made")) is int:
            return data
    except (OSError, ValueError):
        pass
    raise CaseUnusable(
        tr("The public half of the key cannot be read: {file}.").format(file=PUBLIC_FILE),
        tr("Put the file back from a copy of the configuration folder."),
    )


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST)


def new(places: Places, passphrase: str | None) -> KeyState:
    """Make the person's key; None keeps it without a passphrase: only when the person said so.

    Refused when there is a key already (it is never overwritten) or the passphrase is too short.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if _kind(places) != NONE:
        raise Refused(
            tr("There is a key on this machine already."),
            tr("Move the key files out of the configuration folder to make another."),
        )
    if passphrase is not None and len(passphrase) < SHORTEST:
        raise Refused(
            tr("The passphrase is too short."),
            tr("Use at least {n} letters; several words are best.").format(n=SHORTEST),
        )
    secret = Ed25519PrivateKey.generate()
    words = json.dumps({"v": 1, "kind": "ed25519", "secret": secret.private_bytes_raw().hex()})
    public = secret.public_key().public_bytes_raw().hex()
    told = json.dumps({"v": 1, "kind": "ed25519", "public": public, "made": now()})
    try:
        places.config.mkdir(parents=True, exist_ok=True)
        keep(places.config / PUBLIC_FILE, told.encode())
        if passphrase is None:
            keep(places.config / PLAIN_FILE, words.encode())
        else:
            import pyrage

            locked = pyrage.passphrase.encrypt(words.encode(), passphrase)
            keep(places.config / LOCKED_FILE, locked)
        folder.sync(places.config)
    except OSError as error:
        raise CaseUnusable(
            tr("The key could not be written: {why}.").format(why=error.strerror),
            tr("Look at the permissions of the configuration folder."),
        ) from error
    return state(places)


def keep(file: Path, body: bytes) -> None:
    """Write a file that only this person may read, in one step."""
    fresh = file.with_name(file.name + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(body)
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)


def unlock(places: Places, passphrase: str | None = None) -> Ed25519:
    """Unlock the person's key; Refused without a key and for a wrong passphrase."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    kind = _kind(places)
    if kind == NONE:
        raise Refused(tr("There is no key on this machine."), tr("Make one: casefile key new"))
    try:
        if kind == PLAIN:
            words = _read(places.config / PLAIN_FILE)
        else:
            words = _decrypted(_read(places.config / LOCKED_FILE), passphrase)
        secret = bytes.fromhex(json.loads(words)["secret"])
        return Ed25519(Ed25519PrivateKey.from_private_bytes(secret))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseUnusable(
            tr("The key file is damaged or cannot be read."),
            tr("Put it back from a copy of the configuration folder."),
        ) from error


def _decrypted(locked: bytes, passphrase: str | None) -> bytes:
    import pyrage

    if not passphrase:
        raise Refused(tr("The key is locked."), tr("Its passphrase is needed."))
    try:
        return bytes(pyrage.passphrase.decrypt(locked, passphrase))
    except pyrage.DecryptError as error:
        raise Refused(
            tr("The passphrase does not fit the key."), tr("Nothing was signed; try again.")
        ) from error


def give(desk: Desk, signer: Signer) -> None:
    """Let a desk sign: on closing, and every few hundred operations."""
    desk.signer = signer
    desk.before_closing.append(lambda: _sign_last(desk))


def _sign_last(desk: Desk) -> None:
    """Sign on closing; what cannot be signed must not keep a case from being closed."""
    with suppress(CasefileError):
        sign_if_due(desk, every=1)


def sign(desk: Desk, progress: Progress | None = None) -> CheckpointView | None:
    """Hash the ledger up to its ends and sign these; None when nothing is new.

    What an older checkpoint of the same key covers is not hashed again. The first time in a case the key is named in it as this person's. Refused while the desk has no
    unlocked key, and when the ledger is damaged: nobody vouches for that.
    """
    if desk.signer is None:
        raise Refused(tr("No key is unlocked."), tr("Unlock your key first."))
    if not _anything_new(desk, desk.signer):
        return None
    _name_key(desk, desk.signer)
    with desk.store.read() as r:
        heads = checkpoints.heads(r)
        whole = checkpoints.follows(r, _trusted(r, desk.signer), heads, progress)
    if not whole:
        raise Refused(
            tr("The ledger is damaged; it was not signed."), tr("Run casefile check on the case.")
        )
    one = signing.compose(desk.signer, desk.store.case_id, desk.person, now(), heads)
    with desk.store.write("checkpoint") as w:
        checkpoints.add(w.connection, one)
    with desk.store.read() as r:
        return _view(one, cases.people(r), checkpoints.people(r), "")


def sign_if_due(desk: Desk, every: int = EVERY) -> CheckpointView | None:
    """Sign when a key is unlocked and so many operations were written since the last checkpoint."""
    if desk.signer is None or not desk.store.writable:
        return None
    with desk.store.read() as r:
        if checkpoints.uncovered(r, desk.signer.public) < every:
            return None
    return sign(desk)


def _trusted(r: Reader, signer: Signer) -> dict[str, tuple[int, str]]:
    """Give the chain ends that this key signed last."""
    for one in reversed(checkpoints.sound(r)):
        if one.key == signer.public and verify(one.key, one.signature, one.message):
            return one.heads
    return {}


def _anything_new(desk: Desk, signer: Signer) -> bool:
    with desk.store.read() as r:
        return checkpoints.uncovered(r, signer.public) > 0


def _name_key(desk: Desk, signer: Signer) -> None:
    with desk.store.write("name key") as w:
        known = records.where(w, PersonKey, person=desk.person)
        named = checkpoints.ED25519 + signer.public.hex()
        if not any(one.key == named for one in known):
            w.put(PersonKey, new_id(), person=desk.person, key=named, since=now_text())


def listed(desk: Desk, progress: Progress | None = None) -> list[CheckpointView]:
    """Give the signed checkpoints, the newest first, each held against the chains as they are."""
    seen = Walk()
    with desk.store.read() as r:
        seen.wanted = checkpoints.wanted(r)
        if not seen.wanted:
            return []
        list(chains.walk(r, seen, progress))
        handles, people = cases.people(r), checkpoints.people(r)
        found = checkpoints.sound(r)
    case = desk.store.case_id
    return [
        _view(one, handles, people, checkpoints.fault(one, case, seen, verify))
        for one in reversed(found)
    ]


def _view(
    one: Checkpoint, handles: dict[str, str], people: dict[str, str], fault: str
) -> CheckpointView:
    return CheckpointView(
        made=one.made,
        key=one.key.hex(),
        fingerprint=fingerprint(one.key),
        person=one.person,
        who=cases.handle_of(handles, one.person),
        operations=one.operations,
        ok=not fault,
        known=people.get(one.key.hex()) == one.person,
        detail=fault,
    )


def what_it_proves() -> tuple[str, ...]:
    """Say in plain words what a signed checkpoint proves, and what it does not."""
    return (
        tr(
            "A signed checkpoint that somebody else holds proves that no operation before it was "
            "changed, removed or put in another order since."
        ),
        tr(
            "It does not prove that the clocks were right, nor who sat at the keyboard, nor that "
            "nothing was left out before it was signed. Whoever has the key and the case can make a "
            "new, consistent log: give checkpoints to others early, and compare the key's words "
            "with its owner by another way."
        ),
    )
