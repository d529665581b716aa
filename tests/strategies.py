"""Hypothesis strategies for documents and drafts, and the pieces they are made of.

By default what a clerk or an import really makes, odd characters included; `wild=True` adds what only accidents make: blank
lines, tabs at the beginning, cells of white space, lines that look like the next number or like a label, run-in headings
without a closing mark, empty tiers, weights, a year no text states.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from models.document.numbering import draw as draw_marker
from models.document.template import load_template
from models.document.tree import (
    Details,
    Draft,
    GoalDocument,
    Headings,
    IgnoredProblem,
    Indicator,
    Items,
    Measure,
    Project,
    Provenance,
    Remark,
    Settings,
    SubGoal,
    Unit,
)
from tests.report_strategies import reports

TEMPLATE = load_template()

WORDS = (
    *(
        "开展业务培训",
        "完善管理制度",
        "项目验收合格率",
        "设施维护",
        "群众满意度",
        "按时完成率",
        "招商引资活动",
        "保障机关运转",
    ),
    *(
        "提高资金使用效益",
        "“促运营”工作",
        "（含下属单位）",
        "【专项】经费",
        "新增企业9家",
        "投资额120亿元以上",
        "增速15%左右",
    ),
)
ODD = (
    "😀",
    "𠮷",
    "<b>&amp;",
    *("　", " \t "),
    ", ",
    "; ",
    *('"', "'"),
    "\\n",
    "=1+1",
    "′",
    *("é", "ｱ"),
    "\u200e",
    "①",
    "——",
    "…",
)
NASTY_LINES = (
    *(
        "",
        "",
        " ",
        "　",
        "\t",
        "\t制表符开头",
        "  空格开头",
        "结尾空格  ",
        "\t\t",
        "（二）看起来像下一项",
        "（一）又从头",
        "2、第二",
        "2.第二",
    ),
    *(
        "绩效目标：正文里的标签",
        "绩效指标：",
        "绩效目标:半角",
        "一、总体绩效目标",
        "三、工作保障措施",
        "第二部分",
        "1.甲绩效目标表",
        "②",
        "单位：万元",
    ),
)
NASTY_CELLS = ("", " ", "　", "\t", "\t值", "值 ", "一级指标", "甲\n\n乙", "\n", "≥", "％", "1.")

YEARS = st.integers(2021, 2030)
UNIT_NAMES = ("青禾县文化服务中心", "白杨街道办事处", "云溪区水务站（本级）", "")
UNIT_CODES = ("806001", "021", "", "330002001")
CODES = ("13020925P000653100010", "13020924P00CXF810002X", "Z155110000004", "", "13020925P0006")
AMOUNTS = ("165.00", "0", "", "4,204.68", "165万元", "１２．５", "n", "约30", "-1.2", "0.000001")
PLANS = ("10%", "100%", "", "25.5%", "41.25", "33百分比", "％")
VALUES = (
    *(
        "≥300天",
        "≥60百分比",
        "不超年初预算",
        "满意",
        "≥1亿",
        "100百分比",
        "≤28.40元/株",
        ">=85",
        "无",
        "1次/月",
        "≥**%",
        "优良",
    ),
    *("2023.07-2024.01", "＝4,204.68万元", "92.5", "＜3%", ""),
)
BASES = ("年初工作计划", "问卷调查", "计划标准", "历史标准", "")


@cache
def line(minimum: int = 1) -> st.SearchStrategy[str]:
    """One line of words, odd characters between them; empty with `minimum=0`. Ends without a mark, begins with a word."""
    words = st.lists(st.sampled_from(WORDS), min_size=minimum, max_size=4)
    joints = st.sampled_from(("", "", "", "，", "、", "和", *ODD))
    return st.builds(lambda parts, joint: joint.join(parts), words, joints)


@cache
def text(minimum: int = 0, wild: bool = False) -> st.SearchStrategy[str]:
    """Lines, none of which a reader could take for a number or a label; with `wild` anything."""
    sane = st.lists(line().map(lambda words: f"{words}。"), min_size=minimum, max_size=3).map("\n".join)
    if not wild:
        return sane
    nasty = st.lists(st.one_of(st.sampled_from(NASTY_LINES), line()), min_size=1, max_size=4).map("\n".join)
    return st.one_of(sane, nasty)


@cache
def values() -> st.SearchStrategy[str]:
    """指标值 as they are met, numbers of any size among them."""
    signs = st.sampled_from(("", "≥", "≤", "＝", ">=", "<"))
    numbers = st.decimals(0, 10**9, allow_nan=False, places=2).map(lambda number: f"{number:,}")
    units = st.sampled_from((*sorted(TEMPLATE.known_units), ""))
    return st.one_of(st.sampled_from(VALUES), st.builds("{}{}{}".format, signs, numbers, units))


@cache
def units() -> st.SearchStrategy[Unit]:
    return st.builds(Unit, st.sampled_from(UNIT_CODES), st.sampled_from(UNIT_NAMES))


@cache
def _cell(sane: st.SearchStrategy[str], wild: bool) -> st.SearchStrategy[str]:
    return st.one_of(sane, sane, st.sampled_from(NASTY_CELLS)) if wild else sane


DESCRIPTION = st.one_of(line(minimum=0), text())
BASIS, AMOUNT, CODE, PLAN = (st.sampled_from(choices) for choices in (BASES, AMOUNTS, CODES, PLANS))
DETAIL_NAMES = st.sampled_from([field.name for field in fields(Details)])
DETAILS = st.dictionaries(DETAIL_NAMES, st.one_of(line(0), AMOUNT, text()), max_size=4)
SCOPES = st.sampled_from(("annual", "annual", "long_term"))


class Ids:
    """Ids of one document, each given once. The first is drawn, so that ids of two documents may meet."""

    def __init__(self, first: int) -> None:
        self._next = first

    def new(self, prefix: str) -> str:
        self._next += 1
        return f"{prefix}{self._next:x}"


def ids() -> st.SearchStrategy[Ids]:
    return st.builds(Ids, st.sampled_from((0, 255, 0xBEEF)))


@st.composite
def indicators(draw: st.DrawFn, names: Ids, wild: bool = False) -> Indicator:
    """A row under tiers of one of the template's schemes."""
    scheme = draw(st.sampled_from(TEMPLATE.schemes))
    tier1 = draw(st.sampled_from(tuple(scheme.tiers)))
    row = Indicator(
        names.new("i"),
        tier1,
        draw(st.sampled_from(scheme.tiers[tier1])),
        draw(_cell(line(), wild)),
        draw(_cell(DESCRIPTION, wild)),
        draw(_cell(values(), wild)),
        draw(_cell(BASIS, wild)),
    )
    if not wild:
        return row
    changes: dict[str, Any] = draw(
        st.sampled_from(({}, {}, {"tier1": ""}, {"tier2": ""}, {"weight": "10"}, {"name": ""}))
    )
    return replace(row, **changes)


@st.composite
def goals(draw: st.DrawFn, wild: bool = False) -> tuple[str, tuple[str, ...]]:
    """(goals_numbering, goals) of a project: numbered ones may go on in a second line."""
    numbering = draw(st.sampled_from(TEMPLATE.numbering.goal_choices))
    one = text(minimum=1, wild=wild) if numbering or wild else line()
    written = tuple(draw(st.lists(one, max_size=3)))
    return (numbering if written or wild else TEMPLATE.numbering.goals), written


@st.composite
def projects(draw: st.DrawFn, names: Ids | None = None, unit: Unit | None = None, wild: bool = False) -> Project:
    """A table with 0–4 rows."""
    names = names or draw(ids())
    numbering, written = draw(goals(wild))
    amounts = [draw(_cell(AMOUNT, wild)) for _ in range(3)]
    return Project(
        names.new("p"),
        unit if unit is not None else draw(units()),
        draw(st.sampled_from(TEMPLATE.amount_units)),
        draw(_cell(CODE, wild)),
        draw(_cell(line(), wild)),
        *amounts,
        fund_use=draw(_cell(text(), wild)),
        spending_plan=tuple(draw(_cell(PLAN, wild)) for _ in range(4)),
        goals_numbering=numbering,
        goals=written,
        indicators=tuple(draw(indicators(names, wild)) for _ in range(draw(st.integers(0, 4)))),
    )


def _numbers(draw: st.DrawFn, numbering: str, count: int) -> list[str | None]:
    """Mostly None; sometimes one item's marker was typed in the other brackets, with a space after it, as 002 has it."""
    numbers: list[str | None] = [None] * count
    if count >= 3 and draw(st.integers(0, 3)) == 0:
        place = draw(st.integers(0, count - 1))
        drawn = draw_marker(numbering, place + 1).strip(" ")
        half = drawn.replace("（", "(").replace("）", ")")
        numbers[place] = f"{half} " if f"{half} " != draw_marker(numbering, place + 1) else half
    return numbers


@st.composite
def _heads(draw: st.DrawFn, wild: bool) -> dict[str, Any]:
    """heading, run_in and text of an item."""
    heading, body = draw(line()), draw(text(wild=wild))
    if draw(st.booleans()) and (body or wild):
        return {"heading": heading[:40] + draw(st.sampled_from("。：")), "run_in": True, "text": body}
    endings = ("", "", "。", "：") if not wild else ("", "。中间有句号", ":", " ")
    return {"heading": heading + draw(st.sampled_from(endings)), "run_in": wild and draw(st.booleans()), "text": body}


@st.composite
def sub_goals(draw: st.DrawFn, names: Ids, number: str | None = None, wild: bool = False) -> SubGoal:
    labelled = draw(st.booleans())
    goal, indicator = (draw(text(wild=wild)) if labelled else None for _ in range(2))
    if wild and draw(st.booleans()):
        goal = None
    return SubGoal(names.new("s"), number, **draw(_heads(wild)), goal=goal, indicator=indicator)


@st.composite
def measures(draw: st.DrawFn, names: Ids, number: str | None = None, wild: bool = False) -> Measure:
    """Its text may hold numbers of its own, ① ②."""
    measure = Measure(names.new("m"), number, **draw(_heads(wild)))
    if measure.text and not measure.run_in and draw(st.booleans()):
        return replace(measure, text=f"{measure.text}\n①{draw(line())}；\n②{draw(line())}。")
    return measure


@st.composite
def items(draw: st.DrawFn, kind: Any, names: Ids, wild: bool = False) -> Items[Any]:
    """A section of 0–4 items; `kind` is `sub_goals` or `measures`."""
    count = draw(st.integers(0, 4))
    choices = TEMPLATE.numbering.item_choices if count or wild else (TEMPLATE.numbering.items,)
    numbering = draw(st.sampled_from(choices))
    numbers = _numbers(draw, numbering, count)
    if wild and numbers:
        numbers[-1] = draw(st.sampled_from((None, "（九）", "一、", "(二)", "", " ")))
    preface = draw(st.one_of(st.just(""), text(wild=wild)))
    return Items(preface, numbering, tuple(draw(kind(names, number, wild)) for number in numbers))


def _headings(draw: st.DrawFn, filled: Sequence[str], part_two: bool, wild: bool) -> Headings:
    """The form's lines: part lines together or not at all, a section's line wherever it has content."""
    labels = TEMPLATE.labels
    present = {name for name in ("overall_goal", "sub_goals", "safeguards") if name in filled or draw(st.booleans())}
    if draw(st.booleans()):
        present |= {"part_one", "part_one_name"}
    if draw(st.booleans()) if part_two else draw(st.integers(0, 4)) == 0:
        present |= {"part_two", "part_two_name"}
    if wild:
        present ^= draw(st.sets(st.sampled_from(sorted(f.name for f in fields(Headings))), max_size=2))
    spaced = draw(st.integers(0, 3)) == 0  # 000 writes «二、 分项绩效目标»
    lines = {name: getattr(labels, name).replace("、", "、 " if spaced else "、") for name in sorted(present)}
    return Headings(**lines)


def _projects(draw: st.DrawFn, names: Ids, unit: Unit, wild: bool) -> tuple[Project, ...]:
    """0–3 tables of one unit; the third may be another's, as in a text of a whole department."""
    found = [draw(projects(names, unit, wild)) for _ in range(draw(st.integers(0, 3)))]
    if len(found) == 3 and draw(st.booleans()):
        found[2] = replace(found[2], unit=draw(units()))
    return tuple(found)


@st.composite
def of_other_forms(draw: st.DrawFn, project: Project) -> Project:
    """The project with columns that other forms have, and with rows of the whole term among its own."""
    rows = tuple(replace(row, scope=draw(SCOPES)) for row in project.indicators)
    return replace(project, details=Details(**draw(DETAILS)), indicators=rows)


@st.composite
def documents(draw: st.DrawFn, wild: bool = False, other_forms: bool = False) -> GoalDocument:
    """A whole text: 0–3 projects of 0–4 rows, 0–4 items a section. `other_forms`: with columns that Hebei's form has not."""
    names, unit = draw(ids()), draw(units())
    tables = _projects(draw, names, unit, wild)
    tables = tuple(draw(of_other_forms(one)) for one in tables) if other_forms and draw(st.booleans()) else tables
    year = draw(st.one_of(YEARS, YEARS, st.none()))
    overall = draw(text(wild=wild))
    if year is not None and not (wild and draw(st.booleans())):
        overall = f"{year}年{draw(line())}。" + (f"\n{overall}" if overall else "")
    goals_section = draw(items(sub_goals, names, wild))
    safeguards = draw(items(measures, names, wild))
    content = {"overall_goal": overall, "sub_goals": goals_section, "safeguards": safeguards}
    filled = [name for name, part in content.items() if (part if isinstance(part, str) else part.items or part.preface)]
    title = f"{year}年部门整体绩效目标" if year and draw(st.integers(0, 3)) == 0 else None
    return GoalDocument(
        template=TEMPLATE.id,
        year=year,
        unit=unit if tables or wild else Unit(),
        title=title,
        headings=_headings(draw, filled, bool(tables), wild),
        overall_goal=overall,
        sub_goals=goals_section,
        safeguards=safeguards,
        projects=tables,
        unplaced=tuple(draw(st.one_of(st.just([]), st.lists(text(minimum=1, wild=wild), max_size=3)))),
    )


@st.composite
def drafts(draw: st.DrawFn, wild: bool = False) -> Draft:
    """A document with settings, ignored problems, remarks and provenance."""
    paths = st.sampled_from(("overall_goal", "projects[p1].budget", "sub_goals[s2].goal"))
    ignored = st.builds(IgnoredProblem, st.sampled_from(("year", "sum")), paths, line(0), line(0))
    remarks = st.builds(Remark, st.sampled_from(("r1", "r2")), paths, line(0), text(), text(), st.booleans())
    sources = st.lists(line(), max_size=2).map(tuple)
    settings = st.builds(
        Settings, st.sampled_from(("2015", "2021")), st.sampled_from(("gb", "windows")), *[st.booleans()] * 4
    )
    document = draw(documents(wild, other_forms=True))
    return Draft(
        document,
        draw(settings),
        draw(st.sampled_from(("草稿", "草稿", "定稿"))),
        tuple(draw(st.lists(ignored, max_size=2))),
        tuple(draw(st.lists(remarks, max_size=2, unique_by=lambda remark: remark.id))),
        draw(st.builds(Provenance, line(0), st.lists(paths, max_size=2).map(tuple), sources)),
        tuple(
            draw(reports(document, (line(0), text(), st.sampled_from(AMOUNTS))))
            for _ in range(draw(st.sampled_from((0, 0, 1, 2))))
        ),
    )
