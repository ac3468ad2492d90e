"""Packed web archives (WACZ): the web archives in them, one after the other."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from casefile.extract import warc
from casefile.extract.context import Context
from casefile.extract.members import Broken, Member
from casefile.extract.office_sample import zip_of

_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")
SAMPLES = (zip_of({"archive/a.warc": warc.SAMPLES[0]}),)
_NONE = "there is no web archive in it"
_DAMAGED = "the archive is cut off or damaged"


def members(file: BinaryIO, context: Context) -> Iterator[Member]:
    """Give the pages of every web archive in the file; one that is damaged ends only itself."""
    try:
        packed = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Broken(_DAMAGED) from error
    names = [name for name in packed.namelist() if _ARCHIVE.fullmatch(name)]
    if not names:
        raise Broken(_NONE)
    trouble = ""
    for name in names:
        try:
            with packed.open(name) as archive:
                yield from warc.members(cast("BinaryIO", archive), context)
        except Broken as broken:
            trouble = str(broken)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
            trouble = _DAMAGED
    if trouble:
        raise Broken(trouble)
