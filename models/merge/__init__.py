"""汇总单位: the texts of several units as one department's, and their later changes brought in without losing an edit."""

from models.merge.department import (
    Choice,
    Conflict,
    Incoming,
    Note,
    Outcome,
    PartOne,
    Source,
    department_text,
    source_doubts,
    unit_number,
    update,
)
from models.merge.remembered_units import MergedUnit, merged_units, unit_of, unit_words
from models.merge.totals import UnitTotal, total_of, totals_by_unit

__all__ = [
    "Choice",
    "Conflict",
    "Incoming",
    "MergedUnit",
    "Note",
    "Outcome",
    "PartOne",
    "Source",
    "UnitTotal",
    "department_text",
    "merged_units",
    "source_doubts",
    "total_of",
    "totals_by_unit",
    "unit_number",
    "unit_of",
    "unit_words",
    "update",
]
