"""Choosing files: what may be opened, where an export goes, and opening the result with the system's program."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QHeaderView, QLineEdit, QSplitter, QTreeView, QWidget

from ui.widgets.style import characters

_COLUMNS = (5.5, 8, 12)
"""Characters for size, kind and time of what Qt's own dialog lists; the name has the rest."""

KINDS = {
    ".docx": "Word 文档",
    ".xlsx": "Excel 工作簿",
    ".pdf": "PDF 文件",
    ".html": "网页",
    ".htm": "网页",
    ".txt": "文本文件",
    ".jxmb": "数据包",
    ".json": "数据包（文字形式）",
}


def documents_folder() -> Path:
    """The user's 文档 folder, or home where there is none."""
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return found if found.is_dir() else Path.home()


def file_dialog(parent: QWidget, title: str, folder: Path, filters: Sequence[str], help_place: str) -> QFileDialog:
    """The system's dialog; where it has none Qt's own, wide enough for what it lists in any size of type.

    `help_place`: where the manual speaks of it.
    """
    dialog = QFileDialog(parent, title, str(folder), ";;".join(filters))
    dialog.setProperty("help", help_place)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    listed = dialog.findChild(QTreeView, "treeView")
    if listed is not None:
        wide = characters(dialog, 54)
        dialog.resize(wide, characters(dialog, 30))
        places = dialog.findChild(QSplitter, "splitter")
        if places is not None:
            places.setSizes([characters(dialog, 7), wide])
        header = listed.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(_COLUMNS, 1):
            header.resizeSection(column, characters(dialog, width))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return dialog


def _chosen(dialog: QFileDialog) -> list[Path]:
    """What was chosen; none when cancelled."""
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    found = [Path(name) for name in dialog.selectedFiles()] if accepted else []
    dialog.deleteLater()
    return found


def _one(dialog: QFileDialog) -> Path | None:
    return next(iter(_chosen(dialog)), None)


def choose_import(parent: QWidget, folder: Path) -> Path | None:
    """A file to import, None when cancelled."""
    from importers.import_files import SUFFIXES

    every = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    filters = [f"可以导入的文件 ({every})"]
    filters += [f"{KINDS.get(suffix, suffix)} (*{suffix})" for suffix in SUFFIXES]
    return _one(file_dialog(parent, "导入文件", folder, filters, "import"))


def choose_package(parent: QWidget, folder: Path) -> Path | None:
    """A package to open, None when cancelled."""
    return _one(file_dialog(parent, "打开数据包", folder, ["数据包 (*.jxmb *.json)"], "exchange#open"))


def choose_sources(parent: QWidget, folder: Path) -> list[Path]:
    """Files of units, several at once; none when cancelled."""
    from importers.import_files import SUFFIXES

    every = " ".join(f"*{suffix}" for suffix in SUFFIXES)
    filters = ["数据包 (*.jxmb *.json)", f"可以读取的文件 ({every})"]
    dialog = file_dialog(parent, "添加下属单位的文件", folder, filters, "merge")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _chosen(dialog)


def choose_export(parent: QWidget, suggested: Path, title: str = "", help_place: str = "") -> Path | None:
    """Where an export goes, None when cancelled. Keeps the suggested suffix, also where the user leaves it out. `title`: what
    is exported, where the kind of file does not say it; `help_place`: where the manual speaks of it, if not of exports."""
    suffix = suggested.suffix
    title = title or ("导出数据包" if suffix == ".jxmb" else f"导出 {KINDS[suffix]}")
    place = help_place or ("exchange#package" if suffix == ".jxmb" else "export#files")
    dialog = file_dialog(parent, title, suggested.parent, [f"{KINDS[suffix]} (*{suffix})"], place)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix.removeprefix("."))  # so that Qt asks about a file that is there already
    dialog.selectFile(suggested.name)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    if name is not None:  # who types another name keeps the suffix
        name.setSelection(0, len(suggested.stem))
    chosen = _one(dialog)
    if chosen is None:
        return None
    if chosen.suffix.lower() == suffix:
        return chosen
    whole = chosen.with_name(chosen.name + suffix)
    # Qt takes the end of «文本2.0» for a suffix, and asked about another file than the one that is there.
    return choose_export(parent, whole, title, help_place) if whole.exists() else whole


def open_with_system(path: Path) -> bool:
    """Opens a file or folder as a double-click would; False where the system knows no program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
