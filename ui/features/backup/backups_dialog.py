"""恢复备份: the backups there are, what each holds, a look into it, and the ways back from it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QWidget,
)

from models.document.tree import Draft
from models.errors import UserError
from models.store.backup import KINDS, Backup, Backups, newest_good, opened
from models.store.drafts import DraftSummary
from ui.widgets.help_places import helped_by
from ui.widgets.parts import push_button, roomy_column, sentence, side_by_side, stacked, text_to_read
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.shared_table import FittedLines
from ui.widgets.style import characters, hint, labelled
from ui.widgets.view_options import table_item


class BackupsDialog(ProgramDialog):
    """`whole`: the backup to put into the store's place; `draft`: the one draft to bring back as a new one."""

    def __init__(self, backups: Backups, store: Path, can_take_one: bool = True, parent: QWidget | None = None) -> None:
        super().__init__("恢复备份", parent, help_place="backup#restore")
        self.backups, self._store, self._can_take_one = backups, store, can_take_one
        self.whole: Backup | None = None
        self.draft: Draft | None = None
        self._list: tuple[Backup, ...] = ()
        self._contents: dict[Path, tuple[DraftSummary, ...] | None] = {}
        self._folder, self.said = sentence(), sentence()
        self.table = FittedLines(("时间", "种类", "单位", "草稿数"), stretched=2, parent=self)
        self.table.itemSelectionChanged.connect(self._show_drafts)
        self.drafts = FittedLines(("年度", "单位", "状态", "项目数"), stretched=1, parent=self)
        self.drafts.itemSelectionChanged.connect(self._show_text)
        self.text = text_to_read()
        self._one = push_button("取回这份草稿", self.take_one)
        self._whole = push_button("恢复整个备份", self.take_whole)
        here = push_button("立即备份", self.back_up), push_button("备份文件夹…", self._choose_folder)
        drafts = stacked(labelled("备份里的草稿", self.drafts), (self.drafts, 1))
        text = stacked(labelled("草稿的文字（只读）", self.text), (self.text, 1))
        ways = "「取回这份草稿」把它作为一份新草稿加进来，别的不动。「恢复整个备份」先把现在的全部内容备份一次，再换成备份里的。"
        roomy_column(
            self,
            side_by_side((self._folder, 1), *here),
            labelled("备份", self.table),
            (self.table, 2),
            (side_by_side((drafts, 1), (text, 1)), 3),
            hint(ways),
            side_by_side((self.said, 1), self._one, self._whole, push_button("关闭", self.reject)),
        )
        self.resize(characters(self, 66), characters(self, 38))
        self._load_list()

    def _load_list(self) -> None:
        self._list = self.backups.list()
        self._folder.setText(f"备份放在：{self.backups.folder}")
        self.table.fill([(b.made.strftime("%Y-%m-%d %H:%M"), KINDS.get(b.kind, ""), "…", "") for b in self._list], (3,))
        for button in (self._one, self._whole):
            button.setEnabled(False)
        self.drafts.setRowCount(0)
        self.text.clear()
        if self._list:
            self.table.selectRow(self._first_choice())
            QTimer.singleShot(0, self, partial(self._say_contents, 0))
        elif self.backups.is_gone:
            self.said.setText("这个文件夹现在不在：U 盘没有插好，或网络盘没有连上。接上以后再看，或换一个备份文件夹。")
        else:
            self.said.setText("这个文件夹里还没有备份。程序每天自动备份一次，也可以按「立即备份」。")
        self.table.setFocus()

    def _first_choice(self) -> int:
        """The newest; where the store itself is damaged, the newest that is known to be good."""
        good = None if self._can_take_one else newest_good(self.backups)
        return self._list.index(good) if good in self._list else 0

    def _say_contents(self, row: int) -> None:
        """Fills one row, then the next when nothing else is to be done."""
        if row >= len(self._list):
            return
        drafts = self._look_into(self._list[row])
        units = dict.fromkeys(draft.unit_name or "（未写单位）" for draft in drafts or ())
        words = "、".join(units) if drafts is not None else "不能打开，可能已损坏"
        table_item(self.table, row, 2).setText(words)
        table_item(self.table, row, 2).setToolTip(words)
        table_item(self.table, row, 3).setText("" if drafts is None else str(len(drafts)))
        QTimer.singleShot(0, self, partial(self._say_contents, row + 1))

    def _look_into(self, backup: Backup) -> tuple[DraftSummary, ...] | None:
        if backup.path not in self._contents:
            try:
                with opened(backup) as store:
                    self._contents[backup.path] = tuple(store.list())
            except UserError:
                self._contents[backup.path] = None
        return self._contents[backup.path]

    def _chosen(self) -> Backup | None:
        row = self.table.chosen_row()
        return self._list[row] if 0 <= row < len(self._list) else None

    def _show_drafts(self) -> None:
        backup = self._chosen()
        drafts = self._look_into(backup) if backup else None
        self.said.setText("" if backup is None or drafts is not None else "这份备份不能打开，请选择另一份。")
        self._whole.setEnabled(drafts is not None)
        self.drafts.fill([_line(draft) for draft in drafts or ()], (3,))
        if drafts:
            self.drafts.selectRow(0)
        self._show_text()

    def _show_text(self) -> None:
        draft = self._read_chosen()
        self._one.setEnabled(draft is not None and self._can_take_one)
        self.text.setPlainText(_as_text(draft) if draft else "")

    def _read_chosen(self) -> Draft | None:
        backup, row = self._chosen(), self.drafts.chosen_row()
        drafts = self._look_into(backup) if backup else None
        if backup is None or not drafts or not 0 <= row < len(drafts):
            return None
        try:
            with opened(backup) as store:
                return store.load(drafts[row].id)
        except UserError as error:
            self.said.setText(str(error))
            return None

    def take_one(self) -> None:
        self.draft = self._read_chosen()
        if self.draft is not None:
            self.accept()

    def take_whole(self) -> None:
        self.whole = self._chosen()
        if self.whole is not None:
            self.accept()

    def back_up(self) -> None:
        """Makes one now; what went wrong is said here."""
        try:
            self.backups.make(self._store, "manual")
        except UserError as error:
            self.said.setText(str(error))
            return
        self._load_list()
        self.said.setText("已备份，并已读回核对。")

    def _choose_folder(self) -> None:
        with helped_by("backup"):
            name = QFileDialog.getExistingDirectory(self, "备份文件夹", str(self.backups.folder))
        if name:
            self.set_folder(Path(name))

    def set_folder(self, folder: Path) -> None:
        """Backups go there from now on; those elsewhere stay where they are."""
        self.backups = Backups(folder)
        self._load_list()


def _line(draft: DraftSummary) -> tuple[str, str, str, str]:
    unit = f"{draft.unit_code} {draft.unit_name}".strip() or "（未写单位）"
    return str(draft.year or ""), unit, "回收站" if draft.deleted else draft.state, str(draft.project_count)


def _as_text(draft: Draft) -> str:
    from exporters.build import build
    from exporters.text_writer import write_text
    from models.document.template import load_template

    return write_text(build(draft.document, load_template(draft.document.template)))
