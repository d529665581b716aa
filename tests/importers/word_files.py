"""Word files made by hand, as strings of WordprocessingML: the ones clerks, other programs and attackers make."""

import io
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from exporters.build import build
from importers.office import find_office
from models.document.blocks import Block, Paragraph, Table
from models.document.template import load_template
from models.document.tree import GoalDocument
from tests.waiting import PATIENCE

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = load_template()


def run(text: str, look: str = "") -> str:
    """w:r. `look`: the content of its properties."""
    words = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    words = words.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def line(text: str = "", look: str = "", *, content: str | None = None) -> str:
    """w:p. `look`: the content of its properties; `content`: its XML, instead of a run of the text."""
    inside = (run(text) if text else "") if content is None else content
    properties = f"<w:pPr>{look}</w:pPr>" if look else ""
    return f"<w:p>{properties}{inside}</w:p>"


def cell(text: str = "", columns: int = 1, look: str = "", *, content: str | None = None) -> str:
    """w:tc, one paragraph a line of the text. `look`: more of its properties; `content`: its XML instead."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns != 1 else ""
    inside = "".join(line(each) for each in text.split("\n")) if content is None else content
    return f"<w:tc><w:tcPr>{span}{look}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, look: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{''.join(cells)}</w:tr>"


def table(*rows: str, columns: int = 0) -> str:
    """w:tbl. `columns`: how many its grid names, as Word always does; LibreOffice's own format loses a cell without them."""
    grid = '<w:gridCol w:w="1300"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def drawn_rows(drawn: Table) -> list[str]:
    """Each row of a table as w:tr, merges written as Word does."""
    rows = []
    for placed in drawn.placed():
        cells = []
        for place in placed:
            merge = CONTINUE if place.covered else RESTART if place.cell.rowspan > 1 else ""
            cells.append(cell("" if place.covered else place.cell.text, place.cell.colspan, merge))
        rows.append(row(*cells))
    return rows


def drawn(block: Block) -> str:
    """A block without any style."""
    if isinstance(block, Table):
        return table(*drawn_rows(block))
    return line(block.text) if isinstance(block, Paragraph) else ""


def children(document: GoalDocument) -> list[str]:
    """The body of a text, child by child."""
    return [drawn(block) for block in build(document, TEMPLATE)]


def numbering(*levels: str) -> str:
    """numbering.xml: list 1 has these levels («chineseCounting （%1）»), list 2 the same, counted anew."""
    drawn_levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{level.split(" ")[0]}"/>'
        f'<w:lvlText w:val="{level.split(" ")[1]}"/></w:lvl>'
        for place, level in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="7">{drawn_levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )


def listed(level: int = 0, number: int = 1) -> str:
    """Paragraph properties that put a line in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def document_xml(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )


def word_parts(document: str, companions: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The parts of a package around a document.xml; `companions`: kind (numbering, styles, footnotes …) and XML."""
    companions = companions or {}
    relations = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        for place, kind in enumerate(companions)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": document,
        **{f"word/{kind}.xml": xml for kind, xml in companions.items()},
    }
    return {name: text.encode() for name, text in parts.items()}


def zipped(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(*body: str, **companions: str) -> bytes:
    """A .docx of these children of the body; keywords are further parts (numbering, styles, footnotes …)."""
    return zipped(word_parts(document_xml("".join(body)), companions))


def converted(files: list[Path], suffix: str, folder: Path) -> list[Path]:
    """Files opened by LibreOffice and saved in another format, all in one start of it."""
    program = find_office()
    assert program is not None
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command = [program, *options, "--convert-to", suffix, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=4 * PATIENCE)
    return [folder / f"{file.stem}.{suffix}" for file in files]
