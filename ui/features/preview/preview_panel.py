"""预览: the pages as they will be printed, beside the form, following what is typed."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from exporters.form_files import form_pages
from exporters.looks import CLOSER
from exporters.page_maker import PageMaker
from exporters.pdf import PagePainter, substituted_fonts
from exporters.sparse_pages import closer_pages
from models.document.fieldpath import PathError, parse
from models.errors import UserError
from models.session.session import Session
from ui.app import background
from ui.editor.field_places import step_of
from ui.features.preview.document_choice import DocumentChoice
from ui.features.preview.page_index import PageIndex
from ui.features.preview.pages_view import PagesView
from ui.shell.side_panel import Panel
from ui.widgets.flow import flow
from ui.widgets.font_substitution import substitution_message, substitution_note
from ui.widgets.keys import give_key
from ui.widgets.parts import column_of, push_button
from ui.widgets.style import characters, hint

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.placed_pages import Page
    from models.document.tree import Report
    from models.forms.form_definition import ProjectForm
    from models.reports.report_form import ReportForm
    from models.session.session import Change

WAIT = 80
"""Milliseconds after an edit until the laying out: keys struck in the meantime are part of it, and put it off."""
LONGEST = 1.0
"""Seconds after which it is put off no longer."""

_NAMED_PAGES = 5


class Preview(Panel):
    """Lays out in a worker, and only while it can be seen. Never takes the focus from the field being typed in."""

    chosen = Signal(str)
    """The path of a field whose words were clicked on."""
    faulted = Signal(object)
    """An exception of our own that stopped the laying out."""
    shown = Signal()
    """The newest text is on the pages."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._maker = PageMaker()
        self._path = ""
        self._stale, self._running = True, False
        self._scheme = ""
        self._pen: PagePainter | None = None
        self._count = 0
        self._put_off_since = 0.0
        self._timer = QTimer(self, singleShot=True, interval=WAIT)
        self._timer.timeout.connect(self._lay_out)
        self.view = PagesView()
        self.view.setAccessibleName("预览")
        self.view.clicked.connect(self._clicked)
        self.view.turned.connect(lambda _index: self._show_place())
        self.view.zoomed.connect(lambda _scale: self._show_place())
        self._sparse, self._fonts = hint(""), hint("")
        self._sparse.setVisible(False)
        gap = characters(self, 0.25)
        column = column_of(self, self._buttons(), (self.view, 1), self._sparse, self._fonts, gap=0.25)
        column.setContentsMargins(gap, gap, 2 * gap, 0)

    def _buttons(self) -> QWidget:
        """They wrap: in large type a narrow panel has no room for all in one row."""
        row: list[QWidget] = []
        for text, tip, keys, done in (
            ("缩小", "缩小", ("Ctrl+-",), self.view.zoom_out),
            ("放大", "放大", ("Ctrl++", "Ctrl+="), self.view.zoom_in),
            ("适宽", "与窗格同宽", ("Ctrl+0",), self.view.fit_width),
        ):
            button = push_button(text, done, f"{tip}（{keys[0]}）")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in its field
            for key in keys:
                give_key(button, key)
            row.append(button)
        self.form = DocumentChoice(self._session)
        self.form.chosen.connect(lambda: self.refresh(None))
        row.append(self.form)
        self._place = QLabel()
        self._place.setToolTip("大小 · 第几页 / 共几页")
        return flow(self, *row, self._place)

    # following the text

    def show_path(self, path: str) -> None:
        """The field with the focus: its page comes into view."""
        before, self._path = self._project, path
        if path and (self.form.follow(path) or self._project != before):
            self.refresh(None)
        elif self.isVisible():
            self.view.show_path(path)

    def show_step(self, step: int) -> None:
        """No field has the focus yet; the page of reports says itself which one it shows."""
        self._path = ""
        if step != step_of("reports") and self.form.follow(""):
            self.refresh(None)

    @property
    def _project(self) -> str:
        """The id of the project of the shown report one works in; "" for all of them, and for the text."""
        report = self.form.report
        if report is None or not self._path.startswith(f"reports[{report.id}].projects["):
            return ""
        return parse(self._path)[3].key

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start(0)
        else:
            self.view.show_path(self._path)

    def refresh(self, _change: Change | None) -> None:
        """The text changed."""
        self._stale = True
        if not self.isVisible() or self._running:
            return
        if not self._timer.isActive():
            self._put_off_since = time.monotonic()
        # Who types without a pause sees it too.
        if not self._timer.isActive() or time.monotonic() - self._put_off_since < LONGEST:
            self._timer.start(WAIT)

    def _lay_out(self) -> None:
        if self._running:
            return
        self._stale, self._running = False, True
        draft, template, maker = self._session.draft, self._session.template, self._maker
        form, own_forms = self._chosen_form(), self.form.own_forms
        report, project_id = self.form.report, self._project

        before = self.view.index

        def pages() -> tuple[Page, ...]:
            if report is None:
                return form_pages(draft, form) if form else maker.pages(draft.document, template, draft.settings)
            from exporters.reports.report_files import report_pages

            return report_pages(draft, report, _form_of(report, own_forms), project_id)

        def laid_out() -> tuple[tuple[Page, ...], PageIndex]:
            made = pages()
            return made, PageIndex(made, before)

        background.run(self, laid_out, partial(self._laid_out, draft.settings.font_scheme), self._failed)

    def _chosen_form(self) -> ProjectForm | None:
        """None for the text; also where the form's file is broken, which is said when a file is written."""
        self.form.refresh()
        try:
            return self.form.form
        except UserError:
            return None

    def _laid_out(self, scheme: str, made: tuple[tuple[Page, ...], PageIndex]) -> None:
        pages, index = made
        self._running = False
        self._take_fonts(scheme)
        if self._pen is None:
            return
        first = not self._count
        self._count = len(pages)
        self.view.show_pages(pages, self._pen, index)
        self._show_sparse(pages, index.sparse)
        if first and self.view.fits_width:
            self.view.fit_width()
        if self._path:
            self.view.show_path(self._path)
        self._show_place()
        self.shown.emit()
        if self._stale:
            self.refresh(None)

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._place.setText("预览没有更新")
        self.faulted.emit(error)

    def _take_fonts(self, scheme: str) -> None:
        if scheme == self._scheme:
            return
        template = self._session.template
        self._scheme, self._pen = scheme, PagePainter(template.font_scheme(scheme))
        missing = substituted_fonts(template, scheme)
        self._fonts.setText(substitution_note(missing))
        self._fonts.setToolTip(substitution_message(missing))
        self._fonts.setVisible(bool(missing))

    def _show_sparse(self, pages: tuple[Page, ...], sparse: tuple[int, ...]) -> None:
        sentences = []
        if sparse:
            sentences.append(f"第 {_named(sparse)} 页只有一两行，把前面的文字写短一点，可以省下。")
        if closer := closer_pages(pages):
            sentences.append(f"第 {_named(closer)} 页的行距小了 {CLOSER} 磅，省下了末尾不满的一页。")
        self._sparse.setText("".join(sentences))
        self._sparse.setVisible(bool(sentences))

    def _show_place(self) -> None:
        place = f" · {self.view.page + 1}/{self._count}" if self._count else ""
        self._place.setText(f"{self.view.scale:.0%}{place}")

    def _clicked(self, path: str) -> None:
        try:
            self._session.get(path)
        except PathError:
            return  # deleted since the pages were made
        self.chosen.emit(path)


def _form_of(report: Report, own_forms: Path | None) -> ReportForm:
    """The report's form; where its file is gone or broken the usual one: what is wrong is said when a file is written."""
    from models.reports.report_form import USUAL, form_of, load_form

    try:
        return form_of(report, own_forms)
    except UserError:
        return load_form(USUAL[report.kind])


def _named(numbers: tuple[int, ...]) -> str:
    return "、".join(map(str, numbers[:_NAMED_PAGES])) + (" 等" if len(numbers) > _NAMED_PAGES else "")
