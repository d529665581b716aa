"""The Word base of a form: `base.docx` with its styles, theme and footers, opened, set up and saved by python-docx.

Anybody can restyle it in Word, WPS or LibreOffice. Styles are known by their names, as programs give them other ids.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.shared import Twips
from lxml import etree

from exporters.looks import WHOLE, footer_distance, twips
from exporters.made import Properties
from exporters.opc import DatedZip, xml_attribute, xml_bytes
from models.document.blocks import REPEATED_LABEL
from models.document.template import FORMS, FontScheme, Page, Template
from models.errors import UserError

BASE_FILE = "base.docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "Normal": "Normal",
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "PartName": "部分名称",
    "ProjectTitle": "项目标题",
    "UnitHeading": "单位标题",
    "RunInHeading": "段首标题",
    "Blank": "空行",
    "Tail": "文末",
    "Cover": "封面",
    "CoverDate": "封面日期",
    "Footer": "footer",
    "TOCHeading": "TOC Heading",
    "TOC1": "toc 1",
    "TOC2": "toc 2",
    "TOC3": "toc 3",
    "TableCell": "表格",
    "TableLabel": "表格标签",
    "TableValue": "表格数值",
    "TableText": "表格文字",
    "GoalTable": "绩效目标表",
}
"""The id by which the text's markup calls each style, and the style's name."""

_DAY = datetime(2022, 1, 1, tzinfo=UTC)  # one fixed day, so that the same text gives the same file
_LONGEST = 255
_CONTENT = "{the content of the body}"
"""In the place of the body's content while the document around it is written."""
_FONTS = ("body", "heading", "subheading", "title", "number", "latin")
_FONT_PLACES = ("ascii", "hAnsi", "eastAsia", "cs")
_LIST_IDS = ("abstractNumId", "numId")
_REFERENCES = ("basedOn", "next", "link")


def base_file(form_id: str, own_forms: Path | None = None) -> Path:
    """The base of a form: the user's own copy where there is one."""
    if own_forms is not None and (own := own_forms / form_id / BASE_FILE).is_file():
        return own
    return FORMS / form_id / BASE_FILE


class WordBase:
    """An opened base. UserError, naming the file, where it is missing, no Word file, or lacks a style."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._document: Document = docx.Document(str(file))
        except (PackageNotFoundError, FileNotFoundError):
            raise UserError(
                f"没有找到 Word 底稿「{file}」，或它不是 .docx 文件，请重新安装程序，或去掉自己放的底稿。"
            ) from None
        except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
            raise UserError(f"Word 底稿「{file}」已损坏（{error}），请换一个完好的，或去掉它改用程序自带的。") from None
        self._name_styles()

    def _name_styles(self) -> None:
        """Gives the styles the ids the text's markup calls them by."""
        styles = self._document.styles.element.style_lst
        known = {str(style.name_val).lower(): style for style in styles}
        renamed: dict[str, str] = {}
        for style_id, name in NAMES.items():
            style = known.get(name.lower())
            if style is None:
                raise UserError(
                    f"Word 底稿「{self._file}」里没有名为「{name}」的样式，请补上，或去掉它改用程序自带的。"
                )
            if style.styleId != style_id:
                renamed[style.styleId] = style_id
        if not renamed:
            return
        for style in styles:
            style.styleId = renamed.get(style.styleId, style.styleId)
            for reference in (node for name in _REFERENCES for node in style.findall(f"{{{W}}}{name}")):
                _rename(reference, renamed)
        for part in self._document.part.package.parts:
            if hasattr(part, "element") and part is not self._document.part:
                for reference in part.element.iter(f"{{{W}}}pStyle", f"{{{W}}}rStyle", f"{{{W}}}tblStyle"):
                    _rename(reference, renamed)

    def set_up(self, template: Template, font_scheme: str) -> None:
        """Page and fonts. A font the user put in the place of a shipped one stays."""
        self._set_page(template.page)
        self._set_fonts(template.fonts[0], template.font_scheme(font_scheme))

    def has_pitch(self, page: Page) -> bool:
        """Whether its lines stand as far apart as the form wants: somebody may have chosen another pitch."""
        wanted = {"Normal": page.line_pitch, "TableCell": page.table_pitch}
        found = {
            style.styleId: style.find(f"{{{W}}}pPr/{{{W}}}spacing") for style in self._document.styles.element.style_lst
        }
        lines = {name: None if found[name] is None else found[name].get(f"{{{W}}}line") for name in wanted}
        return lines == {name: str(round(pitch * 20)) for name, pitch in wanted.items()}

    def describe(self, properties: Properties) -> None:
        """The properties of the file; what is longer than Word keeps is cut, keywords are then left out."""
        about = self._document.core_properties
        about.title, about.author = properties.title[:_LONGEST], properties.author[:_LONGEST]
        about.subject = properties.subject[:_LONGEST]
        about.keywords = properties.keywords if len(properties.keywords) <= _LONGEST else ""
        moment = _DAY if properties.made is None else properties.made.astimezone(UTC)
        about.language, about.created, about.modified = "zh-CN", moment, moment

    def _set_page(self, page: Page) -> None:
        section = self._document.sections[-1]
        section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Twips(twips(page.width)), Twips(twips(page.height))
        section.top_margin, section.bottom_margin = Twips(twips(page.margin_top)), Twips(twips(page.margin_bottom))
        section.left_margin, section.right_margin = Twips(twips(page.margin_left)), Twips(twips(page.margin_right))
        section.footer_distance = Twips(footer_distance(page))

    def _set_fonts(self, shipped: FontScheme, wanted: FontScheme) -> None:
        others = {getattr(shipped, name): getattr(wanted, name) for name in _FONTS}
        for fonts in self._document.styles.element.iter(f"{{{W}}}rFonts"):
            for place in _FONT_PLACES:
                font = fonts.get(f"{{{W}}}{place}")
                if font in others:
                    fonts.set(f"{{{W}}}{place}", others[font])

    @property
    def next_list(self) -> int:
        """The number of a list that the base does not have yet."""
        root = self._numbering()
        numbers = [0] if root is None else [int(node.get(f"{{{W}}}{name}", "0")) for node in root for name in _LIST_IDS]
        return max(numbers, default=0) + 1

    def add_lists(self, lists: Sequence[tuple[int, str, int]]) -> None:
        """Lists without numbers that draw these words, at that percent of their width."""
        if not lists:
            return
        root = self._numbering()
        if root is None:
            root = parse_xml(f'<w:numbering xmlns:w="{W}"/>')
            package = self._document.part.package
            added = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, package)
            self._document.part.relate_to(added, RELATIONSHIP_TYPE.NUMBERING)
        begun = root.find(f"{{{W}}}num")
        at = len(root) if begun is None else root.index(begun)
        for place, (number, words, percent) in enumerate(lists):
            root.insert(at + place, parse_xml(xml_bytes(_list(number, words, percent))))
            root.append(
                parse_xml(f'<w:num xmlns:w="{W}" w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
            )

    def _numbering(self) -> Any:
        try:
            return self._document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            return None

    @property
    def section(self) -> str:
        """The markup of the section at the end of the text, in the prefixes of the document it stands in."""
        root = self._document.element
        markup = str(root.body.sectPr.xml)
        for prefix, address in root.nsmap.items():
            markup = markup.replace(f' xmlns:{prefix}="{address}"', "")
        return markup

    def saved(self, content: Sequence[str]) -> bytes:
        """The .docx with that content of `w:body`, its last section in it; the same one gives the same bytes."""
        packed = io.BytesIO()
        with DatedZip(packed, "w") as archive:
            for name, data in sorted(self._parts(self._filled(content)).items()):
                archive.writestr(name, data)
        return packed.getvalue()

    def _filled(self, content: Sequence[str]) -> bytes:
        """The document part with that body, parsed once so that nothing leaves that no program can open.

        Without a tree: one of thousands of rows takes three times as long, and is only thrown away. Characters that XML does
        not know are rare, and are looked for only where it does not parse.
        """
        body = self._document.element.body
        for child in list(body):
            body.remove(child)
        body.text = _CONTENT
        before, after = self._document.part.blob.split(_CONTENT.encode())
        text = b"".join((before, *[part.encode(errors="ignore") for part in content], after))
        try:
            _parse(text)
        except etree.XMLSyntaxError:
            text = b"".join((before, *map(xml_bytes, content), after))
            _parse(text)
        return text

    def _parts(self, text: bytes) -> dict[str, bytes]:
        package = self._document.part.package
        parts = sorted(package.parts, key=lambda part: str(part.partname))
        found = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": package.rels.xml}
        for part in parts:
            found[part.partname.membername] = text if part is self._document.part else part.blob
            if len(part.rels):
                found[part.partname.rels_uri.membername] = part.rels.xml
        return found


class _NoTree:
    """Takes nothing of what is parsed."""

    def close(self) -> None:
        """The text was read to its end."""


def _parse(text: bytes) -> None:
    """etree.XMLSyntaxError where the text is no XML."""
    nothing = _NoTree()
    parser = etree.XMLParser(target=nothing, huge_tree=True, resolve_entities=False)  # type: ignore[arg-type]  # close will do
    etree.fromstring(text, parser)


def _list(number: int, words: str, percent: int) -> str:
    look = "" if percent == WHOLE else f'<w:rPr><w:w w:val="{percent}"/></w:rPr>'
    return (
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:name w:val="{REPEATED_LABEL}"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{xml_attribute(words)}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>{look}</w:lvl></w:abstractNum>'
    )


def _rename(reference: Any, renamed: dict[str, str]) -> None:
    style_id = reference.get(f"{{{W}}}val")
    reference.set(f"{{{W}}}val", renamed.get(style_id, style_id))


def _content_types(parts: list[Any]) -> bytes:
    overrides = "".join(
        f'<Override PartName="{xml_attribute(str(part.partname))}" ContentType="{xml_attribute(part.content_type)}"/>'
        for part in parts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()
