"""⑦ 监控和自评: one page a project, its funds and its targets with what was reached, for the report that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from models.document import fieldpath
from models.document.tree import Project, ProjectResult, Report, ReportKind
from models.reports import report_cells, results
from models.reports.report_form import ReportForm, report_title
from models.session.session import Change, Session
from ui.editor.fields import LineField
from ui.editor.stages.report_form_choice import ReportFormChoice
from ui.editor.stages.report_page import PointsLine, ReportPage
from ui.editor.stages.report_texts import ReportTexts
from ui.editor.stages.result_model import ResultModel
from ui.editor.stages.result_view import ResultView
from ui.editor.stages.scoring_choices import ScoringChoices
from ui.editor.steps import Step, is_typing
from ui.widgets.flow import flow
from ui.widgets.messages import say
from ui.widgets.name_choice import NameChoice
from ui.widgets.parts import column_of, fill, offer, push_button, rename, roomy_column, side_by_side
from ui.widgets.style import characters, hint, labelled, title

if TYPE_CHECKING:
    from models.checks.registry import Problem

_FUND_WIDTHS: Mapping[ReportKind, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "自评": ((7, 5, 5, 5, 3, 4, 3.5), (3, 1, 1, 1, 0.5, 0.5, 0.5)),
    "监控": ((7, 6, 6, 4, 6), (3, 1, 1, 0.5, 1)),
}
_ROW_WIDTHS: Mapping[ReportKind, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "自评": ((4.6, 4.6, 6, 5, 5, 2.8, 3.8, 7), (0.5, 1, 6, 3, 3, 0.2, 0.4, 8)),
    "监控": ((4.2, 4.2, 5, 4.6, 4.6, 4.6, 4.6, 5, 5, 3.4), (0.5, 1, 4, 2, 2, 2, 1, 5, 1, 2)),
}
_FILES = (
    *(("Word…", "reports.word"), ("Excel…", "reports.excel"), ("PDF…", "reports.pdf"), ("打印…", "reports.print")),
    *(("填报模板…", "reports.fill_in"), ("录入表…", "reports.bureau")),
)
_KINDS: tuple[ReportKind, ReportKind] = ("监控", "自评")
_MORE = (4.0, 1.0)
"""Of a column that only a form of the user's own has."""
TAKE_ALL, CLOSE, REOPEN, FILES = report_cells.TAKE_ALL, "定稿", "重新打开", "导出打印"


class ReportStep(Step):
    """Each command is one undo step. Nothing is made before something is typed: a page that is only looked at stays empty."""

    title = "监控和自评"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._report_id = self._project_id = ""
        self.report_choice, self.project_choice = NameChoice(), NameChoice()
        self.month = self.bind(LineField(session))
        self.funds = self._table("资金执行情况", self._fund_table, _FUND_WIDTHS["自评"])
        self.rows = self._table("指标完成情况", self._row_table, _ROW_WIDTHS["自评"])
        self.texts = ReportTexts(session, self.bind)
        self.scoring = ScoringChoices(session, self.commit_pending)
        self.form_choice = ReportFormChoice(session, self.commit_pending)
        self._form: ReportForm | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self._report_page())
        roomy_column(self, self._pages)
        self.report_choice.currentIndexChanged.connect(self._report_chosen)
        self.project_choice.currentIndexChanged.connect(self._project_chosen)
        self.refresh(None)

    # Layout

    def _table(self, name: str, read: object, widths: tuple[tuple[float, ...], tuple[float, ...]]) -> ResultView:
        model = ResultModel(self.session, read, self)  # type: ignore[arg-type]  # one of the two methods below
        view = ResultView(model, self.session, *widths, name)
        view.cell_focused.connect(self.field_focused)
        return view

    def _empty_page(self) -> QWidget:
        page = QWidget()
        words = "年中填「绩效运行监控表」，年后填「绩效自评表」：项目、指标和目标值从本稿带出来，只填完成情况，得分随填随算。"
        begun = (self._button(f"开始{kind}", f"begin {kind}", partial(self.begin, kind)) for kind in _KINDS)
        fill(QVBoxLayout(page), title(self.title), hint(words), *begun, 1)
        return page

    def _report_page(self) -> QWidget:
        page = QWidget()
        self._month_label = labelled("截至月份", self.month)
        self.month.setMaximumWidth(characters(self, 7))
        choices = (self.report_choice, self._month_label, self.month)
        made = [self._button(f"新建{kind}", f"new {kind}", partial(self.begin, kind)) for kind in _KINDS]
        made += [self._button(TAKE_ALL, "take", self.take_all), self._button(CLOSE, "close", self.toggle_final)]
        files = self._button(FILES, "files", lambda: None)
        menu = QMenu(files)
        for text, action in _FILES:
            menu.addAction(text, lambda action=action: self.action_wanted.emit(action))
        files.setMenu(menu)
        made.append(files)
        project = labelled("项目", self.project_choice)
        # As high as its rows: a bar that came and went would wrap and unwrap the header's names without an end.
        self.funds.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.funds.set_height_limit(characters(self, 100))
        self.points = PointsLine(labelled("指标完成情况", self.rows), self)
        column_of(
            page,
            flow(self, labelled("报告", self.report_choice), *choices, *made),
            side_by_side(project, (self.project_choice, 1), self.form_choice, self.scoring),
            labelled("资金执行情况", self.funds),
            self.funds,
            self.points,
            (self.rows, 1),
            self.texts,
        )
        self.area = ReportPage(page, (self.funds, self.rows), self.rows)
        return self.area

    def _button(self, text: str, name: str, do: Callable[[], object]) -> QPushButton:
        button = self._buttons[name] = push_button(text, do)
        return button

    def button(self, name: str) -> QPushButton:
        """One of «begin 自评», «new 监控», «take», «close», «files»."""
        return self._buttons[name]

    # What is shown

    @property
    def report(self) -> Report | None:
        """The report that is chosen."""
        return next((one for one in self.session.draft.reports if one.id == self._report_id), None)

    def _shown(self) -> tuple[Project, ProjectResult] | None:
        report = self.report
        if report is None:
            return None
        pairs = results.shown_projects(self.session.document, report)
        return next((pair for pair in pairs if pair[0].id == self._project_id), None)

    def _fund_table(self) -> tuple[Sequence[report_cells.Column], Sequence[report_cells.Row]]:
        report, shown = self.report, self._shown()
        if report is None or shown is None:
            return (), ()
        return report_cells.fund_columns(report, self._form), report_cells.fund_rows(*shown, report, self._form)

    def _row_table(self) -> tuple[Sequence[report_cells.Column], Sequence[report_cells.Row]]:
        report, shown = self.report, self._shown()
        if report is None or shown is None:
            return (), ()
        rows = report_cells.indicator_rows(*shown, report, self._form)
        return report_cells.indicator_columns(report, self._form), rows

    def refresh(self, change: Change | None) -> None:
        if (
            change is not None
            and change.before.document is change.after.document
            and change.before.reports is change.after.reports
        ):
            super().refresh(change)
            return
        self._list_reports()
        self._list_projects()
        report = self.report
        self._pages.setCurrentIndex(0 if report is None else 1)
        locked = report is not None and report.state == "定稿"
        if not is_typing(change):  # no key waits for the files of forms to be looked at
            self._form = self.form_choice.form_of(report) if report is not None else None
            self.form_choice.show_report(report, locked=locked)
        columns = (report_cells.fund_columns, report_cells.indicator_columns)
        for view, widths, of in zip((self.funds, self.rows), (_FUND_WIDTHS, _ROW_WIDTHS), columns, strict=True):
            view.results.is_locked = locked
            if report is not None:
                more = len(of(report, self._form)) - len(of(report))
                least, shares = widths[report.kind]
                view.use_widths((*least, *[_MORE[0]] * more), (*shares, *[_MORE[1]] * more))
            view.results.refresh()
        self._show_fields(report, locked)
        super().refresh(change)

    def _show_fields(self, report: Report | None, locked: bool) -> None:
        if report is None:
            return
        rename(self._buttons["close"], REOPEN if locked else CLOSE)
        self._buttons["take"].setVisible(report.kind == "自评")
        self._buttons["take"].setEnabled(not locked)
        for part in (self._month_label, self.month):
            part.setVisible(report.kind == "监控")
        self.month.set_path(f"reports[{report.id}].as_of" if report.kind == "监控" else "")
        here = f"reports[{report.id}].projects[{self._project_id}]" if self._project_id else ""
        shown = self._shown()
        printed = self._form.fields("result") if self._form else ()
        self.texts.show_result(report.kind, here, shown[1] if shown else None, printed)
        self.scoring.show_report(report, locked=locked)
        is_scored = shown is not None and report.kind == "自评"
        self.points.show_parts(report_cells.points_parts(*shown, report) if shown and is_scored else ())
        self.area.updateGeometry()

    def _list_reports(self) -> None:
        reports = self.session.draft.reports
        if reports and self.report is None:
            self._report_id = reports[-1].id
        lines = [(report_title(report), report.id) for report in reports]
        offer(self.report_choice, lines, self._report_id)

    def _list_projects(self) -> None:
        report = self.report
        if report is None:
            return
        shown = [project for project, _result in results.shown_projects(self.session.document, report)]
        if self._project_id not in {project.id for project in shown}:
            self._project_id = shown[0].id if shown else ""
        there = {project.id for project in self.session.document.projects}
        lines = [
            (f"{place}. {project.name or '（未命名）'}{'' if project.id in there else '（已删除）'}", project.id)
            for place, project in enumerate(shown, 1)
        ]
        offer(self.project_choice, lines, self._project_id)

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().show_problems(problems)
        for view in (self.funds, self.rows):
            view.results.show_problems(problems)

    # What the user does

    def _report_chosen(self, _row: int) -> None:
        self.choose(str(self.report_choice.currentData() or ""), self._project_id)

    def _project_chosen(self, _row: int) -> None:
        self.choose(self._report_id, str(self.project_choice.currentData() or ""))

    def choose(self, report_id: str, project_id: str = "") -> None:
        """Shows another report or project; what is still being typed is taken over first."""
        self.commit_pending()
        self._report_id, self._project_id = report_id, project_id or self._project_id
        self.refresh(None)
        for view in (self.funds, self.rows):
            view.fit_columns()
        self.part_shown.emit(f"reports[{report_id}].projects[{self._project_id}]" if report_id else "")

    def begin(self, kind: ReportKind) -> None:
        """A new report of that kind, shown; of a 监控 the month it speaks of is to be filled in."""
        self.commit_pending()
        report = results.new_report(self.session.document, kind)
        self.session.change(f"新建{kind}", report_cells.with_new_report(self.session.draft, report))
        self.choose(report.id)
        self.focus_first()

    def take_all(self) -> None:
        """Every grey proposal of the report, in one step."""
        report = self.report
        if report is None:
            return
        self.commit_pending()
        after, count = report_cells.with_proposals(self.session.draft, report)
        self.session.change(report_cells.TAKE_ALL, after)
        say(
            self,
            f"已采用 {count} 处建议，按 Ctrl+Z 可以撤销。" if count else "没有可以采用的建议。",
            undoable=bool(count),
        )

    def toggle_final(self) -> None:
        """Closes the report over the targets as they are, or opens it again."""
        report = self.report
        if report is None:
            return
        self.commit_pending()
        draft = self.session.draft
        if report.state == "定稿":
            opened = results.with_report(draft, results.reopened(draft, report))
            self.session.change(f"重新打开{report.kind}", opened)
        else:
            self.session.change(f"{report.kind}定稿", results.with_report(draft, results.closed(draft, report)))
            say(self, f"{report.kind}已定稿，以后目标改了也按现在的印。要修改时按「{REOPEN}」。")

    # Focus

    def focus_first(self) -> bool:
        report = self.report
        if report is None:
            self._buttons["begin 自评"].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if report.kind == "监控" and not report.as_of:
            self.month.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.rows.focus_first() or self.funds.focus_first()

    def focus_path(self, path: str) -> bool:
        steps = fieldpath.parse(path)
        if steps[0].name != "reports" or len(steps) < 2:
            return False
        report_id = steps[1].key
        if all(report.id != report_id for report in self.session.draft.reports):
            return False
        project_id = steps[3].key if len(steps) > 3 else self._project_id
        if (report_id, project_id) != (self._report_id, self._project_id):
            self.choose(report_id, project_id)
        self.texts.unfold_for(path)
        if super().focus_path(path):
            if (focused := self.focusWidget()) is not None:
                self.area.ensureWidgetVisible(focused)
            return True
        if self.funds.focus_path(path) or self.rows.focus_path(path):
            return True
        return self.focus_first()

    def commit_pending(self) -> None:
        for view in (self.funds, self.rows):
            view.commit_editor()
        super().commit_pending()
