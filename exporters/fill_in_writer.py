"""Writes the workbook that colleagues fill in: instructions, an example, one protected sheet a project, lists to choose from."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exporters.workbooks import BORDER, INPUT_FILL, LABEL_FILL, new_workbook, packed, protect
from models.document import fieldpath
from models.document.template import Template, TierScheme, load_template
from models.document.tree import Details, Draft, GoalDocument, Indicator, Project
from models.document.values import SIGNS
from models.errors import UserError
from models.exchange.fill_in_workbook import (
    DEFINED_NAME,
    EMPTY_PROJECTS,
    FIRST_ROW,
    FORMAT,
    GOAL_LABEL,
    HIDDEN,
    HINT_ROW,
    INPUT,
    LABEL,
    LEAST_GOALS,
    LEAST_ROWS,
    MORE_GOALS,
    MORE_ROWS,
    TITLE_ROW,
    WITH_FORM,
    Columns,
    columns_of,
    split,
)
from models.forms.form_definition import ProjectForm
from models.session.session import new_project

_LONGEST = 32_767
"""Characters of a cell, as Excel counts them: 𠮷 is two."""
_LISTS = "列表"
_WIDTHS = {
    "tier1": 16,
    "tier2": 18,
    "name": 22,
    "description": 26,
    "sign": 6,
    "number": 14,
    "unit": 10,
    "basis": 20,
    "weight": 8,
}
_LABELS_WIDTH, _SPARE_WIDTH, _LEAST_WIDTH = 16, 18, 5
"""Of the column of labels at least, and of those that a sheet of a narrow table has besides."""
_TALL = {"fund_use": 80.0, "details.long_term_goal": 80.0, "details.basis_for_setting": 80.0, "details.summary": 80.0}
_WRAP = Alignment(wrap_text=True, vertical="center")
_HINT = "只填浅黄色的格子；填法见「填报说明」。"


def fill_in_bytes(draft: Draft, form: ProjectForm | None = None) -> bytes:
    """The .xlsx for the projects of a draft; of empty ones where it has none. UserError where a text is too long for a cell.

    `form`: another one, whose columns are to be filled in instead of the text's.
    """
    document, template = draft.document, load_template(draft.document.template)
    book = new_workbook("项目绩效目标填报模板")
    first: Worksheet = book.worksheets[0]
    columns = columns_of(template, form)
    _write_instructions(first, columns, form)
    lists = _Lists(book, template, template.scheme(draft.settings.tier_scheme))
    page = _Page(book, template, lists, columns)
    page.add("示例", _example(template), "")
    marks = _marks(draft, form)
    projects = document.projects or tuple(new_project(document, template) for _ in range(EMPTY_PROJECTS))
    for number, project in enumerate(projects, 1):
        page.add(f"项目{number}", project, marks)
    book.move_sheet(lists.sheet, len(book.worksheets))
    book.defined_names[DEFINED_NAME] = DefinedName(DEFINED_NAME, attr_text=f"'{_LISTS}'!$A$1")
    book.active = 2
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[2]
    return packed(book)


def write_fill_in(draft: Draft, path: Path, form: ProjectForm | None = None) -> int:
    """Writes the workbook and returns its number of project sheets. UserError, naming the file, where it cannot be written."""
    from exporters.atomic import write_made

    write_made(path, lambda: fill_in_bytes(draft, form))
    return len(draft.document.projects) or EMPTY_PROJECTS


def _marks(draft: Draft, form: ProjectForm | None) -> str:
    document: GoalDocument = draft.document
    year = "" if document.year is None else str(document.year)
    parts = (document.template, draft.settings.tier_scheme, year, document.unit.code, document.unit.name)
    return "\t".join((WITH_FORM, form.id, *parts) if form else (FORMAT, *parts))


def _example(template: Template) -> Project:
    rows = (
        Indicator(
            "1", "产出指标", "数量指标", "培训农户人次", "全年参加培训的农户累计人次", "≥1200人次", "年度培训计划"
        ),
        Indicator("2", "产出指标", "质量指标", "培训考核合格率", "合格人次占参训人次的比例", "≥95%", "年度培训计划"),
        Indicator(
            "3", "产出指标", "时效指标", "培训完成时间", "全部培训班结束的日期", "2026年11月底前", "年度培训计划"
        ),
        Indicator(
            "4", "满意度指标", "服务对象满意度指标", "参训农户满意度", "满意农户占被调查农户的比例", "≥92%", "问卷调查"
        ),
    )
    return Project(
        "example",
        code="13992126P00012310001T",
        name="农业技术培训项目",
        amount_unit=template.amount_units[0],
        budget="60.00",
        fiscal_funds="50.00",
        other_funds="10.00",
        fund_use="用于聘请授课专家、编印培训教材、租用教学场地。",
        spending_plan=("20%", "45%", "80%", "100%"),
        goals=("全年培训农户1200人次，考核合格率达到95%以上。",),
        indicators=rows,
        details=Details(department="县农业农村局", implementing_unit="县农业技术推广站", nature="经常性项目"),
    )


def _instructions(columns: Columns, form: ProjectForm | None) -> list[str]:
    """How it is filled in, as far as its columns ask for it."""
    names = {name for _label, name in columns.lines}
    table = {content for _label, content in columns.table}
    plan = "；支出计划填累计百分比，如 25%" if "spending_plan[0]" in names else ""
    goals = "绩效目标一格一条，不要写序号。" if columns.has_goals else ""
    lists = [
        name for name, is_there in (("一级指标、二级指标", "tier1" in table), ("计量单位", "unit" in table)) if is_there
    ]
    lists += ["金额单位"] if "amount_unit" in names else []
    lines = (
        f"这是「{form.name}」的栏目。" if form is not None else "",
        "每个项目一张工作表（项目1、项目2 …）。请只填浅黄色的格子；其他格子已锁定，没有密码，不需要改动。",
        f"{'、'.join(lists)}请从下拉列表里选"
        f"{'；二级指标的列表跟着这一行的一级指标走' if {'tier1', 'tier2'} <= table else ''}。"
        if lists
        else "",
        "指标值分三格填：符号（≥ ≤ ＝ ＞ ＜，没有就空着）、数字、计量单位。不是数字的（如 优良），写在「指标值」一格里。"
        if "unit" in table
        else "",
        f"金额按「金额单位」填数字，不带单位{plan}。" if "budget" in names else "",
        f"文字可以分段：按 Alt+Enter 换行。{goals}",
        "请不要增删工作表、改工作表里的标签或移动行列。填好后保存为 .xlsx，发回给汇总人，由他用「导入文件」读入。",
        "「示例」是一张填好的表，供参照，不会被读入。",
    )
    return ["填报说明", *(f"{number}. {line}" for number, line in enumerate(filter(None, lines), 1))]


def _write_instructions(sheet: Worksheet, columns: Columns, form: ProjectForm | None) -> None:
    sheet.title = "填报说明"
    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate(_instructions(columns, form), 1):
        cell = sheet.cell(number, 1, line)
        cell.alignment = _WRAP
        cell.font = Font(name="宋体", size=16 if number == 1 else 11, bold=number == 1)
        sheet.row_dimensions[number].height = 30
    sheet.protection.sheet = True


class _Lists:
    """The hidden sheet of what can be chosen; a second tier's list has its first tier's name."""

    def __init__(self, book: Workbook, template: Template, scheme: TierScheme) -> None:
        self._book = book
        self.sheet: Worksheet = book.create_sheet(_LISTS)
        self.sheet.sheet_state = "hidden"
        self._column = 0
        self.tiers = self._add("一级指标列表", tuple(scheme.tiers))
        for tier1, below in scheme.tiers.items():
            self._add(tier1, below)
        units = [unit for group in template.units.values() for unit in group]
        self.units = self._add("计量单位列表", tuple(dict.fromkeys(units)))
        self.amounts = self._add("金额单位列表", template.amount_units)
        self.signs = self._add("符号列表", SIGNS)
        self.basis = self._add("依据列表", template.basis_choices)

    def _add(self, name: str, values: tuple[str, ...]) -> str:
        self._column += 1
        for number, value in enumerate(values, 1):
            self.sheet.cell(number, self._column, value)
        letter = get_column_letter(self._column)
        area = f"'{_LISTS}'!${letter}$1:${letter}${len(values)}"
        self._book.defined_names[name] = DefinedName(name, attr_text=area)
        return f"={name}"


class _Page:
    """Draws the sheets of projects."""

    def __init__(self, book: Workbook, template: Template, lists: _Lists, columns: Columns) -> None:
        self._book, self._template, self._lists, self._columns = book, template, lists, columns
        self._width = max(len(columns.table), _LEAST_WIDTH)

    def add(self, name: str, project: Project, marks: str) -> None:
        """A sheet; without marks it is the example, which nobody reads back."""
        sheet: Worksheet = self._book.create_sheet(name)
        widths = [_WIDTHS[content] for _label, content in self._columns.table]
        widths += [_SPARE_WIDTH] * (self._width - len(widths))
        for place, width in enumerate(widths, 1):
            shown = max(width, _LABELS_WIDTH) if place == LABEL else width
            sheet.column_dimensions[get_column_letter(place)].width = shown
        hidden = get_column_letter(HIDDEN)
        sheet.column_dimensions[hidden].hidden = True
        title = sheet.cell(TITLE_ROW, LABEL, "填好的例子" if not marks else "项目绩效目标填报表")
        title.font = Font(name="宋体", size=16, bold=True)
        sheet.cell(HINT_ROW, LABEL, _HINT).font = Font(name="宋体", size=10)
        if marks:
            parts = (*marks.split("\t"), project.id, project.goals_numbering)
            self._hide(sheet, TITLE_ROW, "\t".join(parts))
        row = self._fields(sheet, project)
        if self._columns.has_goals:
            row = self._goals(sheet, project, row)
        if self._columns.table:
            self._table(sheet, project, row + 1, bool(marks))
        protect(sheet)
        sheet.protection.formatRows = sheet.protection.formatColumns = False  # these may be changed
        sheet.freeze_panes = f"A{FIRST_ROW}"

    def _fields(self, sheet: Worksheet, project: Project) -> int:
        row = FIRST_ROW
        for label, field in self._columns.lines:
            self._line(sheet, row, label, str(fieldpath.get(project, field)))
            sheet.row_dimensions[row].height = _TALL.get(field, 20.0)
            if field == "amount_unit":
                self._choice(sheet, self._lists.amounts, f"{get_column_letter(INPUT)}{row}")
            row += 1
        return row

    def _goals(self, sheet: Worksheet, project: Project, row: int) -> int:
        count = max(LEAST_GOALS, len(project.goals) + MORE_GOALS)
        for place in range(count):
            goal = project.goals[place] if place < len(project.goals) else ""
            self._line(sheet, row, GOAL_LABEL.format(n=place + 1), goal)
            sheet.row_dimensions[row].height = 32.0 if place < max(3, len(project.goals)) else 20.0
            row += 1
        return row

    def _table(self, sheet: Worksheet, project: Project, row: int, marked: bool) -> None:
        for place, (label, _content) in enumerate(self._columns.table, 1):
            self._label(sheet, row, place, label)
        indicators = project.annual_indicators
        count = max(LEAST_ROWS, len(indicators) + MORE_ROWS)
        units = self._template.known_units
        for place in range(count):
            indicator = indicators[place] if place < len(indicators) else Indicator("")
            parts = dict(zip(("sign", "number", "unit"), split(indicator.value, units), strict=True))
            for column, (_label, content) in enumerate(self._columns.table, 1):
                text = parts[content] if content in parts else getattr(indicator, content)
                self._input(sheet, row + 1 + place, column, text)
            if marked and indicator.id:
                self._hide(sheet, row + 1 + place, indicator.id)
            sheet.row_dimensions[row + 1 + place].height = 32.0
        self._choices(sheet, row + 1, row + count)

    def _choices(self, sheet: Worksheet, first: int, last: int) -> None:
        columns = {content: get_column_letter(place) for place, (_label, content) in enumerate(self._columns.table, 1)}
        for content, source in (
            ("tier1", self._lists.tiers),
            ("tier2", f"=INDIRECT(${columns['tier1']}{first})" if "tier1" in columns else ""),
            ("sign", self._lists.signs),
            ("unit", self._lists.units),
            ("basis", self._lists.basis),
        ):
            if source and content in columns:
                area = f"{columns[content]}{first}:{columns[content]}{last}"
                self._choice(sheet, source, area, own=content == "basis")

    def _choice(self, sheet: Worksheet, source: str, area: str, own: bool = False) -> None:
        """A list to choose from; other words are asked about, where `own` words are usual not even that."""
        choice = DataValidation("list", formula1=source.removeprefix("="), allow_blank=True)
        choice.errorStyle = "warning"
        choice.errorTitle, choice.error = "不在列表里", "这里请从下拉列表里选。确实要用别的写法，请选「是」。"
        choice.showErrorMessage = not own
        sheet.add_data_validation(choice)
        choice.add(area)

    def _line(self, sheet: Worksheet, row: int, label: str, text: str) -> None:
        self._label(sheet, row, LABEL, label)
        for column in range(INPUT, self._width + 1):
            self._input(sheet, row, column, text if column == INPUT else "")
        sheet.merge_cells(start_row=row, start_column=INPUT, end_row=row, end_column=self._width)

    def _label(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        cell = sheet.cell(row, column, text)
        cell.font = Font(name="宋体", size=11, bold=True)
        cell.fill, cell.border, cell.alignment = LABEL_FILL, BORDER, _WRAP

    def _input(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        if len(text.encode("utf-16-le")) > 2 * _LONGEST:
            raise UserError(
                f"工作表「{sheet.title}」放不下一格超过 {_LONGEST} 字的内容「{text[:20]}…」，请先把它分开。"
            )
        cell = sheet.cell(row, column)
        if text:
            cell.value = text
            cell.data_type = "s"  # «=1» is what somebody wrote, no formula
        cell.number_format = "@"
        cell.font = Font(name="宋体", size=11)
        cell.fill, cell.border, cell.alignment = INPUT_FILL, BORDER, _WRAP
        cell.protection = Protection(locked=False)

    def _hide(self, sheet: Worksheet, row: int, text: str) -> None:
        cell = sheet.cell(row, HIDDEN, text)
        cell.data_type, cell.number_format = "s", "@"
