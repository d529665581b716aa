"""与上年比较: which lines stand side by side, and what is said of them."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from importers.import_files import read_file
from models.comparing.year_comparison import Compared, compare, differences, pair, summary
from models.document.tree import GoalDocument, Headings, Indicator, Items, Project, SubGoal
from models.years.rollover import mentions, moved_on
from tests.models.paths import leaves
from tests.shared import TEXTS
from tests.strategies import documents

ROWS = (
    Indicator("i1", "产出指标", "数量指标", "培训场次", value="≥10场", basis="2025年工作计划"),
    Indicator("i2", "产出指标", "质量指标", "合格率", value="≥90%", basis="2024年实际"),
    Indicator("i3", "产出指标", "时效指标", "按时完成率", value="100%"),
)
LAST = GoalDocument(
    year=2025,
    headings=Headings(overall_goal="一、总体绩效目标"),
    overall_goal="2025年推广品种12个。",
    sub_goals=Items(items=(SubGoal("s1", heading="（一）推广"), SubGoal("s2", heading="（二）培训", goal="办班"))),
    projects=(
        Project("p1", code="13992125P000412100030", name="2025年良种推广项目", budget="80.00",
                spending_plan=("10%", "30%", "60%", "100%"), goals=("甲", "乙"), indicators=ROWS),
        Project("p2", name="农技培训专项经费", budget="1,200,000", amount_unit="元"),
        Project("p3", name="虫情测报"),
    ),
)  # fmt: skip


def this_year() -> GoalDocument:
    """Other ids throughout, as from a file; a project gone, one new, one under another name."""
    rows = (replace(ROWS[1], id="a2", value="≥95%"), replace(ROWS[0], id="a1", value="≥12场", basis="2026年工作计划"),
            Indicator("a9", "效益指标", "社会效益指标", "带动农户", value="≥300户"))  # fmt: skip
    one = replace(LAST.projects[0], id="b1", name="2026年良种推广", budget="87.50", indicators=rows, goals=("甲", "丙"))
    two = Project("b2", name="农技人员培训专项经费", budget="130", amount_unit="万元")
    return GoalDocument(
        year=2026,
        headings=LAST.headings,
        overall_goal="2026年推广品种12个。",
        sub_goals=Items(items=(SubGoal("c2", heading="（一）培训", goal="办班"), SubGoal("c9", heading="（二）服务"))),
        projects=(two, one, Project("b4", name="数字农业")),
    )


def line(place: str, group: str = "") -> Compared:
    """The one line of that place."""
    (found,) = [one for one in compare(LAST, this_year()) if one.place == place and group in one.group]
    return found


@pytest.mark.parametrize(
    ("place", "group", "last", "now", "words"),
    [
        ("预算年度", "", "2025", "2026", "只差年份"),
        ("总体绩效目标", "", "2025年推广品种12个。", "2026年推广品种12个。", "只差年份"),
        ("预算数", "良种", "80.00", "87.50", "改 +7.50（+9.4%）"),
        ("预算数", "农技", "1,200,000", "130", "改 +10.00万元（+8.3%）"),
        ("项目名称", "良种", "2025年良种推广项目", "2026年良种推广", "改"),
        ("项目名称", "农技", "农技培训专项经费", "农技人员培训专项经费", "改"),
        ("项目名称", "虫情", "虫情测报", "", "取消"),
        ("项目名称", "数字", "", "数字农业", "新增"),
        ("资金支出计划 6月底", "良种", "30%", "30%", "相同"),
        ("绩效目标 2", "良种", "乙", "丙", "改"),
        ("指标 1 · 指标值（合格率）", "良种", "≥90%", "≥95%", "改 +5 个百分点"),
        ("指标 2 · 指标值（培训场次）", "良种", "≥10场", "≥12场", "改 +2场（+20.0%）"),
        ("指标 2 · 指标值确定依据（培训场次）", "良种", "2025年工作计划", "2026年工作计划", "只差年份"),
        ("指标 3", "良种", "", "效益指标 · 社会效益指标 · 带动农户 · ≥300户", "新增"),
        ("上年的指标", "良种", "产出指标 · 时效指标 · 按时完成率 · 100%", "", "取消"),
        ("分项目标 1 · 绩效目标", "", "办班", "办班", "相同"),
        ("上年的分项目标「（一）推广」 · 标题", "", "（一）推广", "", "取消"),
    ],
)
def test_a_field_stands_beside_last_years(place: str, group: str, last: str, now: str, words: str) -> None:
    found = line(place, group)
    assert (found.last, found.now, found.state_words) == (last, now, words)


def test_a_field_that_is_empty_this_year_is_not_given_up_with_its_project() -> None:
    last = GoalDocument(year=2025, projects=(Project("p1", name="良种", code="A1"), Project("p2", name="虫情")))
    lines = compare(last, GoalDocument(year=2026, projects=(Project("p1", name="良种"),)))
    told = [(one.place, one.last, one.state_words) for one in lines if one.state == "removed"]
    assert told == [("项目编码", "A1", "本年没填"), ("项目名称", "虫情", "取消"), ("金额单位", "万元", "取消")]
    assert "取消 2，本年没填 1。" in summary(lines)


def test_a_number_that_looks_like_a_year_is_no_year() -> None:
    def with_value(value: str, year: int) -> GoalDocument:
        row = Indicator("i1", name="长度", value=value)
        return GoalDocument(year=year, projects=(Project("p1", name="管网", indicators=(row,)),))

    found = [one for one in compare(with_value("≥2025米", 2025), with_value("≥2026米", 2026)) if "指标值" in one.place]
    assert [one.state_words for one in found] == ["改 +1米（+0.0%）"]


def test_a_year_that_should_not_have_moved_is_a_change() -> None:
    last = GoalDocument(year=2025, overall_goal="云财预〔2025〕8号")
    now = GoalDocument(year=2026, overall_goal="云财预〔2026〕8号")
    assert [one.state for one in compare(last, now) if one.place == "总体绩效目标"] == ["changed"]


@pytest.mark.parametrize(("end", "state"), [("", "years"), ("底", "changed")])
@pytest.mark.parametrize("years", [(2025, 2026), (2026, 2025)])
def test_many_years_in_one_text_are_compared_in_one_go(years: tuple[int, int], end: str, state: str) -> None:
    # Backwards some of the years already are what they would become: an undecided choice for each would never end.
    last = GoalDocument(year=years[0], overall_goal="2025年办班。2026年办班。" * 5000)
    now = GoalDocument(year=years[1], overall_goal=last.overall_goal.replace(f"{years[0]}", f"{years[1]}", 1) + end)
    assert [one.state for one in compare(last, now) if one.place == "总体绩效目标"] == [state]


def test_rows_called_alike_are_paired_in_their_order() -> None:
    rows = tuple(Indicator(f"i{number}", tier2="数量指标", name="次数", value=f"{number}次") for number in range(3000))
    assert pair(rows, rows, lambda row: row.name, lambda row: row.name) == list(zip(rows, rows, strict=True))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_a_text_moved_on_differs_in_years_alone(text: object) -> None:
    document = replace(read_file(text).draft.document, year=2025)  # type: ignore[arg-type]
    moved = moved_on(document, 2026, mentions(document, 2025))
    lines = compare(document, moved)
    assert differences(lines, years=False) == ()
    assert summary(lines).startswith(f"共 {len(lines)} 项")


SKIPPED = ("template", ".number", ".numbering", "run_in", "goals_numbering", "unplaced", ".scope")


def filled(document: GoalDocument) -> dict[str, str]:
    """What is filled in, by its path; aside what is compared only with the text it draws, and the usual scope of a row."""
    found = {path: str(value) for path, value in leaves(document) if value is not None and str(value).strip()}
    return {path: value for path, value in found.items() if not any(part in path for part in SKIPPED)}


@settings(max_examples=25)  # two documents an example
@given(documents(), documents())
def test_every_filled_field_of_both_years_is_shown(last: GoalDocument, now: GoalDocument) -> None:
    lines = compare(last, now)
    by_path = {line.path: line for line in lines if line.path}
    for path, value in filled(now).items():
        row = f"{path.rpartition('.')[0]}.name"
        line = by_path.get(path)
        if ".indicators[" in path and (line is None or line.now != value):
            assert by_path[row].state == "added"
            assert value.strip() in by_path[row].now
        else:
            assert line is not None
            assert line.now == value
    texts = Counter(line.last for line in lines)
    for path, value in filled(last).items():
        whole = any(value.strip() in line.last and line.state == "removed" for line in lines)
        assert texts[value] or (".indicators[" in path and whole)
    # What is gone this year may share the place one is led to with what went beside it.
    there = [line.path for line in lines if line.path and line.state != "removed"]
    assert len(set(there)) == len(there)


def test_parts_are_paired_in_this_years_order_and_those_gone_stay_in_place() -> None:
    last = tuple(Project(f"p{at}", name=name) for at, name in enumerate("甲乙丙丁"))
    now = tuple(Project(f"q{at}", name=name) for at, name in enumerate("丙戊甲"))
    pairs = pair(last, now, lambda part: part.code, lambda part: part.name)
    names = [(one.name if one else "", other.name if other else "") for one, other in pairs]
    assert names == [("丙", "丙"), ("丁", ""), ("", "戊"), ("甲", "甲"), ("乙", "")]
