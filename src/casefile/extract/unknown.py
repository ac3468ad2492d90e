"""Drafts for files that no format file reads, and for readers that broke down."""

from casefile.extract.sniff import Kind
from casefile.model.draft import Draft


class Unreadable(Exception):
    """A file cannot be read; the message says why in plain words."""


EXTRACTOR, VERSION = "casefile.kind", "1"

_NOT_READ = {
    "application/warc": "web archives are not read yet",
    "application/x-arc": "web archives are not read yet",
    "application/wacz": "web archives are not read yet",
    "multipart/related": "pages saved in mail form are not read yet",
    "message/rfc822": "mail is not read yet",
    "application/mbox": "mailboxes are not read yet",
    "application/gzip": "what the gzip file holds cannot be unpacked",
}
NOT_READ = "this kind of file is not read yet"


def not_read(kind: Kind, reason: str | None = None) -> Draft:
    """Give the draft of a file that is kept and not read: its kind and the reason."""
    return Draft(
        kind=kind.kind,
        media_type=kind.media_type,
        extractor=EXTRACTOR,
        version=VERSION,
        complete=False,
        reason=reason or _NOT_READ.get(kind.media_type, NOT_READ),
    )
