"""The zip a Word file is: opened with bounds, so that a hostile one is refused before it costs anything."""

import zipfile
from typing import IO, Any

from lxml import etree

from importers.zipped import BoundedZip, Bounds, FileKind
from models.errors import UserError

BOUNDS = Bounds(unpacked=400 * 1024 * 1024)
"""A text of 2,000 projects has about 60 million bytes; real texts shrink 10 to 40 times by packing."""

_KIND = FileKind("Word", ".docx", ".doc", "Word 或 WPS")
_MAIN_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
)


class WordPackage:
    """An opened Word file. Parts are found by the package's own relations; nothing outside of it is ever followed."""

    def __init__(self, data: bytes, name: str) -> None:
        self._zip = BoundedZip(data, name, _KIND, BOUNDS)
        self.main = self._main_part()

    def open(self, part: str) -> IO[bytes]:
        """The bytes of a part, as a stream."""
        return self._zip.open(part)

    def tree(self, kind: str) -> etree._Element | None:
        """The root of the main part's companion of that kind (styles, numbering, footnotes …); None where there is none."""
        part = self._companions.get(kind)
        if part is None or part not in self._zip.names:
            return None
        try:
            with self.open(part) as stream:
                return etree.parse(stream, safe_parser()).getroot()
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError):
            raise self.broken(f"内部文件 {part} 已损坏") from None

    def _main_part(self) -> str:
        try:
            types = self.open("[Content_Types].xml").read() if "[Content_Types].xml" in self._zip.names else b""
            found = [
                node.get("PartName", "").lstrip("/")
                for node in etree.fromstring(types, safe_parser())
                if (node.get("ContentType") or "").endswith(_MAIN_TYPES)
            ]
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, RuntimeError):
            raise self.broken("不是完整的 Word 文件") from None
        if not found:
            raise self.broken("不是 Word 文档（后缀是 .docx，内容不是）")
        self._companions = self._relations(found[0])
        return found[0]

    def _relations(self, part: str) -> dict[str, str]:
        folder, _slash, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        if relations not in self._zip.names:
            return {}
        try:
            with self.open(relations) as stream:
                root = etree.parse(stream, safe_parser()).getroot()
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError):
            raise self.broken(f"内部文件 {relations} 已损坏") from None
        return {
            (node.get("Type") or "").rpartition("/")[2]: (node.get("Target") or "").lstrip("/")
            if (node.get("Target") or "").startswith("/")
            else f"{folder}/{node.get('Target') or ''}".lstrip("/")
            for node in root
            if isinstance(node.tag, str) and node.get("TargetMode") != "External"
        }

    def broken(self, why: str) -> UserError:
        """The sentence for this file."""
        return self._zip.broken(why)


SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""What keeps a parser from following anything: no entity, no document type, no network."""


def safe_parser() -> etree.XMLParser:
    """A parser that follows nothing."""
    return etree.XMLParser(**SAFE)
