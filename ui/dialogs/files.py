"""Choosing files: what may be opened, where an export goes, and opening the result with the system's program."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

KINDS = {
    ".docx": "Word 文档",
    ".xlsx": "Excel 工作簿",
    ".pdf": "PDF 文件",
    ".txt": "文本文件",
    ".jxmb": "数据包",
    ".json": "数据包（文字形式）",
}


def documents_folder() -> Path:
    """The user's 文档 folder, or home where there is none."""
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return found if found.is_dir() else Path.home()


def choose_import(parent: QWidget, folder: Path) -> Path | None:
    """A file to import, None when cancelled."""
    from importers.files import SUFFIXES

    every = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    filters = [f"可以导入的文件 ({every})"]
    filters += [f"{KINDS.get(suffix, suffix)} (*{suffix})" for suffix in SUFFIXES]
    name, _filter = QFileDialog.getOpenFileName(parent, "导入文件", str(folder), ";;".join(filters))
    return Path(name) if name else None


def choose_package(parent: QWidget, folder: Path) -> Path | None:
    """A package to open, None when cancelled."""
    name, _filter = QFileDialog.getOpenFileName(parent, "打开数据包", str(folder), "数据包 (*.jxmb *.json)")
    return Path(name) if name else None


def choose_sources(parent: QWidget, folder: Path) -> list[Path]:
    """Files of units, several at once; none when cancelled."""
    from importers.files import SUFFIXES

    every = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    names, _filter = QFileDialog.getOpenFileNames(
        parent, "添加下属单位的文件", str(folder), f"数据包 (*.jxmb *.json);;可以读取的文件 ({every})"
    )
    return [Path(name) for name in names]


def choose_export(parent: QWidget, suggested: Path) -> Path | None:
    """Where an export goes, None when cancelled. Keeps the suggested suffix, also where the user leaves it out."""
    suffix = suggested.suffix
    title = f"导出 {KINDS[suffix]}"
    name, _filter = QFileDialog.getSaveFileName(parent, title, str(suggested), f"{KINDS[suffix]} (*{suffix})")
    if not name:
        return None
    chosen = Path(name)
    return chosen if chosen.suffix.lower() == suffix else chosen.with_name(chosen.name + suffix)


def open_with_system(path: Path) -> bool:
    """Opens a file or folder as a double-click would; False where the system knows no program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
