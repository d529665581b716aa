"""What a file is by its bytes, whatever its name says, and what it is called where it cannot be read."""

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_BOOK_STREAMS = ("Workbook".encode("utf-16-le"), b"\x00B\x00o\x00o\x00k\x00")
_SLIDES_STREAM = "PowerPoint Document".encode("utf-16-le")
_FOREIGN = (
    (b"%PDF", "PDF 文件。PDF 里的字选得中的，可以复制出来，从剪贴板导入"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包，请先解压"),
    (b"7z\xbc\xaf", "压缩包，请先解压"),
    (b"\x1f\x8b", "压缩包，请先解压"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format 3", "数据库"),
)
_PARTS = (
    (b"ppt/presentation.xml", "演示文稿（PPT）"),
    (b"OFD.xml", "OFD 版式文件。请在阅读器里复制文字，从剪贴板导入"),
    (b"word/document.xml", "Word 文档，请把后缀改成 .docx"),
    (b"xl/workbook.xml", "Excel 工作簿，请把后缀改成 .xlsx"),
)


def is_ole(data: bytes) -> bool:
    """Whether a file is one of Office's old container: old formats, and new ones with a password."""
    return data.startswith(_OLE)


def is_encrypted(data: bytes) -> bool:
    """Whether it is a new format with a password for opening."""
    return is_ole(data) and _ENCRYPTED in data


def is_old_word(data: bytes) -> bool:
    return is_ole(data) and _WORD_STREAM in data


def is_old_excel(data: bytes) -> bool:
    return is_ole(data) and any(stream in data for stream in _BOOK_STREAMS)


def is_zip(data: bytes) -> bool:
    return data.startswith(_ZIP)


def foreign_name(data: bytes) -> str:
    """What a file that nobody here reads is called; "" for one that is not known."""
    for start, name in _FOREIGN:
        if data.startswith(start):
            return name
    if is_ole(data) and _SLIDES_STREAM in data:
        return "演示文稿（PPT）"
    if is_zip(data):
        return next((name for part, name in _PARTS if part in data), "压缩包，请先解压")
    return ""
