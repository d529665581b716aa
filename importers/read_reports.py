"""What the tables of a 自评表 or 监控表 say, project by project, before it becomes a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from importers.report_labels import plain_label
from importers.table_grid import GridRow
from models.document.tree import FundResult, Indicator, IndicatorResult

_OVERVIEW = {"项目名称", "执行率", "得分"}
_WHOLE = "整体支出"
"""What such tables put where a project's name stands."""


@dataclass(slots=True)
class ReadReport:
    """One project of a report, as its table says. `tasks`: of a whole department's table, by the words of their columns;
    `is_whole`: whether the line above is the title of such a table; `beside`: by the header of a column no field knows, what
    stands there beside the names of the rows."""

    texts: dict[str, str] = field(default_factory=dict)
    amount_unit: str = ""
    goals: tuple[str, ...] = ()
    goals_numbering: str = "{n}."
    funds: list[FundResult] = field(default_factory=list)
    rows: list[tuple[Indicator, IndicatorResult]] = field(default_factory=list)
    tasks: list[dict[str, str]] = field(default_factory=list)
    total: str = ""
    is_monitoring: bool = False
    is_whole: bool = False
    stray: list[str] = field(default_factory=list)
    beside: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    """Fields of the project by their paths, where a layout names them."""

    @property
    def speaks_of_whole(self) -> bool:
        """Whether it is a whole department's table: its title or a label says so, and no project is named."""
        name = self.texts.get("name", "")
        return (self.is_whole or "whole" in self.texts) and (not name or _WHOLE in name)

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.funds or self.rows or self.goals or self.tasks)


def is_overview(rows: Sequence[GridRow]) -> bool:
    """Whether a table is a list of the projects whose tables follow."""
    return bool(rows) and {plain_label(cell.text) for cell in rows[0]} >= _OVERVIEW


@dataclass(slots=True)
class ReadReports:
    """What the blocks of a file say: the projects, what is said of the whole department, the lines above the tables, words no
    field could take, and the month whose end the headers speak of (0: none)."""

    projects: list[ReadReport] = field(default_factory=list)
    wholes: list[ReadReport] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    month: int = 0
