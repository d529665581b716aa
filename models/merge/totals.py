"""What each unit of a department's text has: projects and amounts."""

from dataclasses import dataclass, replace
from decimal import Decimal

from models.document.tree import GoalDocument, Project, Unit
from models.document.values import money


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """Amounts in 万元; `unclear`: projects whose 预算数 is empty or no number, and so in no sum."""

    unit: Unit
    projects: int = 0
    budget: Decimal = Decimal(0)
    fiscal_funds: Decimal = Decimal(0)
    other_funds: Decimal = Decimal(0)
    unclear: int = 0


def totals_by_unit(document: GoalDocument) -> tuple[UnitTotal, ...]:
    """One for each unit, in the order of their first projects; a table without a unit counts as the document's."""
    found: dict[str, UnitTotal] = {}
    for project in document.projects:
        unit = project.unit if project.unit != Unit() else document.unit
        key = unit.code or unit.name
        found[key] = _with(found.get(key) or UnitTotal(unit), project)
    return tuple(found.values())


def total_of(totals: tuple[UnitTotal, ...]) -> UnitTotal:
    """All of them together."""

    def summed(name: str) -> Decimal:
        return sum((getattr(total, name) for total in totals), Decimal(0))

    return UnitTotal(
        Unit(name="合计"),
        sum(total.projects for total in totals),
        summed("budget"),
        summed("fiscal_funds"),
        summed("other_funds"),
        sum(total.unclear for total in totals),
    )


def _with(total: UnitTotal, project: Project) -> UnitTotal:
    texts = (project.budget, project.fiscal_funds, project.other_funds)
    budget, fiscal, other = (money(text, project.amount_unit) for text in texts)
    return replace(
        total,
        projects=total.projects + 1,
        budget=total.budget + (budget or 0),
        fiscal_funds=total.fiscal_funds + (fiscal or 0),
        other_funds=total.other_funds + (other or 0),
        unclear=total.unclear + (budget is None),
    )
