"""What the menus offer, as one table: each entry with its keys, its place, and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

MENUS = (
    ("file", "文件(&F)"),
    ("edit", "编辑(&E)"),
    ("check", "检查(&C)"),
    ("tools", "工具(&T)"),
    ("help", "帮助(&H)"),
)
"""Id and title of each menu, in their order."""


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of a menu.

    `shortcut`: key sequences separated by blanks. `menu`: the id of its menu; a line is drawn between two `group`s.
    `target`: «module:Class.method», loaded when it is first wanted. `needs_draft`: rests while no draft is open.
    `panel_key`: the key belongs to the button of a panel; the menu only shows it.
    """

    id: str
    text: str
    shortcut: str
    menu: str
    group: int
    target: str
    needs_draft: bool = False
    panel_key: bool = False
    field_key: str = ""
    """The keys by which the field with the keyboard, or a button of the page, does the same; the menu only shows them."""


_WINDOW = "ui.shell.draft_window:DraftWindow"
_EDITOR = "ui.editor.draft_editor:Editor"
_IMPORTS = "ui.features.imports.imports_controller:ImportsController"
_BACKUP = "ui.features.backup.backup_controller:BackupController"
_HISTORY = "ui.features.history.history_controller:HistoryController"
_YEARS = "ui.features.years.years_controller:YearsController"
_UNITS = "ui.features.units.units_controller:UnitsController"
_REVIEW = "ui.features.review.review_controller:RemarksController"
_FIND = "ui.features.find.find_controller:FindController"
_HELP = "ui.features.help.help_controller:HelpController"
_EDITING = "ui.features.editing.editing_controller:EditingController"
_PREVIEW = "ui.features.preview.preview_controller:PreviewController"
_REPORTS = "ui.features.reports.reports_controller:ReportsController"
_BUREAU = "ui.features.bureau.bureau_controller:BureauController"

ACTIONS = (
    Action("window.home", "返回首页", "Alt+Home", "file", 0, f"{_WINDOW}.go_home", needs_draft=True),
    # Ctrl+N belongs to the page: a draft on the start page, an item in a list.
    Action("drafts.new", "新建草稿…", "", "file", 1, "ui.features.drafts.new_draft_controller:NewDraftController.new"),
    Action("years.from_last_year", "从上年生成…", "Ctrl+Shift+N", "file", 1, f"{_YEARS}.from_last_year"),
    Action("imports.file", "导入文件…", "Ctrl+O", "file", 1, f"{_IMPORTS}.choose_file"),
    Action("imports.clipboard", "从剪贴板导入", "Ctrl+Shift+V", "file", 1, f"{_IMPORTS}.import_clipboard"),
    Action("imports.package", "打开数据包…", "Ctrl+Shift+O", "file", 1, f"{_IMPORTS}.open_package"),
    Action("history.save", "保存", "Ctrl+S", "file", 2, f"{_HISTORY}.save", needs_draft=True),
    Action("preview.panel", "预览", "F9", "file", 2, f"{_PREVIEW}.open_panel", needs_draft=True, panel_key=True),
    Action("exports.word", "导出 Word…", "Ctrl+Shift+W", "file", 2, f"{_EDITOR}.export_word", needs_draft=True),
    Action("exports.excel", "导出 Excel…", "Ctrl+Shift+E", "file", 2, f"{_EDITOR}.export_excel", needs_draft=True),
    Action("exports.pdf", "导出 PDF…", "Ctrl+Shift+P", "file", 2, f"{_EDITOR}.export_pdf", needs_draft=True),
    Action("exports.print", "打印…", "Ctrl+P", "file", 2, f"{_EDITOR}.print_text", needs_draft=True),
    Action("exports.package", "导出数据包…", "Ctrl+Shift+J", "file", 2, f"{_EDITOR}.export_package", needs_draft=True),
    Action(
        "final.toggle",
        "定稿",
        "",
        "file",
        3,
        "ui.features.final.final_controller:FinalController.toggle",
        needs_draft=True,
    ),
    Action("backup.restore", "恢复备份…", "", "file", 4, f"{_BACKUP}.choose"),
    Action(
        "data_folder.move",
        "移动数据文件夹…",
        "",
        "file",
        4,
        "ui.features.data_folder.data_folder_controller:DataFolderController.ask",
    ),
    Action("window.quit", "退出", "Ctrl+Q", "file", 5, f"{_WINDOW}.close"),
    Action("edit.undo", "撤销", "Ctrl+Z", "edit", 0, f"{_WINDOW}.undo", needs_draft=True),
    Action("edit.redo", "重做", "Ctrl+Y Ctrl+Shift+Z", "edit", 0, f"{_WINDOW}.redo", needs_draft=True),
    Action("editing.cut", "剪切", "", "edit", 1, f"{_EDITING}.cut", needs_draft=True, field_key="Ctrl+X"),
    Action("editing.copy", "复制", "", "edit", 1, f"{_EDITING}.copy", needs_draft=True, field_key="Ctrl+C"),
    Action("editing.paste", "粘贴", "", "edit", 1, f"{_EDITING}.paste", needs_draft=True, field_key="Ctrl+V"),
    Action("editing.select_all", "全选", "", "edit", 1, f"{_EDITING}.select_all", needs_draft=True, field_key="Ctrl+A"),
    Action("editing.add", "添加一项", "", "edit", 1, f"{_EDITING}.add", needs_draft=True, field_key="Ctrl+N"),
    Action(
        "editing.fold",
        "展开或收起项目基本情况",
        "",
        "edit",
        1,
        f"{_EDITING}.fold",
        needs_draft=True,
        field_key="Ctrl+T",
    ),
    Action("history.keep", "留下一个版本…", "Ctrl+Shift+S", "edit", 2, f"{_HISTORY}.keep", needs_draft=True),
    Action("history.show", "历史版本…", "Ctrl+Shift+H", "edit", 2, f"{_HISTORY}.show", needs_draft=True),
    Action("history.discard", "放弃本次修改", "", "edit", 2, f"{_HISTORY}.discard", needs_draft=True),
    Action("find.find", "查找…", "Ctrl+F", "edit", 3, f"{_FIND}.find", needs_draft=True),
    Action("find.replace", "替换…", "Ctrl+H", "edit", 3, f"{_FIND}.replace", needs_draft=True),
    Action("find.next", "查找下一处", "F3", "edit", 3, f"{_FIND}.find_next", needs_draft=True),
    Action("find.previous", "查找上一处", "Shift+F3", "edit", 3, f"{_FIND}.find_previous", needs_draft=True),
    Action(
        "imports.place",
        "放好未归位的文字…",
        "",
        "edit",
        4,
        "ui.features.imports.placing_controller:PlacingController.ask",
        needs_draft=True,
    ),
    Action(
        "check.problems", "问题列表", "F7", "check", 0, f"{_EDITOR}.open_problems", needs_draft=True, panel_key=True
    ),
    Action("check.next", "下一个问题", "F8", "check", 0, f"{_EDITOR}.next_problem", needs_draft=True),
    Action("check.correct", "改正选中的问题", "Shift+F7", "check", 0, f"{_EDITOR}.correct_problem", needs_draft=True),
    Action(
        "check.settings",
        "检查设置…",
        "",
        "check",
        1,
        "ui.features.checking.check_settings_controller:CheckSettingsController.ask",
    ),
    Action("years.compare", "与上年比较…", "Ctrl+Shift+L", "tools", 0, f"{_YEARS}.compare", needs_draft=True),
    Action("years.carried", "沿用上年的内容…", "", "tools", 0, f"{_YEARS}.show_carried_over", needs_draft=True),
    Action("years.move_on", "年份顺延…", "", "tools", 0, f"{_YEARS}.move_on", needs_draft=True),
    Action("units.merge", "汇总单位…", "", "tools", 1, f"{_UNITS}.merge_units"),
    Action("units.update", "更新下属单位…", "", "tools", 1, f"{_UNITS}.update_units", needs_draft=True),
    Action("comments.panel", "审核意见", "F6", "tools", 2, f"{_REVIEW}.open_panel", needs_draft=True, panel_key=True),
    Action("reports.monitoring", "绩效运行监控", "", "tools", 6, f"{_REPORTS}.monitoring", needs_draft=True),
    Action("reports.self_evaluation", "绩效自评", "", "tools", 6, f"{_REPORTS}.self_evaluation", needs_draft=True),
    Action("reports.word", "导出监控、自评 Word…", "", "tools", 6, f"{_REPORTS}.word", needs_draft=True),
    Action("reports.excel", "导出监控、自评 Excel…", "", "tools", 6, f"{_REPORTS}.excel", needs_draft=True),
    Action("reports.pdf", "导出监控、自评 PDF…", "", "tools", 6, f"{_REPORTS}.pdf", needs_draft=True),
    Action("reports.print", "打印监控、自评…", "", "tools", 6, f"{_REPORTS}.print_pages", needs_draft=True),
    Action("reports.fill_in", "导出监控、自评填报模板…", "", "tools", 6, f"{_REPORTS}.fill_in", needs_draft=True),
    Action("reports.bureau", "导出监控、自评系统录入表…", "", "tools", 6, f"{_REPORTS}.bureau", needs_draft=True),
    Action("review.write", "写审核意见…", "Ctrl+Shift+M", "tools", 2, f"{_REVIEW}.write", needs_draft=True),
    Action("review.read", "读入审核意见…", "", "tools", 2, f"{_REVIEW}.choose", needs_draft=True),
    Action("review.go", "转到审核意见", "Shift+F6", "tools", 2, f"{_REVIEW}.look", needs_draft=True),
    Action(
        "fill_in.export",
        "导出填报模板…",
        "",
        "tools",
        3,
        "ui.features.fill_in.fill_in_controller:FillInController.export",
        needs_draft=True,
    ),
    Action("bureau.export", "导出系统录入表…", "", "tools", 3, f"{_BUREAU}.export", needs_draft=True),
    Action("bureau.copy", "复制本项目为系统格式", "Ctrl+Shift+Y", "tools", 3, f"{_BUREAU}.copy", needs_draft=True),
    Action(
        "library.show",
        "我的指标库…",
        "Ctrl+Shift+K",
        "tools",
        4,
        "ui.features.library.library_controller:LibraryController.show",
    ),
    Action(
        "settings.ask", "设置…", "Ctrl+,", "tools", 5, "ui.features.settings.settings_controller:SettingsController.ask"
    ),
    Action("help.panel", "填报说明", "F1", "help", 0, f"{_HELP}.open_panel", needs_draft=True, panel_key=True),
    Action("help.manual", "使用手册", "Ctrl+F1 Shift+F1", "help", 0, f"{_HELP}.show_here"),
    Action("help.keys", "快捷键一览", "", "help", 0, f"{_HELP}.show_keys"),
    Action("help.questions", "常见问题", "", "help", 0, f"{_HELP}.show_questions"),
    Action("help.diagnostics", "保存诊断信息…", "", "help", 1, f"{_HELP}.save_diagnostics"),
    Action("help.changes", "更新记录", "", "help", 1, f"{_HELP}.show_changes"),
    Action("help.about", "关于", "", "help", 1, f"{_HELP}.about"),
)

DRAFT_CONTROLLERS = (
    _HELP,
    "ui.features.preview.preview_controller:PreviewController",
    _FIND,
    "ui.features.final.final_controller:FinalController",
    _YEARS,
    _BUREAU,
    _REVIEW,
    "ui.shell.two_writers:TwoWritersController",
)
"""Those that hear of every draft that is opened: they bring a panel or a line above the form."""


@cache
def action(action_id: str) -> Action:
    """The entry with that id. KeyError where there is none."""
    return {action.id: action for action in ACTIONS}[action_id]


def load(target: str) -> tuple[type[Any], str]:
    """The class a target names, and the name of the method; "" where it names a class alone."""
    module, _, name = target.partition(":")
    owner, _, method = name.partition(".")
    found: type[Any] = getattr(import_module(module), owner)
    return found, method


def bind(target: str, find: Callable[[type[Any]], object]) -> Callable[[], object] | None:
    """The method a target names, of the object `find` gives for its class; None where there is no such object now."""
    owner, method = load(target)
    found = find(owner)
    return getattr(found, method) if found is not None else None
