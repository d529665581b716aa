"""The window's helpers beyond the first three, in the order in which their entries stand in the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.desk import Desk as Desk  # first: a task's module may take it from here as well

# isort: split
from ui.bureau_desk import BureauDesk
from ui.data_folder_desk import DataFolderDesk
from ui.fill_in_desk import FillInDesk
from ui.final_desk import FinalDesk
from ui.find_desk import FindDesk
from ui.help_desk import HelpDesk
from ui.library_desk import LibraryDesk
from ui.remarks_desk import RemarksDesk
from ui.settings_desk import SettingsDesk
from ui.units_desk import UnitsDesk
from ui.years_desk import YearsDesk

if TYPE_CHECKING:
    from ui.main_window import MainWindow

DESKS: tuple[type[Desk], ...] = (
    DataFolderDesk,
    FindDesk,
    FinalDesk,
    YearsDesk,
    UnitsDesk,
    BureauDesk,
    LibraryDesk,
    FillInDesk,
    RemarksDesk,
    SettingsDesk,
    HelpDesk,
)
"""In the order in which their entries stand in the menus."""


def make_desks(window: MainWindow) -> tuple[Desk, ...]:
    """One of each."""
    return tuple(make(window) for make in DESKS)
