"""Numbers are traced from place to place: what contradicts is named with both places, what differs rightly is left alone."""

from dataclasses import replace

import pytest

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.registry import Problem, Severity
from models.document.tree import GoalDocument
from tests.models.checks.field_texts import Number, blocks, document, repeated_numbers

TRACING = {
    "conflict-number",
    "number-trace",
    "quantity-price",
    "sum-mismatch",
    "amount-mismatch",
    "part-sum",
    "invalid-date",
}


def traced(text: GoalDocument, checker: Checker | None = None) -> list[Problem]:
    return [problem for problem in (checker or Checker()).check(text) if problem.rule in TRACING]


FILES = ("texts.txt", "one_project.txt")
TEXTS = {code: block for name in FILES for code, block in blocks(name).items()}


@pytest.mark.parametrize("code", TEXTS)
def test_a_right_text_repeats_its_numbers_in_silence(code: str) -> None:
    assert [(p.rule, p.where, p.message) for p in traced(document(TEXTS[code]))] == []


def _names(problem: Problem, number: Number) -> bool:
    return number.path in {problem.path, *(place.path for place in problem.places)}


@pytest.mark.parametrize("name", FILES)
def test_a_single_changed_number_is_noticed_where_its_thing_stands_elsewhere(name: str) -> None:
    checker, tried, missed = Checker(), 0, []
    for code, block in blocks(name).items():
        whole = document(block)
        for number in repeated_numbers(whole):
            tried += 1
            if not any(_names(problem, number) for problem in traced(number.changed(whole), checker)):
                missed.append((code, number.path, number.text[max(0, number.start - 8) : number.end + 4]))
    print(f"{tried} numbers changed, {tried - len(missed)} noticed; missed {missed}")
    assert tried >= 250
    assert tried - len(missed) >= 0.9 * tried


ONLY_PROJECT = replace(
    EXAMPLE.projects[0], fund_use="用于聘请授课专家、编印培训教材。", goals=EXAMPLE.projects[0].goals
)


@pytest.mark.parametrize(
    ("sentence", "is_named"),
    [
        ("投入财政资金75万元，", True),
        ("安排项目资金600万元，", True),
        ("投入财政资金50万元，", False),
        ("安排项目资金60万元，", False),
        ("带动社会投资75万元，", False),
        ("部门预算安排资金750万元，", False),
        ("上年投入财政资金75万元，", False),
    ],
)
def test_money_of_part_one_is_held_against_the_only_project(sentence: str, is_named: bool) -> None:
    text = replace(
        EXAMPLE,
        overall_goal=f"2026年，{sentence}推广小麦节水新技术3000亩，培训农户1200人次。",
        projects=(ONLY_PROJECT,),
    )
    found = [problem for problem in Checker().check(text) if problem.path == "overall_goal"]
    assert ("part-sum" in {rule for problem in found for rule in (problem.rule, *problem.also)}) is is_named


@pytest.mark.parametrize(
    ("name", "value", "plan", "is_named"),
    [
        ("培训任务完成时间", "2026年5月底前", ("0%", "0%", "60%", "100%"), True),
        ("培训任务完成时间", "2026年3月20日前", ("0%", "50%", "60%", "100%"), True),
        ("培训任务完成时间", "2026年5月底前", ("0%", "30%", "60%", "100%"), False),
        ("培训任务完成时间", "2026年11月底前", ("0%", "0%", "0%", "100%"), False),
        ("培训方案设计完成时间", "2026年3月底前", ("0%", "0%", "60%", "100%"), False),
    ],
)
def test_what_is_done_before_any_money_is_paid_is_asked_about(
    name: str, value: str, plan: tuple[str, ...], is_named: bool
) -> None:
    rows = tuple(
        replace(row, name=name, value=value) if row.id == "time" else row for row in EXAMPLE.projects[0].indicators
    )
    project = replace(EXAMPLE.projects[0], indicators=rows, spending_plan=plan)
    found = Checker().check(replace(EXAMPLE, projects=(project, EXAMPLE.projects[1])))
    dates = [problem for problem in found if problem.rule == "invalid-date"]
    assert [problem.severity for problem in dates] == ([Severity.WARN] if is_named else [])


def _with_goal(goal: str, value: str = "≥1200人次") -> GoalDocument:
    project = EXAMPLE.projects[0]
    rows = tuple(replace(row, value=value) if row.id == "quantity" else row for row in project.indicators)
    own = replace(project, goals=(goal,), fund_use="用于聘请授课专家、编印培训教材。", indicators=rows)
    return replace(
        EXAMPLE,
        overall_goal="2026年，推广小麦节水新技术3000亩。",
        sub_goals=replace(EXAMPLE.sub_goals, items=()),
        projects=(own,),
    )


NUMBERS = (60, 150, 300, 480, 725, 900, 1050)
RIGHT = (
    "上半年培训农户{n}人次，全年培训农户1200人次。",
    "6月底前培训农户{n}人次。",
    "其中培训妇女{n}人次。",
    "全年培训农户1200人次，其中山区乡镇{n}人次。",
    "2025年已培训农户{n}人次，今年继续培训。",
    "上年培训农户{n}人次，今年扩大到1200人次。",
    "到2030年累计培训农户{n}0人次。",
    "比上年多培训农户{n}人次。",
    "每期培训农户{n}人次。",
    "每个乡镇培训农户{n}人次。",
    "平均每场培训农户{n}人次。",
    "培训农户1200人次，培训农技员{n}人。",
    "培训学生{n}人次。",
    "第一批培训农户{n}人次，第二批另行安排。",
    "培训农户约{n}人次。",
    "现有培训农户{n}人次的场地。",
    "培训农户增加{n}人次。",
    "城区培训农户{n}人次，农村培训农户{m}人次。",
    "截至目前已培训农户{n}人次。",
    "线上培训{n}人次，线下培训{m}人次。",
    "春季培训农户{n}人次，秋季培训农户{m}人次。",
    "受理农户投诉{n}件，培训农户1200人次。",
)  # fmt: skip


@pytest.mark.parametrize("goal", RIGHT)
def test_parts_stages_places_and_other_years_are_no_contradiction(goal: str) -> None:
    checker = Checker()
    for number in NUMBERS:
        text = _with_goal(goal.format(n=number, m=1200 - number))
        assert [(p.rule, p.message) for p in traced(text, checker)] == []


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        ("全年培训农户2100人次。", "≥1200人次"),
        ("对农户开展技术培训120人次。", "≥1200人次"),
        ("培训农户0.12万人次以上。", "≥1.2万人次"),
        ("培训农户1.2亿人次。", "≥1.2万人次"),
    ],
)
def test_another_number_or_scale_is_named_with_both_places(goal: str, value: str) -> None:
    found = traced(_with_goal(goal, value))
    assert len(found) == 1
    paths = {place.path for place in found[0].places}
    assert paths == {"projects[p1].goals[0]", "projects[p1].indicators[quantity].value"}
    assert all(place.where for place in found[0].places)
    assert found[0].severity is Severity.ERROR
    assert found[0].fix is None


@pytest.mark.parametrize(
    ("use", "is_right"),
    [
        ("购置播种机6台，每台3.2万元，共19.2万元。", True),
        ("购置播种机6台，每台3.2万元，共29.2万元。", False),
        ("按每户1500元补助农户120户，共18万元。", True),
        ("按每户1500元补助农户210户，共18万元。", False),
        ("聘用管护员8人，每人每月900元，共8.64万元。", True),
        ("聘用管护员8人，每人每月900元，工作10个月，共7.2万元。", True),
        ("聘用管护员8人，每人每月900元，工作10个月，共7.9万元。", False),
        ("手册单价12元，印制3000册，共3.6万元。", True),
        ("印制手册3000册，单价12元，共6.3万元。", False),
        ("亩均补助35元，补助1.2万亩，合计42万元。", True),
        ("亩均补助35元，补助1.2万亩，合计24万元。", False),
        ("每台约3万元，购置6台，共19.2万元。", True),
        ("对20公里沟渠清淤，每公里2万元，全年40万元。", True),
        ("对20公里沟渠清淤，每公里2万元，全年45万元。", False),
        ("新建拦水坝6座，每座8万元，工程费84万元。", False),
        ("购置播种机6台，每台3.2万元，运费12万元。", True),
        ("150名辅导员补助45万元，人均3000元。", True),
        ("150名辅导员补助54万元，人均3000元。", False),
        ("购置播种机6台30万元，每台安装费3万元。", True),
    ],
)
def test_quantity_times_price_is_the_amount_that_is_told(use: str, is_right: bool) -> None:
    project = replace(EXAMPLE.projects[0], fund_use=use)
    found = traced(replace(EXAMPLE, projects=(project, *EXAMPLE.projects[1:])))
    assert [p.rule for p in found if p.rule == "quantity-price"] == ([] if is_right else ["quantity-price"])


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ("9月31日前", False),
        ("2月30日前", False),
        ("13月10日前", False),
        ("12月31日前", True),
        ("2月29日前", True),
        ("18个月内", True),
        ("9月30日前", True),
    ],
)
def test_days_that_no_calendar_has_are_named(value: str, is_right: bool) -> None:
    project = EXAMPLE.projects[0]
    rows = tuple(replace(row, value=value) if row.id == "time" else row for row in project.indicators)
    found = Checker().check(replace(EXAMPLE, projects=(replace(project, indicators=rows), *EXAMPLE.projects[1:])))
    assert any(p.rule == "invalid-date" for p in found) is not is_right


@pytest.mark.parametrize(
    ("goal", "is_right"),
    [
        ("4月开工，9月底前建成示范田6处。", True),
        ("10月开工，9月底前建成示范田6处。", False),
        ("11月底前启动招标，6月15日前完成设备安装。", False),
        ("10月开工，次年9月底前建成示范田6处。", True),
        ("11月启动供暖改造，3月底前完成验收。", True),
        ("3月完成设计，2月底前完成招标，5月开工。", True),
    ],
)
def test_what_ends_before_it_begins_is_asked_about(goal: str, is_right: bool) -> None:
    project = replace(EXAMPLE.projects[1], goals=(goal,))
    found = Checker().check(replace(EXAMPLE, projects=(EXAMPLE.projects[0], project)))
    dates = [problem.severity for problem in found if problem.rule == "invalid-date"]
    assert dates == ([] if is_right else [Severity.WARN])


@pytest.mark.parametrize("name", ["考核不合格率", "学员未到课率", "不合格学员比例"])
def test_the_rate_of_what_fails_is_no_contradiction_to_the_rate_of_what_does_not(name: str) -> None:
    rows = tuple(
        replace(row, name=name, value="≤2%") if row.id == "benefit" else row for row in EXAMPLE.projects[0].indicators
    )
    own = replace(EXAMPLE.projects[0], indicators=rows, goals=("培训农户1200人次，考核合格率98%，学员到课率95%。",))
    assert [
        p.message for p in traced(replace(EXAMPLE, projects=(own, EXAMPLE.projects[1]))) if "≤2%" in p.excerpt
    ] == []


@pytest.mark.parametrize(
    ("name", "value", "goal", "is_right"),
    [
        ("输水管道铺设数量", "12台", "铺设输水管道12公里。", False),
        ("输水管道铺设数量", "12亩", "铺设输水管道12公里。", False),
        ("灭火器配备数量", "85平方米", "为示范田配备灭火器85具。", False),
        ("输水管道铺设数量", "12千米", "铺设输水管道12公里。", True),
        ("输水管道闸阀数量", "12台", "铺设输水管道12公里，安装输水管道闸阀12台。", True),
        ("示范点数量", "12处", "建成示范点12个。", True),
        ("输水管道条数", "3条", "铺设输水管道3公里。", True),
    ],
)
def test_one_thing_is_not_counted_by_the_piece_and_by_the_metre(
    name: str, value: str, goal: str, is_right: bool
) -> None:
    row = replace(EXAMPLE.projects[1].indicators[0], name=name, description=f"{name}合计", value=value)
    project = replace(EXAMPLE.projects[1], goals=(goal,), indicators=(row, *EXAMPLE.projects[1].indicators[1:]))
    found = Checker().check(replace(EXAMPLE, projects=(EXAMPLE.projects[0], project)))
    units = [problem for problem in found if problem.rule == "unit-mismatch"]
    assert [problem.path for problem in units] == ([] if is_right else ["projects[p2].indicators[i1].value"])
    assert all("projects[p2].goals[0]" in {place.path for place in problem.places} for problem in units)


@pytest.mark.parametrize(
    ("value", "use", "is_right"),
    [
        ("≤900元/人", "聘用管护员20人，每人每月900元。", True),
        ("≤700元/人", "聘用管护员20人，每人每月900元。", False),
        ("≤10800元/人", "聘用管护员20人，每人每年10800元。", True),
    ],
)
def test_a_price_of_a_month_is_known_by_its_name(value: str, use: str, is_right: bool) -> None:
    name = "管护员人均月补助标准" if "每月" in use else "管护员人均补助标准"
    rows = tuple(
        replace(row, name=name, description="每名管护员的补助金额", value=value) if row.id == "cost" else row
        for row in EXAMPLE.projects[0].indicators
    )
    project = replace(EXAMPLE.projects[0], fund_use=use, indicators=rows)
    found = traced(replace(EXAMPLE, projects=(project, EXAMPLE.projects[1])))
    assert [p.rule for p in found if p.rule == "conflict-number"] == ([] if is_right else ["conflict-number"])


@pytest.mark.parametrize(
    ("said", "is_right"),
    [
        ("9月底前建成小麦节水示范田6处。", True),
        ("8月底前建成小麦节水示范田6处。", False),
        ("建成小麦节水示范田6处，8月底前完成。", False),
        ("8月底前完成小麦节水示范田招标。", True),
        ("8月底前小麦节水示范田开工建设。", True),
        ("6月底前建成小麦节水示范田3处，9月底前全部建成。", True),
        ("11月底前小麦节水示范田通过验收。", True),
    ],
)
def test_a_deadline_of_part_one_is_held_against_its_project(said: str, is_right: bool) -> None:
    item = replace(EXAMPLE.sub_goals.items[1], indicator=said)
    sub_goals = replace(EXAMPLE.sub_goals, items=(EXAMPLE.sub_goals.items[0], item))
    project = replace(EXAMPLE.projects[1], goals=("9月底前建成小麦节水示范田6处，示范田验收合格率达到100%。",))
    text = replace(EXAMPLE, sub_goals=sub_goals, projects=(EXAMPLE.projects[0], project))
    found = [problem for problem in traced(text) if problem.path == f"sub_goals[{item.id}].indicator"]
    assert [problem.rule for problem in found if "月" in problem.excerpt] == ([] if is_right else ["number-trace"])
    assert is_right or "projects[p2].goals[0]" in {place.path for place in found[0].places}


@pytest.mark.parametrize(
    ("use", "is_named"),
    [
        ("接种疫苗4万剂次，每剂次补助15元，共计60万元。", False),
        ("接种疫苗4万剂次，每剂次补助18元，共计60万元。", True),
        ("投放虾苗5000万尾，每万尾120元，计60万元。", False),
        ("投放虾苗5000万尾，每万尾140元，计60万元。", True),
        ("节目制作费60万元，按首播400小时、每小时1500元测算。", False),
        ("节目制作费60万元，按首播400小时、每小时1800元测算。", True),
        ("社会培训6000人次，人均100元，计60万元。", False),
        ("社会培训6000人次，人均120元，计60万元。", True),
        ("物业管理费24万元，服务外包18人，人均2万元，共36万元，合计60万元。", False),
    ],
)
def test_a_price_is_that_of_any_unit_and_its_amount_may_stand_first(use: str, is_named: bool) -> None:
    project = replace(EXAMPLE.projects[0], fund_use=use)
    found = traced(replace(EXAMPLE, projects=(project, EXAMPLE.projects[1])))
    assert bool([problem for problem in found if problem.path.endswith("fund_use")]) is is_named


@pytest.mark.parametrize(
    ("use", "is_named"),
    [
        ("聘请授课专家费25万元；更换教室门窗35万元。", True),
        ("聘请授课专家费25万元；培训教室租用35万元。", False),  # the goals speak of it
        ("聘请授课专家费25万元；宣传资料印刷35万元。", False),  # it serves the work
        ("聘请授课专家费20万元；更换教室门窗40万元。", False),  # no piece has its row
    ],
)
def test_the_one_use_without_a_cost_row_is_named(use: str, is_named: bool) -> None:
    rows = tuple(
        replace(row, name="授课专家费用成本", value="≤25万元") if row.id == "cost" else row
        for row in EXAMPLE.projects[0].indicators
    )
    project = replace(EXAMPLE.projects[0], fund_use=use, indicators=rows)
    found = Checker().check(replace(EXAMPLE, projects=(project, EXAMPLE.projects[1])))
    assert bool([problem for problem in found if problem.rule == "use-uncovered"]) is is_named
