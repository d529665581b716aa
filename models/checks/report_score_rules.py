"""What a reviewer returns a report's points for: scores, weights, totals, and deviations without a reason."""

from collections.abc import Iterator
from decimal import Decimal

from models.checks.registry import Finding, Severity, shortened
from models.checks.report_registry import Reported, agrees, is_reason, points_in, putting, report_rule, row_path
from models.document.tree import Indicator, IndicatorResult
from models.reports import scoring
from models.reports.scoring import load_scoring, written

_FULL = Decimal(100)


# Scores


@report_rule("score-over-weight", Severity.ERROR, "自评")
def over_weight(reported: Reported) -> Iterator[Finding]:
    """More points than there are, fewer than none, or no number."""
    places = [(row_path(one, "score"), one.score, scoring.weight_of(row, one)) for row, one in reported.rows()]
    if reported.result.funds:
        fund = reported.result.funds[0]
        places.append(("funds[0].score", fund.score, points_in(fund.weight)))
    for path, text, weight in places:
        score = points_in(text)
        if text.strip() and score is None:
            yield Finding(path, shortened(text), "得分要写成数字。")
        elif score is not None and score < 0:
            yield Finding(path, shortened(text), "得分不能小于 0。")
        elif score is not None and weight is not None and score > weight:
            yield Finding(path, shortened(text), f"得分 {text} 超过了分值 {written(weight)}。")


@report_rule("score-missing", Severity.ERROR, "自评")
def score_missing(reported: Reported) -> Iterator[Finding]:
    """Points to be had, and none given."""
    for row, one in reported.rows():
        if not one.score.strip() and scoring.weight_of(row, one) is not None:
            yield Finding(row_path(one, "score"), "", f"「{row.name}」没有填得分。")
    funds = reported.result.funds
    if funds and funds[0].weight.strip() and not funds[0].score.strip():
        yield Finding("funds[0].score", "", "预算执行率没有填得分。")


@report_rule("score-differs", Severity.WARN, "自评")
def differs(reported: Reported) -> Iterator[Finding]:
    """Another score than the bureau's system would compute from target and result: it stays as typed, and is reported."""
    for row, one in reported.rows():
        weight, score = scoring.weight_of(row, one), points_in(one.score)
        if weight is None or score is None or not 0 <= score <= weight:
            continue
        computed = scoring.proposed_score(row.value, one.actual, weight)
        between = scoring.score_range(row.value, one.actual, weight)
        if between is not None:
            if not between[0] <= score <= between[1]:
                message = f"「{one.actual.strip()}」一般得 {written(between[0])} 至 {written(between[1])} 分，这里是 {one.score}，请核对。"
                yield Finding(row_path(one, "score"), shortened(one.score), message)
        elif computed is not None and not agrees(one.score, computed):
            words = written(computed)
            message = (
                f"按目标「{row.value}」、完成「{one.actual.strip()}」计算应得 {words} 分，这里是 {one.score}，请核对。"
            )
            yield Finding(
                row_path(one, "score"), shortened(one.score), message, choices=(putting(row_path(one, "score"), words),)
            )


@report_rule("weight-missing", Severity.WARN, "自评")
def weight_missing(reported: Reported) -> Iterator[Finding]:
    """Some rows are worth points, others nothing at all."""
    rows = list(reported.rows())
    if any(scoring.weight_of(row, one) is not None or one.score.strip() for row, one in rows):
        for row, one in rows:
            if scoring.weight_of(row, one) is None:
                yield Finding(row_path(one, "weight"), shortened(one.weight), f"「{row.name}」没有填分值。")


@report_rule("points-not-100", Severity.ERROR, "自评")
def weights_of_all(reported: Reported) -> Iterator[Finding]:
    """The points of all rows and of the budget row are not 100."""
    rows = [(one, scoring.weight_of(row, one)) for row, one in reported.rows()]
    if not rows or any(weight is None for _one, weight in rows):
        return
    funds = reported.result.funds
    budget = (points_in(funds[0].weight) or Decimal(0)) if funds else Decimal(0)
    added = sum((weight or Decimal(0) for _one, weight in rows), budget)
    if added != _FULL:
        first = rows[0][0]
        message = f"各行分值加上预算执行率的 {written(budget)} 分是 {written(added)}，应为 100。"
        yield Finding(row_path(first, "weight"), shortened(first.weight), message)


@report_rule("weight-by-tier", Severity.WARN, "自评")
def weights_by_tier(reported: Reported) -> Iterator[Finding]:
    """The points of a 一级指标 are dealt out as no known rule does."""
    by_tier: dict[str, Decimal] = {}
    first: dict[str, IndicatorResult] = {}
    for row, one in reported.rows():
        weight = scoring.weight_of(row, one)
        if weight is None:
            return
        by_tier[row.tier1.strip()] = by_tier.get(row.tier1.strip(), Decimal(0)) + weight
        first.setdefault(row.tier1.strip(), one)
    chosen = reported.report.weights
    known = [one for one in load_scoring().weights if one.id == chosen] or load_scoring().weights
    if not by_tier or any(
        all(weights.tiers.get(tier) == points for tier, points in by_tier.items()) for weights in known
    ):
        return
    usual = known[0]
    for tier, points in by_tier.items():
        wanted = usual.tiers.get(tier)
        if wanted and points != wanted:
            message = f"{tier}的分值加起来是 {written(points)}，一般为 {written(wanted)}（{usual.name}）；当地另有规定的，以当地为准。"
            yield Finding(row_path(first[tier], "weight"), shortened(first[tier].weight), message)


@report_rule("total-wrong", Severity.ERROR, "自评")
def wrong_total(reported: Reported) -> Iterator[Finding]:
    """总分 is not the sum of the scores."""
    typed = points_in(reported.result.total)
    points = scoring.points_of(reported.project, reported.result)
    if typed is None or not points.typed or points.missing:
        return
    if abs(typed - points.total) > Decimal("0.005"):
        words = written(points.total)
        message = f"各项得分加起来是 {words}，总分写的是 {reported.result.total}。"
        yield Finding("total", shortened(reported.result.total), message, putting("total", words))


# Reasons


def _loses_points(row: Indicator, one: IndicatorResult) -> bool:
    weight, score = scoring.weight_of(row, one), points_in(one.score)
    return weight is not None and score is not None and score < weight


@report_rule("reason-missing", Severity.ERROR, "自评")
def reason_missing(reported: Reported) -> Iterator[Finding]:
    """Less than full points, and no reason that is one."""
    for row, one in reported.rows():
        if _loses_points(row, one) and not is_reason(one.reason):
            written_there = f"「{one.reason.strip()}」不是原因，" if one.reason.strip() else ""
            message = f"「{row.name}」没有得满分，{written_there}要写明偏差原因和改进措施。"
            yield Finding(row_path(one, "reason"), shortened(one.reason), message)


@report_rule("reason-needless", Severity.INFO, "自评")
def reason_needless(reported: Reported) -> Iterator[Finding]:
    """A reason for a deviation beside full points for exactly what was wanted."""
    for row, one in reported.rows():
        weight, score = scoring.weight_of(row, one), points_in(one.score)
        if weight is None or score != weight or not is_reason(one.reason) or _deviation(row, one, reported):
            continue
        message = f"「{row.name}」得了满分，却写了偏差原因，请核对得分或删去原因。"
        yield Finding(row_path(one, "reason"), shortened(one.reason), message)


@report_rule("deviation-unexplained", Severity.WARN)
def deviation_unexplained(reported: Reported) -> Iterator[Finding]:
    """Far above the target, over its limit, or not what it says, without a word."""
    for row, one in reported.rows():
        if is_reason(one.reason) or (reported.report.kind == "自评" and _loses_points(row, one)):
            continue
        if words := _deviation(row, one, reported):
            message = f"目标「{row.value}」，完成「{one.actual.strip()}」，{words}，要写明原因。"
            yield Finding(row_path(one, "reason"), shortened(one.reason), message)


def _deviation(row: Indicator, one: IndicatorResult, reported: Reported) -> str:
    """What is unusual, "" for nothing."""
    found = scoring.compared(row.value, one.actual)
    if found is None:
        return ""
    wanted, goal, reached = found
    running = reported.report.kind == "监控"
    bounds = scoring.chosen_bounds(reported.report.thresholds)
    most = bounds["surpassed_while_running" if running else "surpassed"]
    if wanted.meaning in ("≥", "＞") and goal > 0 and reached >= goal * most:
        return f"超过目标 {written((reached / goal - 1) * 100)}%"
    if wanted.meaning in ("≤", "＜") and reached > goal:
        return "超过了上限"
    if wanted.meaning == "＝" and (reached > goal if running else reached != goal):
        return "与目标不一致" if not running else "超过目标"
    return ""
