"""A fictional unit's draft with a 自评 begun: what the tests of reports share."""

from models.document.tree import Draft, GoalDocument, Indicator, Project, Report, Unit

UNIT = Unit("712003", "临溪县图书馆")

ROWS = (
    Indicator("i1", "产出指标", "数量指标", "新增图书册数", value="≥4000册"),
    Indicator("i2", "产出指标", "质量指标", "图书验收合格率", value="≥98%"),
    Indicator("i3", "产出指标", "成本指标", "购书成本", value="≤36万元"),
    Indicator("i4", "效益指标", "社会效益指标", "读者到馆人次", value="≥52000人次"),
    Indicator("i5", "满意度指标", "服务对象满意度指标", "读者满意度", value="≥92%"),
)
BOOKS = Project(
    "p1",
    UNIT,
    code="13099925P000321100017",
    name="图书购置费",
    budget="36.00",
    fiscal_funds="36.00",
    other_funds="0.00",
    goals=("新增图书4000册，满足读者借阅需要。",),
    indicators=ROWS,
)
HALL = Project(
    "p2",
    UNIT,
    name="阅览室维修",
    budget="12.50",
    indicators=(Indicator("i1", "产出指标", "数量指标", "维修面积", value="＝300平方米"),),
)

DRAFT = Draft(GoalDocument(year=2025, unit=UNIT, projects=(BOOKS, HALL)), reports=(Report("r1", "自评", 2025),))
