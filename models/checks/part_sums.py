"""The rules on totals of the whole text: a sum said in part one is that of the projects, listed parts are the budget."""

import re
from collections.abc import Iterator
from decimal import Decimal

from models.checks.counted_things import Quantity, is_counted, quantities, row_quantity
from models.checks.money_rules import ROUNDING, budget_of
from models.checks.prose import amounts
from models.checks.registry import Context, Finding, Severity, Whole, document_rule, project_rule, shortened
from models.checks.vocabulary import Vocabulary
from models.document.tree import Project
from models.document.values import money, plain_number

_TOTAL = re.compile(
    r"(?:安排|下达|批复|编报|申报|纳入|涉及|共有)?(?:部门|预算|绩效)?项目(?:预算)?(?:支出|资金|经费|预算|总额|金额)(?:总额|合计|共计|总计|共|为|约)?\s*\Z"
)
_OF_ANOTHER = re.compile(
    "上年|去年|累计|其中|争取|结转|招商|签约|投资|企业|比|较|人均|已|约|余|以上|基本支出|20\\d\\d年(?!.*安排)"
)
_COUNTED_PROJECTS = re.compile(
    r"(?:安排|设置|编报|申报|共有|涉及|纳入)(?:预算|绩效|部门)?项目(?:共|共计)?\s*(\d{1,4})\s*个"
)


@document_rule(
    "part-sum",
    Severity.ERROR,
    source="总数应等于各项目之和",
    wrong={"overall_goal": "2026年，安排项目支出99.60万元，推广小麦节水新技术3000亩，培训农户1200人次。"},
    right={"overall_goal": "2026年，安排项目支出96.50万元，推广小麦节水新技术3000亩，培训农户1200人次。"},
)
def part_sum(whole: Whole) -> Iterator[Finding]:
    """The projects' money or number as the overall goal gives it, against the tables."""
    projects, text = whole.document.projects, whole.document.overall_goal
    if len(projects) == 1:
        yield from _money_of_the_only_project(whole, projects[0])
    if len(projects) < 2 or "项目" not in text:
        return
    stated = [
        (amount, clause)
        for amount in amounts(text)
        if _TOTAL.search(clause := re.split("[，。；;\n]", text[max(0, amount.start - 60) : amount.start])[-1])
        and not _OF_ANOTHER.search(clause)
    ]
    budgets = [budget_of(project) for project in projects] if stated else []
    known = [budget for budget in budgets if budget is not None]
    total = sum(known, Decimal(0))
    if len(known) == len(projects):
        for amount, clause in stated:
            if abs(amount.value - total) < ROUNDING:
                continue
            said = text[amount.start : amount.end]
            message = (
                f"这里说项目支出是 {said}，{len(projects)} 个项目的预算数相加是 {plain_number(total)} 万元，请核对。"
            )
            places = tuple(f"projects[{project.id}].budget" for project in projects[:8])
            yield Finding("overall_goal", shortened(clause[-20:] + said), message, places=places)
    found = _COUNTED_PROJECTS.search(text)
    if found and int(found[1]) != len(projects):
        message = f"这里说有 {found[1]} 个项目，后面填了 {len(projects)} 个项目绩效目标表，请核对。"
        yield Finding("overall_goal", shortened(found[0]), message, severity=Severity.WARN)


_SPENT = re.compile(
    r"(?:安排|投入|落实|下达|使用|列支|争取|筹措)(?:财政|专项|预算|项目|补助|本级)*(?:资金|经费|投资)?(?:共|共计|合计|为|约)?\s*\Z"
    r"|(?:项目|财政|专项|预算)(?:资金|经费|投资|支出|预算)(?:共|共计|合计|为|数)*\s*\Z"
)
_OF_THE_UNIT = re.compile("部门|单位|基本支出|人员经费|公用经费|全年预算|总预算|各项目|其他项目|每|标准|补贴标准")


def _money_of_the_only_project(whole: Whole, project: Project) -> Iterator[Finding]:
    """What part one says is spent on the only project is its 预算数, or an amount that the project itself names."""
    budget = budget_of(project)
    if budget is None:
        return
    own = (project.fiscal_funds, project.other_funds)
    known = {budget, *(part for text in own if (part := money(text, project.amount_unit)) is not None)}
    known |= {amount.value for text in (project.fund_use, *project.goals) for amount in amounts(text)}
    known |= {amount.value for row in project.indicators for amount in amounts(row.value)}
    items = whole.document.sub_goals.items
    texts = [("overall_goal", whole.document.overall_goal)]
    texts += [
        (f"sub_goals[{item.id}].{name}", getattr(item, name) or "")
        for item in items
        for name in ("goal", "text", "indicator")
    ]
    for path, text in texts:
        for amount in amounts(text) if "元" in text else ():
            clause = re.split("[，。；;\n]", text[max(0, amount.start - 60) : amount.start])[-1]
            if not _SPENT.search(clause) or _OF_ANOTHER.search(clause) or _OF_THE_UNIT.search(clause):
                continue
            if any(abs(amount.value - other) < ROUNDING for other in known):
                continue
            said = text[amount.start : amount.end]
            message = f"这里说投入 {said}，项目的预算数是 {project.budget.strip()}{project.amount_unit}，请核对。"
            yield Finding(
                path,
                shortened(clause[-20:] + said),
                message,
                places=(f"projects[{project.id}].budget",),
                also=("amount-mismatch",),
            )


@document_rule(
    "part-sum",
    Severity.ERROR,
    source="总数应等于各部分之和",
    wrong={
        "overall_goal": "2026年，推广小麦节水新技术3000亩，培训农户1200人次，铺设输水管道15公里。",
        "sub_goals[s2].indicator": "示范田验收合格率达到100%。",
        "projects[p2].goals": ("建成小麦节水示范田，验收合格率达到100%。",),
        "projects[p2].indicators[i1].name": "新铺设输水管道长度",
        "projects[p2].indicators[i1].description": "新铺设的输水管道长度",
        "projects[p2].indicators[i1].value": "6公里",
        "projects[p2].indicators[i3].name": "改造铺设输水管道长度",
        "projects[p2].indicators[i3].description": "改造后铺设的输水管道长度",
        "projects[p2].indicators[i3].tier2": "数量指标",
        "projects[p2].indicators[i3].value": "8公里",
    },
    right={"overall_goal": "2026年，推广小麦节水新技术3000亩，培训农户1200人次。"},
)
def part_sum_of_rows(whole: Whole) -> Iterator[Finding]:
    """A number of the overall goal that several rows divide among themselves, near but not equal to their sum."""
    said = whole.once(_totals, whole.document.overall_goal, whole.context.vocabulary)
    if not said:
        return
    found = [whole.once(_parts, project, said, whole.context.vocabulary) for project in whole.document.projects]
    divided = [own for own in found if own]
    for at, own in enumerate(said if divided else ()):
        parts = [(path, part) for group in divided for place, path, part in group if place == at]
        added = sum((part.number for _path, part in parts), Decimal(0))
        if len(parts) < 2 or any(part.number >= own.number for _path, part in parts) or added == own.number:
            continue
        if Decimal("0.75") * own.number <= added <= Decimal("1.34") * own.number:
            sum_of = " + ".join(part.words for _path, part in parts)
            message = f"这里是「{shortened(own.words, 30)}」，各项指标相加是 {sum_of}，两处不符，请核对。"
            yield Finding("overall_goal", shortened(own.words), message, places=tuple(path for path, _part in parts))


def _is_total(quantity: Quantity) -> bool:
    return not quantity.apart and not quantity.per and quantity.unit not in {"%", "‰", "元"} and len(quantity.core) > 1


def _speaks_of(part: Quantity, whole: Quantity) -> bool:
    """Whether a row counts a part of what the total counts: nearly all of its distinctive characters, and more."""
    return len(whole.core & part.core) >= 0.7 * len(whole.core) and bool(whole.pairs & part.pairs)


def _totals(text: str, vocabulary: Vocabulary) -> tuple[Quantity, ...]:
    return tuple(own for own in quantities(text, vocabulary) if _is_total(own))


def _parts(
    project: Project, said: tuple[Quantity, ...], vocabulary: Vocabulary
) -> tuple[tuple[int, str, Quantity], ...]:
    """The project's rows that count a part of one of the totals: which, the row's path, what it counts."""
    found = []
    units = {own.unit for own in said}
    for row in project.indicators:
        if row.tier2.strip() != "数量指标" or not is_counted(row, vocabulary):
            continue
        quantity = row_quantity(row.name, row.description, row.value, vocabulary)
        if quantity and quantity.unit in units:
            path = f"projects[{project.id}].indicators[{row.id}].value"
            found += [
                (at, path, quantity)
                for at, own in enumerate(said)
                if quantity.unit == own.unit and _speaks_of(quantity, own)
            ]
    return tuple(found)


@project_rule(
    "sum-mismatch",
    Severity.ERROR,
    source="资金用途各部分之和应等于预算数",
    wrong={"projects[p1].fund_use": "用于农户培训，其中聘请授课专家35万元，编印培训教材29万元。"},
    right={"projects[p1].fund_use": "用于农户培训，其中聘请授课专家31万元，编印培训教材29万元。"},
)
def listed_parts(project: Project, _context: Context) -> Iterator[Finding]:
    """Behind «其中» the amounts of all parts, without their total: more than 预算数, or nearly it."""
    budget, text = budget_of(project), project.fund_use
    head, mark, tail = text.partition("其中")
    if not budget or not mark or list(amounts(head)) or "其中" in tail or _OPEN.search(tail):
        return
    parts = [amount.value for amount in amounts(re.split("[。\n]", tail)[0])]
    added = sum(parts, Decimal(0))
    if len(parts) < 2 or budget in parts or abs(added - budget) < ROUNDING:
        return
    if budget < added < 3 * budget or Decimal("0.9") * budget <= added < budget:
        sum_of = " + ".join(map(plain_number, parts))
        message = f"各部分相加 {sum_of} = {plain_number(added)} 万元，同预算数 {project.budget.strip()}{project.amount_unit} 不符，请核对。"
        yield Finding("fund_use", shortened(mark + tail), message, places=("budget",))


_OPEN = re.compile("每|单价|标准|均|合计|共|总|约|左右|以上|以内|不超过|等[，。；]|结转|上年")
