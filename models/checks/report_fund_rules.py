"""What a reviewer returns a report's funds for: rates, their points, sums that are none."""

from collections.abc import Iterator
from decimal import Decimal

from models.checks.registry import Finding, Severity, shortened
from models.checks.report_registry import Reported, agrees, is_reason, points_in, putting, report_rule
from models.document.values import money, percent, plain_number
from models.reports import scoring
from models.reports.scoring import written

_FULL = Decimal(100)
_COLUMNS = ("year_start", "full_year", "executed", "expected")


# Funds


def _unit(reported: Reported) -> str:
    return reported.project.amount_unit


@report_rule("rate-wrong", Severity.ERROR)
def wrong_rate(reported: Reported) -> Iterator[Finding]:
    """执行率 is not 执行数 divided by 预算数."""
    for place, fund in enumerate(reported.result.funds):
        typed, computed = percent(fund.rate), scoring.rate(fund, _unit(reported))
        if (
            typed is not None
            and computed is not None
            and not agrees(fund.rate.replace("百分比", "%").strip("%％ "), computed)
        ):
            words = f"{written(computed)}%"
            message = (
                f"{fund.executed} 除以 {fund.full_year or fund.year_start} 的执行率是 {words}，这里是 {fund.rate}。"
            )
            path = f"funds[{place}].rate"
            yield Finding(path, shortened(fund.rate), message, putting(path, words))


@report_rule("fund-score-wrong", Severity.ERROR, "自评")
def wrong_fund_score(reported: Reported) -> Iterator[Finding]:
    """The budget row's points are not its rate's part of them."""
    if not reported.result.funds:
        return
    fund = reported.result.funds[0]
    weight, score = points_in(fund.weight), points_in(fund.score)
    computed = None if weight is None else scoring.proposed_fund_score(fund, _unit(reported), weight)
    if computed is None or score is None or score < 0 or score > (weight or 0) or agrees(fund.score, computed):
        return
    words = written(computed)
    message = f"执行率 {written(scoring.rate(fund, _unit(reported)) or Decimal(0))}%，按 {fund.weight} 分计算应得 {words} 分，这里是 {fund.score}。"
    yield Finding("funds[0].score", shortened(fund.score), message, putting("funds[0].score", words))


@report_rule("funds-sum", Severity.ERROR)
def funds_sum(reported: Reported) -> Iterator[Finding]:
    """The total of the funds is not the sum of its parts."""
    total, parts = reported.result.funds[:1], reported.result.funds[1:]
    for column in _COLUMNS if total and parts else ():
        texts = [getattr(part, column) for part in parts]
        amounts = [money(text, _unit(reported)) if text.strip() else Decimal(0) for text in texts]
        whole = money(getattr(total[0], column), _unit(reported))
        if whole is None or not any(text.strip() for text in texts) or any(amount is None for amount in amounts):
            continue
        added = sum((amount or Decimal(0) for amount in amounts), Decimal(0))
        if added != whole:
            name = {
                "year_start": "年初预算数",
                "full_year": "全年预算数",
                "executed": "执行数",
                "expected": "全年预计执行数",
            }[column]
            message = (
                f"{name}：各项资金加起来是 {plain_number(added)} 万元，合计是 {plain_number(whole)} 万元，请核对。"
            )
            yield Finding(f"funds[0].{column}", shortened(getattr(total[0], column)), message)


@report_rule("executed-over-budget", Severity.WARN)
def over_budget(reported: Reported) -> Iterator[Finding]:
    """More was spent than there was."""
    for place, fund in enumerate(reported.result.funds):
        found = scoring.rate(fund, _unit(reported))
        if found is not None and found > _FULL and not is_reason(reported.result.reason):
            message = (
                f"执行数 {fund.executed} 大于全年预算数 {fund.full_year or fund.year_start}，请核对金额，或写明原因。"
            )
            yield Finding(f"funds[{place}].executed", shortened(fund.executed), message)
