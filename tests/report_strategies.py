"""A hypothesis strategy for the reports of a draft."""

from dataclasses import replace

from hypothesis import strategies as st

from models.document.tree import (
    FundResult,
    GoalDocument,
    Indicator,
    IndicatorResult,
    ProjectResult,
    Report,
    new_id,
)

ACTUALS = ("320天", "97%", "已完成", "37.24", "", "未开展\n资金未到位")


@st.composite
def reports(draw: st.DrawFn, document: GoalDocument, words: tuple[st.SearchStrategy[str], ...]) -> Report:
    """A 监控 or 自评 of some of the document's projects, some of its rows, and a row that is gone. `words`: a line, a text, an amount."""
    line, text, amount = words
    one = st.builds(
        IndicatorResult,
        *(st.just(""), st.sampled_from(ACTUALS), st.sampled_from(ACTUALS), st.sampled_from(("", "确定能"))),
        *(line, text, line, st.sampled_from(("", "10")), st.sampled_from(("", "9.5"))),
        st.sampled_from((None, None, Indicator("gone", "产出指标", "数量指标", "已经删除的一行", value="≥3次"))),
    )
    fund = st.builds(FundResult, line, *[amount] * 4)
    results = []
    for project in document.projects:
        if draw(st.booleans()):
            rows = [row.id for row in project.indicators if draw(st.booleans())] + draw(st.sampled_from(([], ["gone"])))
            found = tuple(replace(draw(one), indicator_id=row) for row in rows)
            funds = tuple(draw(st.lists(fund, max_size=4)))
            own = {name: draw(text) for name in ("reason", "conclusion", "problems", "improvements")}
            results.append(ProjectResult(project.id, funds, draw(text), **own, indicators=found))
    kind, state = draw(st.sampled_from(("自评", "监控"))), draw(st.sampled_from(("草稿", "草稿", "定稿")))
    return Report(
        new_id("r"), kind, draw(st.one_of(st.integers(2021, 2030), st.none())), "2025-07", "", state, tuple(results)
    )
