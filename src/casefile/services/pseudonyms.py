"""Names for people who must not be named: the same one in every disclosure of a case.

Which name somebody gets follows from a secret that stays on this machine, so that nobody can try
out ids or names to see whom it stands for.
"""

import hmac
import secrets
import uuid
from collections.abc import Iterable

from casefile.model.errors import CaseUnusable
from casefile.services import keys
from casefile.services.desk import Desk
from casefile.services.spoken import WORDS
from casefile.strings import tr

_BYTES = 32


def of(desk: Desk, entities: Iterable[str]) -> dict[str, str]:
    """Give each entity its pseudonym; whom else is asked for makes no difference to it."""
    secret = _secret(desk)
    found = {}
    for entity in sorted(set(entities)):
        digest = hmac.digest(secret, entity.encode(), "sha256")
        words = " ".join(WORDS[byte] for byte in digest[:3])
        found[entity] = tr("Speaker {words}").format(words=words.title())
    return found


def id_of(desk: Desk, entity: str) -> str:
    """Give the id that a hidden entity has in disclosures; nobody can tell whose it is."""
    digest = hmac.digest(_secret(desk), b"id\0" + entity.encode(), "sha256")
    return str(uuid.UUID(bytes=digest[:16], version=4))


def _secret(desk: Desk) -> bytes:
    file = desk.places.config / "pseudonyms" / f"{desk.store.case_id}.key"
    try:
        if file.exists():
            kept = file.read_bytes()
            if len(kept) == _BYTES:
                return kept
            raise CaseUnusable(
                tr("The secret of this case's pseudonyms is damaged."),
                tr("Put it back from a copy of the configuration folder: {file}.").format(
                    file=file.name
                ),
            )
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = secrets.token_bytes(_BYTES)
        keys.keep(file, fresh)
    except OSError as error:
        raise CaseUnusable(
            tr("The secret of this case's pseudonyms cannot be used: {why}.").format(
                why=error.strerror
            )
        ) from error
    return fresh
