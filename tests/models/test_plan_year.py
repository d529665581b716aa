"""Which year a text is the plan of: all evidence together; where it is divided it is asked, and no year is blamed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.checks.engine import Checker
from models.document.project_code import check_character
from models.document.tree import GoalDocument, Indicator, Project
from models.years.plan_year import plan_year

PLANNED = (
    "{}年，新建村级卫生室12所。",
    "{}年6月底前完成招标。",
    "{}年为320名儿童免费体检。",
    "到{}年底，签约率达到75%。",
)
"""Sentences on what a year's plan is."""


def code(year: int, number: int = 1) -> str:
    """A project code set up in that year."""
    head = f"139921{year % 100:02}P0004121{number:04}3"
    head = head[:20].ljust(20, "0")
    return head + check_character(head)


def text_of(
    title: int | None = None,
    names: tuple[int | None, ...] = (),
    dates: tuple[int, ...] = (),
    codes: tuple[int, ...] = (),
    goal: str = "",
) -> GoalDocument:
    """A text that names these years at these places."""
    goals = "".join(PLANNED[place % len(PLANNED)].format(year) for place, year in enumerate(dates))
    projects = tuple(
        Project(
            f"p{place}",
            name=f"{year}年妇幼健康项目" if year else "妇幼健康项目",
            code=code(codes[place], place) if place < len(codes) else "",
        )
        for place, year in enumerate(names or (None,) * len(codes))
    )
    return GoalDocument(
        title=f"{title}年部门整体绩效目标" if title else None, overall_goal=goal + goals, projects=projects
    )


@pytest.mark.parametrize(
    ("evidence", "year"),
    [
        ({"title": 2026}, 2026),
        ({"names": (2026,)}, 2026),
        ({"dates": (2026,)}, 2026),
        ({"title": 2026, "names": (2026, 2026), "dates": (2026, 2026)}, 2026),
        # What is left from last year does not outweigh two that agree on the later year.
        ({"title": 2026, "names": (2026, 2026), "dates": (2025,) * 8}, 2026),
        ({"title": 2025, "names": (2026, 2026), "dates": (2026,) * 4}, 2026),
        ({"title": 2026, "names": (2025, 2025), "dates": (2026,) * 4}, 2026),
        ({"title": 2026, "dates": (2025, 2025, 2026)}, 2026),
        # One stray mention is no evidence against a title or the names.
        ({"title": 2026, "dates": (2025,)}, 2026),
        ({"names": (2026, 2026), "dates": (2025,)}, 2026),
        ({"dates": (2025, 2026, 2026, 2026)}, 2026),
        # A project keeps the name it got.
        ({"names": (2024,), "dates": (2026,) * 3, "codes": (24,)}, 2026),
        ({"names": (None, None, 2024), "dates": (2026,) * 3}, 2026),
        ({"names": (None, None, None, 2027), "dates": (2026,) * 3}, 2026),
        # No plan holds projects that are not set up yet.
        ({"title": 2025, "dates": (2026,) * 3, "codes": (2026, 2026)}, 2026),
        ({"names": (2026, 2026), "dates": (2025,) * 5, "codes": (2026, 2026)}, 2026),
        # The digits of a code are the year a project was set up in, often an earlier one.
        ({"dates": (2026, 2026), "codes": (2022, 2023)}, 2026),
        ({"dates": (2026, 2026), "codes": (2026, 2026, 2027)}, 2026),
        ({"goal": "2025年已建成卫生室8所。", "dates": (2026,)}, 2026),
        ({"goal": "由2025年的18%提高到20%。较2024年增长2%。", "dates": (2026,)}, 2026),
        ({"goal": "按照卫办〔2025〕9号和《2025年健康促进方案》办理。", "dates": (2026,)}, 2026),
        ({"goal": "落实2021—2025年规划，编制2027年部门预算。", "dates": (2026,)}, 2026),
        ({"goal": "2024年建成5所，2025年建成6所，2026年再建8所。"}, 2026),
    ],
)
def test_the_year_all_evidence_speaks_for(evidence: Mapping[str, tuple[int, ...]], year: int) -> None:
    found = plan_year(text_of(**evidence))  # type: ignore[arg-type]  # the table names the parts
    assert found.year == year, found


@pytest.mark.parametrize(
    ("evidence", "likely"),
    [
        ({"title": 2026, "names": (2025, 2025), "dates": (2025,) * 5}, 2026),
        ({"title": 2026, "dates": (2025,) * 5}, 2026),
        ({"title": 2025, "dates": (2026,) * 5}, 2026),
        ({"title": 2025, "names": (2026, 2026)}, 2026),
        ({"names": (2026, 2026), "dates": (2025,) * 5}, 2026),
        ({"dates": (2025, 2026)}, 2026),
        ({"dates": (2025, 2025, 2026, 2026)}, 2026),
        ({"names": (2025, 2026)}, 2026),
        ({"title": 2025, "codes": (2026, 2026)}, 2026),
        ({"dates": (2025,), "codes": (2027,)}, 2027),
    ],
)
def test_divided_evidence_is_asked_and_no_year_is_blamed(evidence: Mapping[str, tuple[int, ...]], likely: int) -> None:
    document = text_of(**evidence)  # type: ignore[arg-type]  # the table names the parts
    found = plan_year(document)
    assert (found.year, found.likely, found.is_doubtful) == (None, likely, True)
    assert f"看起来像 {likely} 年" in found.question
    assert [p for p in Checker().check(replace(document, year=found.year)) if p.rule == "wrong-year"] == []


def test_the_question_tells_all_that_was_seen() -> None:
    told = plan_year(text_of(title=2026, names=(2025, 2025), dates=(2025,) * 5, codes=(2024, 2025))).question
    for words in (
        "标题写的是 2026 年",
        "项目名称中「2025年」出现 2 次",
        "正文中「2025年」出现 5 次",
        "立项年份是 2025 年",
    ):
        assert words in told


def test_without_any_year_the_codes_give_a_likely_one_and_nothing_is_sure() -> None:
    found = plan_year(text_of(codes=(2024, 2025)))
    assert (found.year, found.likely, found.is_doubtful) == (None, 2025, False)
    assert plan_year(GoalDocument(overall_goal="做好工作")).likely is None


def test_a_stated_year_and_a_cover_decide() -> None:
    document = text_of(title=2025, names=(2025, 2025), dates=(2025,) * 5)
    assert plan_year(replace(document, year=2026)).year == 2026
    found = plan_year(document, cover=2026)
    assert (found.year, found.source) == (2026, "封面")
    assert len(found.doubted) == 3


def test_the_basis_of_indicators_counts_only_where_nothing_else_does() -> None:
    rows = tuple(Indicator(f"i{number}", basis="2025年工作计划") for number in range(6))
    document = GoalDocument(projects=(Project("p", indicators=rows),))
    assert plan_year(document).year == 2025
    assert plan_year(replace(document, overall_goal="2026年，新建村级卫生室12所。")).year == 2026


@given(st.integers(2020, 2034), st.integers(1, 4), st.lists(st.integers(-3, 0), max_size=4), st.data())
def test_history_never_decides_the_year(year: int, planned: int, back: list[int], data: st.DataObject) -> None:
    said = (
        "{}年已建成卫生室8所。",
        "较{}年增长5%。",
        "由{}年的18%提高到20%。",
        "根据卫办〔{}〕9号执行。",
        "《{}年方案》。",
    )
    history = [data.draw(st.sampled_from(said)).format(year + by - 1) for by in back for _ in range(4)]
    plans = [data.draw(st.sampled_from(PLANNED)).format(year) for _ in range(planned)]
    lines = data.draw(st.permutations([*history, *plans]))
    assert plan_year(GoalDocument(overall_goal="\n".join(lines))).year == year


@given(st.text(alphabet="20256年月度计划，。（）〔〕《》12- \n", max_size=200))
def test_any_words_have_a_year_or_none(words: str) -> None:
    found = plan_year(GoalDocument(overall_goal=words))
    assert found.year is None or str(found.year)[2:] in words
    assert found.year in {None, found.likely}
