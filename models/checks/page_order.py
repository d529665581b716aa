"""The order of the page: where a field path stands among the others, and what the user calls the place."""

from models.document.fieldnames import CHECKPOINTS, PART_LABELS
from models.document.fieldpath import parse, places_by_id
from models.document.tree import GoalDocument, Indicator, Project

_DOCUMENT = (
    "template",
    "year",
    "unit",
    "headings.part_one",
    "headings.part_one_name",
    "title",
    "headings.overall_goal",
    "overall_goal",
    "headings.sub_goals",
    "sub_goals",
    "headings.safeguards",
    "safeguards",
    "headings.part_two",
    "headings.part_two_name",
    "projects",
    "unplaced",
)
_ITEM = ("number", "heading", "run_in", "text", "goal", "indicator")
_PROJECT = (
    "unit",
    "amount_unit",
    "code",
    "name",
    "budget",
    "fiscal_funds",
    "other_funds",
    "fund_use",
    "spending_plan",
    "goals_numbering",
    "goals",
    "details",
    "indicators",
)
_ROW = ("tier1", "tier2", "name", "description", "value", "basis", "weight", "scope")

Place = tuple[int, ...]


def place_in_project(project: Project, path: str) -> Place:
    """Sortable; `path` counts from the project."""
    if not path:
        return ()
    steps = parse(path)
    place = [_index(_PROJECT, steps[0].name)]
    if len(steps) > 1 and steps[1].key:
        place.append(_number(project.indicators, steps[1].key))
        if len(steps) > 2:
            place.append(_index(_ROW, steps[2].name))
    return tuple(place)


def where_in_project(project: Project, path: str) -> str:
    """« · 指标 5 · 指标值»: what `models.document.fieldnames.where` says after «项目 2», without a search through the document."""
    if not path:
        return ""
    labels, steps = PART_LABELS[Project], parse(path)
    name = steps[0].name
    if len(steps) == 1:
        return f" · {labels.get(name, name)}"
    if name == "indicators":
        row = f" · 指标 {_number(project.indicators, steps[1].key) + 1}"
        return row if len(steps) == 2 else f"{row} · {PART_LABELS[Indicator].get(steps[2].name, steps[2].name)}"
    if steps[1].key:
        place = int(steps[1].key)
        return f" · {labels.get(name, name)} {CHECKPOINTS[place] if name == 'spending_plan' else place + 1}"
    return f" · {labels.get(path, path)}"


def place_in_document(document: GoalDocument, path: str) -> Place:
    """Sortable, for what stands outside the projects."""
    steps = parse(path)
    name = ".".join(step.name for step in steps[:2] if step.name) if steps[0].name == "headings" else steps[0].name
    place = [_index(_DOCUMENT, name)]
    if len(steps) > 1 and steps[1].key:
        section = getattr(document, steps[0].name, ())
        place.append(1 + _number(getattr(section, "items", ()), steps[1].key))
        if len(steps) > 2:
            place.append(_index(_ITEM, steps[2].name))
    return tuple(place)


def _index(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _number(parts: tuple[object, ...], key: str) -> int:
    """The place of the part with that id, or the place the key itself names."""
    known = places_by_id(parts).get(key)
    return known if known is not None else int(key) if key.isdecimal() else len(parts)
