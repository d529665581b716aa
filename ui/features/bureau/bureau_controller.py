"""The bureau's online system: the indicators as its workbook, and one project's on the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QInputDialog

from models.errors import UserError
from models.printable import printable
from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.document.tree import Project
    from models.exchange.bureau_system import BureauSystem, Doubt


class BureauController(Controller):
    """Reads the draft, never alters it."""

    def export(self) -> None:
        """Asks for a file and writes all indicators in the system's columns."""
        system = self._system()
        if system is None:
            return
        self._workbench.commit_pending()
        document = self._session.document
        year = f"{document.year}年" if document.year is not None else ""
        name = f"{year}{document.unit.name}{system.sheet}（系统录入）.xlsx"
        path = self._choose_export(name, "导出系统录入表")
        if path is not None:
            self.export_to(path, system)

    def export_to(self, path: Path, system: BureauSystem | None = None) -> None:
        """Writes the workbook; reports what it could not split."""
        from exporters.bureau_workbook import write_bureau
        from models.exchange.bureau_system import doubts, usual_system

        document = self._session.document
        try:
            rows = write_bureau(document, system or usual_system(), path)
        except UserError as error:
            self._workbench.status(str(error))
            return
        self._report(
            f"已按「{(system or usual_system()).name}」导出 {rows} 行到 {printable(path.name)}", list(doubts(document))
        )

    def copy(self) -> None:
        """Puts the rows of the project that is shown on the clipboard, without a header."""
        from models.exchange.bureau_system import doubts, project_rows
        from ui.widgets.table_clipboard import to_mime

        self._workbench.commit_pending()
        project, system = self._project(), self._system()
        if project is None or system is None:
            return
        if not project.indicators:
            self._workbench.status("这个项目还没有绩效指标，没有可以复制的行。")
            return
        QApplication.clipboard().setMimeData(to_mime(project_rows(project, system)))
        document = self._session.document
        number = document.projects.index(project) + 1
        done = (
            f"已按「{system.name}」的列序复制项目 {number} 的 {len(project.indicators)} 行指标，可以粘贴到系统或 Excel"
        )
        self._report(done, list(doubts(document, project.id)))

    def _project(self) -> Project | None:
        projects, path = self._session.document.projects, self._workbench.path
        chosen = next((project for project in projects if path.startswith(f"projects[{project.id}]")), None)
        if chosen is None and len(projects) == 1:
            chosen = projects[0]
        if chosen is None:
            why = "请先在「⑤ 预算项目绩效目标」里选好要复制的项目。" if projects else "还没有预算项目。"
            self._workbench.status(why)
        return chosen

    def _system(self) -> BureauSystem | None:
        """The system; asks only where there are several."""
        from models.exchange.bureau_system import load_systems, usual_system

        try:
            systems = load_systems()
            if len(systems) < 2:
                return usual_system()
        except UserError as error:
            self._workbench.status(str(error))
            return None
        from ui.widgets.help_places import helped_by

        names = [system.name for system in systems]
        last = self._workbench.store.recall("bureau.system") if self._workbench.store else ""
        with helped_by("bureau"):
            name, chosen = QInputDialog.getItem(
                self._workbench.widget,
                "录入系统",
                "按哪个系统的列",
                names,
                names.index(last) if last in names else 0,
                False,
            )
        if not chosen:
            return None
        self._workbench.remember("bureau.system", name)
        return systems[names.index(name)]

    def _report(self, done: str, found: Sequence[Doubt]) -> None:
        """One line; with the places to look at, where there are any, in a list beside."""
        self._workbench.status(f"{done}；有 {len(found)} 处请核对。" if found else f"{done}。")
        if not found:
            return
        from ui.widgets.places_dialog import PlacesDialog

        lines = [(doubt.text, doubt.path) for doubt in found]
        note = "草稿没有改动；文件里这几处请核对。按回车或双击转到该处。"
        dialog = PlacesDialog("请核对的指标值", "没有把握拆开的指标值", lines, note, self._workbench.widget)
        dialog.go.connect(self._workbench.go_to)
        dialog.show()

    def draft_left(self) -> None:
        from ui.widgets.places_dialog import PlacesDialog

        for dialog in self._workbench.widget.findChildren(PlacesDialog):
            dialog.close()
