"""检查设置: which rules are on, and the words this unit does not use."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QTreeWidget, QTreeWidgetItem, QWidget

from models.checks.name_rules import rule_groups, rule_name
from models.checks.problem_lines import SEVERITY_NAMES
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.parts import roomy_column
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled
from ui.widgets.view_options import tree_item

_OWN = "forbidden-word"
_RULE = Qt.ItemDataRole.UserRole


class CheckSettingsDialog(ProgramDialog):
    """Begins with what holds now: the ids of the rules that are off, and the words."""

    def __init__(self, off: tuple[str, ...], forbidden: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__("检查设置", parent, help_place="problems#settings")
        self.rules = self._tree(off)
        self.words = QPlainTextEdit("\n".join(forbidden))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(characters(self, 7))
        roomy_column(
            self,
            labelled("检查哪些问题", self.rules),
            (self.rules, 1),
            labelled("本单位不用的词，每行一个", self.words),
            self.words,
            hint("设置对本机的所有草稿有效；去掉勾选的问题不再提示，也不计数。"),
            AnswerButtons(self),
        )
        self.resize(characters(self, 34), characters(self, 34))

    def _tree(self, off: tuple[str, ...]) -> QTreeWidget:
        from models.checks.catalogue import RULES
        from models.checks.report_checker import severities_of_reports

        severities = {rule.id: rule.severity for rule in RULES} | severities_of_reports()
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        for name, rules in rule_groups().items():
            group = QTreeWidgetItem(tree, [name])
            group.setFlags(group.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            for rule in rules:
                if rule == _OWN:
                    continue
                item = QTreeWidgetItem(group, [f"{rule_name(rule)}（{SEVERITY_NAMES[severities[rule]]}）"])
                item.setData(0, _RULE, rule)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(0, Qt.CheckState.Unchecked if rule in off else Qt.CheckState.Checked)
        tree.expandAll()
        return tree

    def off(self) -> tuple[str, ...]:
        """The ids of the rules without a tick."""
        groups = [tree_item(self.rules, place) for place in range(self.rules.topLevelItemCount())]
        items = [group.child(place) for group in groups for place in range(group.childCount())]
        return tuple(item.data(0, _RULE) for item in items if item.checkState(0) == Qt.CheckState.Unchecked)

    def forbidden(self) -> tuple[str, ...]:
        """The words, each once."""
        lines = (line.strip() for line in self.words.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))
