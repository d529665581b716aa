"""What the parts of the indicator table see of it: its rows, its cells, and where the cursor goes."""

from abc import abstractmethod

from models.session.session import Session
from ui.editor.table.cell_table import CellTable
from ui.editor.table.indicator_edits import Place
from ui.editor.table.indicator_model import IndicatorModel


class IndicatorTable(CellTable):
    """The table as clipboard, handles and the walk from cell to cell use it; `IndicatorView` is the one there is."""

    indicators: IndicatorModel

    @property
    @abstractmethod
    def session(self) -> Session:
        """Of the open draft."""

    @abstractmethod
    def refresh(self) -> None:
        """Shows the session's state."""

    @abstractmethod
    def selected_cells(self) -> set[Place]:
        """Row and column of each chosen cell."""

    @abstractmethod
    def add_row(self) -> None:
        """A new row behind the last one, its name to be typed."""

    @abstractmethod
    def fill_on(self, area: tuple[int, int, int, int], until: int) -> None:
        """Writes what stands in the area into the rows up to that one."""
