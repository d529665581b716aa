"""检查设置: which rules are on, and the words this unit does not use."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from models.checks.chosen_rules import remember_rules
from ui.shell.workbench import Controller


class CheckSettingsController(Controller):
    """Asks for the rules, keeps them, and has everything judged by them."""

    def ask(self) -> None:
        """Shows the dialog."""
        from ui.features.checking.check_settings_dialog import CheckSettingsDialog

        off, forbidden = self._workbench.check_rules
        dialog = CheckSettingsDialog(off, forbidden, self._workbench.widget)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use(dialog.off(), dialog.forbidden())

    def use(self, off: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
        """Keeps the rules that are off and the forbidden words, and judges everything by them."""
        remember_rules(self._workbench.remember, off, forbidden)
        self._workbench.judge_again()
