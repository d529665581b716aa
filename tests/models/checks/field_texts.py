"""The compact texts of `tests/data/checks/fields`: a line for each part, as whole documents."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from models.document import fieldpath
from models.document.project_code import check_character
from models.document.tree import GoalDocument, Headings, Indicator, Items, Measure, Project, SubGoal, Unit
from tests.shared import CHECKOUT

FOLDER = CHECKOUT / "tests" / "data" / "checks" / "fields"

TIERS = {
    "数": ("产出指标", "数量指标"),
    "质": ("产出指标", "质量指标"),
    "时": ("产出指标", "时效指标"),
    "本": ("产出指标", "成本指标"),
    "经": ("效益指标", "经济效益指标"),
    "社": ("效益指标", "社会效益指标"),
    "生": ("效益指标", "生态效益指标"),
    "续": ("效益指标", "可持续影响指标"),
    "满": ("满意度指标", "服务对象满意度指标"),
}
_HEADINGS = Headings(
    "第一部分",
    "部门整体绩效目标",
    "一、总体绩效目标",
    "二、分项绩效目标",
    "三、工作保障措施",
    "第二部分",
    "预算项目绩效目标",
)


def lines(name: str) -> list[str]:
    """The filled lines of a file, remarks aside."""
    words = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in words if line.strip() and not line.startswith("#")]


@cache
def blocks(name: str = "texts.txt") -> dict[str, str]:
    """Each unit's text as it stands in the file, by the unit's code."""
    words = (FOLDER / name).read_text(encoding="utf-8")
    parts = [part for part in re.split(r"^=== ", words, flags=re.MULTILINE) if part.strip()]
    return {part.partition("|")[0]: part for part in parts}


def document(block: str) -> GoalDocument:
    """The document of one unit's text."""
    first, *rest = block.strip("\n").split("\n")
    code, name, year = first.split("|")
    unit, overall = Unit(code, name), ""
    sub_goals: list[SubGoal] = []
    measures: list[Measure] = []
    projects: list[Project] = []
    for line in rest:
        mark, *fields = line.split("|")
        if mark == "总":
            overall = fields[0]
        elif mark == "分":
            heading, goal, indicator = fields
            sub_goals.append(SubGoal(f"s{len(sub_goals) + 1}", heading=heading[3:], goal=goal, indicator=indicator))
        elif mark == "障":
            measures.append(Measure(f"m{len(measures) + 1}", heading=fields[0][3:], run_in=True, text=fields[1]))
        elif mark == "项":
            projects.append(_project(len(projects) + 1, unit, year, *fields))
        else:
            projects[-1] = _with(projects[-1], mark, fields)
    return GoalDocument(
        year=int(year),
        unit=unit,
        headings=_HEADINGS,
        overall_goal=overall,
        sub_goals=Items(items=tuple(sub_goals)),
        safeguards=Items(items=tuple(measures)),
        projects=tuple(projects),
    )


def _project(number: int, unit: Unit, year: str, name: str, budget: str, fiscal: str, other: str = "") -> Project:
    body = f"130{unit.code[:3]}{year[2:]}P{number + 10:06d}10001"
    code = body + (check_character(body) or "")
    return Project(f"p{number}", unit, code=code, name=name, budget=budget, fiscal_funds=fiscal, other_funds=other)


def _with(project: Project, mark: str, fields: list[str]) -> Project:
    if mark == "用":
        return replace(project, fund_use=fields[0])
    if mark == "划":
        return replace(project, spending_plan=tuple(f"{cell}%" for cell in fields[0].split()))
    if mark == "目":
        return replace(project, goals=(*project.goals, fields[0]))
    row = Indicator(f"i{len(project.indicators) + 1}", *TIERS[mark], *fields)
    return replace(project, indicators=(*project.indicators, row))


def leaves(part: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text below a part with its field path."""
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, tuple):
        for place, inner in enumerate(part):
            yield from leaves(inner, f"{path}[{getattr(inner, 'id', place)}]")
    elif isinstance(part, Items):
        yield from leaves(part.items, path)
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            if field.name != "id":
                yield from leaves(getattr(part, field.name), f"{path}.{field.name}" if path else field.name)


_UNIT = re.compile(
    r"%|‰|[万亿]?(?:立方米|平方米|个工作日|个月|公里|小时|分钟|批次|场次|人次|辆次|元|[个项次人户件处座株台套场期站名具枚卷页吨亩天类顶床起米])"
)
_COUNTED = re.compile(r"overall_goal|sub_goals.*\.(?:goal|indicator)\Z|fund_use|goals\[\d+\]\Z|\.value\Z")


@dataclasses.dataclass(frozen=True)
class Number:
    """One number of a document whose number and unit stand elsewhere, too."""

    path: str
    text: str
    start: int
    end: int

    def changed(self, whole: GoalDocument) -> GoalDocument:
        """The document with this number a quarter less, or half more where it has decimals."""
        number = self.text[self.start : self.end]
        other = f"{float(number) * 1.5:.1f}" if "." in number else str(int(number) - max(1, int(number) // 4))
        return fieldpath.replace(whole, self.path, self.text[: self.start] + other + self.text[self.end :])


def repeated_numbers(whole: GoalDocument) -> list[Number]:
    """The numbers of sentences and values that stand in another field with the same unit."""
    found: dict[tuple[str, str], list[Number]] = {}
    for path, text in leaves(whole):
        if not _COUNTED.search(path):
            continue
        for number in re.finditer(r"(?<![\d.])\d+(?:\.\d+)?", text):
            unit = _UNIT.match(text, number.end())
            if unit:
                found.setdefault((number[0], unit[0]), []).append(Number(path, text, *number.span()))
    return [number for group in found.values() if len({own.path for own in group}) > 1 for number in group]
