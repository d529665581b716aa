"""The form with nothing filled in, to be printed and filled by hand."""

from exporters.build import build
from models.document.blocks import Block
from models.document.template import Template
from models.document.tree import GoalDocument, Headings, Indicator, Items, Measure, Project, SubGoal

_ITEMS = 3
_LINES = "\n" * 3
"""Numbered items of each section, and the line ends that keep room for a few written lines."""

_NAME = "\u3000" * 10  # in the title, between its number and «绩效目标表»


def blank_form(template: Template) -> tuple[Block, ...]:
    """The blocks of the empty form: every label, one project table, a row for each 二级指标 of the default scheme."""
    return build(blank_document(template), template)


def blank_document(template: Template) -> GoalDocument:
    """The text those blocks show; room to write is empty lines."""
    labels = template.labels
    return GoalDocument(
        template=template.id,
        headings=Headings(
            labels.part_one,
            labels.part_one_name,
            labels.overall_goal,
            labels.sub_goals,
            labels.safeguards,
            labels.part_two,
            labels.part_two_name,
        ),
        overall_goal=_LINES,
        sub_goals=Items(
            numbering=template.numbering.items,
            items=tuple(SubGoal(f"s{number}", goal="\n", indicator="\n") for number in range(1, _ITEMS + 1)),
        ),
        safeguards=Items(
            numbering=template.numbering.items,
            items=tuple(Measure(f"m{number}", text="\n") for number in range(1, _ITEMS + 1)),
        ),
        projects=(_project(template),),
    )


def _project(template: Template) -> Project:
    tiers = [
        (tier1, tier2) for tier1, below in template.scheme(template.default_scheme).tiers.items() for tier2 in below
    ]
    return Project(
        "p1",
        amount_unit=template.amount_units[0],
        name=_NAME,
        fund_use=_LINES,
        goals_numbering=template.numbering.goals,
        goals=("",) * _ITEMS,
        indicators=tuple(
            Indicator(f"i{number}", tier1, tier2, description="\n") for number, (tier1, tier2) in enumerate(tiers, 1)
        ),
    )
