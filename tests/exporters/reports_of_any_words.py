"""Drafts with a report made at random of words that stand in such tables anyway: labels, totals, signs, amounts, ticks, blanks."""

import random
from dataclasses import replace

from models.document.tree import (
    Details,
    Draft,
    FundResult,
    GoalDocument,
    Indicator,
    IndicatorResult,
    Project,
    ProjectResult,
    Report,
    ReportKind,
    Unit,
)
from models.reports.results import FUND_NAMES
from models.reports.scoring import load_scoring

LABELS = (
    "总分",
    "合计",
    "小计",
    "项目名称",
    "年度总体目标",
    "等级",
    "一级指标",
    "备注",
    "其他资金",
    "实际完成值",
    "存在问题",
    "绩效指标",
)
NAMES = (
    "节水器具更换数",
    "巡查覆盖率",
    "培训\n两期",
    "工程（一期）质量",
    "1.按时完成率",
    "满意",
    "改进措施落实数",
    "单位成本",
)
VALUES = ("≥12个", "≤3.5万元", "=100%", "100", "优良", "2025年9月底前", "≥1,200人次", "", "达成年度指标", "无", "-")
TEXTS = (
    "",
    "无",
    "因雨停工。",
    "第一，汛期；\n第二，设备到货晚。",
    "总分：偏低",
    "执行率未达100%",
    "1.已整改。\n2.继续巡查。",
    "—",
)
AMOUNTS = ("", "0", "12", "1,234.50", "86.00", "—", "约30")
NUMBERS = ("", "10", "9.75", "0", "100", "20.5")
GOALS = ("更换节水器具12个。", "巡查覆盖率达到100%，群众满意。", "预期目标：完成培训", "2025年完成验收\n并移交")
TIERS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
    ("产出指标", ""),
)


def any_report(seed: int, kind: ReportKind) -> Draft:
    """One to three projects; the same for the same seed."""
    chance = random.Random(seed)
    projects, results = [], []
    for number in range(1, chance.randint(1, 3) + 1):
        project, result = _project(chance, number, kind)
        projects.append(project)
        results.append(result)
    grades = chance.choice(("", "", *(one.id for one in load_scoring().grades))) if kind == "自评" else ""
    as_of = chance.choice(("", "2025-07", "2025-11")) if kind == "监控" else ""
    report = Report("r1", kind, chance.choice((2024, 2025, 2026)), as_of, projects=tuple(results), grades=grades)
    document = GoalDocument(year=report.year, unit=Unit("", "临河县水务局"), projects=tuple(projects))
    return Draft(document, reports=(report,))


def _project(chance: random.Random, number: int, kind: ReportKind) -> tuple[Project, ProjectResult]:
    rows, ones = [], []
    for place, (tier1, tier2) in enumerate(sorted(chance.choices(TIERS, k=chance.randint(1, 5))), 1):
        words = NAMES if chance.random() < 0.85 else LABELS
        row = Indicator(f"i{place}", tier1, tier2, chance.choice(words), value=chance.choice(VALUES))
        rows.append(row)
        if chance.random() < 0.9:
            ones.append(_one(chance, row.id, kind))
    pick = chance.choice
    project = Project(
        f"p{number}",
        unit=Unit("", pick(("临河县水务局", "临河县排水所", ""))),
        amount_unit=pick(("万元", "元")),
        name=f"{pick(('河道清淤', '管网改造', '总分制考核', '资金监管'))}{number}",
        budget=pick(AMOUNTS),
        fiscal_funds=pick(AMOUNTS),
        goals=tuple(chance.sample(GOALS, chance.randint(0, 3))),
        indicators=tuple(rows),
        details=Details(department=pick(("", "临河县水务局", "主管部门")), carry_over=pick(AMOUNTS)),
    )
    funds = tuple(_fund(chance, name) for name in FUND_NAMES) if chance.random() < 0.8 else ()
    texts = {name: pick(TEXTS) for name in ("reason", "problems", "improvements")}
    if kind == "自评":
        texts |= {name: pick(TEXTS) for name in ("actual_goals", "conclusion")} | {"total": pick(NUMBERS)}
    return project, ProjectResult(project.id, funds, indicators=tuple(ones), **texts)  # type: ignore[arg-type]  # texts


def _one(chance: random.Random, row_id: str, kind: ReportKind) -> IndicatorResult:
    pick, known = chance.choice, load_scoring()
    one = IndicatorResult(row_id, pick(VALUES), reason=pick(TEXTS))
    if kind == "自评":
        return replace(one, weight=pick(NUMBERS), score=pick(NUMBERS))
    causes, likely = pick(("", *known.causes)), pick(("", *known.likelihood))
    return replace(one, expected=pick(VALUES), causes=causes, likelihood=likely, remark=pick(TEXTS))


def _fund(chance: random.Random, name: str) -> FundResult:
    fields = ("year_start", "full_year", "executed", "expected", "weight", "score")
    return FundResult(name, **{field: chance.choice(AMOUNTS) for field in fields})
