"""The years and numbers of a text as they are echoed beside it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.document.figures import Elsewhere, chips
from models.document.tree import GoalDocument, Indicator, Items, Project, SubGoal


def shown(text: str, year: int | None = 2026) -> list[tuple[str, int, str, bool]]:
    return [(chip.words, chip.times, chip.note, chip.doubtful) for chip in chips(text, year, {})]


def test_a_wrong_year_comes_first_and_is_told() -> None:
    assert shown("2026年举办培训。2025年举办观摩。") == [
        ("2025年", 1, "与预算年度 2026 不同", True),
        ("2026年", 1, "预算年度", False),
    ]


def test_years_of_history_and_plans_are_no_faults() -> None:
    assert shown("2024年已建成泵房。到2030年远景规划。2026年、2026 年。") == [
        ("2024年", 1, "往年", False),
        ("2030年", 1, "以后年度", False),
        ("2026年", 2, "预算年度", False),
    ]
    assert shown("2025年举办培训。", None) == [("2025年", 1, "", False)]


def test_numbers_are_echoed_once_with_their_units() -> None:
    text = "2026年培训24场、1440人次，合格率95%以上，预算资金36.00万元；再培训24 场。"
    assert [words for words, *_ in shown(text)] == ["2026年", "24场", "1440人次", "95%", "36.00万元"]
    assert [chip.times for chip in chips(text, 2026, {}) if chip.words == "24场"] == [2]


def test_a_chip_leads_to_its_words() -> None:
    text = "𠮷村2026年修路3公里，花费5万元。"
    assert [text[chip.start : chip.end] for chip in chips(text, 2026, {})] == ["2026年", "3公里", "5万元"]


DOCUMENT = GoalDocument(
    year=2026,
    sub_goals=Items(items=(SubGoal("s1", indicator="培训24场"),)),
    projects=(
        Project("p1", budget="36.00", indicators=(Indicator("i1", value="≥1440人次"), Indicator("i2", value="≥95%"))),
        Project("p2", budget="64", indicators=(Indicator("i3", value="95百分比"),)),
    ),
)


def test_each_number_says_where_else_it_stands() -> None:
    text = "培训24场、1440人次，合格率95%，安排36万元，共100万元，覆盖7个村。"
    found = {chip.words: chip.note for chip in chips(text, 2026, Elsewhere().of(DOCUMENT))}
    assert found == {
        "24场": "分项目标有",
        "1440人次": "项目 1 有",
        "95%": "项目 1 有",
        "36万元": "项目 1 有",
        "100万元": "预算合计",
        "7个": "别处没有",
    }


def test_what_changed_elsewhere_is_read_again() -> None:
    elsewhere = Elsewhere()
    assert elsewhere.of(DOCUMENT)[Decimal(24), "场"] == "分项目标有"
    assert (Decimal(24), "场") not in elsewhere.of(GoalDocument(projects=DOCUMENT.projects))
    assert elsewhere.of(GoalDocument(projects=DOCUMENT.projects[1:]))[Decimal(64), "万元"] == "项目 1 有"


@given(st.text(alphabet="2025年 36万元%场人次.，,1〔〕-一二"))
def test_every_chip_stands_in_the_text(text: str) -> None:
    for chip in chips(text, 2026, {}):
        assert text[chip.start : chip.end] == chip.words
