"""What an import found, shown before anything is taken over."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from models.document import Draft
from ui.dialogs import buttons
from ui.style import characters, hint, labelled, roomy


class ImportReportDialog(QDialog):
    """The sentences of the report, and the choice to make a draft of it."""

    def __init__(self, file: Path, draft: Draft, lines: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入报告")
        document = draft.document
        column = QVBoxLayout(self)
        roomy(column, self)
        name = QLabel(f"文件：{file.name}")
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        column.addWidget(name)
        found = QLabel(
            f"找到 {len(document.sub_goals.items)} 个分项目标、{len(document.safeguards.items)} 条保障措施、"
            f"{len(document.projects)} 个项目，未能归位的文字 {len(document.unplaced)} 段。"
        )
        found.setWordWrap(True)
        column.addWidget(found)
        report = QPlainTextEdit("\n".join(lines) or "没有需要说明的地方。")
        report.setReadOnly(True)
        report.setTabChangesFocus(True)
        report.setMinimumSize(characters(self, 38), characters(self, 20))
        column.addWidget(labelled("导入说明", report))
        column.addWidget(report, 1)
        column.addWidget(hint("导入不会改动原文件；未能归位的文字会保留在草稿里，可在最后一步查看。"))
        box = buttons("建立草稿")
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        box.buttons()[0].setFocus()
