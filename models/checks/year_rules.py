"""Rules on years: another one than the plan's that nothing in the text explains."""

from collections.abc import Collection, Iterator
from itertools import islice

from models.checks import texts
from models.checks.prose import clause_at
from models.checks.registry import (
    PROJECT,
    Context,
    Finding,
    Severity,
    Whole,
    document_rule,
    most_findings,
    project_rule,
    replacing,
)
from models.document.tree import Project
from models.years.budget_year import is_year, strange_year
from models.years.year_marks import YearMark
from models.years.year_mentions import judged_years

_SOURCE = "河北省部门预算绩效文本·预算年度"


def other_years(text: str, year: int, field: str = "", names: Collection[str] = ()) -> Iterator[YearMark]:
    """The years that should be `year`. `field`: the text's kind of field; `names`: project names, whose years are their
    own."""
    return (judged.mark for judged in judged_years(text, year, field, names) if judged.strange)


def _wrong_years(path: str, field: str, text: str, year: int, names: Collection[str]) -> Iterator[Finding]:
    for mark in islice(other_years(text, year, field, names), most_findings(text)):
        excerpt = clause_at(text, mark.start)
        if mark.words not in excerpt:
            excerpt = text[mark.start : mark.start + 30]
        message = f"预算年度是 {year} 年，这里写的是{mark.words}，请核对。"
        meant = mark.words_of(year)
        choice = replacing(f"改为 {meant}", path, text[: mark.start] + meant + text[mark.end :])
        yield Finding(path, excerpt.split("\n")[0].strip(), message, choices=(choice,))


@project_rule(
    "wrong-year",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{PROJECT}.indicators[time].value": "2025年11月底前"},
    right={f"{PROJECT}.goals": ("较2025年多培训农户1200人次，培训考核合格率达到95%以上。",)},
)
def wrong_year_in_project(project: Project, context: Context) -> Iterator[Finding]:
    """Another year in 用途, goals, or an indicator's name, description or value (not its basis)."""
    if context.year is None or not is_year(context.year):
        return
    names = (project.name,)
    for path, field, text in texts.project_texts(project):
        if path != "name":
            yield from _wrong_years(path, field, text, context.year, names)
    for row in project.indicators:
        for path, field, text in texts.row_texts(row):
            if path != "basis":
                yield from _wrong_years(f"indicators[{row.id}].{path}", field, text, context.year, names)


@document_rule(
    "wrong-year",
    Severity.ERROR,
    source=_SOURCE,
    wrong={"overall_goal": "2025年，推广小麦节水新技术3000亩，培训农户1200人次。"},
    right={"overall_goal": "在2025年推广小麦节水新技术的基础上，再推广3000亩，培训农户1200人次。"},
)
def wrong_year_in_front(whole: Whole) -> Iterator[Finding]:
    """Another year in the overall goal, the sub-goals, the measures or the title."""
    document, year = whole.document, whole.context.year
    if year is None:
        return
    if not is_year(year):
        yield Finding("year", str(year), strange_year(year))
        return
    names = tuple(sorted({project.name for project in document.projects if "20" in project.name}))
    for path, field, text in texts.front_texts(document):
        yield from _wrong_years(path, field, text, year, names)
