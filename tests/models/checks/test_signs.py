"""Rows with a right and with a wrong sign, and with other mistakes: the right ones silent, nothing judged is corrected."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.checks.registry import Severity
from models.checks.vocabulary import load_vocabulary
from models.checks.wanted import wanted_direction
from tests.models.checks.rows import problems_on, rules_on
from tests.shared import CHECKOUT

FOLDER = CHECKOUT / "tests" / "data" / "checks"
VOCABULARY = load_vocabulary()
OTHER_SIGN = {"≥": "≤", "≤": "≥"}

JUDGED = {"wrong-direction", "wrong-tier", "wrong-year", "typo", "amount-mismatch", "cost-over-budget", "tier-missing"}
"""What is judged, and never certain from the text itself."""


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_right_signs_are_not_called_wrong_and_nothing_is_corrected() -> None:
    found = [
        (row["name"], row["value"], problem.rule)
        for row in lines(FOLDER / "right_signs.tsv")
        for problem in problems_on(row["tier"], row["name"], row["value"])
        if problem.severity is not Severity.INFO or problem.fix
    ]
    assert found == []


def test_right_cells_are_left_alone() -> None:
    found = [
        (row["name"], row["value"], problem.rule)
        for row in lines(FOLDER / "right_cells.tsv")
        for problem in problems_on(row["tier"], row["name"], row["value"], basis=row["basis"])
        if problem.severity is not Severity.INFO or problem.fix
    ]
    assert found == []


def test_turned_signs_of_what_is_known_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    signed = [row for row in lines(FOLDER / "right_signs.tsv") if row["value"][0] in OTHER_SIGN]
    found = 0
    for row in signed:
        turned = OTHER_SIGN[row["value"][0]] + row["value"][1:]
        found += "wrong-direction" in rules_on(row["tier"], row["name"], turned)
    with capsys.disabled():
        print(f"\nturned signs: {found} of {len(signed)} found")
    assert found >= 0.5 * len(signed)


def test_wrong_rows_are_found_and_what_is_judged_is_only_a_choice(capsys: pytest.CaptureFixture[str]) -> None:
    rows, missed = lines(FOLDER / "wrong_rows.tsv"), []
    for row in rows:
        problems = problems_on(row["tier"], row["name"], row["value"])
        if not any(row["rule"] in (problem.rule, *problem.also) for problem in problems):
            missed.append((row["rule"], row["name"], row["value"]))
        assert not [problem.rule for problem in problems if problem.rule in JUDGED and problem.fix]
        turned = [p for p in problems if p.rule == "wrong-direction"]
        assert all(problem.choices for problem in turned)
    with capsys.disabled():
        print(f"\nwrong rows: {len(rows) - len(missed)} of {len(rows)} found; missed {missed}")
    assert len(missed) <= 3


UNKNOWN = st.text("甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=6)
MEASURES = st.sampled_from(["率", "比例", "占比", "件数", "数量", "量", "额", "指数", "系数", ""])


@given(
    name=UNKNOWN,
    measure=MEASURES,
    sign=st.sampled_from("≥≤＞＜"),
    tier=st.sampled_from(["质量", "社会效益", "经济效益"]),
)
@settings(max_examples=200, deadline=None)
def test_a_name_nobody_knows_has_no_direction(name: str, measure: str, sign: str, tier: str) -> None:
    assert wanted_direction(name + measure, VOCABULARY) == ""
    unit = "%" if measure in {"率", "比例", "占比"} else "件" if measure == "件数" else ""
    told = rules_on(tier, name + measure, f"{sign}12{unit}")
    assert told.isdisjoint({"wrong-direction", "direction-unclear", "over-100"})
    if measure in {"量", "指数", "系数", ""}:
        assert "unit-missing" not in told


@given(name=UNKNOWN, head=st.sampled_from(VOCABULARY.words("directions.good.rates")))
@settings(max_examples=200, deadline=None)
def test_what_is_known_as_good_is_good_whatever_stands_before_it(name: str, head: str) -> None:
    assert wanted_direction(f"{name}{head}率", VOCABULARY) == "up"
    assert wanted_direction(f"{name}未{head}率", VOCABULARY) == "down"
    assert wanted_direction(f"{name}{head}率下降幅度", VOCABULARY) == "down"


@given(name=UNKNOWN, head=st.sampled_from([word for word in VOCABULARY.words("directions.bad.words") if len(word) > 1]))
@settings(max_examples=200, deadline=None)
def test_what_nobody_wants_is_bad_its_fall_good_and_its_handling_too(name: str, head: str) -> None:
    assert wanted_direction(f"{name}{head}率", VOCABULARY) in {"down", ""}
    assert wanted_direction(f"{name}{head}处置率", VOCABULARY) in {"up", ""}
    assert wanted_direction(f"{name}{head}率下降率", VOCABULARY) in {"up", ""}
    assert wanted_direction(f"零{head}率", VOCABULARY) == ""
    assert wanted_direction(f"查处{name}{head}件数", VOCABULARY) == ""


@pytest.mark.parametrize(
    ("tier", "name", "value"),
    [
        ("时效", "补贴发放及时情况", "及时率100%"),
        ("时效", "教材配发时间", "开学前10日内"),
        ("时效", "墒情上报", "随时上报"),
        ("服务对象满意度", "参训农民满意度", "≥92.00(%)"),
        ("服务对象满意度", "参训农民满意度", "≥92%（电话回访）"),
        ("服务对象满意度", "参训农民满意度", "85%—90%"),
        ("成本", "教材印刷成本", "≤3.6万元（含运费）"),
        ("成本", "新增人员经费", "0元"),
        ("成本", "误工补助成本", "120元/人·天"),
        ("质量", "渠系水有效利用系数", "≥0.61"),
        ("质量", "单元工程优良率", "≥72%"),
        ("社会效益", "农药残留抽检合格率", "≥98%"),
        ("社会效益", "居民科学素质水平", "≥15%"),
        ("生态效益", "地下水质量综合指数", "≤3.2"),
        ("数量", "参保覆盖率", "≥95%"),
        ("社会效益", "农业用水占比", "由2025年的61%下降到58%"),
        ("社会效益", "重大农产品安全事件", "无"),
        ("质量", "棚室倒塌事故", "不增加"),
    ],
)
def test_spellings_clerks_use_are_read(tier: str, name: str, value: str) -> None:
    assert rules_on(tier, name, value) == set()
