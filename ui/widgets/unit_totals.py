"""The sums of each unit of a department's text: projects and amounts, and all of them together."""

from PySide6.QtWidgets import QWidget

from models.merge import UnitTotal, total_of, totals_by_unit, unit_words
from models.session.session import Session
from ui.widgets.parts import column_of
from ui.widgets.shared_table import SharedTable
from ui.widgets.style import labelled
from ui.widgets.view_options import table_item

_COLUMNS = ("单位", "项目数", "预算数（万元）", "财政资金", "其他资金")
_MOST_ROWS = 10


class UnitTotalsTable(SharedTable):
    """One line a unit, and below them the sum of all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_COLUMNS, (14, 4, 7, 6, 6), 3.5, parent)

    def show_totals(self, totals: tuple[UnitTotal, ...]) -> None:
        """Shows these; nothing where there are none."""
        self.fill([_line(total) for total in ((*totals, total_of(totals)) if totals else ())], range(1, len(_COLUMNS)))
        for column in range(len(_COLUMNS) if totals else 0):
            item = table_item(self, len(totals), column)
            font = item.font()
            font.setBold(True)
            item.setFont(font)


class UnitTotals(QWidget):
    """The table with its label, for a text of several units; nothing for one unit's."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.table = UnitTotalsTable(self)
        column_of(self, labelled("各单位合计", self.table), self.table)

    def refresh(self) -> None:
        """Shows the units there are now."""
        totals = totals_by_unit(self._session.document)
        self.setVisible(len(totals) > 1)
        if len(totals) > 1:
            self.table.show_totals(totals)
            lines = min(len(totals) + 1, _MOST_ROWS) + 1.6
            self.table.setFixedHeight(round(lines * self.table.verticalHeader().defaultSectionSize()))


def _line(total: UnitTotal) -> tuple[str, ...]:
    note = f"（{total.unclear} 个项目的预算未写或不是数字）" if total.unclear else ""
    sums = (total.budget, total.fiscal_funds, total.other_funds)
    return f"{unit_words(total.unit)}{note}", str(total.projects), *(f"{amount:,.2f}" for amount in sums)
