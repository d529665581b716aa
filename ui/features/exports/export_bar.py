"""Export and print: of the whole text, of one project or of the blank form; progress, cancel, and what became of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QPushButton, QWidget

from models.document.tree import Draft
from models.errors import CancelledError, UserError
from models.printable import printable
from models.session.session import Session
from models.store import Store
from ui.app import background
from ui.app.faults import explained
from ui.features.exports.export_work import BLANK, Chosen, file_name, pages_of, put, written_to
from ui.widgets import questions
from ui.widgets.file_dialogs import choose_export, documents_folder, open_with_system
from ui.widgets.flow import flow
from ui.widgets.form_choice import FormChoice
from ui.widgets.icons import give_icon
from ui.widgets.messages import say
from ui.widgets.parts import column_of, narrow_choice, offer, push_button, rename, sentence, side_by_side
from ui.widgets.style import characters, hint, labelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporters.placed_pages import Page
    from exporters.progress import Progress
    from models.exchange.package_contents import NamedVersion
    from ui.widgets.printing import PrintJob

_WHOLE = ""
_KINDS = {
    "word": ("导出 Word", ".docx"), "excel": ("导出 Excel", ".xlsx"), "pdf": ("导出 PDF", ".pdf"),
    "package": ("导出数据包", ".jxmb"),
}  # fmt: skip


class WayOut(QWidget):
    """The buttons that write files or print; the result is shown in a line, with buttons to open it."""

    exported = Signal(str)
    """The path of a file that was written."""
    faulted = Signal(object)
    """An exception of our own that stopped an export."""
    looked_for = Signal()
    """The user wants to see the problems first."""
    wanted = Signal()
    """An export begins: what is still being typed shall be taken over."""
    _progressed = Signal(int, int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.folder: Path | None = None
        self.count_errors: Callable[[], int] = lambda: 0
        """How many errors the checks find now."""
        self._accepted = 0
        """With how many the user let the text go out: it is asked once."""
        self._running = self._looked = False
        self._stop = Event()
        self._from: QWidget | None = None
        """What had the focus when the export began."""
        self._job: PrintJob | None = None
        self._last: Path | None = None
        self._unwritten: tuple[Path, bytes] | None = None
        """A finished file that found no place."""
        self._fonts = hint("")
        column_of(self, self._wanted_row(), self._fonts, self._result_row(), gap=0.5)
        self._scheme = ""
        self._progressed.connect(self._show_progress)

    def _wanted_row(self) -> QWidget:
        """What is exported, and as what."""
        self.scope = narrow_choice(22)
        self.scope.currentIndexChanged.connect(lambda _index: self._show_versions())
        self._buttons: list[QPushButton] = []
        for icon, (text, suffix) in _KINDS.items():
            button = push_button(text, partial(self.ask, suffix))
            button.setProperty("primary", "true" if suffix == ".docx" else None)
            give_icon(button, icon)
            self._buttons.append(button)
        printing = push_button("打印…", self.print_pages)
        give_icon(printing, "print")
        self._buttons.append(printing)
        self.with_versions = QCheckBox()
        self.with_versions.setToolTip("起了名的历史版本一起放进数据包；对方打开后可在「历史版本」里看到。")
        self.with_versions.hide()
        self.form = FormChoice(self.session.store)
        choices = labelled("导出范围", self.scope), self.scope, labelled("表样", self.form), self.form
        return flow(self, *choices, *self._buttons, self.with_versions)

    def _result_row(self) -> QHBoxLayout:
        self.result = sentence()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(characters(self, 12))
        self.open_file = push_button("打开文件", partial(self._open, False))
        self._open_folder = push_button("打开文件夹", partial(self._open, True))
        self.elsewhere = push_button("换个位置保存…", self._ask_elsewhere)
        self._cancel = push_button("取消", self.cancel)
        hidden = (self._bar, self.open_file, self._open_folder, self.elsewhere, self._cancel)
        for widget in hidden:
            widget.hide()
        return side_by_side((self.result, 1), *hidden)

    # what is exported

    def refresh(self) -> None:
        """Shows the projects there are now; the choice stays while its project does."""
        projects = self.session.document.projects
        shown = [("整个文本", _WHOLE)]
        shown += [
            (f"项目 {place}：{project.name or '（未命名）'}", project.id) for place, project in enumerate(projects, 1)
        ]
        shown.append(("空白表（手工填写）", BLANK))
        offer(self.scope, shown, self.scope.currentData())
        self._show_versions()
        self._show_fonts()

    def _show_versions(self) -> None:
        from ui.features.exports.named_versions import version_count

        count = version_count(self.session.store, self.session.draft_id)
        rename(self.with_versions, f"数据包带上命名版本（{count} 个）")
        self.with_versions.setVisible(count > 0 and self.scope.currentIndex() <= 0)

    def _versions(self, path: Path) -> tuple[NamedVersion, ...]:
        """Those that go into the package. UserError where one cannot be read."""
        from ui.features.exports.named_versions import named_versions

        wanted = path.suffix.lower() == ".jxmb" and self.with_versions.isChecked() and not self.scope.currentData()
        store = self.session.store
        return named_versions(store, self.session.draft_id) if wanted and isinstance(store, Store) else ()

    def _show_fonts(self) -> None:
        from exporters.pdf import substituted_fonts
        from ui.widgets.font_substitution import substitution_message

        scheme = self.session.draft.settings.font_scheme
        if scheme != self._scheme:
            self._scheme = scheme
            self._fonts.setText(substitution_message(substituted_fonts(self.session.template, scheme)))
            self._fonts.setVisible(bool(self._fonts.text()))

    def _chosen(self) -> Chosen:
        """What is to be written. UserError where the project or the form is gone."""
        from exporters.export_files import blank_draft, project_alone

        scope, draft, form = self.scope.currentData() or _WHOLE, self.session.draft, self.form.form
        if scope == BLANK:
            return Chosen(blank_draft(self.session.template, draft.settings.font_scheme), 1, form, self.form.own_forms)
        alone = (draft, 1) if scope == _WHOLE else project_alone(draft, scope)
        return Chosen(*alone, form, self.form.own_forms)

    def _name(self, suffix: str = "") -> str:
        return file_name(self.session, self.scope.currentData() or _WHOLE, None if suffix == ".jxmb" else self.form)

    # files

    def ask_whole(self, suffix: str) -> bool:
        """Asks where to write the whole text; False where the user cancelled."""
        self.scope.setCurrentIndex(0)
        return self.ask(suffix)

    def ask(self, suffix: str) -> bool:
        """Asks where to write what is chosen as a file of that kind, and writes it; False where the user cancelled."""
        if self._is_busy():
            return True
        if suffix != ".jxmb" and not self._may_go_out():
            return self._looked
        folder = self.folder if self.folder and self.folder.is_dir() else documents_folder()
        target = choose_export(self, folder / f"{self._name(suffix)}{suffix}")
        if target is not None:
            self.export_to(target)
        return target is not None

    def _is_busy(self) -> bool:
        """Whether another one is under way, which is said before a name is asked for."""
        if self._running:
            say(self, "上一次导出或打印还没有完成，请稍等，或先按「取消」。")
        return self._running

    def _may_go_out(self, still: str = "仍然导出") -> bool:
        """Whether the user lets a text with errors go out; the blank form has none."""
        self.wanted.emit()
        self._looked = False
        errors = self.count_errors()
        if not errors or errors == self._accepted or self.scope.currentData() == BLANK:
            return True
        answer = questions.ask_about_errors(self, errors, still)
        if answer == questions.ANYWAY:
            self._accepted = errors
        elif answer == questions.LOOK:
            self._looked = True
            self.looked_for.emit()
        return answer == questions.ANYWAY

    def export_to(self, path: Path) -> None:
        """Writes the draft as it is now, in a worker; what is typed meanwhile is not part of it."""
        if self._running:
            return
        self.wanted.emit()
        try:
            chosen = self._chosen()
            versions = self._versions(path)
        except UserError as error:
            self._not_done(error)
            return
        self._begin(f"正在导出 {printable(path.name)} …")
        work = partial(written_to, chosen, path, self._go_on(self._stop), versions)
        background.run(self, work, partial(self._written, path), self._not_done)

    def _ask_elsewhere(self) -> None:
        """Another place for what was finished but could not be written; nothing is made again."""
        if self._unwritten is None:
            return
        path, data = self._unwritten
        chosen = choose_export(self, documents_folder() / path.name)
        if chosen is not None:
            self._begin(f"正在保存 {printable(chosen.name)} …")
            background.run(self, partial(put, chosen, data), partial(self._written, chosen), self._not_done)

    def _go_on(self, stop: Event) -> Progress:
        def progress(done: int, count: int) -> None:
            if stop.is_set():
                raise CancelledError
            self._progressed.emit(done, count)

        return progress

    def _written(self, path: Path, left_out: str | None) -> None:
        """`left_out`: what the form does not print, in words."""
        self._last, self.folder, self._unwritten = path, path.parent, None
        self._end()
        printed = path.suffix.lower() not in {".jxmb", ".json"}  # a package holds everything
        kept = (
            "未能归位的文字没有打印。"
            if printed and self.session.document.unplaced and not self.scope.currentData()
            else ""
        )
        self.result.setText(f"已导出：{printable(str(path))}　{left_out or ''}{kept}".strip())
        self.exported.emit(str(path))

    def _not_done(self, error: Exception) -> None:
        path, data = getattr(error, "path", None), getattr(error, "data", None)
        self._last, self._unwritten = None, (path, data) if path is not None and data is not None else None
        self._end()
        if isinstance(error, CancelledError):
            self.result.setText("已取消，没有写文件。")
        else:
            why = explained(error, "程序内部出错，详情已记入日志；草稿没有受影响。", self.faulted.emit)
            self.result.setText(f"没有导出：{why}")

    # printing

    def print_whole(self) -> bool:
        self.scope.setCurrentIndex(0)
        return self.print_pages()

    def print_pages(self) -> bool:
        """Prints what is chosen, after the system's dialog; False where the user cancelled before."""
        if self._is_busy():
            return True
        if not self._may_go_out("仍然打印"):
            return self._looked
        try:
            chosen = self._chosen()
        except UserError as error:
            self._not_done(error)
            return True
        self._begin("正在排版 …")
        background.run(self, partial(pages_of, chosen), partial(self._print, chosen.draft), self._not_done)
        return True

    def _print(self, draft: Draft, pages: tuple[Page, ...]) -> None:
        # The library of the printers takes a while to load.
        from ui.widgets import printing

        if self._stop.is_set():
            self._printed("已取消")
            return
        printer = printing.choose_printer(self, self._name(), len(pages))
        if printer is None:
            self._printed("已取消")
            return
        wanted = printing.chosen_pages(pages, printer)
        scheme = self.session.template.font_scheme(draft.settings.font_scheme)
        self.result.setText(f"正在打印 {len(wanted)} 页 …")
        self._job = printing.PrintJob(wanted, printer, scheme, self)
        self._job.progressed.connect(self._show_progress)
        self._job.ended.connect(self._printed)
        self._job.start()

    def _printed(self, why: str) -> None:
        sent = self._job.sent if self._job is not None else ""
        self._job, self._last = None, None
        self._end()
        self.result.setText(f"没有打印：{why}。" if why else sent)

    # while it lasts

    def cancel(self) -> None:
        """Stops what is going on, as soon as it can be stopped."""
        self._stop.set()
        self._cancel.setEnabled(False)
        if self._job is not None:
            self._job.cancel()

    def _begin(self, what: str) -> None:
        self._stop = Event()
        self._running = True
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self.result.setText(what)
        if self._has_focus():
            self._from = self.focusWidget()
            self._cancel.show()
            self._cancel.setFocus()
        self._show_running()

    def _end(self) -> None:
        """The focus goes where work goes on. Left to Qt it would go to whatever comes next, and Enter would press that."""
        self._running, back = False, self._has_focus()
        for widget in (*self._buttons, self.scope):
            widget.setEnabled(True)
        if back:
            done, again = self._last is not None, self._unwritten is not None
            after = self.open_file if done else self.elsewhere if again else self._from or self._buttons[0]
            after.show()
            after.setFocus()
        self._from = None
        self._show_running()

    def _has_focus(self) -> bool:
        """Whether the user is here, and not meanwhile in a field of another page or panel."""
        focus = self.window().focusWidget()
        return focus is None or self.isAncestorOf(focus)

    def _show_running(self) -> None:
        for button in self._buttons:
            button.setEnabled(not self._running)
        self.scope.setEnabled(not self._running)
        for widget in (self._bar, self._cancel):
            widget.setVisible(self._running)
        for button in (self.open_file, self._open_folder):
            button.setVisible(not self._running and self._last is not None)
        self.elsewhere.setVisible(not self._running and self._unwritten is not None)

    def _show_progress(self, done: int, count: int) -> None:
        self._bar.setRange(0, count)
        self._bar.setValue(done)

    def _open(self, folder: bool) -> None:
        if self._last is None:
            return
        target = self._last.parent if folder else self._last
        if not target.exists():
            self.result.setText(f"「{target}」已经不在原处了，请重新导出。")
        elif not open_with_system(target):
            self.result.setText(f"系统没有能打开它的程序：{target}")
