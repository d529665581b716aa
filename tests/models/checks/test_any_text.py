"""Whatever stands in the fields, a stuck key's text included: the checker answers, and what it offers can be done."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.checks.catalogue import RULES
from models.checks.code_rules import name_core
from models.checks.engine import Checker
from models.checks.registry import Context, Finding, Rule, Scope
from models.checks.year_rules import other_years
from models.document.tree import Draft, GoalDocument, Indicator, Items, Measure, Project, SubGoal, Unit
from models.document.values import IndicatorValue, parse_value
from models.store.snapshot import pack, unpack

WORDS = (
    *(
        "1",
        "年",
        ",",
        "，",
        "。",
        "（",
        ")",
        "一、",
        "（一）",
        "\n",
        " ",
        "\u3000",
        "%",
        "≥",
        "第",
        "万元",
        "《",
        "“",
        "〔",
        "-",
        "—",
    ),
    *(
        "其中",
        "合计",
        "总共",
        "达到",
        "2025年",
        "项目资金",
        "专项资金",
        "预算数",
        "满意度",
        "情况、",
        "合格率",
        "用于",
        "约",
        "余",
    ),
    *(
        "无",
        "不涉及",
        "*",
        "×",
        "…",
        "即即",
        "A",
        "１",
        "٣",
        "²",
        "😀",
        "𠮷",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\r",
        "\x0b",
        "\x00",
    ),
)

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)
repeated = st.builds(
    lambda word, times, end: word * times + end, words, st.integers(1, 300), st.sampled_from(("", *WORDS))
)
texts = st.one_of(
    st.just(""),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    st.text(st.sampled_from("\n \t\u3000"), max_size=20),
    words,
    repeated,
    st.builds(
        "{}{}{}".format,
        st.sampled_from(("", "≥", "-", "0.")),
        st.sampled_from(("1", "9" * 29, "7" * 40, "9" * 41)),
        words,
    ),
    st.sampled_from(("9" * 29, "9" * 40, "-" + "3" * 38, "0." + "1" * 37, "100", "0", "１２．５")),
)


@st.composite
def documents_of_anything(draw: st.DrawFn) -> GoalDocument:
    """A document with any text in any of its fields."""
    text = draw(
        st.lists(texts, min_size=1, max_size=4).map(lambda drawn: st.sampled_from((*drawn, "", "农业技术培训")))
    )
    row = st.builds(
        Indicator,
        st.just("i"),
        st.sampled_from(("产出指标", "", "成本指标")) | text,
        text,
        text,
        text,
        text,
        text,
        text,
    )
    project = st.builds(
        Project,
        st.just("p"),
        unit=st.builds(Unit, text, text),
        amount_unit=st.sampled_from(("万元", "元", "")) | text,
        code=text,
        name=text,
        budget=text,
        fiscal_funds=text,
        other_funds=text,
        fund_use=text,
        spending_plan=st.tuples(text, text, text, text),
        goals=st.lists(text, max_size=2).map(tuple),
        indicators=st.lists(row, max_size=3).map(with_ids),
    )
    return GoalDocument(
        year=draw(st.sampled_from((2026, None))),
        unit=Unit(draw(text), draw(text)),
        title=draw(text),
        overall_goal=draw(text),
        sub_goals=Items(
            items=with_ids(
                draw(
                    st.lists(
                        st.builds(SubGoal, st.just("s"), heading=text, text=text, goal=text, indicator=text), max_size=2
                    )
                )
            ),
            preface=draw(text),
        ),
        safeguards=Items(
            items=with_ids(
                draw(st.lists(st.builds(Measure, st.just("m"), text | st.none(), text, text=text), max_size=2))
            ),
            preface=draw(text),
        ),
        projects=with_ids(draw(st.lists(project, max_size=2))),
    )


def with_ids(parts):
    return tuple(replace(part, id=f"{part.id}{number}") for number, part in enumerate(parts))


@given(documents_of_anything())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_any_text_is_checked_and_every_correction_gives_a_text_that_can_be_kept(document: GoalDocument) -> None:
    checker = Checker(off=(), forbidden=("年",))
    for problem in checker.check(document):
        if problem.fix:
            after = problem.fix.apply(document)
            assert after != document
            assert unpack(pack(Draft(after))).document == after


def looks(unit: str, length: int) -> Counter[str]:
    """How often each rule looks at a text of that length until an indicator value of it is judged."""
    looked: Counter[str] = Counter()

    def counted(rule: Rule) -> Rule:
        def check(text: str, kind: str, context: Context) -> Iterable[Finding]:
            looked[rule.check.__name__] += 1
            return rule.check(text, kind, context)

        return replace(rule, check=check)

    row = Indicator("i", value=(unit * length)[:length])
    rules = [counted(rule) for rule in RULES if rule.scope is Scope.TEXT]
    Checker(rules=rules).check(GoalDocument(year=2026, projects=(Project("p", indicators=(row,)),)))
    return looked


@pytest.mark.parametrize("unit", ["培训培训，", "遇算。"])
def test_the_longer_a_text_the_fewer_of_its_corrections_are_tried_out_at_once(unit: str) -> None:
    short, long = looks(unit, 6000), looks(unit, 18_000)
    assert max(short.values()) > 20
    assert max(long.values()) * 18_000 <= max(short.values()) * 6000 * 1.2


def old_name_core(plain: str) -> str:
    """The same by a pattern, which takes endlessly on some names."""
    endings = "专项业务经费|专项经费|专项资金|补助资金|工作经费|业务经费|项目资金|项目经费|工作安排|专项|项目|资金|经费|工程|费用|费|工作"
    return re.sub(f"(?:{endings})+$", "", plain) or plain


@given(st.lists(st.sampled_from((*"专项目资金经费工程用作业务补助安排训", "专项", "业务经费", "工作安排")), max_size=8))
def test_a_names_own_words_are_what_stands_before_the_last_run_of_endings(parts: list[str]) -> None:
    assert name_core("".join(parts)) == old_name_core("".join(parts))


@pytest.mark.parametrize(
    "text",
    ["2025" + "—" * 60 + "起", "2025" + " " * 3000 + "x", "20" * 1500 + "年", "2024年，" * 900, "2024年：" * 20_000],
)
def test_years_are_read_in_a_text_made_of_their_parts(text: str) -> None:
    assert len(list(other_years(text, 2026))) == text.count("2024年")


@pytest.mark.parametrize(
    "text", [" " * 6000 + "x y", "≥" + " " * 6000 + "x y", "1" + " " * 6000 + "x y", "1," * 3000 + "x y"]
)
def test_a_value_of_endless_white_space_is_words(text: str) -> None:
    assert parse_value(text) == IndicatorValue(words=text)


def test_an_amount_is_the_projects_however_often_the_words_before_it_are_said() -> None:
    project = Project(
        "p", budget="60", fund_use=f"项目预算数{'总共' * 40}为50万元。" + f"项目预算数{'总共' * 40}若干，"
    )
    problems = Checker().check(GoalDocument(year=2026, projects=(project,)))
    assert "amount-mismatch" in {problem.rule for problem in problems}
