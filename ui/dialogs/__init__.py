"""The few questions that need an answer before the program can go on."""

from PySide6.QtWidgets import QDialogButtonBox


def buttons(accept: str = "确定", cancel: str = "取消") -> QDialogButtonBox:
    """The two buttons of a dialog, with words of their own."""
    box = QDialogButtonBox()
    box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
    box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
    for button in box.buttons():
        button.setAccessibleName(button.text())
    return box
