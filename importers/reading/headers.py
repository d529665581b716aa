"""Rows of headers: which field each column of a list or of a form's indicators holds, one above the other where they are two."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from importers.reading.reading_labels import DEPARTMENT, DETAIL, GROUP, LONGEST, PROJECT, Label, Vocabulary
from importers.reading.sheet import Sheet
from importers.reading.year_columns import is_year, of_plan_year
from importers.table_grid import squeeze

SEARCHED_ROWS = 10
"""Written rows among which the first header is looked for."""

_LEAST = 3
_DEEPEST = 4
"""Rows one header may stand in."""
_NAMES = {f"{PROJECT}{name}" for name in ("name", "project", "unit_or_name")}
_SIGNS = ("sign", "direction", "nature")
_REPEATED = ("tier2", "name", "value")
"""Fields that come again where a table shows two goals beside each other."""


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns that make an indicator of their own in each row. `tier1`: the first tier all of them are of, where the header names it."""

    fields: Mapping[int, str]
    tier1: str = ""


@dataclass(slots=True, eq=False)
class Header:
    """A row of headers: the field each column holds ("" for a column to pass over), the words of all, units of amounts.

    `row` is its last row, `first` the one it begins in. `more`: columns beside those of `fields` that make indicators, too.
    `long_term`: columns of a whole period's goals. `details`: columns of fields this program's own form has not.
    """

    row: int
    first: int
    labels: Mapping[int, str] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)
    amount_units: dict[int, str] = field(default_factory=dict)
    tier1: str = ""
    more: list[ColumnSet] = field(default_factory=list)
    long_term: dict[int, str] = field(default_factory=dict)
    details: dict[int, str] = field(default_factory=dict)
    signs: dict[int, str] = field(default_factory=dict)
    """Columns of signs and of words that lead to one, and which each is."""

    @property
    def has_projects(self) -> bool:
        """Whether it has columns of projects."""
        return any(name.startswith(PROJECT) for name in self.fields.values())

    @property
    def leading(self) -> frozenset[int]:
        """The columns of units and of the projects right of them; none where units stand elsewhere."""
        columns = {name: column for column, name in self.fields.items()}
        unit, name = columns.get(f"{PROJECT}unit"), columns.get(f"{PROJECT}name", columns.get(f"{PROJECT}project"))
        return frozenset((unit, name)) if unit is not None and name is not None and unit < name else frozenset()

    @property
    def is_surely_a_list(self) -> bool:
        """Whether it has columns that the form's own table has not."""
        return self.has_projects or bool(self.signs) or not {"unit", "weight"}.isdisjoint(self.fields.values())


class Headers:
    """Finds rows of headers in sheets."""

    def __init__(self, vocabulary: Vocabulary, tiers: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self._tiers = tiers

    def may_be_header(self, text: str) -> bool:
        """Whether a cell holds the words of a header."""
        label = self.vocabulary.label(text) if len(text) <= LONGEST else None
        return label is not None and not label.field.startswith(DEPARTMENT)

    def find(self, sheet: Sheet, searched: int = SEARCHED_ROWS) -> Header | None:
        """The first row of headers, among the first rows of a sheet."""
        first = sorted(sheet.rows)[:searched]
        return next((found for row in first if (found := self.header(sheet, row)) is not None), None)

    def header(self, sheet: Sheet, row: int) -> Header | None:
        """The row as the first one of headers, or the only one; None where it is none."""
        own = sheet.rows.get(row, {})
        if sum(map(self.may_be_header, own.values())) < 2:
            return None
        last = self._last_row(sheet, row, own)
        if (
            last == row
            and not any(self._may_name(text) for text in own.values())
            and not self._is_below_names(sheet, row)
        ):
            return None
        return next((found for each in range(last, row - 1, -1) if (found := self._read(sheet, row, each))), None)

    def _may_name(self, text: str) -> bool:
        """Whether a header may be that of the indicators' names."""
        label = self.vocabulary.label(text)
        return label is not None and label.field.startswith("name")

    def _is_below_names(self, sheet: Sheet, row: int) -> bool:
        """Whether the names' header is merged down to this row, or stands above an empty place of it."""
        return any(map(self._may_name, sheet.rows.get(row - 1, {}).values())) or row in sheet.covered

    def _last_row(self, sheet: Sheet, row: int, own: Mapping[int, str]) -> int:
        """The row down to which the headers reach: that of the cells that are merged downwards, but for a group's on the left."""
        columns = (column for column, text in own.items() if self._is_column(text, column == min(own)))
        last = max((sheet.area(row, column).bottom for column in columns), default=row)
        if last == row:
            while last < row + _DEEPEST - 1 and self._goes_on(sheet, last):
                last += 1
        return min(last, row + _DEEPEST - 1)

    def _goes_on(self, sheet: Sheet, row: int) -> bool:
        """Whether the row below holds the headers below cells that are merged over several columns, and nothing else; unknown
        words may be among them where a table of indicators is known by the others."""
        own, below = sheet.rows.get(row, {}), sheet.rows.get(row + 1, {})
        is_merged = any(place[0] == row for place in sheet.anchors)
        known = sum(map(self._may_stand_below, below.values()))
        is_header = bool(below) and (known == len(below) or (known > 1 and 2 * known >= len(below)))
        return is_header and all(
            self._heads_several(sheet, row, column) if is_merged else self._is_open(own, below, column)
            for column in below
        )

    def _may_stand_below(self, text: str) -> bool:
        """Whether a cell may be the lower of two headers: a label, or the time or the tier a column is of."""
        vocabulary = self.vocabulary
        return (
            vocabulary.label(text) is not None
            or bool(vocabulary.scope(text) or self.tier(text))
            or squeeze(text) in vocabulary.words["other_value"]
            or is_year(text)
        )

    def _is_open(self, own: Mapping[int, str], below: Mapping[int, str], column: int) -> bool:
        """Whether a header may stand below a place where the file knows no merged cells: it is empty or a group's, or heads the
        next column, too."""
        above = own.get(column, "")
        label = self.vocabulary.label(above)
        heads_next = column + 1 in below and not own.get(column + 1)
        return not above or (label is not None and label.group) or heads_next

    def _is_column(self, text: str, is_first: bool) -> bool:
        label = self.vocabulary.label(text)
        if label is None or label.group or (is_first and label.is_goal):
            return False
        return not label.field.startswith(DEPARTMENT)

    def _read(self, sheet: Sheet, first: int, row: int) -> Header | None:
        columns = of_plan_year(sheet, first, row, self._columns(sheet, first, row), self.vocabulary)
        found = self._sorted(sheet, first, row, columns)
        fields = {name for name in found.fields.values() if name}
        known = len(fields) + len(found.details) + len(found.signs)
        fits = "name" in fields and bool(fields & {"value", "tier1", "tier2"})
        return found if fits and known >= _LEAST else None

    def _columns(self, sheet: Sheet, first: int, row: int) -> dict[int, tuple[Label | None, str]]:
        """For each column its label and the words that head it together with others."""
        found: dict[int, tuple[Label | None, str]] = {}
        for column in range(1, sheet.width + 1):
            # A cell that is merged down to rows below the header's last one stands in front of those.
            if sheet.area(row, column).bottom > row or self._leads_a_goal(sheet, first, row, column):
                found[column] = (None, "")
                continue
            text, above = sheet.text(row, column), ""
            for higher in range(row - 1, max(first - 2, row - _DEEPEST, 0), -1):
                words = sheet.text(higher, column) or self._left_of(sheet, higher, column)
                if words and words != text and (higher >= first or self._heads_several(sheet, higher, column)):
                    above = words
                    break
            label = self.vocabulary.label(text)
            if above and (label is None or self.vocabulary.scope(text)):
                label = self._below(self.vocabulary.label(above), text) or label
            found[column] = (label, above)
        return self._with_value(found)

    def _below(self, head: Label | None, text: str) -> Label | None:
        """What a header below another one means where it has no meaning of its own: nothing stands there, a year, the time a value
        is of, or the sum."""
        if not text or head is None:
            return None if text else head
        scope = self.vocabulary.scope(text)
        if scope and head.field == "value":
            return self.vocabulary.scoped(head, scope)
        is_sum = head.is_amount and self.vocabulary.is_total(text)
        return head if is_sum or (is_year(text) and (head.is_amount or head.field == "value")) else None

    def _with_value(self, columns: dict[int, tuple[Label | None, str]]) -> dict[int, tuple[Label | None, str]]:
        """The same; below «指标值», between signs and units, the one header nobody knows («内容») is that of the value."""
        groups: dict[str, list[int]] = {}
        for column, (_label, above) in columns.items():
            groups.setdefault(above, []).append(column)
        for above, places in groups.items():
            head = self.vocabulary.label(above)
            unknown = [place for place in places if columns[place][0] is None]
            if head is not None and head.field == "value" and len(unknown) == 1 < len(places):
                known = {label.field for place in places if (label := columns[place][0]) is not None}
                if known <= {*_SIGNS, "unit"}:
                    columns[unknown[0]] = (head, above)
        return columns

    def _leads_a_goal(self, sheet: Sheet, first: int, row: int, column: int) -> bool:
        """Whether the first header is the goal whose indicators follow, in a file that knows no merged cells: it stands alone."""
        own = sheet.rows.get(first, {})
        if sheet.anchors or column != min(own) or sheet.rows.get(row + 1, {}).get(column):
            return False
        label = self.vocabulary.label(own[column])
        return label is not None and label.is_goal

    @staticmethod
    def _left_of(sheet: Sheet, row: int, column: int) -> str:
        """The header that reaches over an empty place where the file knows no merged cells."""
        is_below = bool(sheet.rows.get(row + 1, {}).get(column))
        own = sheet.rows.get(row, {}) if is_below and not sheet.anchors else {}
        return own[max(each for each in own if each < column)] if own and min(own) < column else ""

    @staticmethod
    def _heads_several(sheet: Sheet, row: int, column: int) -> bool:
        """Whether the cell at a place is merged over several columns."""
        area = sheet.area(row, column)
        return area.right > area.left

    def _sorted(self, sheet: Sheet, first: int, row: int, columns: Mapping[int, tuple[Label | None, str]]) -> Header:
        """The header of these columns: each field in one of them, what comes again in further sets."""
        labels = {column: squeeze(sheet.text(row, column) or sheet.text(row - 1, column)) for column in columns}
        bare_units = [column for column, label in labels.items() if label == "单位"]
        owners = sheet.covered.get(row, {})
        own = {column: pair for column, pair in columns.items() if owners.get(column, (row, column))[1] == column}
        header = Header(row, first, labels)
        _Chooser(self, header, bare_units).take(own)
        return header

    def tier(self, text: str) -> str:
        """The words of a first tier, where they head a group of columns."""
        key = squeeze(text)
        return key if key in self._tiers else ""


@dataclass(frozen=True, slots=True)
class _Column:
    place: int
    field: str
    scope: str
    tier1: str


class _Chooser:
    """Gives each column its field. Of labels that mean the same the first wins, but for those that say they are the year's."""

    def __init__(self, headers: Headers, found: Header, bare_units: Collection[int]) -> None:
        self._headers, self._found, self._bare_units = headers, found, bare_units

    def take(self, columns: Mapping[int, tuple[Label | None, str]]) -> None:
        known = {label.field for label, _group in columns.values() if label is not None}
        repeated = []
        for place, (label, group) in columns.items():
            name = None if label is None else _meaning(label, known)
            if label is None or name is None:
                continue
            if name in _REPEATED:
                scope = label.scope or self._headers.vocabulary.scope(group)
                repeated.append(_Column(place, name, scope, self._headers.tier(group)))
            else:
                self._take_single(place, name, label)
        self._settle_unit(repeated)
        self._settle_total(known)
        if any(column.tier1 for column in repeated):
            self._take_tiers(repeated)
        else:
            self._take_repeated(repeated)

    def _take_single(self, place: int, name: str, label: Label) -> None:
        """Takes a column that comes once in a row."""
        found = self._found
        taken = found.details if name.startswith(DETAIL) else found.signs if name in _SIGNS else found.fields
        if name == "" or name not in taken.values():
            taken[place] = name
            if label.amount_unit:
                self._found.amount_units[place] = label.amount_unit

    def _settle_unit(self, repeated: list[_Column]) -> None:
        """«单位» left of the indicators of a list is the unit whose projects they are."""
        names = [column.place for column in repeated if column.field == "name"]
        place = next((place for place in self._bare_units if self._found.fields.get(place) == "unit"), None)
        projects = {name for name in self._found.fields.values() if name.startswith(PROJECT)}
        if place is not None and projects and names and place < min(names) and f"{PROJECT}unit" not in projects:
            self._found.fields[place] = f"{PROJECT}unit"

    def _settle_total(self, known: set[str]) -> None:
        """«项目总金额» of a list without another amount is what its projects are given."""
        place = next((place for place, name in self._found.details.items() if name == f"{DETAIL}whole_total"), None)
        if place is not None and f"{PROJECT}budget" not in known and not known.isdisjoint(_NAMES):
            del self._found.details[place]
            self._found.fields[place] = f"{PROJECT}budget"

    def _take_tiers(self, columns: list[_Column]) -> None:
        """Columns that stand below the words of first tiers: each of those has its own."""
        sets: dict[str, dict[int, str]] = {}
        for column in columns:
            fields = sets.setdefault(column.tier1, {})
            if column.field not in fields.values():
                fields[column.place] = column.field
        named = [(tier1, fields) for tier1, fields in sets.items() if "name" in fields.values()]
        if named:
            self._found.tier1, first = named[0]
            self._found.fields |= first
            self._found.more = [ColumnSet(fields, tier1) for tier1, fields in named[1:]]

    def _take_repeated(self, columns: list[_Column]) -> None:
        open_ones = {name: [each for each in columns if each.field == name and each.scope == ""] for name in _REPEATED}
        has_pairs = len(open_ones["name"]) == 2 == len(open_ones["value"])
        for name in _REPEATED:
            own = [each for each in columns if each.field == name]
            annual = [each for each in own if each.scope == "annual"]
            later = open_ones[name][1:] if has_pairs else []
            chosen = next(iter((*annual, *later, *open_ones[name], *own)), None)
            if chosen is not None:
                self._found.fields[chosen.place] = name
            others = [each for each in own if each is not chosen and (has_pairs or each.scope == "long_term")]
            self._found.long_term |= {each.place: name for each in others[:1]}


def _meaning(label: Label, known: set[str]) -> str | None:
    """The field a label means beside these; None where it means none."""
    if label.field == "name_or_description":
        return "description" if "name" in known else "name"
    if label.field == "name_or_group":
        return None if known & {"name", "name_or_description"} else "name"
    if label.field == GROUP or label.field.startswith(DEPARTMENT):
        return None
    return label.field
