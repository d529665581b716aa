"""Reads an indicator list, one indicator a row and its parts in columns, as the bureaus' systems hand them out."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from importers.form_tables import title_pattern
from importers.reading.front_lines import AMOUNT_UNIT, YEAR, names_a_project, read_line, title_year
from importers.reading.header_rows import HeaderRows
from importers.reading.headers import Header, Headers
from importers.reading.indicator_rows import read_row
from importers.reading.list_units import IMPLEMENTING, UNIT, UNIT_CODE, ListUnits
from importers.reading.listed import (
    PROJECT_NAMES,
    ListedProject,
    ListedRow,
    Listing,
    last_of,
    may_be_one,
    named_project,
    set_field,
    sheet_name,
)
from importers.reading.reading_labels import DETAIL, PROJECT
from importers.reading.sheet import Sheet, counts_columns, whole_rows
from importers.report import Kind, Note
from importers.table_grid import squeeze
from models.document.list_head import read_head
from models.document.template import Template

_TIERS = frozenset(("tier1", "tier2"))
_CONTENT = ("name", "description", "value", "basis")
_PROJECT_LINE = re.compile(r"(?:预算)?项目(?:名称)?[:：](?P<name>.+)")
_FRONT = (f"{PROJECT}name", f"{PROJECT}code", f"{PROJECT}unit", IMPLEMENTING)
_NAMELESS = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)


def read_list(sheet: Sheet, header: Header, headers: Headers, template: Template, listing: Listing) -> None:
    """Adds the rows of a sheet to the listing."""
    _ListReader(sheet, headers, template, listing).read(header)


class _ListReader(HeaderRows):
    def __init__(self, sheet: Sheet, headers: Headers, template: Template, listing: Listing) -> None:
        super().__init__(sheet, whole_rows(sheet), headers, template, listing)
        self._template = template
        self._front: dict[str, str] = {}
        self._front_rows: dict[str, int] = {}
        self._other_names: set[str] = set()
        self._current: ListedProject | None = None
        self._pending: tuple[int, Mapping[str, str]] | None = None
        self._odd_signs: list[str] = []
        self._is_own = False
        self._led_signs: list[str] = []
        self._tier, self._tier_row = ("", ""), 0
        self._units = ListUnits(sheet.name, self._front, listing)
        self._wide: dict[int, ListedProject] = {}
        self._title = title_pattern(template.labels)

    def read(self, header: Header) -> None:
        stated = read_head(self._rows, header.row)
        self._listing.state(stated, self._sheet)
        self._is_own = stated is not None
        self._begin_header(header)
        for number in sorted(self._rows):
            if number < self.header.first:
                if stated is None or number not in stated.rows:
                    self._read_front(number)
            elif number > self.header.row:
                repeated = self._repeated(number)
                if repeated is not None:
                    self._begin_header(repeated)
                elif number != self.header.row + 1 or not counts_columns(self._rows[number]):
                    self._read_row(number)
        self._leave_pending()
        self._units.finish()
        self._forget_tier()
        self._leave_headers()
        self._leave_front()
        self._sort_wide()
        self._note_signs(self._odd_signs, "的符号列写着「{}」，没有换成 ≥、≤ 等符号，请核对这些指标值。")
        self._note_signs(self._led_signs, "没有写符号，按「{}」加上了 ≥ 或 ≤，请核对这些指标值。")

    def _note_signs(self, words: list[str], sentence: str) -> None:
        if words:
            said = sentence.format("、".join(dict.fromkeys(words)))
            self._listing.notes.append(Note(Kind.HINT, f"{sheet_name(self._sheet.name)}{said}"))

    def _leave_front(self) -> None:
        """Keeps what lines above the list say of unit and project, where no project took it."""
        for field in _FRONT:
            words = squeeze(self._front.get(field, ""))
            if words and not any(words in taken for taken in self._named()):
                self._listing.leave(self._sheet.name, "表头以外", self._front_rows.get(field, 1), self._front[field])

    def _named(self) -> Iterator[str]:
        """How the projects and their units are called."""
        for project in (listed.project for listed in self._listing.projects):
            yield from map(squeeze, (project.unit.code + project.unit.name, project.code, project.name))

    def _begin_header(self, header: Header) -> None:
        self.use(header, {**header.fields, **header.details, **header.signs})
        self._units.goes_on = self._goes_on_blank()

    def _goes_on_blank(self) -> bool:
        """Whether blank cells mean the unit above: units stand left of their projects, no cells are merged, and rows name neither."""
        if self._is_own or any(top > self.header.row for top, _left in self._sheet.anchors):
            return False
        leading = self.header.leading
        below = (row for number, row in self._rows.items() if number > self.header.row)
        return bool(leading) and any(leading.isdisjoint(row) for row in below)

    def _sort_wide(self) -> None:
        """Where each first tier has columns of its own, its indicators stand together."""
        order = {
            tier1: place for place, tier1 in enumerate((self.header.tier1, *(each.tier1 for each in self.header.more)))
        }
        for listed in self._wide.values():
            listed.rows.sort(key=lambda row: order.get(row.indicator.tier1, -1))

    def _repeated(self, number: int) -> Header | None:
        """The headers once more, as lists of several pages have them; in another order, too."""
        own = self._rows[number]
        asked = (own.get(column, "") for column, field in self.header.fields.items() if field in ("name", "tier1"))
        if not any(map(self._headers.may_be_header, asked)):
            return None
        self._listing.budget.take(places=self._sheet.width)
        return self._headers.header(self._sheet, number)

    def _read_front(self, number: int) -> None:
        """A line above the headers: the unit of amounts, the unit, the project, or loose words."""
        for column, text in self._rows[number].items():
            if number == self.header.row - 1 and squeeze(text) == self.header.labels.get(column):
                continue
            if self._names_project(text):
                found = self._title.fullmatch(text)
                taken = found is not None and self._take_front("project.name", found["name"])
            elif (line := read_line(text, self._vocabulary)).says_something:
                taken = not [name for name, words in line.fields.items() if not self._take_front(name, words)]
                if line.title:
                    self._listing.titles[squeeze(text)] = None
                self._front_rows |= dict.fromkeys(line.fields, number)
                for words in line.rest if taken else ():
                    self._listing.leave(self._sheet.name, "表头以外", number, words)
            elif len(self._rows[number]) == 1 and (year := title_year(text)):
                taken = self._take_front(YEAR, year)
                self._listing.titles[squeeze(text)] = None
            else:
                taken = self._is_part_of_header(number, column)
            if not taken:
                self._listing.leave(self._sheet.name, "表头以外", number, text)

    def _names_project(self, text: str) -> bool:
        title = self._title.fullmatch(text)
        has_column = any(field in PROJECT_NAMES for field in self.header.fields.values())
        return title is not None and names_a_project(title["name"]) and not has_column

    def _take_front(self, what: str, words: str) -> bool:
        """Takes what a line above the headers says; False where one before it says otherwise."""
        if what == YEAR:
            return self._listing.take_year(words)
        if what.startswith(DETAIL) and what != f"{DETAIL}implementing_unit":
            return False
        return self._front.setdefault(what, words) == words

    def _is_part_of_header(self, number: int, column: int) -> bool:
        """Whether a cell above the headers is merged with one of them, or heads a group of them."""
        area = self._sheet.anchors.get((number, column))
        return area is not None and (
            area.bottom >= self.header.row
            or (area.bottom == self.header.row - 1 and area.right - area.left + 1 < self._sheet.width)
        )

    def _read_row(self, number: int) -> None:
        own = self._rows[number]
        columns = self._columns
        values = {field: self._value(number, column, field) for column, field in self._named_columns}
        written = {field for column, field in self._named_columns if own.get(column, "").strip()}
        if self._adds_up(own, written) or self._vocabulary.is_signature(own[min(own)]):
            self._leave_row(number, own)
        elif not written.isdisjoint(_CONTENT) or self._has_more(own):
            self._read_indicators(self._begin(number, values, written), number, values, written)
            self._leave_unknown(number, own)
        elif written & _TIERS and all("." in field for field in written - _TIERS):
            if written - _TIERS:
                self._begin(number, values, written)
            self._take_tiers(number, values)
            self._leave_unknown(number, own)
        elif {columns.get(column) for column in own} <= PROJECT_NAMES:
            self._leave_pending()
            self._pending = (number, values)
        elif self._names_unit(values, written):
            self._take_unit_row(number, values, written)
            self._leave_unknown(number, own)
        elif written & PROJECT_NAMES and all("." in field for field in written):
            self._begin(number, values, written)
            self._leave_unknown(number, own)
        elif found := self._headline(own):
            self._current = self._listing.project("", found, self._units.of({}), self._template)
        else:
            self._leave_row(number, own)

    def _take_tiers(self, number: int, values: Mapping[str, str]) -> None:
        """Takes a row of tiers alone, or of a project's words and tiers: the rows below are of them."""
        self._forget_tier()
        self._tier_row = number
        tier1, tier2 = values.get("tier1", ""), values.get("tier2", "")
        self._tier = (tier1, tier2) if tier1 else (self._tier[0], tier2)

    def _forget_tier(self, used: Collection[str] = ()) -> None:
        """Keeps the words of a row of tiers where they are none, and no indicator took them."""
        for words in self._tier:
            if words and words not in used and squeeze(words) not in self._tiers:
                self._listing.leave(self._sheet.name, "指标以外的行", self._tier_row, words)
        if used:
            self._tier = ("", "")

    def _has_more(self, own: Mapping[int, str]) -> bool:
        return any(own.get(column) for each in self.header.more for column in each.fields)

    def _names_unit(self, values: Mapping[str, str], written: set[str]) -> bool:
        """Whether a row of a column for both names the unit of the projects below: it has no goal."""
        return f"{PROJECT}unit_or_name" in written and not any(
            values.get(f"{PROJECT}{name}") for name in ("goals", "overall_goals")
        )

    def _take_unit_row(self, number: int, values: Mapping[str, str], written: set[str]) -> None:
        name, code = values[f"{PROJECT}unit_or_name"].strip(), values.get(UNIT_CODE, "").strip()
        self._units.begin(number, name, code)
        left = written - {f"{PROJECT}unit_or_name", *((UNIT_CODE,) if code.isdecimal() else ())}
        for field in sorted(left):
            self._listing.leave(self._sheet.name, f"单位一行的{self._column(field)}", number, values[field])

    def _adds_up(self, own: Mapping[int, str], written: set[str]) -> bool:
        """Whether a row holds sums. 「甲科小计」 does where a project should stand; an indicator may be called so."""
        if any(map(self._vocabulary.is_total, own.values())):
            return True
        named = [text for column, text in own.items() if self.header.fields.get(column, "") in PROJECT_NAMES]
        return not written & {"name", "value"} and any(map(self._vocabulary.ends_in_total, named))

    def _headline(self, own: Mapping[int, str]) -> str:
        """The project that a line of its own between the rows names; "" for another line."""
        if len(own) != 1:
            return ""
        (text,) = own.values()
        found = _PROJECT_LINE.fullmatch(squeeze(text)) or self._title.fullmatch(text)
        return found["name"] if found else ""

    def _begin(self, number: int, values: Mapping[str, str], written: set[str]) -> ListedProject:
        """The project of a row, with what it says: the one it names, else the one a row above it names."""
        code, name = named_project(values)
        if self._pending is not None:
            pending = named_project(self._pending[1])
            if f"{PROJECT}unit_or_name" in self._pending[1] and (code or name) and (code, name) != pending:
                self._units.begin(self._pending[0], pending[1], pending[0])
                self._pending = None
            elif not (code or name) or (code, name) == pending:
                (code, name), self._pending = pending, None
            self._leave_pending()
        unit, current = self._units.of(values), self._current
        if self._is_own:  # every row names its project whole
            current = self._listing.named_whole(code, name, unit, self._template)
        elif code or name or current is None or not may_be_one(current.project.unit, unit):
            sheet = "" if _NAMELESS.fullmatch(self._sheet.name.strip()) else self._sheet.name
            above = current.project.name if current else self._front.get(f"{PROJECT}name", "") or sheet
            name = name or ("" if code else above)
            current = self._listing.project(code, name, unit, self._template, current)
            self._keep_other_name(current, number, name)
        self._current = current
        self._units.note(current.project.unit)
        self._read_project_fields(current, number, values, written)
        return current

    def _keep_other_name(self, current: ListedProject, number: int, name: str) -> None:
        """A code of the budget system names the project; where the name beside it is another, both are kept."""
        if name and squeeze(name) != squeeze(current.project.name) and name not in self._other_names:
            self._other_names.add(name)
            self._listing.leave(self._sheet.name, "与同一编码的项目名称不同", number, name)

    def _leave_pending(self) -> None:
        """A row with nothing but words in the project's column, and no rows of that project below: no project."""
        if self._pending is not None:
            number, _values = self._pending
            self._leave_row(number, self._rows[number])
            self._pending = None

    def _read_project_fields(
        self, listed: ListedProject, number: int, values: Mapping[str, str], written: set[str]
    ) -> None:
        listed.take_amount_unit(next(iter(self.header.amount_units.values()), self._front.get(AMOUNT_UNIT, "")))
        for field, text in self._units.filled(values).items():
            name = field.rpartition(".")[2].replace("overall_goals", "goals")
            if field in PROJECT_NAMES and field in written:
                own = "code" if name.endswith("code") else "name"
                listed.origins.setdefault(own, f"{sheet_name(self._sheet.name)}{self._column(field)}第{number}行")
            if field in PROJECT_NAMES or "." not in field or not text:
                continue
            if name == "year":
                self._read_year(number, text)
                continue
            words = self._amount(field, text, listed)
            if field.startswith(DETAIL):
                taken = listed.details.setdefault(name, words) == words
            elif field in (UNIT, UNIT_CODE):
                taken = set_field(listed, name, text, self._template)
            else:
                taken = set_field(listed, name, words, self._template)
            if taken and name not in listed.origins:
                listed.origins[name] = f"{sheet_name(self._sheet.name)}{self._column(field)}第{number}行"
            elif not taken and field in written:
                self._listing.leave(self._sheet.name, self._column(field), number, text)

    def _read_year(self, number: int, text: str) -> None:
        found = re.fullmatch(r"(20\d{2})年?度?", squeeze(text))
        if found:
            self._listing.years.add(int(found[1]))
        else:
            self._listing.leave(self._sheet.name, self._column(f"{PROJECT}year"), number, text)

    def _amount(self, field: str, text: str, listed: ListedProject) -> str:
        """An amount as typed; where its column counts in another unit than the project, that unit follows it."""
        unit = next((u for c, u in self.header.amount_units.items() if self._columns[c] == field), "")
        return f"{text}{unit}" if unit and unit != listed.project.amount_unit and text[-1:].isdigit() else text

    def _read_indicators(
        self, listed: ListedProject, number: int, values: Mapping[str, str], written: set[str]
    ) -> None:
        """The indicators of a row: one, or one for each of the header's sets of columns."""
        if not written.isdisjoint(_CONTENT):
            self._read_indicator(listed, number, values, self.header.tier1)
        if self.header.more:
            self._wide[id(listed)] = listed
        for each in self.header.more:
            own = {field: self._value(number, column, field) for column, field in each.fields.items()}
            if any(self._rows[number].get(column) for column in each.fields):
                self._read_indicator(listed, number, own, each.tier1)

    def _read_indicator(self, listed: ListedProject, number: int, values: Mapping[str, str], tier1: str) -> None:
        above = last_of(listed, "annual")
        if any(self._tier):
            above = replace(above, tier1=self._tier[0] or above.tier1, tier2=self._tier[1])
        read = read_row(values, above, self._vocabulary, self._tiers, tier1, self._is_own)
        self._forget_tier((read.indicator.tier1, read.indicator.tier2))
        for field, left in read.left:
            self._listing.leave(self._sheet.name, self._column(field), number, left)
        if read.odd:
            self._odd_signs.append(read.odd)
        if read.led:
            self._led_signs.append(read.led)
        row = ListedRow(self._sheet.name, number, read.indicator)
        if self._is_own:
            listed.rows.append(row)
        else:
            self._listing.add_row(listed, row)
        self._add_long_term(listed, number, values, read.indicator)

    def _leave_unknown(self, number: int, own: Mapping[int, str]) -> None:
        for _column, place, text in self._unknown(number, own.items()):
            self._listing.leave(self._sheet.name, place, number, text)

    def _leave_row(self, number: int, own: Mapping[int, str]) -> None:
        words = "\t".join(own[column] for column in sorted(own) if own[column].strip())
        if words:
            self._listing.leave(self._sheet.name, "指标以外的行", number, words)
