"""Web pages saved as one file (MHTML: .mht, and what Word calls .doc): the HTML in it, by the standard library's e-mail reader."""

import email
import email.policy
from email.message import EmailMessage

from importers.text_reader import decode
from models.errors import UserError

_HEADERS = (b"mime-version:", b"content-type:")
_BEGINNING = 2_000
MAX_PARTS = 2_000
"""Pictures and style sheets of one page."""


def is_archive(data: bytes) -> bool:
    """Whether a file is a web page saved as one, whatever its name says."""
    start = data[:_BEGINNING].lstrip().lower()
    return b"multipart/" in start and any(header in start for header in _HEADERS) and not start.startswith(b"<")


def html_of_archive(data: bytes, name: str) -> str:
    """The page's HTML. UserError names the file where there is none in it."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for count, part in enumerate(message.walk()):
        if count > MAX_PARTS:
            break
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            return _text(part, name)
    raise UserError(
        f"文件「{name}」是网页存档，里面没有网页的文字，没有读取。请用浏览器或 Word 打开检查，另存为 .docx 后再导入。"
    )


def _text(part: EmailMessage, name: str) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, name)
