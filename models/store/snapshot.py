"""A whole draft as a few compressed bytes, and back: what a version keeps."""

import json
import zlib
from collections.abc import Callable
from typing import Any

from models.document.tree import (
    NO_DETAILS,
    Details,
    Draft,
    FundResult,
    GoalDocument,
    Headings,
    IgnoredProblem,
    Indicator,
    IndicatorResult,
    Items,
    Measure,
    Project,
    ProjectResult,
    Provenance,
    Remark,
    Report,
    Settings,
    SubGoal,
    Unit,
    plain,
)

_LEVEL = 6


def pack(draft: Draft) -> bytes:
    """The same draft gives the same bytes."""
    text = json.dumps(plain(draft), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), _LEVEL)


def unpack(content: bytes) -> Draft:
    """The draft of `pack`. Fields a later version of the program added take their defaults; ValueError for other bytes."""
    try:
        plain = json.loads(zlib.decompress(content))
    except zlib.error as error:
        raise ValueError("no packed draft") from error
    return _draft(plain)


def _list(value: list[Any], read: Callable[[Any], Any]) -> tuple[Any, ...]:
    return tuple(read(part) for part in value)


def _draft(value: dict[str, Any]) -> Draft:
    parts: dict[str, Any] = {
        "document": _document(value["document"]),
        "settings": Settings(**value["settings"]),
        "ignored": _list(value["ignored"], lambda part: IgnoredProblem(**part)),
        "remarks": _list(value["remarks"], lambda part: Remark(**part)),
        "provenance": _provenance(value["provenance"]),
        "reports": _list(value.get("reports", []), report_of_plain),
    }
    return Draft(**{**value, **parts})


def _provenance(value: dict[str, Any]) -> Provenance:
    parts: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items()}
    return Provenance(**parts)


def _document(value: dict[str, Any]) -> GoalDocument:
    return GoalDocument(
        **value
        | {
            "unit": Unit(**value["unit"]),
            "headings": Headings(**value["headings"]),
            "sub_goals": _items(value["sub_goals"], lambda part: SubGoal(**part)),
            "safeguards": _items(value["safeguards"], lambda part: Measure(**part)),
            "projects": _list(value["projects"], _project),
            "unplaced": tuple(value["unplaced"]),
        }
    )


def report_of_plain(value: dict[str, Any]) -> Report:
    return Report(**value | {"projects": _list(value.get("projects", []), project_result_of_plain)})


def project_result_of_plain(value: dict[str, Any]) -> ProjectResult:
    target = value.get("target")
    return ProjectResult(
        **value
        | {
            "funds": _list(value["funds"], lambda part: FundResult(**part)),
            "indicators": _list(value["indicators"], _indicator_result),
            "target": None if target is None else _project(target),
        }
    )


def _indicator_result(value: dict[str, Any]) -> IndicatorResult:
    target = value.get("target")
    return IndicatorResult(**value | {"target": None if target is None else Indicator(**target)})


def _items(value: dict[str, Any], read: Callable[[Any], Any]) -> Items[Any]:
    return Items(**value | {"items": _list(value["items"], read)})


def _project(value: dict[str, Any]) -> Project:
    return Project(
        **value
        | {
            "unit": Unit(**value["unit"]),
            "spending_plan": tuple(value["spending_plan"]),
            "goals": tuple(value["goals"]),
            "indicators": _list(value["indicators"], lambda part: Indicator(**part)),
            "details": Details(**value["details"]) if "details" in value else NO_DETAILS,
        }
    )
