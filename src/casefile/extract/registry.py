"""Which module reads which media type; modules are named here and loaded in the child only."""

import importlib
import importlib.util
from dataclasses import replace
from typing import cast

from casefile.extract import budget, gzipped, sniff
from casefile.extract.context import CHECK_SUM, DIFFERS, Context, Format
from casefile.extract.decode import load_all
from casefile.extract.protocol import Frame
from casefile.extract.sniff import Kind
from casefile.extract.unknown import Unreadable, not_read
from casefile.model.draft import Draft

_PHOTO = "casefile.extract.photo"
_MODULES = {
    "application/pdf": "casefile.extract.pdf",
    "text/html": "casefile.extract.html",
    "text/plain": "casefile.extract.saved_text",
    "multipart/related": "casefile.extract.mhtml",
    "message/rfc822": "casefile.extract.mail",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "casefile.extract.docx",
    "application/vnd.oasis.opendocument.text": "casefile.extract.odt",
    "application/rtf": "casefile.extract.rtf",
    "image/jpeg": _PHOTO,
    "image/png": _PHOTO,
    "image/gif": _PHOTO,
    "image/tiff": _PHOTO,
    "image/webp": _PHOTO,
    "image/avif": _PHOTO,
    "image/heif": _PHOTO,
}
_LANGUAGE = "casefile.extract.language"
_DERIVE = "casefile.extract.derive"
NO_FIT = "these bytes do not fit the check sum that the web archive gives for them"
_OUT_OF_TIME = "reading took longer than allowed"
_OUT_OF_MEMORY = "reading needs more memory than allowed"


def kind_of(head: bytes) -> Kind:
    """Tell the kind of a file by its first bytes, looking through gzip."""
    kind = sniff.sniff(head)
    return sniff.inside_gzip(head) if kind == sniff.GZIP else kind


def warm() -> None:
    """Load every reader and what it loads late; nothing can be opened after the lock."""
    load_all()
    for name in sorted(set(_MODULES.values())):
        if importlib.util.find_spec(name) is None:
            continue
        reader = _load(name)
        for sample in reader.SAMPLES:
            read(sample, Context("sample"))
    _language("Some words of a language that is well known.")
    importlib.import_module(_DERIVE).warm()


def read(data: bytes, context: Context) -> Draft:
    """Read one file of any kind; never fails for what is in it."""
    kind = sniff.sniff(data[: sniff.HEAD])
    whole = True
    if kind == sniff.GZIP:
        try:
            data, whole = gzipped.unpack(data, context.limits)
        except gzipped.Bomb:
            return not_read(kind_of(data[: sniff.HEAD]), "unpacked it is larger than allowed")
        except ValueError:
            return not_read(kind)
        kind = sniff.sniff(data[: sniff.HEAD])
    draft = _read(data, kind, context)
    if not whole:
        reason = "; ".join(filter(None, ("the gzip file is cut off", draft.reason)))
        draft = replace(draft, complete=False, reason=reason)
    if draft.language is None and draft.text:
        draft = replace(draft, language=_language(draft.text))
    if context.parameters.get(CHECK_SUM) == DIFFERS:
        draft = replace(draft, warnings=(*draft.warnings, NO_FIT))
    return draft


def derive(task: str, data: bytes, context: Context) -> Frame:
    """Make a picture, boxes or a copy of an original; see `derive.perform`."""
    return cast("Frame", importlib.import_module(_DERIVE).perform(task, data, context))


def _read(data: bytes, kind: Kind, context: Context) -> Draft:
    module = _MODULES.get(kind.media_type)
    if module is None or not kind.read or importlib.util.find_spec(module) is None:
        return not_read(kind)
    try:
        draft = _load(module).read(data, context)
        draft.check()
    except budget.OutOfTime:
        return not_read(kind, _OUT_OF_TIME)
    except MemoryError:
        return not_read(kind, _OUT_OF_MEMORY)
    except Unreadable as error:
        return not_read(kind, str(error))
    except Exception as error:  # noqa: BLE001 - a parser may raise anything on a stranger's file
        return not_read(kind, f"the file is damaged or unusual ({type(error).__name__})")
    return draft


def _load(name: str) -> Format:
    return cast("Format", importlib.import_module(name))


def _language(text: str) -> str | None:
    """Identify the language of a text, where the means to do so are here."""
    if importlib.util.find_spec(_LANGUAGE) is None:
        return None
    found = importlib.import_module(_LANGUAGE).identify(text)
    return str(found) if found else None
