"""What a reviewer returns a report's cells for: empty, in another unit, copied, left over; and a 监控 that is behind."""

from collections.abc import Iterator
from decimal import Decimal

from models.checks.registry import Finding, Severity, shortened
from models.checks.report_registry import Reported, is_reason, report_rule, row_path
from models.document.values import money, parse_value, percent
from models.reports import scoring
from models.reports.scoring import load_scoring, written
from models.years.year_mentions import Kind, judged_years

# Results


@report_rule("result-missing", Severity.ERROR)
def missing(reported: Reported) -> Iterator[Finding]:
    """A row without anything reached."""
    for row, one in reported.rows():
        if not one.actual.strip() and (row.name.strip() or row.value.strip()):
            name = "实际完成值" if reported.report.kind == "自评" else "完成情况"
            yield Finding(row_path(one, "actual"), "", f"「{row.name}」没有填{name}。")


@report_rule("result-unit", Severity.WARN)
def another_unit(reported: Reported) -> Iterator[Finding]:
    """A number in another unit than the target's."""
    for row, one in reported.rows():
        wanted, reached = parse_value(row.value), parse_value(one.actual)
        if wanted.amount is not None and reached.amount is not None and scoring.compared(row.value, one.actual) is None:
            message = f"目标值是「{row.value}」，实际完成值的单位应当相同（{wanted.unit}），请核对。"
            yield Finding(row_path(one, "actual"), shortened(one.actual), message)


@report_rule("result-not-number", Severity.WARN)
def nopoints_in(reported: Reported) -> Iterator[Finding]:
    """Words beside a target that is a number."""
    for row, one in reported.rows():
        wanted = parse_value(row.value)
        if wanted.amount is not None and one.actual.strip() and not any(char.isdigit() for char in one.actual):
            message = (
                f"目标值「{row.value}」是数字，实际完成值也要写达到的数，不能只写「{shortened(one.actual, 12)}」。"
            )
            yield Finding(row_path(one, "actual"), shortened(one.actual), message)


@report_rule("result-copies-target", Severity.WARN)
def with_a_sign(reported: Reported) -> Iterator[Finding]:
    """The target's own sign in what was reached: copied, not counted."""
    for row, one in reported.rows():
        reached = parse_value(one.actual)
        if reached.number and reached.meaning in ("≥", "≤", "＞", "＜"):
            message = (
                f"实际完成值要写实际达到的数，不带「{reached.sign}」（目标值是「{row.value}」），请核对是否照抄了目标。"
            )
            yield Finding(row_path(one, "actual"), shortened(one.actual), message)


@report_rule("goals-not-reported", Severity.ERROR, "自评")
def goals_missing(reported: Reported) -> Iterator[Finding]:
    """Targets in words without a word on what became of them."""
    if any(goal.strip() for goal in reported.project.goals) and not reported.result.actual_goals.strip():
        yield Finding("actual_goals", "", "年度总体目标的「实际完成情况」没有填。")


@report_rule("goals-are-an-amount", Severity.WARN)
def amount_for_goals(reported: Reported) -> Iterator[Finding]:
    """An amount where a sentence belongs: the row above slipped down."""
    text = reported.result.actual_goals.strip()
    if text and (money(text) is not None or percent(text) is not None):
        yield Finding("actual_goals", shortened(text), "「实际完成情况」里只有一个数，像是资金一栏的金额填错了地方。")


@report_rule("year-left", Severity.WARN)
def left_over(reported: Reported) -> Iterator[Finding]:
    """A year that is not the report's: text of last year's 自评."""
    year = reported.report.year
    if year is None:
        return
    result = reported.result
    texts = [
        (name, getattr(result, name)) for name in ("actual_goals", "reason", "conclusion", "problems", "improvements")
    ]
    for _row, one in reported.rows():
        texts += [(row_path(one, name), getattr(one, name)) for name in ("actual", "expected", "reason", "remark")]
    for path, text in texts:
        stale = (judged.mark.words for judged in judged_years(text, year) if judged.kind is Kind.STALE)
        for words in stale if "20" in text else ():
            message = f"这是 {year} 年的{reported.report.kind}，这里写着「{words}」，请核对是否留下了上年的文字。"
            yield Finding(path, words, message)


# 监控


@report_rule("pace-slow", Severity.WARN, "监控")
def slow(reported: Reported) -> Iterator[Finding]:
    """Spending far behind the calendar, without a reason."""
    month = month_of(reported.report.as_of)
    if not reported.result.funds or month is None or is_reason(reported.result.reason):
        return
    fund, bounds = reported.result.funds[0], scoring.chosen_bounds(reported.report.thresholds)
    found = scoring.rate(fund, reported.project.amount_unit)
    if found is None:
        return
    pace = found / 100 / (Decimal(month) / 12)
    if pace < bounds["pace_yellow"]:
        is_red = pace < bounds["pace_red"]
        message = (
            f"到 {month} 月执行率 {written(found)}%，只有序时进度的 {written(pace * 100)}%"
            f"（{'红' if is_red else '黄'}色预警），要写明偏差原因。"
        )
        severity = Severity.ERROR if is_red else Severity.WARN
        yield Finding("funds[0].executed", shortened(fund.executed), message, severity=severity)


def month_of(as_of: str) -> int | None:
    """The month of «2025-07», «2025年7月», «7月» or «7»."""
    digits = "".join(char if char.isdigit() else " " for char in as_of).split()
    last = next((int(part) for part in digits[1:2] or digits[:1] if len(part) <= 2), 0)
    return last if 1 <= last <= 12 else None


@report_rule("impossible-without-measure", Severity.ERROR, "监控")
def impossible(reported: Reported) -> Iterator[Finding]:
    """«完全不可能», and nothing is to be done about it."""
    for row, one in reported.rows():
        measures = (one.reason, one.remark, reported.result.improvements)
        if one.likelihood.strip() == load_scoring().likelihood[-1] and not any(map(is_reason, measures)):
            message = f"「{row.name}」判断为「{one.likelihood.strip()}」，要写明原因和打算采取的措施。"
            yield Finding(row_path(one, "likelihood"), shortened(one.likelihood), message)


@report_rule("certain-but-short", Severity.WARN, "监控")
def certain(reported: Reported) -> Iterator[Finding]:
    """Less than the target is expected, and it is called certain."""
    for row, one in reported.rows():
        score = scoring.proposed_score(row.value, one.expected, Decimal(1))
        if one.likelihood.strip() == load_scoring().likelihood[0] and score is not None and score < 1:
            message = f"全年预计「{one.expected.strip()}」达不到目标「{row.value}」，却判断为「{one.likelihood.strip()}」，请核对。"
            yield Finding(row_path(one, "likelihood"), shortened(one.likelihood), message)


@report_rule("month-missing", Severity.ERROR, "监控")
def no_month(reported: Reported) -> Iterator[Finding]:
    """Without its month it is unknown whether a 监控 is behind."""
    if month_of(reported.report.as_of) is None:
        yield Finding("", "", "没有写明监控截至哪个月，无法判断执行进度。")
