"""Tiny documents of word processors, to load what reading them needs."""

import io
import zipfile
from collections.abc import Mapping


def zip_of(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack parts in this order; the one called mimetype is stored as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, words in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            # A fixed day: the bytes are the same each time.
            data = words.encode() if isinstance(words, str) else words
            packed.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_T = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
_O = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
DOCX = zip_of(
    {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>",
        "docProps/core.xml": "<x/>",
    }
)
ODT = zip_of(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_O} {_T}><text:p>Words.</text:p></office:document-content>",
        "meta.xml": "<x/>",
    }
)
