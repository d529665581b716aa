"""Which amounts and years in a text are judged, and which are left alone."""

from dataclasses import replace

import pytest

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.registry import Problem
from models.checks.stated import stated_amounts
from models.checks.year_rules import other_years
from models.document.tree import GoalDocument, Project


def project_problems(rule: str, **fields: object) -> list[Problem]:
    project = replace(EXAMPLE.projects[0], **fields)  # type: ignore[arg-type]  # fields are named by the tests
    document = replace(EXAMPLE, projects=(project, EXAMPLE.projects[1]))
    return [problem for problem in Checker().check(document) if problem.rule == rule]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("培训项目预算数为80万元，全部为财政资金。", "项目预算数为80万元"),
        ("本项目总投资80万元，用于聘请专家。", "本项目总投资80万元"),
        ("聘请专家25万元，编印教材35万元，合计80万元。", "合计80万元"),
        ("共需资金80万元。", "共需资金80万元"),
        ("项目资金800000元，用于培训。", "项目资金800000元"),
        ("安排财政资金80万元用于培训。", "安排财政资金80万元"),
        ("用于培训（共计80万元）。", "共计80万元"),
        ("项目总预算0.008亿元。", "项目总预算0.008亿元"),
    ],
)
def test_an_amount_of_the_whole_project_is_read(text: str, words: str) -> None:
    (found,) = stated_amounts(text, 2026)
    assert words.endswith(text[found.start : found.amount.end])


@pytest.mark.parametrize(
    "text",
    [
        "聘请专家25万元，编印教材35万元。",
        "其中预算数的一部分30万元用于教材。",
        "教材印刷费合计30万元。",
        "2025年预算数为50万元，2026年按需增加。",
        "上年预算数50万元。",
        "签约项目总投资60亿元以上。",
        "每名学员预算为500元/人。",
        "安排资金20万元用于教材，安排资金40万元用于场地。",
        "引进企业投资80万元以上。",
        "带动农户增收80万元。",
        "配套资金20万元由镇政府承担。",
    ],
)
def test_an_amount_of_a_part_or_of_something_else_is_left_alone(text: str) -> None:
    assert list(stated_amounts(text, 2026)) == []


def test_an_amount_of_one_kind_of_funds_may_be_that_kind() -> None:
    assert project_problems("amount-mismatch", fund_use="安排财政资金50万元用于培训。") == []
    assert project_problems("amount-mismatch", fund_use="安排财政资金55万元用于培训。")


def test_yuan_and_ten_thousand_yuan_are_one_amount() -> None:
    for text in (
        "项目预算数为60万元。",
        "项目预算数为600000元。",
        "项目预算数为600,000.00元。",
        "项目预算数为0.006亿元。",
    ):
        assert project_problems("amount-mismatch", fund_use=text) == [], text
    yuan = {"amount_unit": "元", "budget": "600000", "fiscal_funds": "500000", "other_funds": "100000"}
    assert project_problems("amount-mismatch", fund_use="项目预算数为60万元。", **yuan) == []
    assert project_problems("budget-sum", **yuan) == []
    assert project_problems("cost-over-budget", **yuan) == []


def chosen_from(problems: list[Problem]) -> list[str | None]:
    """What the clerk may choose; nothing of it is a correction, since either number may be the wrong one."""
    assert all(problem.fix is None for problem in problems)
    return [choice.text for problem in problems for choice in problem.choices]


def test_an_amount_to_choose_keeps_its_unit() -> None:
    found = project_problems("amount-mismatch", fund_use="项目预算数为80万元，用于培训。")
    assert chosen_from(found) == ["项目预算数为60万元，用于培训。"]


def test_of_three_numbers_that_do_not_add_up_any_may_be_wrong() -> None:
    (three,) = project_problems("budget-sum", other_funds="5.00", fiscal_funds="45.00")
    assert chosen_from([three]) == ["15.00", "50.00", "55.00"]
    assert [place.path.rpartition(".")[2] for place in three.places] == ["budget", "fiscal_funds", "other_funds"]
    (two,) = project_problems("budget-sum", other_funds="", fiscal_funds="75.00")
    assert chosen_from([two]) == ["75.00", "60.00"]


@pytest.mark.parametrize(
    ("plan", "corrected"),
    [
        (("15.00", "25.00", "40.00", "60.00"), ("25", "41.67", "66.67", "100")),
        (("15", "15", "15", "15"), ("25", "50", "75", "100")),
        (("15万元", "30万元", "", "60万元"), ("25", "50", "", "100")),
        (("25", "25", "25", "25"), ("25", "50", "75", "100")),
        (("25%", "25%", "25%", "25%"), ("25%", "50%", "75%", "100%")),
        (("20", "45", "80", ""), ("20", "45", "80", "100")),
        (("20", "45%", "80", ""), ("20", "45%", "80", "100%")),
        (("", "", "", ""), ("", "", "", "100")),
    ],
)
def test_a_plan_is_corrected_as_its_heading_says_or_as_its_cells_are_written(
    plan: tuple[str, ...], corrected: tuple[str, ...]
) -> None:
    """The form's heading has the sign: «资金支出计划（%）»."""
    document = replace(EXAMPLE, projects=(replace(EXAMPLE.projects[0], spending_plan=plan), EXAMPLE.projects[1]))
    (problem,) = Checker().check(document)
    assert problem.fix is not None
    assert problem.fix.apply(document).projects[0].spending_plan == corrected
    assert Checker().check(problem.fix.apply(document)) == ()


@pytest.mark.parametrize(
    ("plan", "rules"),
    [
        (("", "50%", "75%", "100%"), set()),
        (("", "", "90%", "100%"), set()),
        (("25", "50", "75", "100"), set()),
        (("25百分比", "50百分比", "75百分比", "100百分比"), set()),
        (("20%", "20%", "80%", "100%"), set()),
        (("15.00", "25.00", "30.00", "60.00"), {"plan-not-percent"}),
        (("15万元", "25万元", "30万元", "60万元"), {"plan-not-percent"}),
        (("15", "15", "15", "15"), {"plan-not-percent"}),
        (("20%", "80%", "45%", "100%"), {"plan-decreasing"}),
        (("20%", "45%", "80%", "90%"), {"plan-not-100"}),
        (("25%", "25%", "25%", "25%"), {"plan-not-100"}),
        (("30%", "30%", "20%", "20%"), {"plan-not-100"}),
        (("20%", "45%", "80%", ""), {"plan-not-100"}),
        (("", "", "", ""), {"plan-not-100"}),
    ],
)
def test_a_spending_plan(plan: tuple[str, ...], rules: set[str]) -> None:
    project = replace(EXAMPLE.projects[0], spending_plan=plan)
    found = Checker().check(replace(EXAMPLE, projects=(project, EXAMPLE.projects[1])))
    assert {problem.rule for problem in found} == rules
    for problem in found:
        if problem.fix:
            assert Checker().check(problem.fix.apply(replace(EXAMPLE, projects=(project, EXAMPLE.projects[1])))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "2025年，推广新技术3000亩。",
        "2024年整治道路两侧杂草。",
        "力争2025年达到通行条件。",
        "到2025年底，培训农户1200人次。",
        "确保2027年6月底前完工。",
        "2025年度培训任务按期完成。",
        "2023年主要经济指标预期。",
    ],
)
def test_another_year_than_the_plans_is_read(text: str) -> None:
    assert len(list(other_years(text, 2026))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2026年，推广新技术3000亩。",
        "较2025年增长10%。",
        "比2025年多培训200人次。",
        "与2025年持平。",
        "在2025年推广的基础上扩大面积。",
        "自2021年以来持续开展培训。",
        "2025年已建成示范田4处。",
        "截至2025年底，示范田累计10处。",
        "落实《云泽县2025年农业工作方案》要求。",
        "按照云农字〔2025〕7号文件执行。",
        "2025年完成4处，2026年再建6处。",
        "2024-2026年分期实施。",
        "2025年10月至2026年3月完成冬季培训。",
        "为2027年项目储备做好准备。",
        "谋划2027年重点项目5个。",
        "到2030年远景规划目标打好基础。",
        "支付2025年培训尾款。",
        "清算2024年以前年度补贴。",
        "铺设管道2050米。",
        "购置设备2000台。",
        "2025年基数为800人次。",
    ],
)
def test_the_plans_year_and_history_are_left_alone(text: str) -> None:
    assert list(other_years(text, 2026)) == []


def test_a_year_in_the_projects_own_name_is_its_own() -> None:
    name = "2025年农业技术培训项目"
    project = replace(EXAMPLE.projects[0], name=name, fund_use=f"{name}预算数为60万元，用于聘请专家。")
    found = Checker().check(replace(EXAMPLE, projects=(project,)))
    assert [problem for problem in found if problem.rule == "wrong-year"] == []


def test_without_a_plan_year_no_year_is_wrong() -> None:
    found = Checker().check(replace(EXAMPLE, year=None, overall_goal="2019年，推广新技术3000亩。"))
    assert [problem for problem in found if problem.rule == "wrong-year"] == []


def test_the_budget_may_be_filled_from_its_parts() -> None:
    found = project_problems("budget-missing", budget="")
    assert found[0].fix
    assert found[0].fix.text == "60.00"
    against = project_problems("budget-missing", budget="", fiscal_funds="45.00")
    assert against[0].fix is None, "the use of funds names 60万元"


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"other_funds": ""}, True),
        ({"other_funds": "10"}, False),
        ({"fiscal_funds": "60.00", "other_funds": ""}, False),
        ({"fiscal_funds": "60.00", "other_funds": "0.00"}, False),
        ({"fiscal_funds": "", "other_funds": ""}, True),
        ({"fiscal_funds": "待定"}, True),
        ({"fiscal_funds": "50.004", "other_funds": "10"}, False),
    ],
)
def test_the_parts_of_the_budget(fields: dict[str, str], found: bool) -> None:
    assert bool(project_problems("budget-sum", **fields)) is found


def test_code_problems_say_what_is_known() -> None:
    def code(text: str) -> list[Problem]:
        project = replace(EXAMPLE.projects[0], code=text)
        document: GoalDocument = replace(EXAMPLE, projects=(project,))
        return [problem for problem in Checker().check(document) if problem.rule.startswith("code")]

    assert code("") == code("Z155110000004") == code("13992126P00012310001T") == []
    assert [(p.rule, p.fix and p.fix.text) for p in code("13992126p00012310001t")] == [
        ("code-format", "13992126P00012310001T")
    ]
    assert [(p.rule, p.fix and p.fix.text) for p in code("13992126P 00012310001T")] == [
        ("code-format", "13992126P00012310001T")
    ]
    (slip,) = code("13992126ABC")
    assert (slip.rule, slip.fix) == ("code-format", None)
    assert "第 9 位「A」" in slip.message
    assert [(p.rule, p.fix) for p in code("13992126P0001231000T")] == [("code-format", None)]
    assert [(p.rule, p.fix) for p in code("13992126P00012310001U")] == [("code-check", None)]
    assert [(p.rule, p.fix and p.fix.text) for p in code("13992126POOO12310001T")] == [
        ("code-check", "13992126P00012310001T")
    ]


def test_a_cost_is_held_against_the_budget_whatever_its_unit() -> None:
    def with_cost(value: str, name: str = "培训总成本") -> list[Problem]:
        rows = tuple(
            replace(row, value=value, name=name) if row.id == "cost" else row for row in EXAMPLE.projects[0].indicators
        )
        project: Project = replace(EXAMPLE.projects[0], indicators=rows)
        found = Checker().check(replace(EXAMPLE, projects=(project,)))
        return [problem for problem in found if problem.rule == "cost-over-budget"]

    assert with_cost("≤60万元") == with_cost("≤600000元") == with_cost("≤300元/人") == with_cost("≤0.006亿元") == []
    assert with_cost("≤5000万元", "三年总投资") == []
    assert chosen_from(with_cost("≤70万元")) == ["≤60万元"]
    assert chosen_from(with_cost("≤700000元")) == ["≤600000元"]
