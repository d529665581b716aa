"""What Word and Excel files share: words as XML text, and a zip that is the same for the same content, on every system."""

import os
import zipfile
from pathlib import Path

_DATE = (1980, 1, 1, 0, 0, 0)
_SYSTEM = 3
"""Unix: zipfile writes the system it runs on into every entry."""

# Taken out of the bytes, the fastest way: a C0 control never occurs inside another character.
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_NO_CHARACTERS = "\ufffe\uffff"


def xml_bytes(markup: str) -> bytes:
    """The markup in UTF-8 without the characters XML 1.0 refuses."""
    for character in _NO_CHARACTERS:
        if character in markup:
            markup = markup.replace(character, "")
    return markup.encode(errors="ignore").translate(None, _CONTROLS)


def xml_text(text: str) -> str:
    """The words as content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml_attribute(text: str) -> str:
    """The words as the value of an attribute in double quotes; safe as content too."""
    return xml_text(text).replace('"', "&quot;")


class DatedZip(zipfile.ZipFile):
    """A zip for writing whose entries all carry one fixed date and system."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: str | bytes,  # type: ignore[override]  # the parts of an Office file are nothing else
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        entry = zipfile.ZipInfo(name, _DATE)
        entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _SYSTEM
        super().writestr(entry, data, compress_type, compresslevel)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = os.fspath(filename if arcname is None else arcname).replace("\\", "/").lstrip("/")
        self.writestr(name, Path(filename).read_bytes(), compress_type, compresslevel)
