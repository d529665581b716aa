"""Looks through the parts of a Word file for what Word would call damaged: the order of elements, tables, bookmarks, fields.

Covers the elements the program writes (ECMA-376, part 1, chapter 17); any other element is a fault, too.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_BOOKMARK = 40

_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing jc textDirection "
    "textAlignment outlineLvl rPr sectPr"
)
_RUN = (
    "rStyle rFonts b bCs i iCs strike outline noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
    "highlight u shd vertAlign rtl cs em lang"
)
_STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr "
    "trPr tcPr"
)
_SETTINGS = (
    "view zoom removePersonalInformation embedTrueTypeFonts mirrorMargins bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter trackRevisions documentProtection defaultTabStop autoHyphenation evenAndOddHeaders "
    "drawingGridVerticalSpacing characterSpacingControl strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
    "footnotePr endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping decimalSymbol listSeparator"
)
_EDGES = "top left bottom right insideH insideV"

ORDER: dict[str, tuple[str, ...]] = {
    name: tuple(children.split())
    for name, children in {
        "pPr": _PARAGRAPH,
        "rPr": _RUN,
        "tblPr": "tblStyle tblpPr bidiVisual tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook "
        "tblCaption tblDescription",
        "tblBorders": _EDGES,
        "tblCellMar": "top left bottom right",
        "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign",
        "sectPr": "headerReference footerReference type pgSz pgMar pgBorders pgNumType cols titlePg bidi docGrid",
        "style": _STYLE,
        "styles": "docDefaults latentStyles style",
        "docDefaults": "rPrDefault pPrDefault",
        "rPrDefault": "rPr",
        "pPrDefault": "pPr",
        "settings": _SETTINGS,
        "compat": "compatSetting",
        "font": "altName panose1 charset family notTrueType pitch sig",
        "fonts": "font",
        "tabs": "tab",
        "tbl": "tblPr tblGrid tr",
        "tblGrid": "gridCol",
        "tr": "trPr tc",
        "numPr": "ilvl numId",
        "numbering": "abstractNum num",
        "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlJc pPr rPr",
        "num": "abstractNumId lvlOverride",
    }.items()
}
"""For each parent its children, in the order the schema wants."""

REPEATED = {
    "headerReference",
    "footerReference",
    "style",
    "compatSetting",
    "font",
    "tab",
    "tr",
    "gridCol",
    "tc",
    "abstractNum",
    "num",
}

ANY_ORDER: dict[str, tuple[str, set[str]]] = {
    "document": ("", {"body"}),
    "body": ("", {"p", "tbl", "sectPr"}),
    "ftr": ("", {"p", "tbl"}),
    "tc": ("tcPr", {"p", "tbl"}),
    "p": ("pPr", {"r", "hyperlink", "bookmarkStart", "bookmarkEnd"}),
    "hyperlink": ("", {"r"}),
    "r": ("rPr", {"t", "tab", "fldChar", "instrText", "br"}),
    "trPr": ("", {"cantSplit", "trHeight", "tblHeader", "jc"}),
}
"""For each parent the child that may come first, and those that follow in any order."""


def faults(data: bytes) -> list[str]:
    """What is wrong with a .docx, a sentence each."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    found = [fault for name, root in parts.items() if root.tag.startswith(W) for fault in part_faults(name, root)]
    found.extend(_reference_faults(parts))
    return found


def part_faults(name: str, root: Element) -> Iterator[str]:
    """What is wrong inside one part."""
    for element in root.iter():
        for fault in _children_faults(element):
            yield f"{name}: {fault}"
    for checked in (_bookmark_faults, _field_faults):
        yield from (f"{name}: {fault}" for fault in checked(root))
    for number, table in enumerate(root.iter(f"{W}tbl")):
        yield from (f"{name}: table {number}: {fault}" for fault in _table_faults(table))


def _name(element: Element) -> str:
    return element.tag.removeprefix(W)


def _value(element: Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(f"{W}{name}")


def _children_faults(element: Element) -> Iterator[str]:
    parent, children = _name(element), [_name(child) for child in element]
    if parent in ORDER:
        order = ORDER[parent]
        yield from (f"<{child}> does not belong into <{parent}>" for child in children if child not in order)
        places = [order.index(child) for child in children if child in order]
        if places != sorted(places):
            yield f"<{parent}> has its children out of order: {' '.join(children)}"
        twice = [child for child, count in Counter(children).items() if count > 1 and child not in REPEATED]
        yield from (f"<{child}> stands twice in <{parent}>" for child in twice)
    elif parent in ANY_ORDER:
        first, others = ANY_ORDER[parent]
        rest = children[1:] if first and children[:1] == [first] else children
        yield from (f"<{child}> does not belong there in <{parent}>" for child in rest if child not in others)
    elif children:
        yield f"<{parent}> is not known to have children"
    if parent == "tc" and children[-1:] != ["p"]:
        yield "a cell does not end with a paragraph"
    if parent == "body" and "sectPr" in children[:-1]:
        yield "the section is not at the end of the body"


def _bookmark_faults(root: Element) -> Iterator[str]:
    starts, ends = list(root.iter(f"{W}bookmarkStart")), list(root.iter(f"{W}bookmarkEnd"))
    ids, names = [_value(node, "id") for node in starts], [_value(node, "name") or "" for node in starts]
    yield from (f"bookmark id {key} stands twice" for key, count in Counter(ids).items() if count > 1)
    yield from (f"bookmark {key} stands twice" for key, count in Counter(names).items() if count > 1)
    yield from (f"bookmark name «{name}» is too long or empty" for name in names if not 0 < len(name) <= MAX_BOOKMARK)
    if sorted(map(str, ids)) != sorted(str(_value(node, "id")) for node in ends):
        yield "bookmarks that begin are not those that end"
    anchors = {_value(node, "anchor") for node in root.iter(f"{W}hyperlink")}
    yield from (f"a link leads to {anchor}, which is nowhere" for anchor in anchors - set(names))


def _field_faults(root: Element) -> Iterator[str]:
    open_fields: list[str] = []
    for node in root.iter(f"{W}fldChar"):
        kind = _value(node, "fldCharType")
        if kind == "begin":
            open_fields.append("begin")
        elif not open_fields:
            yield f"a field has «{kind}» without a beginning"
        elif kind == "separate":
            open_fields[-1] = "separate"
        else:
            open_fields.pop()
    if open_fields:
        yield "a field does not end"


def _table_faults(table: Element) -> Iterator[str]:
    widths = [int(_value(node, "w") or 0) for node in table.findall(f"{W}tblGrid/{W}gridCol")]
    above: dict[int, int] = {}  # column → span of the merged cells that may go on
    for number, row in enumerate(table.findall(f"{W}tr")):
        column, merged = 0, {}
        for cell in row.findall(f"{W}tc"):
            look = cell.find(f"{W}tcPr")
            span = int(_value(None if look is None else look.find(f"{W}gridSpan")) or 1)
            merge = None if look is None else look.find(f"{W}vMerge")
            if merge is not None:
                merged[column] = span
                if (_value(merge) or "continue") == "continue" and above.get(column) != span:
                    yield f"row {number}: the cell at column {column} goes on from nothing of its width"
            width = None if look is None else _value(look.find(f"{W}tcW"), "w")
            if width is not None and int(width) != sum(widths[column : column + span]):
                yield f"row {number}: the cell at column {column} is not as wide as its columns"
            column += span
        if column != len(widths):
            yield f"row {number} spans {column} columns of {len(widths)}"
        above = merged


def _reference_faults(parts: dict[str, Element]) -> Iterator[str]:
    """Styles and other parts that are named and not there."""
    styles = {node.get(f"{W}styleId") for node in parts["word/styles.xml"].iter(f"{W}style")}
    for name, root in parts.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            used = {_value(node) for node in root.iter(f"{W}{tag}")}
            yield from (f"{name}: the style {style} is not there" for style in used - styles)
    lists = {node.get(f"{W}numId") for root in parts.values() for node in root.iter(f"{W}num")}
    drawn = {_value(node) for node in parts["word/document.xml"].iter(f"{W}numId")}
    yield from (f"the list {number} is not there" for number in drawn - lists)
    relations = parts["word/_rels/document.xml.rels"]
    known = {node.get("Id"): node.get("Target") for node in relations}
    used_ids = {node.get(f"{R}id") for node in parts["word/document.xml"].iter() if node.get(f"{R}id")}
    yield from (f"the relation {key} is not there" for key in used_ids - set(known))
    yield from (f"the part {target} is not there" for target in known.values() if f"word/{target}" not in parts)
