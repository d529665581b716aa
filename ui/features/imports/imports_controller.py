"""Brings texts in: from files and the clipboard, read in a worker, reported, then taken over the way the user says."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from models.errors import CancelledError, UserError
from models.printable import printable
from resources import ROOT
from ui.shell.file_reader import BUSY
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from pathlib import Path

    from importers.import_files import Imported
    from models.document.tree import Draft, GoalDocument
    from models.forms.form_definition import ProjectForm
    from models.store import DraftSummary
    from ui.shell.workbench import Workbench
    from ui.widgets.import_report_dialog import TakeOver

SAMPLE = ROOT / "sample" / "sample.txt"


class ImportsController(Controller):
    """Several files are read one after the other, each with its report."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._files: tuple[Path, ...] = ()
        """What was dropped together, while it is read; of it the place of the one under way, and why some were not read."""
        self._place = 0
        self._unread: list[str] = []

    def choose_file(self) -> None:
        """Asks for a file and reads it."""
        from ui.widgets.file_dialogs import choose_import, documents_folder

        workbench = self._workbench
        if workbench.store is None:
            return
        file = choose_import(workbench.widget, workbench.recall_folder("import.folder") or documents_folder())
        if file is not None:
            workbench.remember("import.folder", str(file.parent))
            self.import_files([file])

    def import_files(self, files: list[Path]) -> None:
        """Reads the files in a worker, one after the other, and shows the report of each."""
        if not files or self._workbench.store is None:
            return
        if self._workbench.reader.is_busy:
            self._workbench.status(BUSY)
            return
        self._files, self._unread = tuple(files), []
        self._read_next(0)

    def _read_next(self, place: int) -> None:
        if place >= len(self._files):
            if self._unread and len(self._files) > 1:
                self._workbench.status(f"{len(self._unread)} 个文件没有导入：{'；'.join(self._unread)}")
            self._files = ()
            return
        file, count = self._files[place], len(self._files)
        which = f"（第 {place + 1} 个，共 {count} 个）" if count > 1 else ""
        self._workbench.status(f"正在读取 {file.name}{which} …")
        self._place = place
        done = partial(self._report_and_go_on, printable(file.name), which)
        self._workbench.reader.read(file, done, self._not_read)

    def _report_and_go_on(self, name: str, which: str, imported: Imported) -> None:
        if self._show_report(name, imported, which):
            # The window shows the draft that came before it asks about the next.
            QTimer.singleShot(0, self, partial(self._read_next, self._place + 1))
            return
        left = len(self._files) - self._place - 1
        rest = f"，后面 {left} 个文件也没有读；需要时请再拖进来" if left else ""
        self._workbench.status(f"没有导入「{name}」{rest}。")
        self._files = ()

    def _not_read(self, error: Exception) -> None:
        reason = self._workbench.reader.reason(error)
        self._workbench.status(reason)
        if isinstance(error, CancelledError):
            self._files = ()
        elif self._files:  # one that cannot be read does not keep the others away
            self._unread.append(reason)
            QTimer.singleShot(0, self, partial(self._read_next, self._place + 1))

    def import_clipboard(self) -> None:
        """Reads what was copied from Word, WPS, Excel or a browser."""
        from importers.clipboard import NAME, read_clipboard

        if self._workbench.store is None:
            return
        copied = QApplication.clipboard().mimeData() or QMimeData()
        html, text = copied.html() or None, copied.text() or None
        self._workbench.reader.run(
            partial(read_clipboard, html, text, self._workbench.home), partial(self._show_report, NAME)
        )

    def open_package(self) -> None:
        """Asks for a package; it becomes a new draft."""
        from ui.widgets.file_dialogs import choose_package, documents_folder

        workbench = self._workbench
        if workbench.store is None:
            return
        file = choose_package(workbench.widget, workbench.recall_folder("package.folder") or documents_folder())
        if file is not None:
            workbench.remember("package.folder", str(file.parent))
            workbench.reader.read(file, self._take_package)

    def _take_package(self, imported: Imported) -> None:
        """A draft of the same unit and year may be here already: both stay unless the user wants it replaced."""
        from ui.shell.draft_table import draft_name
        from ui.widgets import questions

        known = self._known(imported.draft.document)
        if known is not None:
            answer = questions.ask_about_known_draft(self._workbench.widget, draft_name(known))
            if answer == questions.REPLACE:
                self._replace_known(known.id, imported)
            if answer != questions.BESIDE:
                return
        self._workbench.take_imported(imported)
        self._workbench.status(imported.report.lines[0])

    def _known(self, document: GoalDocument) -> DraftSummary | None:
        """The draft of that unit and year that was saved last; None where there is none, or the unit is not written."""
        store, unit = self._workbench.store, document.unit
        if store is None or not (unit.code or unit.name):
            return None
        with suppress(UserError):
            wanted = document.year, unit.code, unit.name
            lines = (line for line in store.list() if not line.deleted)
            return next((line for line in lines if (line.year, line.unit_code, line.unit_name) == wanted), None)
        return None

    def _replace_known(self, draft_id: int, imported: Imported) -> None:
        """What the package holds takes the place of the draft's words: one undo step. A final text refuses, and says so."""
        workbench = self._workbench
        if workbench.session is None or workbench.session.draft_id != draft_id:
            workbench.open_draft(draft_id)
        session = workbench.session
        if session is None or session.draft_id != draft_id:
            return
        workbench.commit_pending()
        after = replace(imported.draft, state=session.draft.state)
        if session.change("用数据包替换全文", after, kind="import"):
            self._bring_versions(draft_id, imported)
            workbench.status("已用数据包替换这份草稿的内容，可以撤销。")

    def _bring_versions(self, draft_id: int, imported: Imported) -> None:
        from models.store.revisions import Revisions

        if imported.versions and self._workbench.store is not None:
            with suppress(UserError):
                Revisions(self._workbench.store).bring(draft_id, imported.versions)

    def open_sample(self) -> None:
        """The built-in sample becomes a new draft."""
        self._workbench.reader.read(SAMPLE, lambda imported: self._workbench.take_draft(imported.draft))

    def _show_report(self, name: str, imported: Imported, which: str = "") -> bool:
        """`which`: «the second of seven». False where the user did not want it."""
        from ui.widgets.import_report_dialog import ImportReportDialog

        workbench, session = self._workbench, self._workbench.session
        imported = _with_advice(imported, session.draft) if session is not None else imported
        if session is None and name.lower().endswith(".jxmb"):  # whole, and nothing to choose: no question
            self._take_package(imported)
            return True
        takes = session is not None and (not session.is_locked or imported.is_report)
        changes = None
        if session is not None and takes and imported.is_filled_in:
            from models.exchange.fill_in_workbook import matching, updated

            workbench.commit_pending()
            if matching(session.document, imported.draft.document):
                changes = updated(session.document, imported.draft.document, self._form(imported)).lines
        if session is not None and imported.is_report:
            from models.reports.matching import fill

            workbench.commit_pending()
            filled = fill(session.draft, imported.draft)
            changes = filled.lines if filled is not None else None
        place = self._put_unplaced if changes is None else None  # what an update changes is told already
        dialog = ImportReportDialog(
            f"{name}{which}", imported.draft, imported.report, takes, workbench.widget, changes=changes, place=place
        )
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        draft = dialog.draft
        if (year := dialog.year()) is not None:
            draft = replace(draft, document=replace(draft.document, year=year))
        imported = replace(imported, draft=draft)
        self._take_over(name, imported, dialog.choice())
        return True

    def _put_unplaced(self, document: GoalDocument, parent: QWidget) -> GoalDocument:
        from ui.features.imports.placing_words import place_before_import

        return place_before_import(document, self._workbench.home, parent)

    def _form(self, imported: Imported) -> ProjectForm | None:
        """The form whose tables were read, or whose columns a workbook has."""
        from models.forms.form_definition import load_form, user_forms

        return load_form(imported.form, user_forms(self._workbench.home)) if imported.form else None

    def _take_over(self, name: str, imported: Imported, choice: TakeOver) -> None:
        from models.checks.ignored import carried_over
        from models.document.adding import added
        from models.session.review_comments import merged
        from ui.shell.returned_comments import with_comments
        from ui.widgets.import_report_dialog import TakeOver

        workbench, session = self._workbench, self._workbench.session
        if choice is TakeOver.NEW or session is None:
            if workbench.take_imported(imported):
                before = "，原来打开的草稿在首页" if session is not None else ""
                workbench.status(f"已把「{name}」读成一份新草稿{before}；原文件没有改动。")
            return
        if choice is TakeOver.UPDATE and imported.is_report:
            from models.reports.matching import fill

            filled = fill(session.draft, imported.draft)
            if filled is not None:
                session.change(f"读入「{name}」的结果", filled.draft, kind="import")
                rest = f"，{filled.unmatched} 处没有对上，请核对" if filled.unmatched else ""
                workbench.status(f"已把「{name}」的结果填进当前草稿{rest}；可以撤销。")
        elif choice is TakeOver.UPDATE:
            from models.exchange.fill_in_workbook import updated

            result = updated(session.document, imported.draft.document, self._form(imported))
            session.change(f"用「{name}」更新项目", result.document, kind="import")
            workbench.status(f"已用「{name}」更新当前草稿，改动 {len(result.lines)} 处，可以撤销。")
        elif choice is TakeOver.REPLACE:
            if session.draft.reports:
                from models.reports.matching import with_known_ids

                imported = replace(imported, draft=with_known_ids(session.draft, imported.draft))
            document = _in_place(session.document, imported, self._form(imported))
            if document.year is None:  # the text does not say it, and nobody was sure
                document = replace(document, year=session.document.year)
            ignored = carried_over(session.draft.ignored, session.document, document)
            remarks = carried_over(session.draft.remarks, session.document, document)
            remarks, _new = merged(remarks, imported.draft.remarks)
            headings = session.draft.settings.unit_headings or imported.draft.settings.unit_headings
            settings = replace(session.draft.settings, unit_headings=headings)
            after = replace(session.draft, document=document, settings=settings, ignored=ignored, remarks=remarks)
            after = _with_results(after, imported.draft)
            session.change(f"导入「{name}」替换全文", after, kind="import")
            workbench.status(f"已用「{name}」替换当前草稿的内容，可以撤销。")
        else:
            after = replace(session.draft, document=added(session.document, imported.draft.document))
            after = _with_results(after, imported.draft)
            session.change(f"添加「{name}」的内容", with_comments(after, imported.comments), kind="import")
            workbench.status(f"已把「{name}」的内容添加到当前草稿，可以撤销。")


def _with_results(draft: Draft, read: Draft) -> Draft:
    """The draft with the results of what was read, whose projects are its last ones."""
    from models.reports.matching import brought

    count = len(read.document.projects)
    return brought(draft, read, draft.document.projects[-count:]) if read.reports and count else draft


def _in_place(document: GoalDocument, imported: Imported, form: ProjectForm | None) -> GoalDocument:
    """What is to stand in the place of the document: all that was read; of a form's tables what they show alone."""
    from models.forms.printed_fields import updated_by

    if form is None or imported.is_filled_in:
        return imported.draft.document
    return updated_by(document, imported.draft.document, form)


def _with_advice(imported: Imported, department: Draft) -> Imported:
    """With a hint in its report where it is the newer text of a unit that was merged into the open draft."""
    if not department.provenance.merged_from:
        return imported
    from importers.report import Kind, Note
    from models.merge import merged_units, unit_number, unit_of

    unit = unit_of(imported.draft.document)
    if unit_number(merged_units(department.provenance), unit) is None:
        return imported
    words = (
        f"「{unit.name or unit.code}」已汇总在当前的部门文本里。要带入它的改动而不丢部门的修改，"
        "请取消，改用「工具」菜单的「更新下属单位」添加这个文件。"
    )
    report = replace(imported.report, notes=(*imported.report.notes, Note(Kind.HINT, words)))
    return replace(imported, report=report)
