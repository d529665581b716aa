"""The rules on what belongs together: goals and uses with the rows, rows with their project, the budget with its grounds."""

import re
from collections.abc import Iterator

from models.checks.counted_things import Quantity, acts_of_work, quantities, row_quantity
from models.checks.kinds import bare, is_filled_up
from models.checks.money_rules import budget_of
from models.checks.prose import clauses, likeness, pairs
from models.checks.registry import (
    PROJECT,
    ROWS,
    Context,
    Finding,
    Severity,
    Whole,
    document_rule,
    project_rule,
    shortened,
)
from models.checks.vocabulary import Vocabulary
from models.document.tree import Indicator, Project

_FEWEST_ROWS = 3
_DURATIONS = frozenset({"分钟", "小时", "天", "个工作日", "工作日", "个月", "年", "秒"})
_WEAK = pairs("项目完成工作任务数量建设实施全年年度达到以上不低于开展组织用于情况资金经费")


def _rows_words(project: Project, vocabulary: Vocabulary) -> str:
    rows = [row for row in project.indicators if not is_filled_up(row, vocabulary)]
    return "\n".join(f"{row.name}\n{row.description}" for row in rows)


@project_rule(
    "goal-uncovered",
    Severity.WARN,
    source="绩效指标应覆盖绩效目标",
    wrong={f"{PROJECT}.goals": ("全年培训农户1200人次，培训考核合格率达到95%以上。", "检测灌溉水样480份。")},
    right={f"{PROJECT}.goals": ("全年培训农户1200人次，培训考核合格率达到95%以上。", "推广节水新技术3000亩。")},
)
def goal_uncovered(project: Project, context: Context) -> Iterator[Finding]:
    """A goal counts something that no row speaks of."""
    for place, goal in enumerate(project.goals):
        for thing in _uncovered(goal, project, context.vocabulary):
            # What the use speaks of, too, may be a part of what a row counts.
            if _naming(thing, context.vocabulary) & pairs(project.fund_use + project.name):
                continue
            message = f"目标里的「{shortened(thing.words, 30)}」没有对应的指标，请补一行指标，或者核对目标。"
            yield Finding(f"goals[{place}]", shortened(thing.words), message)


@project_rule(
    "use-uncovered",
    Severity.WARN,
    source="绩效指标应覆盖资金用途",
    wrong={f"{PROJECT}.fund_use": "用于聘请授课专家、编印培训教材，并安装路灯160盏，项目预算数为60万元。"},
    right={f"{PROJECT}.fund_use": "用于聘请授课专家、编印培训教材，租用教学场地，项目预算数为60万元。"},
)
def use_uncovered(project: Project, context: Context) -> Iterator[Finding]:
    """A use counts something that neither a row nor a goal speaks of."""
    said = "\n".join(project.goals)
    for thing in _uncovered(project.fund_use, project, context.vocabulary):
        if not _naming(thing, context.vocabulary) & pairs(said) and not _BESIDE.search(thing.thing):
            message = f"用途里的「{shortened(thing.words, 30)}」没有对应的目标和指标，请补上，或者核对用途。"
            yield Finding("fund_use", shortened(thing.words), message)


_BESIDE = re.compile("印|教材|资料|手册|宣传|耗材|办公|横幅|展板|差旅|租|讲师|专家|人员|车")
"""What serves the work and is no work of its own."""


def _naming(thing: Quantity, vocabulary: Vocabulary) -> frozenset[str]:
    """The pairs of characters that name the thing, without what is done to it."""
    return thing.pairs - _WEAK - acts_of_work(vocabulary)


def _uncovered(text: str, project: Project, vocabulary: Vocabulary) -> Iterator[Quantity]:
    if len(project.indicators) < _FEWEST_ROWS:
        return
    stated = quantities(text, vocabulary)
    if not stated:
        return
    covered = pairs(_rows_words(project, vocabulary)) - acts_of_work(vocabulary)
    rows = [row_quantity(row.name, row.description, row.value, vocabulary) for row in project.indicators]
    known = {(row.number, row.unit) for row in rows if row}
    for own in stated:
        if own.apart or own.per or own.unit in {"元", "%", "‰", "个百分点"} | _DURATIONS or own.limits:
            continue
        thing = own.pairs - _WEAK
        named = _naming(own, vocabulary)
        if (
            len(own.core) >= 4
            and len(thing) >= 3
            and len(named) >= 2
            and (not named & covered or _ends_otherwise(own, named, covered))
            and (own.number, own.unit) not in known
        ):
            yield own


def _ends_otherwise(own: Quantity, named: frozenset[str], covered: frozenset[str]) -> bool:
    """Whether the thing itself, the end of its name, stands in no row, though words before it do: 林区作业便道."""
    last = own.thing.rstrip()[-2:]
    return len(named) > 2 * len(named & covered) and last in named - covered


@project_rule(
    "budget-support",
    Severity.WARN,
    source="预算数应有测算依据",
    wrong={
        f"{PROJECT}.fund_use": "用于聘请授课专家、编印培训教材、租用教学场地等支出。",
        f"{ROWS}[cost].name": "培训成本控制情况",
        f"{ROWS}[cost].value": "不突破年初预算",
        f"{ROWS}[cost].tier2": "质量指标",
    },
    right={f"{PROJECT}.fund_use": "用于聘请授课专家、编印培训教材、租用教学场地等支出。"},
)
def budget_support(project: Project, _context: Context) -> Iterator[Finding]:
    """No amount, price or standard anywhere from which 预算数 could be computed."""
    budget = budget_of(project)
    if not budget or len(project.indicators) < _FEWEST_ROWS or _BY_QUOTA.search(project.name + project.fund_use):
        return
    words = [project.fund_use, *project.goals]
    words += [f"{row.name} {row.description} {row.value} {row.basis}" for row in project.indicators]
    if any(_GROUNDS.search(text) for text in words) or any(
        "成本" in row.tier1 + row.tier2 for row in project.indicators
    ):
        return
    message = f"看不出预算数 {project.budget.strip()}{project.amount_unit} 是怎样算出来的，请在用途里写明数量和单价，或者补成本指标。"
    yield Finding("budget", project.budget.strip(), message)


_GROUNDS = re.compile(r"元|标准|测算|定额|单价|概算|合同|评审|批复|财.{0,8}〔")
_BY_QUOTA = re.compile("公用经费|人员经费|工资|定额|运转|债务|利息|社保|遗属|离退休")


@document_rule(
    "copied-row",
    Severity.WARN,
    source="指标应反映本项目的内容",
    wrong={
        "projects[p2].indicators[i5].name": "培训农户人次",
        "projects[p2].indicators[i5].description": "全年参加技术培训的农户累计人次",
        "projects[p2].indicators[i5].value": "≥1200人次",
        "projects[p2].indicators[i5].tier2": "社会效益指标",
    },
    right={"projects[p2].indicators[i5].value": "≥20立方米"},
)
def copied_row(whole: Whole) -> Iterator[Finding]:
    """A row equal to another project's whose words only that other project has."""
    projects = whole.document.projects
    strange = [(project, row) for project in projects for row in whole.once(_strange_rows, project)]
    for project, row in strange[:_MOST_STRANGE]:
        about = pairs(bare(row.name)) - _WEAK
        twins = [
            (other, twin)
            for other in projects
            if other is not project and (twin := whole.once(_rows_by_words, other).get((row.name, row.value)))
        ]
        if len(twins) >= _MOST_COPIES:
            continue
        for other, twin in twins:
            if len(about & pairs(_words(other))) * 2 >= len(about):
                message = (
                    f"「{shortened(row.name, 20)}」同另一个项目的一样，本项目的目标和用途没有说到，像是抄来的，请核对。"
                )
                path = f"projects[{project.id}].indicators[{row.id}].name"
                where = f"projects[{other.id}].indicators[{twin.id}].name"
                yield Finding(path, shortened(row.name), message, places=(where,))
                break


_MOST_STRANGE = 50
_MOST_COPIES = 5
"""A row of more other projects than that is the unit's usual one."""


def _strange_rows(project: Project) -> tuple[Indicator, ...]:
    """The rows whose names share nothing with what the project says of itself."""
    own = pairs(_words(project))
    return tuple(
        row
        for row in project.indicators
        if row.value
        and len(row.name) > _FEWEST_ROWS
        and len(about := pairs(bare(row.name)) - _WEAK) > 1
        and not about & own
    )


def _rows_by_words(project: Project) -> dict[tuple[str, str], Indicator]:
    return {(row.name, row.value): row for row in project.indicators}


def _words(project: Project) -> str:
    return "\n".join((project.name, project.fund_use, *project.goals))


_BENEFIT = "效益指标"


@project_rule(
    "benefit-is-output",
    Severity.WARN,
    source="效益指标应说明产出带来的效果",
    wrong={
        f"{ROWS}[benefit].name": "参加培训农户人次",
        f"{ROWS}[benefit].description": "全年参加培训的人次",
        f"{ROWS}[benefit].value": "≥1200人次",
    },
    right={f"{ROWS}[benefit].name": "参训农户增收人数", f"{ROWS}[benefit].value": "≥1200人"},
)
def benefit_is_output(project: Project, context: Context) -> Iterator[Finding]:
    """A row of 效益 that says once more, with the same value, what a row of 产出 says."""
    outputs = [row for row in project.indicators if row.tier1.strip() == "产出指标" and row.name.strip()]
    for row in project.indicators:
        if row.tier1.strip() != _BENEFIT or is_filled_up(row, context.vocabulary) or not row.name.strip():
            continue
        twin = next((own for own in outputs if own.value == row.value and _alike(own.name, row.name)), None)
        if twin:
            message = f"「{shortened(row.name, 20)}」同产出指标「{shortened(twin.name, 20)}」是一件事，效益指标请写它带来的效果。"
            places = (f"indicators[{twin.id}].name",)
            yield Finding(f"indicators[{row.id}].name", shortened(row.name), message, places=places)


def _alike(one: str, other: str) -> bool:
    first, second = bare(one), bare(other)
    numbers = _NUMBERS.findall(first), _NUMBERS.findall(second)
    return first != second and numbers[0] == numbers[1] and likeness(first, second) >= 0.75


_NUMBERS = re.compile(r"\d+")
"""«1号路», «2号路» are two things."""


_LATER = re.compile(
    r"(?:到|至|力争到|预计到)?(?P<year>20\d\d)年(?:底|末)?|(?:[“]?十[五六]五[”]?(?:期|时期)?(?:末|期间)|未来[三五]年|[三五]年(?:内|以内)|规划期末|用[三五]年时间)"
)


@project_rule(
    "goal-is-long-term",
    Severity.WARN,
    source="绩效目标应是本年度要达到的",
    wrong={f"{PROJECT}.goals": ("全年培训农户1200人次，培训考核合格率达到95%以上。", "三年内推广节水新技术3000亩。")},
    right={f"{PROJECT}.goals": ("全年培训农户1200人次，培训考核合格率达到95%以上。", "2026年推广节水新技术3000亩。")},
)
def goal_is_long_term(project: Project, context: Context) -> Iterator[Finding]:
    """A goal of a project that is to be reached in a later year, or in several."""
    if context.year is None:
        return
    for place, goal in enumerate(project.goals):
        pieces = list(clauses(goal))
        for at, piece in enumerate(pieces):
            found = _LATER.search(piece.text)
            if found is None or (found["year"] and int(found["year"]) <= context.year):
                continue
            around = piece.text + (pieces[at + 1].text if at + 1 < len(pieces) else "")
            if (
                _THIS_YEAR.search(goal)
                or str(context.year) in goal
                or _NO_GOAL.search(around)
                or not re.search(r"\d", around)
            ):
                continue
            message = f"「{found[0]}」说的是长期目标，请写今年要做到多少。"
            yield Finding(f"goals[{place}]", shortened(piece.text), message)
            break


_THIS_YEAR = re.compile("今年|本年|当年|全年|(?<![三五])年内|年度")
_NO_GOAL = re.compile(
    "规划|方案|计划》|保质|质保|有效(?!率)|使用(?!率)|为.{0,6}打基础|奠定|衔接|前期|服务期|合同期|建设期|工期|至20"
)


@project_rule(
    "use-uncovered",
    Severity.WARN,
    source="成本指标应覆盖资金用途",
    wrong={
        f"{PROJECT}.fund_use": "聘请授课专家费25万元；更换教室门窗35万元。",
        f"{ROWS}[cost].name": "授课专家费用成本",
        f"{ROWS}[cost].value": "≤25万元",
    },
    right={
        f"{PROJECT}.fund_use": "聘请授课专家费25万元；编印培训教材35万元。",
        f"{ROWS}[cost].name": "授课专家费用成本",
        f"{ROWS}[cost].value": "≤25万元",
    },
)
def use_without_a_cost(project: Project, context: Context) -> Iterator[Finding]:
    """Each piece of the use but one has a cost row of the same amount, and no row, goal or name speaks of that one."""
    vocabulary, text = context.vocabulary, project.fund_use
    if "元" not in text or len(project.indicators) < _FEWEST_ROWS:
        return
    paid = [own for own in quantities(text, vocabulary) if own.unit == "元" and not own.per]
    rows = [row_quantity(row.name, row.description, row.value, vocabulary) for row in project.indicators]
    ceilings = {row.number for row in rows if row and row.unit == "元" and not row.per}
    bare_pieces = [own for own in paid if own.number not in ceilings]
    budget = budget_of(project)
    if len(bare_pieces) != 1 or len(paid) < 2 or not budget or sum(own.number for own in paid) != budget * 10_000:
        return
    own = bare_pieces[0]
    said = "\n".join((project.name, *project.goals, _rows_words(project, vocabulary)))
    named = own.pairs - _WEAK - acts_of_work(vocabulary)
    if len(named) >= 2 and not named & pairs(said) and not _BESIDE.search(own.thing):
        message = f"用途里的「{shortened(own.words, 30)}」没有对应的成本指标，也没有别的指标和目标说到，请补上，或者核对用途。"
        yield Finding("fund_use", shortened(own.words), message)
