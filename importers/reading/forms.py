"""Reads forms by their words: a label with its value beside it or below, group cells on the left, indicators below a header."""

from importers.numbered_lines import written_lines
from importers.reading.form_fields import WHOLE_FORM, FormCell, FormFields, Named
from importers.reading.form_indicators import FormIndicators, label_of
from importers.reading.front_lines import YEAR, FrontLine, parted, read_line, title_year
from importers.reading.header_rows import NO_HEADER
from importers.reading.headers import Headers
from importers.reading.listed import Listing
from importers.reading.money_columns import MoneyColumn, money_columns, money_row, units_of
from importers.reading.reading_labels import DEPARTMENT, DETAIL, PROJECT, Label
from importers.reading.sheet import Sheet
from importers.table_grid import squeeze
from models.document.template import Template

_MONEY = ("资金", "预算", "经费", "金额")


def read_forms(sheet: Sheet, headers: Headers, template: Template, listing: Listing) -> None:
    """Adds the projects of a sheet's forms to the listing, one below the other."""
    _FormReader(sheet, headers, template, listing).read()


class _FormReader:
    def __init__(self, sheet: Sheet, headers: Headers, template: Template, listing: Listing) -> None:
        self._sheet, self._headers, self._listing = sheet, headers, listing
        self._vocabulary = headers.vocabulary
        self._numbers = sorted({*sheet.rows, *(row for row, _column in sheet.anchors)})
        self._fields = FormFields(sheet.name, template, listing)
        self._indicators = FormIndicators(sheet, headers, template, self._fields, listing)
        self._last: Named | None = None
        """The last label that was given a value."""
        self._last_place = 0, 0
        """Where that value stands."""
        self._below: dict[int, Named] = {}
        """Labels of the row above whose values stand below them."""
        self._money: dict[int, MoneyColumn] = {}
        """Columns of amounts of several times, while their rows are read."""
        self._tasks: dict[int, str] = {}
        """Columns of a department's tasks, while its rows are read."""

    def read(self) -> None:
        skip = 0
        for number in self._numbers:
            if number <= skip:
                continue
            cells = self._cells(number)
            header = self._headers.header(self._sheet, number)
            if header is not None and not header.has_projects:
                self._tasks, skip = {}, header.row
                self._indicators.begin(header)
            elif not cells or (len(cells) == 1 and self._take_line(number, cells[0])):
                continue
            elif self._indicators.is_below_all(cells):
                self._fields.leave(number, "表下面的行", "\t".join(cell.text for cell in cells))
            elif self._indicators.is_open and not self._indicators.ends(number, cells):
                self._indicators.read(number, cells)
            else:
                self._read_labels(number, cells)
        self._fields.finish_project()
        self._fields.forget_front()
        self._indicators.finish()

    def _cells(self, number: int) -> list[FormCell]:
        """The written cells that begin in a row."""
        found = []
        for column, text in sorted(self._sheet.rows.get(number, {}).items()):
            words = "\n".join(written_lines([text]))
            if words:
                area = self._sheet.area(number, column)
                found.append(FormCell(column, words, area.right, area.bottom))
        return found

    # lines

    def _take_line(self, number: int, cell: FormCell) -> bool:
        """Takes a row of one cell where it is a title, a year, a line of the form's pairs or one that holds no label."""
        line = read_line(cell.text, self._vocabulary)
        is_beside = self._last is not None and self._last.cell.bottom >= number and self._covered_label(number, cell)
        if is_beside or self._is_next_line(number, cell):
            return False
        if not line.says_something and self._take_bare_title(number, cell):
            return True
        if (
            not self._below
            and not line.says_something
            and not self._indicators.is_open
            and self._take_fused(number, cell)
        ):
            return True
        if self._below or not (line.says_something or line.rest):
            return self._leave_line(number, cell)
        if line.title:
            self._begin_form(squeeze(cell.text), number)
        elif self._indicators.is_open:
            self._fields.leave(number, "表下面的行", cell.text)
            return True
        self._take_front(number, line)
        return True

    def _take_front(self, number: int, line: FrontLine) -> None:
        """Takes what a line around the form says; where one before it says otherwise, one of both is kept."""
        front, rows = self._fields.front, self._fields.front_rows
        for name, words in line.fields.items():
            differs = front.get(name, words) != words
            if name == YEAR:
                self._take_year(number, words)
            elif differs and not self._fields.has_project:
                self._fields.leave(number, "表头以外", words)
            else:
                if differs:
                    self._fields.leave(rows.get(name, number), "表头以外", front[name])
                front[name], rows[name] = words, number
        for words in line.rest:
            self._fields.leave(number, "表头以外", words)

    def _leave_line(self, number: int, cell: FormCell) -> bool:
        """A line of one cell that is neither a label nor a value below one: it is kept. False for those."""
        is_value = self._below or self._vocabulary.label(cell.text) or self._covered_label(number, cell)
        if is_value or (self._indicators.is_open and cell.column > 1):
            return False
        if self._tasks or self._indicators.stands_below_names(cell):
            return False
        self._fields.leave(number, "表格以外的行", cell.text)
        return True

    def _take_bare_title(self, number: int, cell: FormCell) -> bool:
        """Takes the year of a title without 表 above the form; whether the line is one, and no label with its value below."""
        year = "" if self._below or self._fields.has_project else title_year(cell.text)
        following = self._cells(number + 1)
        if not year or (
            self._vocabulary.label(cell.text)
            and len(following) == 1
            and not read_line(following[0].text, self._vocabulary).says_something
        ):
            return False
        self._listing.titles[squeeze(cell.text)] = None
        return self._listing.take_year(year)

    def _covered_label(self, number: int, cell: FormCell) -> bool:
        """Whether a merged cell reaches down to this row on the left: then the cell is a part of it."""
        return any(column < cell.column for column in self._sheet.covered.get(number, {}))

    def _begin_form(self, title: str, number: int) -> None:
        """A title begins a form, or a further table of the same; what a line between said of the form before is forgotten."""
        self._listing.titles[title] = None
        self._indicators.header, self._tasks, self._below = NO_HEADER, {}, {}
        self._indicators.scope = self._vocabulary.scope_in(title)
        if self._goes_on_below(number):
            return
        self._fields.finish_project()
        self._indicators.scope = ""
        self._fields.forget_front()
        self._fields.title = title
        if WHOLE_FORM in title:
            self._fields.open_department()

    def _goes_on_below(self, number: int) -> bool:
        """Whether the table below a title is a further one of the project being read: it names none and asks for no amount."""
        if not self._fields.has_project or self._fields.department is not None:
            return False
        for row in filter(number.__lt__, self._numbers):
            texts = list(self._sheet.rows.get(row, {}).values())
            line = read_line(texts[0], self._vocabulary) if len(texts) == 1 else FrontLine()
            if line.title:
                break
            labels = [label for text in texts if (label := self._vocabulary.label(text)) is not None]
            is_other = any(label.field == f"{PROJECT}name" or label.is_amount for label in labels)
            if is_other or f"{PROJECT}name" in line.fields:
                return False
        return self._indicators.scope != ""

    # labels

    def _read_labels(self, number: int, cells: list[FormCell]) -> None:
        if self._take_money(number, cells):
            return
        if self._below and not any(self._vocabulary.label(cell.text) for cell in cells if cell.column in self._below):
            cells = self._take_below(number, cells)
        elif self._tasks:
            cells = self._take_task(number, cells)
        self._below = self._goal_below(cells)
        if self._below or self._goes_on(number, cells):
            return
        waiting: list[Named] = []
        empty: list[Named] = []
        strays: list[str] = []
        for cell in cells:
            label = label_of(cell.text, self._vocabulary) or self._total_in(waiting, cell)
            if label is not None and (label.field != "group" or not waiting):
                empty += self._take_empty(waiting)
                waiting = [Named(label, cell)]
            elif waiting:
                self._take(waiting.pop(), cell, number)
            elif not self._take_pairs(number, cell):
                strays.append(cell.text)
        empty += self._take_empty(waiting)
        # Words of no known label, those beside each other together: a label nobody knows and its value.
        for place in range(0, len(strays), 2):
            self._fields.leave(number, "没有对应栏目的内容", "：".join(strays[place : place + 2]))
        groups = [named.cell for named in empty if self._is_group(named, cells)]
        self._expect_below(
            number,
            [named for named in empty if named.cell not in groups],
            [cell for cell in cells if cell not in groups],
        )

    def _goal_below(self, cells: list[FormCell]) -> dict[int, Named]:
        """The column below which a goal stands, where its label heads «时间 | 目标内容»."""
        label = label_of(cells[0].text, self._vocabulary) if len(cells) > 1 else None
        if label is None or not label.is_goal:
            return {}
        words, rest = self._vocabulary.words, cells[1:]
        contents = [cell for cell in rest if squeeze(cell.text) in words["goal_content"]]
        others = [cell for cell in rest if squeeze(cell.text) in words["goal_time"]]
        if len(contents) != 1 or len(contents) + len(others) < len(rest):
            return {}
        return {contents[0].column: Named(label, cells[0])}

    def _take_money(self, number: int, cells: list[FormCell]) -> bool:
        """Takes a row of headers of amounts beside each other, or one below them; whether it is one."""
        row = money_row(cells, self._money, self._vocabulary) if self._money else None
        if row is None:
            self._money = {} if self._below else money_columns(cells, self._vocabulary)
            for unit in units_of(cells, self._vocabulary) if self._money else ():
                self._fields.amount_unit = unit
            return bool(self._money)
        taken, left = row
        for named, cell in taken:
            self._take(named, cell, number)
        for words in left:
            self._fields.leave(number, "没有对应栏目的内容", words)
        return True

    def _goes_on(self, number: int, cells: list[FormCell]) -> bool:
        """Takes a row of one cell beside a label that is merged downwards: the value above goes on in it."""
        named = self._last
        if named is None or len(cells) != 1 or not named.cell.column < cells[0].column:
            return False
        if named.cell.bottom < number and not self._is_next_line(number, cells[0]):
            return False
        if label_of(cells[0].text, self._vocabulary) or not self._fields.go_on(named.label, cells[0].text):
            return False
        self._last_place = number, cells[0].column
        return True

    def _is_next_line(self, number: int, cell: FormCell) -> bool:
        """Whether a cell alone in its row stands right below a value, in a file that knows no merged cells."""
        return not self._sheet.anchors and cell.column > 1 and self._last_place == (number - 1, cell.column)

    def _take_fused(self, number: int, cell: FormCell) -> bool:
        """Takes a label of the project and its value in one cell; whether it is that."""
        head, words, label = parted(cell.text, self._vocabulary)
        if label is None or not label.field.startswith((PROJECT, DETAIL)) or not words.strip():
            return False
        self._take(Named(label, cell._replace(text=head)), cell._replace(text=words.strip()), number)
        return True

    def _take_pairs(self, number: int, cell: FormCell) -> bool:
        """Takes a cell of a label and its value in one («填报单位：…», «单位：万元»); whether it is one."""
        if self._take_fused(number, cell):
            return True
        line = read_line(cell.text, self._vocabulary)
        if line.title or not line.fields:
            return False
        for name, words in line.fields.items():
            if name == YEAR:
                self._take_year(number, words)
            elif self._fields.front.setdefault(name, words) != words:
                self._fields.leave(number, "表头以外", words)
            else:
                self._fields.front_rows.setdefault(name, number)
        for words in line.rest:
            self._fields.leave(number, "表头以外", words)
        return True

    def _take_year(self, number: int, words: str) -> None:
        if not self._listing.take_year(words):
            self._fields.leave(number, "表头以外", words)

    def _total_in(self, waiting: list[Named], cell: FormCell) -> Label | None:
        """«合计» beside a group of amounts is the label of their sum."""
        is_money = bool(waiting) and waiting[0].label.group and any(word in waiting[0].cell.text for word in _MONEY)
        return Label(f"{PROJECT}budget") if is_money and self._vocabulary.is_total(cell.text) else None

    def _is_group(self, named: Named, cells: list[FormCell]) -> bool:
        """Whether a label heads what stands on its right, and holds nothing itself."""
        follows = any(cell.column > named.cell.column for cell in cells)
        return "." not in named.label.field or (
            named.label.group and (follows or named.cell.bottom > named.cell.column)
        )

    def _take_empty(self, labels: list[Named]) -> list[Named]:
        """Labels without a value: groups, which may say the unit of the amounts beside and below them."""
        for named in labels:
            if named.label.amount_unit:
                self._fields.amount_unit = named.label.amount_unit
            if named.label.group:
                self._fields.forget_totals()
            self._fields.note_total(named)
        return labels

    def _expect_below(self, number: int, labels: list[Named], cells: list[FormCell]) -> None:
        """Labels that stand in a row without values have them below, unless labels follow there, too."""
        tasks = {named.cell.column: named.label.field for named in labels if named.label.field.startswith(DEPARTMENT)}
        if any(field.endswith(("task", "content")) for field in tasks.values()) and len(tasks) > 1:
            self._tasks = tasks
            self._fields.open_department()
            return
        if not labels or len(labels) < len([cell for cell in cells if cell.bottom == number]):
            return
        following = self._cells(number + 1)
        columns = {named.cell.column for named in labels}
        values = [cell for cell in following if cell.column in columns]
        if values and not any(label_of(cell.text, self._vocabulary) for cell in values):
            self._below = {named.cell.column: named for named in labels}

    def _take_below(self, number: int, cells: list[FormCell]) -> list[FormCell]:
        """The values below a row of labels; what stands in no column of theirs is left."""
        left = []
        for cell in cells:
            named = self._below.get(cell.column)
            if named is None:
                left.append(cell)
            else:
                self._take(named, cell, number)
        return left

    def _take_task(self, number: int, cells: list[FormCell]) -> list[FormCell]:
        """A row of a department's tasks; cells of its own labels end them."""
        first = cells[0]
        if label_of(first.text, self._vocabulary) or (first.column < min(self._tasks) and not first.text.isdecimal()):
            self._tasks = {}
            return cells
        fields = {self._tasks.get(cell.column, "").removeprefix(DEPARTMENT): cell.text for cell in cells}
        if "task" in fields or "content" in fields:
            self._fields.take_task(fields.get("task", ""), fields.get("content", ""), number)
        return [cell for cell in cells if not self._tasks.get(cell.column, "").endswith(("task", "content"))]

    def _take(self, named: Named, cell: FormCell, number: int) -> None:
        if named.label.field == f"{PROJECT}name" and self._indicators.is_open:
            self._fields.finish_project()
            self._indicators.header = NO_HEADER
        is_taken = self._fields.take(named, cell, number)
        self._last = named if is_taken else None
        self._last_place = number, cell.column
