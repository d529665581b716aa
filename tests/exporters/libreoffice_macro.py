"""Has LibreOffice itself work on a workbook: a macro in a profile of its own opens it, fills cells or computes, and saves."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tests.waiting import PATIENCE

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false">
 <library:element library:name="Filling"/>
</library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Filling" script:language="StarBasic">{code}</script:module>"""
_CODE = """
Sub Fill
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 hidden(0).Name = "Hidden"
 hidden(0).Value = True
 Dim kind(0) As New com.sun.star.beans.PropertyValue
 kind(0).Name = "FilterName"
 kind(0).Value = "Calc MS Excel 2007 XML"
 book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
 {work}
 book.storeToURL("{target}", kind())
 book.close(True)
 StarDesktop.terminate()
End Sub
"""


def typed_into(source: Path, sheet: str, cells: Mapping[str, str], folder: Path) -> Path:
    """The workbook as LibreOffice saves it after these words were put into the cells of one sheet."""
    typed = [f'sheet.getCellRangeByName("{place}").setString({_text(words)})' for place, words in cells.items()]
    return _saved(source, "\n ".join((f'sheet = book.Sheets.getByName("{sheet}")', *typed)), folder)


def recalculated(source: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it after it computed every formula anew."""
    return _saved(source, "book.calculateAll()", folder)


def _saved(source: Path, work: str, folder: Path) -> Path:
    target = folder / f"{source.stem}-filled.xlsx"
    basic = folder / "macro-profile" / "user" / "basic"
    profile = f"-env:UserInstallation={(folder / 'macro-profile').as_uri()}"
    start = ["soffice", profile, "--headless", "--norestore"]
    # The first start makes the profile, and would write over what lies there.
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, check=True, timeout=4 * PATIENCE)
    code = _CODE.format(source=source.as_uri(), target=target.as_uri(), work=work)
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "Standard" / "Filling.xba").write_text(_MODULE.format(code=escape(code)), encoding="utf-8")
    subprocess.run([*start, "macro:///Standard.Filling.Fill"], capture_output=True, check=True, timeout=4 * PATIENCE)
    return target


def _text(words: str) -> str:
    return " & Chr(10) & ".join(f'"{part.replace(chr(34), chr(34) * 2)}"' for part in words.split("\n"))
