"""Text as Qt counts and keeps it: UTF-16 units, and blanks that Qt would make plain."""

from PySide6.QtWidgets import QPlainTextEdit


def plain_text(edit: QPlainTextEdit) -> str:
    """What stands in it. Qt's own way makes plain spaces of the no-break ones."""
    return str(edit.document().toRawText()).replace("\u2029", "\n").replace("\u2028", "\n")


def utf16_units(text: str) -> int:
    """The length as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
