"""What a draft still has from last year, where one works: a line at the project, and one above the export buttons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from models.session.session import Session
from models.years import carried_over
from ui.editor.field_places import value_at
from ui.widgets import questions
from ui.widgets.parts import push_button, row_of, sentence
from ui.widgets.style import characters


class _Line(QWidget):
    """A sentence and its buttons; hidden while there is nothing to say."""

    def __init__(self, name: str, *buttons: QPushButton) -> None:
        super().__init__()
        self.words, self.buttons = sentence(), buttons
        self.words.setAccessibleName(name)
        row_of(self, (self.words, 1), *buttons).setSpacing(characters(self, 0.5))
        self.hide()

    def say(self, text: str) -> None:
        if text != self.words.text() or bool(text) == self.isHidden():
            self.words.setText(text)
            self.setVisible(bool(text))


class CarriedOverLine(_Line):
    """Of one project: «沿用上年，待确认：预算数、财政资金；指标值 7 个», and the button that confirms them."""

    def __init__(self, session: Session) -> None:
        tip = "金额和指标值都看过了，今年就用这些（可以撤销）"
        super().__init__("沿用上年", push_button("确认本项目沿用", lambda: self.confirm(), tip))
        self._session, self._path = session, ""

    def show_project(self, path: str) -> None:
        """The project at that path; "": none."""
        self._path = path
        project = value_at(self._session, path)
        words = carried_over.message(self._session.draft, project) if project is not None else ""
        self.say(f"沿用上年，待确认：{words}。" if words else "")

    def confirm(self) -> None:
        """All of the project; one undo step."""
        confirm(self._session, carried_over.marks_below(self._session.draft, self._path))


class CarriedOverSummary(_Line):
    """Of the whole draft: «还有 12 处沿用上年待确认»."""

    wanted = Signal()
    """The list of them."""

    def __init__(self, session: Session) -> None:
        tip = "都看过了，今年就用这些（可以撤销）"
        super().__init__(
            "沿用上年待确认",
            push_button("逐处查看", lambda: self.wanted.emit(), "列出沿用上年的金额和指标值"),
            push_button("全部确认", lambda: confirm_all(session, self), tip),
        )
        self._session = session
        stop = session.subscribe(lambda _change: self.refresh())
        self.destroyed.connect(lambda _gone: stop())
        self.refresh()

    def refresh(self) -> None:
        count = len(self._session.draft.provenance.carried_over)
        self.say(f"还有 {count} 处金额或指标值沿用上年，没有确认。" if count else "")


def confirm_all(session: Session, widget: QWidget) -> bool:
    """All marks of the draft, after one question."""
    marks = session.draft.provenance.carried_over
    if session.is_locked:
        return confirm(session, marks)  # which is refused, and says so
    return bool(marks) and questions.ask_to_confirm_all(widget, len(marks)) and confirm(session, marks)


def confirm(session: Session, paths: tuple[str, ...]) -> bool:
    """Takes the marks at those paths away: one undo step."""
    name = session.where(paths[0]) if len(paths) == 1 else f"{len(paths)} 处"
    return bool(paths) and session.change(
        f"确认沿用上年 {name}", carried_over.confirmed(session.draft, frozenset(paths))
    )
