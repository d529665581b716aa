"""Documents of a fictional unit and small blocks, for the tests of the writers."""

from models.document.blocks import Cell, Paragraph, Role, Row, Table, paragraph
from models.document.template import load_template
from models.document.tree import GoalDocument, Headings, Indicator, Items, Measure, Project, SubGoal, Unit

TEMPLATE = load_template()


def indicator(number: int, tier1: str = "产出指标", tier2: str = "数量指标") -> Indicator:
    return Indicator(f"i{number}", tier1, tier2, f"培训场次{number}", "举办培训的场次", f"≥{number}场", "年初工作计划")


def project(number: int = 1, rows: int = 4, **changes: str) -> Project:
    tiers = ("数量指标", "数量指标", "质量指标", "时效指标")
    fields = {
        "unit": Unit("900001", "青松县农技推广站"),
        "code": "13099924P00000110001A",
        "name": f"农技推广项目{number}",
        "budget": "165.00",
        "fiscal_funds": "165.00",
        "fund_use": "用于农技培训。\n用于设备购置。",
        "spending_plan": ("10%", "30%", "60%", "100%"),
        "goals": ("完成农技培训", "购置检测设备"),
        "indicators": tuple(indicator(place + 1, tier2=tiers[place % 4]) for place in range(rows)),
    }
    return Project(f"p{number}", **{**fields, **changes})  # type: ignore[arg-type]


def document(projects: int = 2) -> GoalDocument:
    return GoalDocument(
        year=2025,
        unit=Unit("900001", "青松县农技推广站"),
        headings=Headings(
            "第一部分",
            "部门整体绩效目标",
            "一、总体绩效目标",
            "二、分项绩效目标",
            "三、工作保障措施",
            "第二部分",
            "预算项目绩效目标",
        ),
        overall_goal="推广良种良法。\n提高农户收入。",
        sub_goals=Items(items=(SubGoal("s1", heading="农技推广", goal="办好培训", indicator="培训20场"),)),
        safeguards=Items(items=(Measure("m1", heading="加强领导。", run_in=True, text="成立专班。"),)),
        projects=tuple(project(number) for number in range(1, projects + 1)),
    )


def cell(text: str, colspan: int = 1, rowspan: int = 1, role: Role = Role.CELL_VALUE) -> Cell:
    return Cell(tuple(paragraph(line, role) for line in text.split("\n")), colspan, rowspan, role)


def merged_table() -> Table:
    """Three columns; 甲 covers two rows, 乙 two columns."""
    return Table(
        (
            Row((cell("头一"), cell("头二"), cell("头三"))),
            Row((cell("甲", rowspan=2), cell("乙", colspan=2))),
            Row((cell("丙\n丁"), cell(""))),
        ),
        (1000, 2000, 3000),
        header_rows=1,
    )


def title(text: str, bookmark: str | None = None) -> Paragraph:
    return Paragraph(paragraph(text).spans, Role.PROJECT_TITLE, bookmark)
