"""Recommended indicators: the reason of each, the values a project names, and how often they are the ones really used.

`python -m tests.models.test_suggesting` prints the table of the last.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, zip_longest

import pytest

from importers.recognise import recognise
from importers.text_reader import read_text
from models.checks.prose import likeness
from models.document.template import load_template
from models.document.tiers import in_scheme
from models.document.tree import GoalDocument, Indicator, Project
from models.indicators.indicator_library import UsedIndicator, library
from models.indicators.own_library import OwnLibrary
from models.indicators.quantities import quantities
from models.indicators.suggesting import MOST, Suggestion, suggested
from tests.shared import SEEDS, needs_shared

TEMPLATE = load_template()
SCHEME, NEW_SCHEME = TEMPLATE.scheme("2015"), TEMPLATE.scheme("2021")
NEAR = 0.6

TRAINING = Project(
    "p1",
    code="13070026P00CXF8100019",
    name="2026年农业技术培训",
    budget="18.00",
    fund_use="用于举办农业技术培训班",
    goals=("全年举办农业技术培训班 6 期，培训农户1200人次。", "培训合格率达到95%。"),
)


def used(year: int, project: str, tier2: str, name: str, value: str = "", code: str = "") -> UsedIndicator:
    return UsedIndicator(year, "云泽县农业技术推广站", project, "产出指标", tier2, name, "", value, "", code)


def found(project: Project = TRAINING, *rows: UsedIndicator) -> tuple[Suggestion, ...]:
    return suggested(project, SCHEME, rows)


def one(name: str, suggestions: Sequence[Suggestion]) -> Suggestion:
    return next(each for each in suggestions if each.entry.name == name)


@pytest.mark.parametrize("scheme", [SCHEME, NEW_SCHEME], ids=lambda scheme: scheme.id)
def test_every_tier_a_project_needs_has_at_least_one(scheme) -> None:  # type: ignore[no-untyped-def]
    tiers = [tier2 for below in scheme.tiers.values() for tier2 in below]
    suggestions = suggested(TRAINING, scheme, ())
    assert [each.entry.tier2 for each in suggestions[: len(tiers)]] == tiers
    assert len(tiers) < len(suggestions) <= MOST


def test_each_has_its_reason_and_none_comes_twice() -> None:
    suggestions = found()
    assert all(each.reason for each in suggestions)
    assert len({(each.entry.tier2, each.entry.name) for each in suggestions}) == len(suggestions)
    assert any("适合「会议培训」类项目" in each.reason for each in suggestions)


def test_numbers_in_the_goals_are_offered_as_values() -> None:
    values = {each.value: each for each in found() if each.value}
    assert values["≥1200人次"].value_from == "绩效目标"
    assert "1200人次" in values["≥1200人次"].reason
    assert "≥95%" in values
    assert "≥6期" in values


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        ("举办推介会 2 场", "≥2场"),
        ("巡检次数不超过3次", "≤3次"),
        ("2026年新建大棚12座", "≥12座"),
        ("到2025年完成", None),
        ("支出18万元", None),
    ],
)
def test_a_number_keeps_its_unit_and_its_limit(goal: str, value: str | None) -> None:
    values = [each.value("") for each in quantities(Project("p1", goals=(goal,)))]
    assert values == ([value] if value else [])


def test_what_no_library_names_is_offered_in_the_projects_own_words() -> None:
    suggestions = suggested(Project("p1", name="育苗", goals=("全年新建育苗棚12座。",)), SCHEME, (), most=400)
    mine = one("新建育苗棚数量", suggestions)
    assert (mine.entry.tier2, mine.value, mine.value_from) == ("数量指标", "≥12座", "绩效目标")


def test_the_budget_is_the_limit_of_the_whole_cost() -> None:
    costs = [each for each in found() if each.entry.tier2 == "成本指标" and each.value]
    assert {each.value for each in costs} == {"≤18万元"}
    assert {each.value_from for each in costs} == {"预算数"}


def test_rows_of_the_same_project_of_last_year_come_first_with_their_value_told_but_not_taken() -> None:
    rows = (
        used(2025, "别的名称", "数量指标", "育秧盘数", "≥90盘", TRAINING.code),
        used(2024, "抗旱", "数量指标", "水泵台数"),
    )
    first = next(each for each in found(TRAINING, *rows) if each.entry.tier2 == "数量指标")
    assert first.entry.name == "育秧盘数"
    assert first.reason.startswith("同一项目2025 年用过（≥90盘）")
    assert first.value == ""


def test_the_same_name_but_for_its_year_is_the_same_project() -> None:
    suggestions = found(TRAINING, used(2025, "2025年农业技术培训", "质量指标", "秧苗成活率"))
    assert one("秧苗成活率", suggestions).reason.startswith("同一项目2025 年用过")


def test_what_a_like_project_used_names_it() -> None:
    suggestions = found(TRAINING, used(2025, "农业技术推广培训", "质量指标", "示范户带动率"))
    assert "相似项目「农业技术推广培训」用过" in one("示范户带动率", suggestions).reason


def test_what_stands_in_the_project_is_not_recommended_again_and_its_tier_is_no_longer_first() -> None:
    name = next(each.entry.name for each in found() if each.entry.tier2 == "数量指标")
    project = replace(TRAINING, indicators=(Indicator("i1", "产出指标", "数量指标", name),))
    again = found(project)
    assert name not in [each.entry.name for each in again]
    assert again[0].entry.tier2 == "质量指标"


def test_an_indicator_of_the_project_is_not_offered_for_the_sake_of_those_that_are_called_nearly_so() -> None:
    names = ("工程验收合格率", "隐蔽工程验收合格率", "主体工程验收合格率", "分项工程验收合格率")
    rows = [used(2025, "灌溉管网改造工程", "质量指标", name) for name in names]
    project = Project("p1", name="灌溉管网改造工程", fund_use="用于改造管网，工程验收合格率达到100%。")
    assert names[0] in [each.entry.name for each in found(project, *rows)]
    has_it = replace(project, indicators=(Indicator("i1", "产出指标", "质量指标", names[0]),))
    assert names[0] not in [each.entry.name for each in found(has_it, *rows)]


POND = Project(
    "p1",
    name="池塘循环水养殖技术推广项目",
    budget="86.5",
    fund_use="用于循环水养殖设施改造、技术培训和尾水处理。",
    goals=(
        "推广池塘循环水养殖面积3000亩，改造养殖设施12处。",
        "开展渔民技术培训12期，尾水达标排放率95%以上，渔民满意度90%以上。",
    ),
)
HEATING = Project(
    "p2",
    name="县城老旧小区供热管网改造",
    budget="900",
    fund_use="用于更换供热管道、换热站设备。",
    goals=("改造供热管网12公里，新建换热站3座，工程验收合格率100%。",),
)
BOOKS = Project(
    "p3",
    name="图书馆免费开放",
    budget="30",
    fund_use="用于购置图书、开展阅读活动。",
    goals=("购置图书8000册，举办阅读活动24场，读者满意度达到95%以上。",),
)


@pytest.mark.parametrize(
    ("project", "foreign"),
    [
        (POND, ("消防", "道路", "教师", "开学", "户厕", "宣传", "市民", "绿化", "企业满意", "物业")),
        (HEATING, ("道路", "开学", "隐蔽", "系统", "停车", "校舍", "园区")),
        (BOOKS, ("学生", "健身", "非遗", "演出", "创业者", "户外", "青少年", "补助")),
    ],
    ids=["pond", "heating", "books"],
)
def test_nothing_is_recommended_that_speaks_of_things_of_other_projects(
    project: Project, foreign: Sequence[str]
) -> None:
    names = [each.entry.name for each in found(project)]
    assert [name for name in names if any(word in name for word in foreign)] == []


def test_a_project_like_it_may_have_used_any_of_them() -> None:
    row = used(2025, "池塘循环水养殖技术推广", "质量指标", "道路通达率")
    assert "道路通达率" in [each.entry.name for each in found(POND, row)]
    assert "道路通达率" not in [
        each.entry.name for each in found(POND, replace_project(row, "县城小学食堂聘用人员经费"))
    ]


def replace_project(row: UsedIndicator, project: str) -> UsedIndicator:
    return row._replace(project=project)


@pytest.mark.parametrize(
    ("project", "name", "tier2", "value"),
    [
        (POND, "尾水达标排放率", "质量指标", "≥95%"),
        (POND, "渔民满意度", "服务对象满意度指标", "≥90%"),
        (HEATING, "工程验收合格率", "质量指标", "≥100%"),
        (BOOKS, "读者满意度", "服务对象满意度指标", "≥95%"),
        (Project("p4", name="抽检", goals=("检测报告出具及时率100%。",)), "检测报告出具及时率", "时效指标", "≥100%"),
    ],
)
def test_a_share_the_goals_name_is_offered_under_its_own_name_where_such_shares_stand(
    project: Project, name: str, tier2: str, value: str
) -> None:
    mine = one(name, found(project))
    assert (mine.entry.tier2, mine.value, mine.value_from) == (tier2, value, "绩效目标")


def test_a_share_is_the_value_of_no_other_share() -> None:
    project = Project("p1", name="水产品抽检", goals=("抽检合格率98%以上，检测报告出具及时率100%。",))
    values = {each.entry.name: each.value for each in suggested(project, SCHEME, (), most=400) if each.value}
    assert values["抽检合格率"] == "≥98%"
    assert [name for name, value in values.items() if value == "≥100%" and not name.endswith("及时率")] == []
    assert [name for name in values if name.startswith(("原材料", "市民"))] == []


def test_what_is_hidden_in_the_own_library_is_not_recommended() -> None:
    entry = found()[0].entry
    own = OwnLibrary().with_hidden([entry])
    assert entry.name not in [each.entry.name for each in suggested(TRAINING, SCHEME, (), own)]


def test_a_project_that_says_nothing_gets_what_most_have() -> None:
    assert len(suggested(Project("p1"), SCHEME, ())) == MOST


# How often the real ones are among them


@cache
def texts() -> dict[str, GoalDocument]:
    return {seed.stem[:3]: recognise(read_text(seed.read_text(encoding="utf-8")), TEMPLATE).document for seed in SEEDS}


def rows_of(document: GoalDocument) -> Iterator[UsedIndicator]:
    for project in document.projects:
        for row in project.indicators:
            about = (row.tier1, row.tier2, row.name.strip(), row.description, row.value, row.basis)
            yield UsedIndicator(document.year, document.unit.name, project.name, *about, project.code, project.fund_use)


def most_frequent(_project: Project, rows: Sequence[UsedIndicator]) -> list[str]:
    """The baseline: of each tier what was used most, then the library in its order; the tiers in turn."""
    counts = Counter((in_scheme(Indicator("", row.tier1, row.tier2), SCHEME).tier2, row.name) for row in rows)
    lines = []
    for tier2 in (tier2 for below in SCHEME.tiers.values() for tier2 in below):
        names = [name for (tier, name), _count in counts.most_common() if tier == tier2]
        names += [entry.name for entry in library("2015") if entry.tier2 == tier2]
        lines.append(list(dict.fromkeys(names)))
    return [name for name in chain.from_iterable(zip_longest(*lines)) if name][:MOST]


def ours(project: Project, rows: Sequence[UsedIndicator]) -> list[str]:
    return [each.entry.name for each in suggested(project, SCHEME, rows)]


@cache
def has_near(name: str) -> bool:
    return any(likeness(entry.name, name) >= NEAR for entry in library("2015"))


def measured(way: Callable[[Project, Sequence[UsedIndicator]], list[str]]) -> dict[str, tuple[int, int]]:
    """Of each text: how many of its names that the library nearly has are found, and how many there are. What the text's own
    rows say is not known to the way: the others' are its memory."""
    result = {}
    for seed, document in texts().items():
        memory = [row for other, text in texts().items() if other != seed for row in rows_of(text)]
        hits = []
        for project in document.projects:
            names = way(replace(project, indicators=()), memory)
            real = [row.name.strip() for row in project.indicators if has_near(row.name.strip())]
            hits += [any(likeness(name, each) >= NEAR for each in names) for name in real]
        if hits:
            result[seed] = sum(hits), len(hits)
    return result


def total(result: dict[str, tuple[int, int]]) -> float:
    """The share found in all texts."""
    return sum(hits for hits, _ in result.values()) / sum(count for _, count in result.values())


@needs_shared
def test_of_the_real_indicators_the_library_nearly_has_7_in_10_are_among_the_first_40() -> None:
    """Needs about a second: each project of the real texts is recommended to."""
    own, baseline = total(measured(ours)), total(measured(most_frequent))
    assert own >= 0.7
    assert own >= baseline + 0.1


def print_table() -> None:
    """The table of both ways."""
    own, baseline = measured(ours), measured(most_frequent)
    print(f"{'text':<8}{'names':>7}{'recommended':>14}{'most frequent':>16}")
    for seed, (hits, count) in own.items():
        print(
            f"{seed:<8}{count:>7}{hits:>9} {hits / count:>4.0%}{baseline[seed][0]:>11} {baseline[seed][0] / count:>4.0%}"
        )
    counts = sum(count for _, count in own.values())
    print(f"{'all':<8}{counts:>7}{total(own):>14.1%}{total(baseline):>16.1%}")


if __name__ == "__main__":
    print_table()


def test_a_number_told_a_thousand_times_is_looked_at_once_and_of_thousands_the_first() -> None:
    def told(text: str) -> list[str]:
        return [each.mention.words for each in quantities(Project("p1", fund_use=text))]

    assert told("培训农户10场，" * 5000) == ["培训农户10场"]
    many = told("".join(f"培训农户{number}场，" for number in range(5000)))
    assert many[:2] == ["培训农户0场", "培训农户1场"]
    assert len(many) == 300
