"""Files in «Strict Open XML»: the same parts under other names of their elements, which become the usual ones."""

import io
import re
import zipfile

from importers.budget import MUCH, TooMuchError
from importers.zipped import ZIP_FAULTS

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w{1,40})/(\w{1,40})")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_BEGINNING = 4_096
MAX_UNPACKED = 96 * 1024 * 1024
"""Bytes of all parts of such a file. Few programs write it, and by choice alone."""


def in_usual_names(data: bytes, main_part: str) -> bytes:
    """The file with the usual names of its elements; the same bytes where it has them already, or is no sound zip: what reads it
    says so. TooMuchError where it is too large to be changed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            with source.open(main_part) as stream:
                if _STRICT not in stream.read(_BEGINNING):
                    return data
            if sum(info.file_size for info in source.infolist()) > MAX_UNPACKED:
                raise TooMuchError(MUCH)
            return _renamed(source)
    except (*ZIP_FAULTS, KeyError):
        return data


def _renamed(source: zipfile.ZipFile) -> bytes:
    packed, left = io.BytesIO(), MAX_UNPACKED
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for info in source.infolist():
            with source.open(info) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise TooMuchError(MUCH)
            if info.filename.endswith((".xml", ".rels")):
                content = _NAME.sub(_USUAL, content)
            target.writestr(info.filename, content)
    return packed.getvalue()
