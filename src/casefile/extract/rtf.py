"""Rich text: every paragraph of the text, its notes and margins, by own reading of the marks."""

import re
from typing import Any

from striprtf.striprtf import rtf_to_text

from casefile.extract import language
from casefile.extract.context import Context
from casefile.extract.decode import codec_name
from casefile.extract.office import Written, draft_of
from casefile.extract.rtf_text import Reader
from casefile.model.draft import Draft

EXTRACTOR = "rtf"
VERSION = "1"
MEDIA_TYPE = "application/rtf"
_SAMPLE = (
    b"{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 Arial;}}{\\info{\\title A}}"
    b"{\\stylesheet{\\s1 heading 1;}}\\pard\\s1 Words\\par\\f0\\'d1\\u1083?{\\footnote a}\\par}"
)
SAMPLES = (_SAMPLE,)
_HEX = re.compile(r"[0-9a-fA-F\s]{256,}")  # pictures
_LARGEST_TWICE = 2_000_000  # letters that are read in the second way, too


def warm() -> None:
    """Load the language model."""
    language.warm()


def read(data: bytes, context: Context) -> Draft:
    """Read a document; what is deleted under tracked changes is left out, and said."""
    marks = data.decode("latin-1")
    chosen = codec_name(str(context.parameters.get("encoding") or ""))
    reader = Reader(chosen)
    reader.read(marks)
    info = reader.info
    made = info.get("creatim")
    warnings = []
    if reader.deleted:
        warnings.append("words that were deleted with tracked changes are not shown")
    if reader.damaged:
        letters = "1 letter" if reader.damaged == 1 else f"{reader.damaged} letters"
        warnings.append(f"{letters} cannot be read in the encoding of the document")
    return draft_of(
        Written(
            media_type=MEDIA_TYPE,
            extractor=EXTRACTOR,
            version=VERSION,
            paragraphs=reader.found.done,
            second=_second(marks),
            title=info.get("title"),
            authors=tuple(filter(None, [info.get("author")])),
            dated=(made, "document properties") if made else None,
            warnings=warnings,
            reason="the file is cut off" if reader.is_cut_off else None,
        ),
        context,
    )


def _second(marks: str) -> str:
    """Read the text with another program's rules, to compare with; empty where it fails."""
    smaller = _HEX.sub("", marks)
    if len(smaller) > _LARGEST_TWICE:
        return ""
    try:
        found: Any = rtf_to_text(smaller, errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    except Exception:  # noqa: BLE001 - it raises many things on unusual files, and ours is read already
        return ""
    # A picture of surrogates is one letter.
    return str(found).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
