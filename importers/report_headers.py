"""The headers of the tables of a 自评表 or 监控表: which field each column holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from importers.report_labels import ReportLabels, plain_label
from importers.table_grid import GridCell, GridRow, squeeze
from models.reports.scoring import load_scoring

Columns = dict[int, str]
"""Grid column → field."""

_LEAST_COLUMNS = 3
_SEVERAL_WEIGHTS = 2
_SEVERAL = ("reason",)
"""Fields that may have several columns: 未完成原因 beside 改进措施."""
_TICKS = frozenset(["√", "✓", "✔", "☑", "是", "1", "有", "V", "v"])
_DIGITS = frozenset("0123456789,，.．%％ ")


def indicator_header(row: GridRow, labels: ReportLabels) -> Columns:
    """The columns of the header of an indicator table; none where the row is no such header."""
    columns = columns_of(row, labels, "indicators")
    if "actual" not in columns.values():
        return {}
    columns = _with_name(row, columns, labels)
    names = set(columns.values())
    if len(names) < _LEAST_COLUMNS or not names & {"name", "tier1"}:
        return {}
    if "causes" in names and "reason" not in names:
        columns = {column: "reason" if name == "causes" else name for column, name in columns.items()}
    return _with_own_weight(row, columns, labels)


def _with_name(row: GridRow, columns: Columns, labels: ReportLabels) -> Columns:
    """A word that heads groups of rows elsewhere is the name's header right of the tiers, where nothing else is."""
    tiers = [column for column, name in columns.items() if name in ("tier1", "tier2")]
    if not tiers or "name" in columns.values():
        return columns
    right = (cell for cell in row if cell.column > max(tiers) and cell.column not in columns)
    found = next((cell for cell in right if plain_label(cell.text) in labels.groups), None)
    return columns if found is None else {**columns, found.column: "name"}


def _with_own_weight(row: GridRow, columns: Columns, labels: ReportLabels) -> Columns:
    """Of several columns of points, one for each tier, the row's own is the first right of its name."""
    weights = [cell.column for cell in row if labels.field("indicators", cell.text) == "weight"]
    if len(weights) < _SEVERAL_WEIGHTS:
        return columns
    name = next((column for column, known in columns.items() if known == "name"), -1)
    own = next((column for column in weights if column > name), weights[-1])
    return {**{column: known for column, known in columns.items() if known != "weight"}, own: "weight"}


def fund_header(row: GridRow, labels: ReportLabels) -> Columns:
    columns = columns_of(row, labels, "funds")
    names = set(columns.values())
    is_one = len(names & {"year_start", "full_year", "executed", "rate", "expected"}) >= 2
    return columns if is_one and not any(is_amount(cell.text) for cell in row) else {}


def goals_header(row: GridRow, labels: ReportLabels) -> Columns:
    own = tuple(cell for cell in row if plain_label(cell.text) not in labels.groups)
    columns = columns_of(own, labels, "goals") if len(own) > 1 else {}
    columns = columns if "goals" in columns.values() else columns_of(row, labels, "goals")
    return columns if "actual_goals" in columns.values() and "goals" in columns.values() else {}


def columns_of(row: GridRow, labels: ReportLabels, place: str) -> Columns:
    """The columns whose headers are known in that kind of place."""
    found: Columns = {}
    for cell in row:
        name = labels.field(place, cell.text)
        if name and (name not in found.values() or name in _SEVERAL):
            found[cell.column] = name
    return found


def is_amount(text: str) -> bool:
    """Whether a cell holds a figure alone."""
    return bool(text.strip()) and _DIGITS.issuperset(text.strip()) and any(map(str.isdigit, text))


@dataclass(frozen=True, slots=True)
class TickedColumns:
    """A second row of headers: the causes of a deviation and how likely the target is, each a column to be ticked."""

    words: dict[int, tuple[str, str]]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields the ticks speak of."""
        return tuple(dict.fromkeys(name for name, _word in self.words.values()))

    def text(self, row: GridRow, wanted: str) -> str:
        """The words of the columns of that field that say something."""
        ticked = ((*self.words[cell.column], cell.text.strip()) for cell in row if cell.column in self.words)
        named = ((word, text) for name, word, text in ticked if text and name == wanted)
        return "、".join(word if text in _TICKS else f"{word}：{text}" for word, text in named)


@cache
def _tick_words() -> dict[str, str]:
    known = load_scoring()
    return dict.fromkeys(known.causes, "causes") | dict.fromkeys(known.likelihood, "likelihood")


def second_header(
    cells: Sequence[GridCell], above: Columns, labels: ReportLabels
) -> tuple[TickedColumns, Columns] | None:
    """(the columns to be ticked, all others below both rows of headers); None where the row is no second one."""
    words = _tick_words()
    ticks = {cell.column: (words[text], text) for cell in cells if (text := squeeze(cell.text)) in words}
    rest = {
        cell.column: name
        for cell in cells
        if (name := labels.field("indicators", cell.text)) and cell.column not in ticks
    }
    if len(ticks) < _LEAST_COLUMNS or len(ticks) + len(rest) < len(cells):
        return None
    taken = set(rest.values())
    kept = {column: name for column, name in above.items() if column not in ticks and name not in taken}
    return TickedColumns(ticks), kept | rest
