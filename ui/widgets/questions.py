"""The few questions: before words could be lost, and before a text goes out that would come back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

LEAVE, ELSEWHERE, BACKUPS, ANYWAY, LOOK, STAY = "leave", "elsewhere", "backups", "anyway", "look", "stay"
BESIDE, REPLACE = "beside", "replace"
TAKE = "take"

_Role = QMessageBox.ButtonRole


def ask_to_leave(parent: QWidget, package: Path | None) -> str:
    """LEAVE, ELSEWHERE or STAY: what to do about words that could not be saved. `package`: where they were put."""
    text = "最近的修改没有能存进数据文件。现在离开，这些修改会丢失。"
    leave = "不保存，离开"
    if package is not None:
        text = (
            f"最近的修改没有能存进数据文件。整份草稿已另存为数据包「{package.name}」，"
            f"在文件夹「{package.parent}」里，以后用「打开数据包」打开。"
        )
        leave = "离开"
    choices = (
        (STAY, "留下来", _Role.RejectRole),
        (ELSEWHERE, "另存到别处…", _Role.AcceptRole),
        (LEAVE, leave, _Role.DestructiveRole),
    )
    return ask(parent, "还没有保存", text, choices, "questions#not_saved")


def ask_about_altered(parent: QWidget, why: str) -> str:
    """BACKUPS, ANYWAY or STAY: what to do about a draft that is not on the disk as it was saved."""
    text = f"{why}\n\n可以先恢复备份；也可以仍然打开，再从「历史版本」里比较和取回。"
    choices = (
        (BACKUPS, "恢复备份…", _Role.AcceptRole),
        (ANYWAY, "仍然打开", _Role.DestructiveRole),
        (STAY, "返回", _Role.RejectRole),
    )
    return ask(parent, "草稿可能已损坏", text, choices, "backup#restore")


def ask_about_errors(parent: QWidget, count: int, still: str = "仍然导出") -> str:
    """ANYWAY, LOOK or STAY: what to do about a text with so many errors; `still`: what the first button says."""
    text = f"检查发现 {count} 处错误，报上去可能被退回。"
    choices = (
        (ANYWAY, still, _Role.AcceptRole),
        (LOOK, "先看问题", _Role.ActionRole),
        (STAY, "取消", _Role.RejectRole),
    )
    return ask(parent, "还有错误没有改", text, choices, "problems")


def ask_about_proposals(parent: QWidget, counts: dict[str, int]) -> str:
    """TAKE, ANYWAY or STAY: what becomes of grey proposals that would not be printed. `counts`: how many, by their column."""
    named = "、".join(f"{header} {count} 处" for header, count in counts.items())
    text = f"表里灰色的数是程序的建议，还没有采用：{named}。不采用，印出来就是空格。"
    choices = (
        (TAKE, "采用后继续", _Role.AcceptRole),
        (ANYWAY, "空着，继续", _Role.DestructiveRole),
        (STAY, "取消", _Role.RejectRole),
    )
    return ask(parent, "灰色的建议还没有采用", text, choices, "reports#export")


def ask_about_known_draft(parent: QWidget, name: str) -> str:
    """BESIDE, REPLACE or STAY: what becomes of a package whose unit and year have a draft here already."""
    text = f"「{name}」在草稿列表里已经有一份。另建一份，两份都留着；替换，已有的那份换成数据包里的内容，可以撤销。"
    choices = (
        (BESIDE, "另建一份", _Role.AcceptRole),
        (REPLACE, "替换已有的", _Role.DestructiveRole),
        (STAY, "取消", _Role.RejectRole),
    )
    return ask(parent, "已有这份草稿", text, choices, "exchange#open")


def ask_to_confirm_all(parent: QWidget, count: int) -> bool:
    """Whether so many amounts and values of last year are confirmed unseen."""
    text = f"{count} 处金额和指标值还沿用上年。全部确认，就是今年照用这些；确认以后可以撤销。"
    choices = ((ANYWAY, "全部确认", _Role.AcceptRole), (STAY, "取消", _Role.RejectRole))
    return ask(parent, "全部确认沿用的内容", text, choices, "rollover#carried_over") == ANYWAY


def ask(
    parent: QWidget | None,
    title: str,
    text: str,
    choices: Sequence[tuple[str, str, QMessageBox.ButtonRole]],
    help_place: str,
    otherwise: str = STAY,
) -> str:
    """One of the choices (answer, words, role), of which Enter takes the first; `otherwise`: the answer where none was taken.
    `help_place`: where the manual speaks of it."""
    box = QMessageBox(parent)
    box.setProperty("help", help_place)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(title)
    box.setText(text)
    added = [(box.addButton(words, role), choice) for choice, words, role in choices]
    for button, _choice in added:
        button.setAccessibleName(button.text())
    box.setDefaultButton(added[0][0])
    box.exec()
    clicked = box.clickedButton()
    return next((choice for button, choice in added if button is clicked), otherwise)
