"""The line that names a unit above the first of its projects: where one stands, and its words."""

from collections.abc import Sequence

from models.document.tree import Project, Unit


def unit_key(unit: Unit) -> str:
    """The words of a unit as its table writes them, without white space; two units of one key have one heading."""
    return "".join((unit.code + unit.name).split())


def begins_unit(projects: Sequence[Project], place: int) -> bool:
    """Whether a heading stands before that project: it names a unit, and the project before it another or none."""
    key = unit_key(projects[place].unit)
    return bool(key) and (place == 0 or unit_key(projects[place - 1].unit) != key)
