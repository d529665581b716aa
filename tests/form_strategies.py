"""Generated forms of one table a project, as the file a user writes: any rows of labels and fields that can be told apart."""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from hypothesis import assume
from hypothesis import strategies as st

from models.document.table_layout import ANNUAL, LONG_TERM

FORM_ID = "any-form"
_FIELDS = (
    *(
        "code",
        "budget",
        "fiscal_funds",
        "other_funds",
        "fund_use",
        "goals",
        "unit.code",
        "unit.name",
        "spending_plan[0]",
    ),
    *("details.department", "details.nature", "details.long_term_goal", "details.summary", "details.carry_over"),
)
_ROW_FIELDS = ("tier1", "tier2", "name", "description", "value", "basis", "weight")
_LINES = ("", "（{year}年）", "填报单位：{unit.name}", "代码：{unit.code} 名称：{unit.name} 年度：{year}年")
_RUNS = ((), (ANNUAL,), (LONG_TERM,), (ANNUAL, LONG_TERM), (LONG_TERM, ANNUAL))


class _Rows:
    """Draws the rows of a table of so many columns, no label of which comes twice."""

    def __init__(self, draw: st.DrawFn, columns: int) -> None:
        self._draw, self._columns = draw, columns
        self._labels = (f"栏目{number}" for number in count(1))

    def of_name(self) -> Iterator[str]:
        """The project's name between labels in the first and the last column: a workbook is as wide as its words."""
        yield _row([self._label(1), f'{{ field = "name", columns = {self._columns - 2} }}', self._label(1)])

    def of_fields(self, names: Sequence[str]) -> Iterator[str]:
        """Labels beside their fields, above them, or below one label for several."""
        kind = self._draw(st.sampled_from(("beside", "above", "grouped", "optional")))
        if kind == "above":
            widths = self._widths(self._columns, min(len(names), self._columns))
            yield _row([self._label(width) for width in widths])
            yield _row([_field(name, width) for name, width in zip(names, widths, strict=False)])
            names = names[len(widths) :]
        for place, name in enumerate(names):
            group = kind == "grouped"
            head = [self._label(1, f", rows = {len(names)}")] if group and place == 0 else []
            left, right = self._widths(self._columns - group, 2)
            yield _row([*head, self._label(left), _field(name, right)], "optional = true\n" * (kind == "optional"))

    def of_parts(self, each: str) -> Iterator[str]:
        """Labels and the row that repeats below them, beside one label for all of them or not."""
        most = st.lists(st.sampled_from(_ROW_FIELDS), unique=True, min_size=1, max_size=self._columns - 1)
        names, group = self._draw(most), self._draw(st.booleans())
        widths = self._widths(self._columns - group, len(names))
        head = [self._label(1, ', rows = "each"')] if group else []
        yield _row([*head, *(self._label(width) for width in widths)])
        merging = ["tier1", "tier2"] if self._draw(st.booleans()) else []
        cells = zip(names, widths, strict=True)
        yield _row([_field(name, width, merge=name in merging) for name, width in cells], f'each = "{each}"\n')

    def _label(self, columns: int, more: str = "") -> str:
        words = next(self._labels) + self._draw(st.sampled_from(("", "", "（{amount_unit}）")))
        return f'{{ label = "{words}", columns = {columns}{more} }}'

    def _widths(self, columns: int, parts: int) -> list[int]:
        cuts = st.lists(st.integers(1, columns - 1), unique=True, min_size=parts - 1, max_size=parts - 1)
        ends = [0, *sorted(self._draw(cuts) if parts > 1 else []), columns]
        return [end - start for start, end in pairwise(ends)]


def _field(name: str, columns: int, *, merge: bool = False) -> str:
    return f'{{ field = "{name}", columns = {columns}{", merge = true" if merge else ""} }}'


def _row(cells: Sequence[str], keys: str = "") -> str:
    return f"[[tables.rows]]\n{keys}cells = [{', '.join(cells)}]\n"


def _is_always_there(row: str) -> bool:
    return "optional = " not in row and "each = " not in row


def _is_fixed_and_wide(row: str) -> bool:
    """A table always has a row of several cells."""
    return _is_always_there(row) and row.count("columns = ") > 1


@st.composite
def form_files(draw: st.DrawFn) -> str:
    """The words of a `form.toml`."""
    columns = draw(st.integers(3, 6))
    rows = _Rows(draw, columns)
    fields = draw(st.lists(st.sampled_from(_FIELDS), unique=True, max_size=8))
    parts = [[*rows.of_name()]]
    for each in (*draw(st.sampled_from(_RUNS)), ""):
        taken = draw(st.integers(0, len(fields))) if each else len(fields)
        now, fields = fields[:taken], fields[taken:]
        while now:
            size = draw(st.integers(1, len(now)))
            parts.append([*rows.of_fields(now[:size])])
            now = now[size:]
        if each:
            parts.append([*rows.of_parts(each)])
    fixed = [place for place, part in enumerate(parts) if any(map(_is_always_there, part))]
    split = draw(st.integers(0, fixed[-1]))  # each table has a row that is always there
    table = f"[[tables]]\ncolumns = {[8844 // columns] * columns}\n"
    tables = [group for group in (parts[:split], parts[split:]) if group]
    assume(all(any(map(_is_fixed_and_wide, (row for part in group for row in part))) for group in tables))
    line, numbering = draw(st.sampled_from(_LINES)), draw(st.sampled_from(("{n}.", "（{cn}）", "")))
    head = f'id = "{FORM_ID}"\nkind = "project"\nname = "甲乡表"\ndocument_name = "甲乡表"\ntitle = "甲乡项目表"\n'
    head += f'line = "{line}"\nnumbering = "{numbering}"\n'
    return head + "".join(table + "".join(row for part in group for row in part) for group in tables)
