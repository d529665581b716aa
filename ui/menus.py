"""The menu bar: every helper of the window adds its own entries; those of an open draft rest while there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QMenu


_FILE = (
    ("返回首页",),
    ("新建草稿…", "从上年生成…", "导入文件…", "从剪贴板导入", "打开数据包…"),
    ("导出 Word…", "导出 Excel…", "导出 PDF…", "打印…", "导出数据包…"),
    ("定稿",),
    ("恢复备份…", "移动数据文件夹…"),
    ("退出",),
)
_TOOLS = (
    ("与上年比较…", "沿用上年的内容…", "年份顺延…"),
    ("汇总单位…", "更新下属单位…"),
    ("写审核意见…", "读入审核意见…", "转到审核意见"),
    ("导出填报模板…", "导出系统录入表…", "复制本项目为系统格式"),
    ("我的指标库…",),
    ("设置…",),
)


class Menus:
    """The menus by name; the window owns the actions."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._of_draft: list[QAction] = []
        self._grouped = False
        names = ("文件(&F)", "编辑(&E)", "检查(&C)", "工具(&T)", "帮助(&H)")
        self.file, self.edit, self.check, self.tools, self.help = (window.menuBar().addMenu(name) for name in names)

    def add(
        self, menu: QMenu, text: str, done: Callable[[], object], keys: str = "", *, of_draft: bool = False
    ) -> QAction:
        """An entry at the end of a menu. `keys`: «Ctrl+F», several separated by blanks; `of_draft`: rests without one."""
        action = QAction(text, self._window)
        if keys:
            action.setShortcuts([QKeySequence(one) for one in keys.split()])
        action.triggered.connect(lambda _checked=False: done())
        menu.addAction(action)
        if of_draft:
            self._of_draft.append(action)
            action.setEnabled(False)
        return action

    def set_editing(self, editing: bool) -> None:
        """Whether a draft is open."""
        if not self._grouped:  # every helper has added its entries by now
            self._grouped = True
            self._group(self.file, _FILE)
            self._group(self.tools, _TOOLS)
        for action in self._of_draft:
            action.setEnabled(editing)

    @staticmethod
    def _group(menu: QMenu, groups: tuple[tuple[str, ...], ...]) -> None:
        """What belongs together stands together, a line between; an entry nobody has placed comes before the last group."""
        entries = {action.text(): action for action in menu.actions() if not action.isSeparator()}
        placed = [[entries.pop(name) for name in names if name in entries] for names in groups]
        for action in menu.actions():  # QMenu.clear() of PySide destroys those that belong to the window, too
            menu.removeAction(action)
        for group in filter(None, (*placed[:-1], list(entries.values()), placed[-1])):
            if menu.actions():
                menu.addSeparator()
            menu.addActions(group)
