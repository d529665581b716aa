"""Files of every kind damaged at random, the same for the same seed: bytes, parts of a zip, elements, attributes, values, lines."""

import hashlib
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import etree

from exporters.export_files import file_bytes
from exporters.fill_in_writer import fill_in_bytes
from models.document.tree import Draft, IgnoredProblem, Remark
from models.exchange.package_contents import MANIFEST
from tests.importers import other_places
from tests.importers.commented_files import full_document
from tests.importers.test_clipboard import browser_line, drawn
from tests.importers.variants import body, twin
from tests.importers.word_files import WORD, docx, line, listed, numbering
from tests.importers.workbooks import book

ODD_TEXTS = (
    *(
        "",
        " ",
        "-1",
        "0",
        "²",
        "９",
        "1e999",
        "NaN",
        "9" * 400,
        "9" * 5000,
        "%1%2%3",
        "../../x",
        "http://localhost:9/x",
    ),
    *(
        "\u202e甲",
        "甲\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        "甲" * 40_000,
        "=1+1",
        "true",
    ),
    *(
        "continue",
        "restart",
        "1.5",
        "-2147483649",
        "4294967296",
        "A1:XFD1048576",
        "#REF!",
        "2026年",
        "①",
        "<&>\"'",
        "x\ny",
    ),
)
ODD_VALUES: tuple[Any, ...] = (*ODD_TEXTS, None, True, 0, -1, 1.5, 10**30, [], {}, [[]], {"id": "a"}, ["", ""])


@cache
def seeds() -> dict[str, list[bytes]]:
    """Sound files of each kind, by suffix."""
    draft = replace(
        Draft(full_document()),
        remarks=(Remark("r1", "overall_goal", "审核", "请核对", excerpt="推广"),),
        ignored=(IgnoredProblem("cost-over-budget", "projects[p1].indicators[i1].value", "≥12场"),),
    )
    look = f'<w:pict xmlns:w="{WORD}"><w:txbxContent>{line("框里的话")}</w:txbxContent></w:pict>'
    by_hand = docx(
        *body(1),
        line("列表", listed()),
        f'<w:p><w:r><w:footnoteReference w:id="2"/></w:r><w:r>{look}</w:r><w:r><w:sym w:char="F0A3"/></w:r></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        numbering=numbering("chineseCounting （%1）", "lowerLetter %2."),
        footnotes=f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2">{line("脚注")}</w:footnote></w:footnotes>',
        styles=f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="a"><w:name w:val="toc 1"/></w:style></w:styles>',
        comments=f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="甲">{line("请核对")}</w:comment></w:comments>',
    )
    rows = [
        [
            "预算单位",
            "项目名称",
            "预算数（万元）",
            "一级指标",
            "二级指标",
            "三级指标",
            "符号",
            "指标值",
            "计量单位",
            "权重",
        ],
        ["某站", "巡河", 12.5, "产出指标", "数量指标", "巡河次数", "≥", 24, "次", 10],
        ["某站", "巡河", 12.5, "产出指标", "质量指标", "合格率", "≥", 0.95, "%", 10],
    ]
    text = file_bytes(draft, ".txt")
    return {
        ".docx": [file_bytes(draft, ".docx"), by_hand],
        ".xlsx": [file_bytes(draft, ".xlsx"), book({"清单": rows, "说明": [["甲"]]}), fill_in_bytes(draft)],
        ".json": [file_bytes(draft, ".json")],
        ".jxmb": [file_bytes(draft, ".jxmb")],
        ".txt": [text, text.decode().encode("gb18030"), text.decode().encode("utf-16")],
        ".csv": ["\n".join(",".join(map(str, row)) for row in rows).encode(), lists_elsewhere()],
        ".ods": [open_document(rows)],
        ".html": [f"<html><body>{drawn(twin(1), browser_line)}</body></html>".encode()],
    }


def open_document(rows: list[list[Any]]) -> bytes:
    """A spreadsheet of these rows as LibreOffice writes it: a merged cell, a repeated one, a comment."""
    cells = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in row)}</table:table-row>"
        for row in rows
    )
    title = (
        '<table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1"><office:annotation>'
        "<text:p>批注</text:p></office:annotation><text:p>2026年项目绩效目标表</text:p></table:table-cell>"
        '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="清单">{title}{cells}<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row></table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    return _zipped(parts)


def lists_elsewhere() -> bytes:
    """A form of another place, cell by cell."""
    form = other_places.load("form_with_core_marks")
    lines = []
    for content in form.sheets.values():
        for part in content:
            rows = part if isinstance(part, list) else [[(part, 1, 1)]]
            lines += [",".join(f'"{text}"' + "," * (across - 1) for text, across, _down in row) for row in rows]
    return "\n".join(lines).encode("gb18030")


def mutated(suffix: str, seed: int) -> bytes:
    """A damaged file of that kind."""
    dice = random.Random(f"{suffix}{seed}")
    data = dice.choice(seeds()[suffix])
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        data = dice.choice(_WAYS[suffix])(data, dice)
    return data


# bytes


def flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 8, 64))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def rearranged(data: bytes, dice: random.Random) -> bytes:
    """A stretch left out, doubled, or overwritten."""
    start = dice.randrange(len(data) + 1)
    end = min(len(data), start + dice.choice((1, 16, 500, 5000)))
    middle = dice.choice((b"", data[start:end] * 2, bytes(end - start), dice.randbytes(end - start)))
    return data[:start] + middle + data[end:]


# zips


def _parts(data: bytes) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return None  # damaged already


def _zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def parts_changed(data: bytes, dice: random.Random) -> bytes:
    """A part left out, renamed, swapped with another, emptied, or damaged inside a sound zip."""
    parts = _parts(data)
    if not parts:
        return data
    name, other = dice.choice(list(parts)), dice.choice(list(parts))
    way = dice.randrange(6)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[dice.choice((f"x/{name}", name.upper(), "../" + name))] = parts.pop(name)
    elif way == 2:
        parts[name], parts[other] = parts[other], parts[name]
    elif way == 3:
        parts[name] = b""
    else:
        parts[name] = dice.choice((flipped, cut, rearranged))(parts[name], dice)
    return _zipped(parts, dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)))


def elements_changed(data: bytes, dice: random.Random) -> bytes:
    """Elements and attributes of one part left out, doubled, swapped, renamed or given odd values; the XML stays sound."""
    parts = _parts(data)
    named = [name for name in parts or () if name.endswith((".xml", ".rels"))]
    if not parts or not named:
        return data
    name = dice.choice(named)
    try:
        root = etree.fromstring(parts[name])
    except etree.XMLSyntaxError:
        return data
    for _ in range(dice.choice((1, 1, 3, 10))):
        _change_element(root, dice)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return _zipped(parts)


def _change_element(root: etree._Element, dice: random.Random) -> None:
    nodes = list(root.iter("*"))
    node, other = dice.choice(nodes), dice.choice(nodes)
    parent, way = node.getparent(), dice.randrange(8)
    if way == 0 and parent is not None:
        parent.remove(node)
    elif way == 1 and parent is not None:
        parent.append(etree.fromstring(etree.tostring(node)))
    elif way == 2:
        node.tag = other.tag
    elif way == 3 and len(node) == 0:
        node.text = _sound(dice.choice(ODD_TEXTS))
    elif way == 4 and len(etree.tostring(node)) < 20_000:
        other.append(etree.fromstring(etree.tostring(node)))
    elif node.attrib:
        key = dice.choice(list(node.attrib))
        if way == 5:
            del node.attrib[key]
        elif way == 6 and other.attrib:
            node.set(key, dice.choice(list(other.attrib.values())))
        else:
            node.set(key, _sound(dice.choice(ODD_TEXTS)))


def _sound(text: str) -> str:
    """Without what no XML can hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


# values


def values_changed(data: bytes, dice: random.Random) -> bytes:
    """JSON with odd values, keys gone or renamed, entries doubled."""
    try:
        content = json.loads(data)
    except ValueError:
        return data
    for _ in range(dice.choice((1, 1, 2, 5))):
        _change_value(content, dice)
    return json.dumps(content, ensure_ascii=False).encode(errors="replace")


def _change_value(content: Any, dice: random.Random) -> None:
    places = list(_places(content))
    if not places:
        return
    holder, key = dice.choice(places)
    way = dice.randrange(6)
    if way == 0:
        del holder[key]
    elif way == 1 and isinstance(holder, dict):
        holder[f"{key}x"] = holder.pop(key)
    elif way == 2 and isinstance(holder, list):
        holder.append(holder[key])
    elif way == 3:
        other, at = dice.choice(places)
        holder[key] = json.loads(json.dumps(other[at]))
    else:
        holder[key] = dice.choice(ODD_VALUES)


def _places(content: Any) -> Any:
    """Every (list or record, place in it)."""
    keys = list(content) if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])


def package_changed(data: bytes, dice: random.Random) -> bytes:
    """A package whose draft or manifest says something odd, with checksums that fit."""
    parts = _parts(data)
    if not parts or MANIFEST not in parts:
        return data
    name = dice.choice(list(parts))
    parts[name] = values_changed(parts[name], dice)
    if name != MANIFEST:
        parts[MANIFEST] = _signed(parts[MANIFEST], name, parts[name])
    return _zipped(parts)


def _signed(manifest: bytes, name: str, member: bytes) -> bytes:
    """A manifest that tells of a member as it is now, where it is one at all."""
    try:
        content = json.loads(manifest)
        content["members"][name] = {"sha256": hashlib.sha256(member).hexdigest(), "bytes": len(member)}
    except (ValueError, TypeError, LookupError):
        return manifest
    return json.dumps(content).encode()


# lines


def lines_changed(data: bytes, dice: random.Random) -> bytes:
    """Lines left out, doubled, swapped, or with odd words in them."""
    lines = data.split(b"\n")
    for _ in range(dice.choice((1, 3, 10))):
        one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        way = dice.randrange(5)
        if way == 0 and len(lines) > 1:
            del lines[one]
        elif way == 1:
            lines.insert(other, lines[one])
        elif way == 2:
            lines[one], lines[other] = lines[other], lines[one]
        else:
            words = dice.choice(ODD_TEXTS).encode(errors="replace")
            lines[one] = words if way == 3 else lines[one] + words
    return b"\n".join(lines)


Way = Callable[[bytes, random.Random], bytes]
_BYTES: tuple[Way, ...] = (flipped, cut, rearranged)
_ZIP: tuple[Way, ...] = (*_BYTES, parts_changed, parts_changed)
_WAYS: dict[str, tuple[Way, ...]] = {
    ".docx": (*_ZIP, *(elements_changed,) * 8),
    ".xlsx": (*_ZIP, *(elements_changed,) * 8),
    ".ods": (*_ZIP, *(elements_changed,) * 8),
    ".json": (*_BYTES, *(values_changed,) * 6),
    ".jxmb": (*_ZIP, *(package_changed,) * 6),
    ".txt": (*_BYTES, *(lines_changed,) * 4),
    ".html": (*_BYTES, *(lines_changed,) * 4),
    ".csv": (*_BYTES, *(lines_changed,) * 4),
}

SUFFIXES = tuple(_WAYS)
