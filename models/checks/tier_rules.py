"""Rules on tiers: each indicator stands where its kind belongs, and no needed tier is missing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.checks.kinds import COUNTS, bare, is_filled_up, kind_of, lower_is_better
from models.checks.registry import Context, Edit, Finding, Fix, Severity, project_rule, row_rule, shortened
from models.checks.vocabulary import Vocabulary
from models.checks.wanted import DOWN, wanted_direction
from models.document.tree import Indicator, Project
from models.kept_answers import remembered

_BENEFITS = frozenset({"经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"})
_MADE, _WORKMANSHIP, _DONE_BY, _SPENT, _GAIN = (
    "说的是做了多少，属于产出",
    "说的是工作做得好不好，属于产出",
    "说的是何时做完，属于产出",
    "说的是自己花了多少，属于成本",
    "说的是给别人带来的变化，属于效益",
)
_QUESTIONS = frozenset({_MADE, _WORKMANSHIP, _DONE_BY, _SPENT, _GAIN})
"""What is asked and never called an error: usage differs from place to place."""

_SOURCE = "财预〔2015〕88号、财预〔2021〕101号：一、二级指标的划分"


@dataclass(frozen=True, slots=True)
class Stray:
    """Why a row does not belong to its second tier, in the clerk's words; None where that is as severe as usual. `kind`: what
    it is, where that alone is the reason."""

    why: str
    severity: Severity | None = None
    kind: str = ""


def stray_kind(row: Indicator, vocabulary: Vocabulary) -> Stray | None:
    """Why the row does not belong to its second tier; None where it does or it is unknown."""
    return _stray_kind(row.name, row.tier2.strip(), vocabulary)


@remembered(20_000)
def _stray_kind(row_name: str, tier: str, vocabulary: Vocabulary) -> Stray | None:
    name, kind = bare(row_name), kind_of(row_name, vocabulary)
    if not name or name == bare(tier):
        return None
    if kind in vocabulary.groups("tiers.kinds").get(tier, ()) and not _excused(name, kind, tier, vocabulary):
        usual = kind in vocabulary.groups("tiers.unusual").get(tier, ())
        called = f"属于{vocabulary.table('tiers.called').get(kind, '其他')}"
        return Stray(called, _how_severe(name, kind, tier, vocabulary) if usual else None, kind)
    for tiers, test, why in _STRAYS:
        if tier in tiers and test(name, vocabulary):
            asks = why in _QUESTIONS or (tier == "社会效益指标" and why == _ECOLOGY)
            return Stray(why, Severity.WARN if asks else None)
    return None


def _how_severe(name: str, kind: str, tier: str, vocabulary: Vocabulary) -> Severity:
    """Many places count how soon others are answered as quality; when the work itself was done is a time."""
    if tier == "质量指标" and kind == "timely" and not vocabulary.pattern("tiers.words.delivered").search(name):
        return Severity.INFO
    return Severity.WARN


def _excused(name: str, kind: str, tier: str, vocabulary: Vocabulary) -> bool:
    """Whether common usage has such an indicator in that tier, though its kind is another's."""
    found = vocabulary.pattern
    if tier in _BENEFITS and kind in {"pass", "timely", "timeliness"}:
        # What the public gets (水质达标率) is an outcome, what the work delivers (工程合格率) is none.
        return not found("tiers.words.delivered").search(name)
    if tier in {"数量指标", "质量指标"} and kind == "duration":
        times = ("deadline", "answered", "reaction") if tier == "数量指标" else ("deadline", "answered")
        return not any(found(f"tiers.words.{key}").search(name) for key in times)
    if kind == "cost" and tier == "质量指标":
        return bool(found("tiers.words.cost_of_care").search(name))
    if kind == "cost" and tier == "数量指标":
        return not name.endswith(("成本", "费用", "造价", "单价", "总价", "开支"))
    if tier == "服务对象满意度指标":
        return bool(found("tiers.words.liking").search(name))
    if tier == "质量指标":
        return bool(found("tiers.words.quality").search(name)) or (
            kind in {"count", "times", "people"} and lower_is_better(name, vocabulary)
        )
    if tier == "数量指标":
        return kind in {"share", "faulty", "growth"} and bool(found("tiers.words.coverage").search(name))
    if tier in {"经济成本指标", "成本指标"}:
        if kind in {"share", "faulty", "growth", "revenue", "weight", "days"}:
            return bool(found("tiers.words.spent").search(name))
        return kind in {"count", "duration", "area"} and ("成本" in name or "费" in name or "价" in name)
    return tier == "时效指标" and bool(found("tiers.words.timed").search(name))


def _is_work_done(name: str, vocabulary: Vocabulary) -> bool:
    done = vocabulary.pattern("tiers.words.output_done").search(name)
    return bool(
        done
        and vocabulary.pattern("tiers.words.output_of").search(name)
        and not vocabulary.pattern("tiers.words.served").search(name)
    )


def _is_cost(name: str, vocabulary: Vocabulary) -> bool:
    """The project's own cost; what others pay less, or bring, is a benefit."""
    if vocabulary.pattern("tiers.words.cost_falls").search(name):
        return False
    if kind_of(name, vocabulary) == "cost":
        return bool(vocabulary.pattern("tiers.words.own_cost").search(name))
    return bool(re.search(r"(?:成本|费用|经费|资金)(?:利用|使用|控制)率\Z", name))


def _has(key: str) -> Callable[[str, Vocabulary], bool]:
    return lambda name, vocabulary: bool(vocabulary.pattern(f"tiers.words.{key}").search(name))


def _speaks_of(section: str) -> Callable[[str, Vocabulary], bool]:
    return lambda name, vocabulary: bool(vocabulary.pattern(f"tiers.{section}.words").search(name))


def _ending(section: str) -> Callable[[str, Vocabulary], bool]:
    """A test whether a name ends in a way the section lists, with one of the words that must stand before it."""

    def test(name: str, vocabulary: Vocabulary) -> bool:
        return any(
            name.endswith(ends) and (not things or any(thing in name for thing in things.split()))
            for things, ends in vocabulary.groups(f"tiers.{section}").items()
        )

    return test


def _is_signed(name: str, vocabulary: Vocabulary) -> bool:
    """Agreements and meetings counted; the money they bring is a benefit."""
    return kind_of(name, vocabulary) not in {"revenue", "growth", "share"} and _has("signed")(name, vocabulary)


_PER_MONEY = re.compile(
    "(?:每?单位|每?[百千万亿]+元)(?:国内|地区|工业|农业|生产)*(?:总值|产值|增加值|GDP|营业收入|收入|利润|税收|投资额?)"
)


def _is_no_ecology(name: str, vocabulary: Vocabulary) -> bool:
    """Money, jobs and data; what is used or let out for so much money («万元产值用水量») is ecology all the same."""
    return _has("not_ecology")(_PER_MONEY.sub("", name), vocabulary)


def _is_made(name: str, vocabulary: Vocabulary) -> bool:
    """How much the unit bought, built, mended or held; how many it reached with that is a benefit."""
    kind = kind_of(name, vocabulary)
    if (kind not in COUNTS or kind == "days") and not name.endswith("量"):
        return False
    return _has("made")(name, vocabulary) and not _has("reached")(name, vocabulary)


def _is_own_cost(name: str, vocabulary: Vocabulary) -> bool:
    """What the work or one piece of it costs; what others pay is theirs."""
    if _has("cost_falls")(name, vocabulary) or _has("cost_of_others")(name, vocabulary):
        return False
    return name.endswith(vocabulary.words("tiers.words.own_cost_ends")) or _is_price_of_one(name, vocabulary)


def _is_price_of_one(name: str, _vocabulary: Vocabulary) -> bool:
    return bool(_PRICE_OF_ONE.search(name))


_PRICE_OF_ONE = re.compile("^(?:每|单|人均|户均|亩均).{1,14}标准$|(?:补助|补贴|奖励|资助|收费|减免|支出)标准$")


def _is_deadline(name: str, vocabulary: Vocabulary) -> bool:
    """The time by which a step of the work is done."""
    lasting = vocabulary.pattern("directions.time.long").search(name)
    is_step = _has("deadline")(name, vocabulary) or _has("step")(name, vocabulary)
    is_help = _has("help")(name, vocabulary)
    return kind_of(name, vocabulary) == "duration" and is_step and not lasting and not is_help


def _is_unwanted_count(name: str, vocabulary: Vocabulary) -> bool:
    """How many accidents or complaints there are: nobody makes them."""
    return kind_of(name, vocabulary) in COUNTS and wanted_direction(name, vocabulary) == DOWN


_ECOLOGY, _COST, _SIGNED = "说的是生态环境", "说的是成本费用", "说的是签了、办了多少，属于产出"
_STRAYS: tuple[tuple[frozenset[str], Callable[[str, Vocabulary], bool], str], ...] = (
    (_BENEFITS, _is_work_done, "说的是完成或支付进度，属于产出"),
    (_BENEFITS, _is_cost, _COST),
    (_BENEFITS, _is_own_cost, _SPENT),
    (_BENEFITS, _is_deadline, _DONE_BY),
    (frozenset({"经济效益指标", "社会效益指标"}), _is_made, _MADE),
    (_BENEFITS, _ending("workmanship"), _WORKMANSHIP),
    (frozenset({"质量指标", "数量指标", "时效指标"}), _ending("gain"), _GAIN),
    (frozenset({"数量指标"}), _is_unwanted_count, _GAIN),
    (frozenset({"数量指标", "质量指标"}), _is_price_of_one, _SPENT),
    (frozenset({"质量指标", "成本指标", "经济成本指标", "时效指标"}), _speaks_of("earned"), _GAIN),
    (frozenset({"数量指标", "成本指标", "经济成本指标", "时效指标"}), _speaks_of("nature"), _GAIN),
    (frozenset({"经济效益指标"}), _has("not_economic"), "说的是工作怎样运转，不是经济效益"),
    (frozenset({"经济效益指标"}), _is_signed, _SIGNED),
    (frozenset({"经济效益指标", "社会效益指标", "可持续影响指标"}), _has("ecology"), _ECOLOGY),
    (frozenset({"生态效益指标"}), _is_no_ecology, "说的不是生态环境"),
)


_COST_TIERS = ("成本指标", "经济成本指标")
_HOMES: dict[str, tuple[str, ...]] = {
    _COST: _COST_TIERS,
    _SPENT: _COST_TIERS,
    _ECOLOGY: ("生态效益指标",),
    _DONE_BY: ("时效指标",),
    _WORKMANSHIP: ("质量指标",),
    _MADE: ("数量指标",),
    _SIGNED: ("数量指标",),
}
"""The second tiers a reason speaks for, whichever of them the scheme has."""


def _home(row: Indicator, stray: Stray, context: Context) -> str:
    """The second tier the row belongs to, by the reason or by its kind; "" where nobody can say."""
    kind = kind_of(row.name, context.vocabulary)
    by_kind = context.vocabulary.table("tiers.home").get(kind, "")
    homes = (*_HOMES.get(stray.why, _COST_TIERS if stray.kind == "cost" else ()), by_kind)
    return next((home for home in homes if home != row.tier2 and context.scheme.parent(home)), "")


def _moved(row: Indicator, home: str, context: Context) -> tuple[Fix, ...]:
    parent = context.scheme.parent(home)
    edits = [Edit("replace", "tier2", home)]
    if parent and row.tier1 and parent != row.tier1:
        edits.append(Edit("replace", "tier1", parent))
    return (Fix(f"改为{home}", home, tuple(edits)),)


_NEEDED = (("产出指标", "产出"), ("效益指标", "效益"))


@project_rule(
    "tier-missing",
    Severity.ERROR,
    source=_SOURCE,
    wrong={
        "projects[p1].indicators[benefit].tier1": "产出指标",
        "projects[p1].indicators[benefit].tier2": "数量指标",
    },
    right={"projects[p1].indicators[benefit].tier2": "经济效益指标"},
)
def tier_missing(project: Project, context: Context) -> Iterator[Finding]:
    """No 产出 or 效益 row, or none of 满意度 though people are served. Rows of 无 count as none."""
    if not project.indicators:
        yield Finding("indicators", "", "项目没有填写绩效指标，请至少填写产出指标和效益指标。")
        return
    rows = [row for row in project.indicators if not is_filled_up(row, context.vocabulary)]
    present = {row.tier1.strip() or context.scheme.parent(row.tier2.strip()) or "" for row in rows}
    for tier, word in _NEEDED:
        if tier not in present:
            message = f"缺少{tier}：请补充至少一条说明{word}的指标。"
            yield Finding("indicators", "", message, places=_misplaced(project, tier, context))
    if "满意度指标" not in present and _serves(project, context):
        message = "缺少满意度指标：项目有服务对象，请补充服务对象满意度。"
        yield Finding("indicators", "", message, places=_misplaced(project, "满意度指标", context))


def _misplaced(project: Project, tier: str, context: Context) -> tuple[str, ...]:
    """The rows that stand under another tier and belong to the missing one: that is one fault."""
    return tuple(
        f"indicators[{row.id}].name"
        for row in project.indicators
        if (stray := stray_kind(row, context.vocabulary)) and context.scheme.parent(_home(row, stray, context)) == tier
    )


def _serves(project: Project, context: Context) -> bool:
    served = context.vocabulary.pattern("subjects.served_people")
    return any(served.search(text) for text in (project.name, project.fund_use, *project.goals))


@row_rule(
    "wrong-tier",
    Severity.ERROR,
    source=_SOURCE,
    wrong={"projects[p1].indicators[quality].tier2": "数量指标"},
    right={"projects[p1].indicators[quality].name": "学员结业合格率"},
)
def wrong_tier(row: Indicator, context: Context) -> Iterator[Finding]:
    """An indicator under a second tier its kind does not belong to, or a second tier under another first tier."""
    if is_filled_up(row, context.vocabulary):
        return
    stray = stray_kind(row, context.vocabulary)
    if stray:
        home = _home(row, stray, context)
        where = f"，一般归在{home}" if home else "，请换到合适的二级指标"
        message = f"「{shortened(row.name, 20)}」{stray.why}，一般不放在{row.tier2}下面{where}。"
        choices = _moved(row, home, context) if home else ()
        severity = stray.severity
        yield Finding("name", shortened(row.name), message, severity=severity, choices=choices)
    else:
        yield from _wrong_parent(row, context)


def _wrong_parent(row: Indicator, context: Context) -> Iterator[Finding]:
    if not row.tier1 or context.scheme.parent(row.tier2) == row.tier1:
        return
    parents = {scheme.parent(row.tier2) for scheme in context.template.schemes} - {None}
    if parents and row.tier1 not in parents:
        parent = context.scheme.parent(row.tier2) or min(filter(None, parents))
        choice = Fix(f"一级指标改为{parent}", parent, (Edit("replace", "tier1", parent),))
        message = f"{row.tier2}不属于{row.tier1}，应归在{parent}下面。"
        yield Finding("tier2", row.tier2, message, choices=(choice,))
