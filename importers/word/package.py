"""The zip a Word file is: opened with bounds, so that a hostile one is refused before it costs anything."""

import io
import zipfile
from typing import IO

from lxml import etree

from models.errors import UserError

MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes one part may unpack to. A text of 2,000 projects has about 60 million."""
MAX_RATIO = 150
"""How much a part may shrink by packing, above SMALL. Real texts shrink 10 to 40 times."""
SMALL = 8 * 1024 * 1024
MAX_PARTS = 5_000

_OLE = b"\xd0\xcf\x11\xe0"
_MAIN_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
)


class WordPackage:
    """An opened Word file. Parts are found by the package's own relations; nothing outside of it is ever followed."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        if data.startswith(_OLE):
            raise UserError(
                f"文件「{name}」带有密码，或实际是旧的 .doc 格式。请用 Word 或 WPS 打开（去掉密码），另存为 .docx 后再导入。"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError):
            raise self._broken("不是完整的 Word 文件") from None
        if len(self._zip.infolist()) > MAX_PARTS:
            raise self._broken("内部文件过多，不像一份正常的文档")
        self.main = self._main_part()

    def open(self, part: str) -> IO[bytes]:
        """The bytes of a part, as a stream."""
        try:
            info = self._zip.getinfo(part)
        except KeyError:
            raise self._broken(f"缺少内部文件 {part}") from None
        if info.flag_bits & 1:
            raise self._broken("带有密码")
        if info.file_size > MAX_UNPACKED or (
            info.file_size > SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        ):
            raise self._broken("展开后大得不正常")
        return self._zip.open(info)

    def tree(self, kind: str) -> etree._Element | None:
        """The root of the main part's companion of that kind (styles, numbering, footnotes …); None where there is none."""
        part = self._companions.get(kind)
        if part is None or part not in self._zip.namelist():
            return None
        try:
            with self.open(part) as stream:
                return etree.parse(stream, safe_parser()).getroot()
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError):
            raise self._broken(f"内部文件 {part} 已损坏") from None

    def _main_part(self) -> str:
        try:
            types = self._zip.read("[Content_Types].xml") if "[Content_Types].xml" in self._zip.namelist() else b""
            found = [
                node.get("PartName", "").lstrip("/")
                for node in etree.fromstring(types, safe_parser())
                if (node.get("ContentType") or "").endswith(_MAIN_TYPES)
            ]
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, RuntimeError):
            raise self._broken("不是完整的 Word 文件") from None
        if not found:
            raise self._broken("不是 Word 文档（后缀是 .docx，内容不是）")
        self._companions = self._relations(found[0])
        return found[0]

    def _relations(self, part: str) -> dict[str, str]:
        folder, _slash, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        if relations not in self._zip.namelist():
            return {}
        try:
            with self.open(relations) as stream:
                root = etree.parse(stream, safe_parser()).getroot()
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError):
            raise self._broken(f"内部文件 {relations} 已损坏") from None
        return {
            (node.get("Type") or "").rpartition("/")[2]: (node.get("Target") or "").lstrip("/")
            if (node.get("Target") or "").startswith("/")
            else f"{folder}/{node.get('Target') or ''}".lstrip("/")
            for node in root
            if isinstance(node.tag, str) and node.get("TargetMode") != "External"
        }

    def _broken(self, why: str) -> UserError:
        return UserError(f"文件「{self._name}」{why}，没有读取。请用 Word 或 WPS 打开检查，另存为 .docx 后再导入。")

    def broken(self, why: str) -> UserError:
        """The sentence for this file."""
        return self._broken(why)


def safe_parser() -> etree.XMLParser:
    """A parser that follows nothing: no entity, no document type, no network."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
