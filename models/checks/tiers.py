"""Rules on tiers: each indicator stands where its kind belongs, and no needed tier is missing."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from models.checks.kinds import bare, is_filled_up, kind_of, lower_is_better
from models.checks.registry import Context, Edit, Finding, Fix, Severity, project_rule, row_rule, shortened
from models.checks.vocabulary import Vocabulary
from models.document import Indicator, Project

_BENEFITS = frozenset({"经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"})
_SOURCE = "财预〔2015〕88号、财预〔2021〕101号：一、二级指标的划分"


def stray_kind(row: Indicator, vocabulary: Vocabulary) -> str:
    """Why the row does not belong to its second tier, in the clerk's words; "" where it does or nobody can tell."""
    return _stray_kind(row.name, row.tier2.strip(), vocabulary)


@lru_cache(20_000)
def _stray_kind(row_name: str, tier: str, vocabulary: Vocabulary) -> str:
    name, kind = bare(row_name), kind_of(row_name, vocabulary)
    if not name or name == bare(tier):
        return ""
    if kind in vocabulary.groups("tiers.kinds").get(tier, ()) and not _excused(name, kind, tier, vocabulary):
        return f"属于{vocabulary.table('tiers.called').get(kind, '其他')}"
    if tier in _BENEFITS:
        return next((why for tiers, test, why in _STRAYS if tier in tiers and test(name, vocabulary)), "")
    return ""


def _excused(name: str, kind: str, tier: str, vocabulary: Vocabulary) -> bool:
    """Accidents counted under 质量, complaints under 满意度, rounds under 时效, saving under 成本: usual."""
    if tier == "服务对象满意度指标":
        return "投诉" in name or "满意" in name or "表扬" in name
    if tier == "质量指标":
        return kind in {"count", "times"} and lower_is_better(name, vocabulary)
    if tier == "数量指标":
        return kind == "duration" and "天" in name
    if tier in {"经济成本指标", "成本指标"}:
        return kind in {"count", "duration", "area"} and ("成本" in name or "费" in name or "价" in name)
    return tier == "时效指标" and ("周期" in name or "频" in name or "天数" in name)


def _is_work_done(name: str, vocabulary: Vocabulary) -> bool:
    done = vocabulary.pattern("tiers.words.output_done").search(name)
    return bool(
        done
        and vocabulary.pattern("tiers.words.output_of").search(name)
        and not vocabulary.pattern("tiers.words.served").search(name)
    )


def _is_cost(name: str, vocabulary: Vocabulary) -> bool:
    if vocabulary.pattern("tiers.words.cost_falls").search(name):
        return False
    if kind_of(name, vocabulary) == "cost":
        return not re.search("带动|引进|撬动|吸引|社会资金|收入", name)
    return bool(re.search(r"(?:成本|费用|经费|资金)(?:利用|使用|控制)率\Z", name))


def _has(key: str) -> Callable[[str, Vocabulary], bool]:
    return lambda name, vocabulary: bool(vocabulary.pattern(f"tiers.words.{key}").search(name))


def _is_signed(name: str, vocabulary: Vocabulary) -> bool:
    """Agreements and meetings counted; the money they bring is a benefit."""
    return kind_of(name, vocabulary) not in {"revenue", "growth"} and _has("signed")(name, vocabulary)


_STRAYS: tuple[tuple[frozenset[str], Callable[[str, Vocabulary], bool], str], ...] = (
    (_BENEFITS, _is_work_done, "说的是完成或支付进度，属于产出"),
    (_BENEFITS, _is_cost, "说的是成本费用"),
    (frozenset({"经济效益指标"}), _has("not_economic"), "说的是工作怎样运转，不是经济效益"),
    (frozenset({"经济效益指标"}), _is_signed, "说的是签了、办了多少，属于产出"),
    (frozenset({"经济效益指标", "社会效益指标", "可持续影响指标"}), _has("ecology"), "说的是生态环境"),
    (frozenset({"生态效益指标"}), _has("not_ecology"), "说的不是生态环境"),
)


def _home(row: Indicator, context: Context) -> Fix | None:
    """Into the tier the kind belongs to: only below the same first tier, so that no first tier is left without a row."""
    kind = kind_of(row.name, context.vocabulary)
    home = context.vocabulary.table("tiers.home").get(kind)
    if not home or context.scheme.parent(home) != row.tier1 or home == row.tier2:
        return None
    return Fix(f"改为{home}", home, (Edit("replace", "tier2", home),))


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
    why = stray_kind(row, context.vocabulary)
    if why:
        message = f"「{shortened(row.name, 20)}」{why}，不应放在{row.tier2}下面，请换到合适的二级指标。"
        yield Finding("name", shortened(row.name), message, _home(row, context))
    yield from _wrong_parent(row, context)


def _wrong_parent(row: Indicator, context: Context) -> Iterator[Finding]:
    if not row.tier1 or context.scheme.parent(row.tier2) == row.tier1:
        return
    parents = {scheme.parent(row.tier2) for scheme in context.template.schemes} - {None}
    if parents and row.tier1 not in parents:
        parent = context.scheme.parent(row.tier2) or min(filter(None, parents))
        fix = Fix(f"一级指标改为{parent}", parent, (Edit("replace", "tier1", parent),))
        yield Finding("tier2", row.tier2, f"{row.tier2}不属于{row.tier1}，应归在{parent}下面。", fix)


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
    present = {_tier1(row, context) for row in project.indicators if not is_filled_up(row, context.vocabulary)}
    for tier, word in _NEEDED:
        if tier not in present:
            yield Finding("indicators", "", f"缺少{tier}：请补充至少一条说明{word}的指标。")
    if "满意度指标" not in present and _serves(project, context):
        yield Finding("indicators", "", "缺少满意度指标：项目有服务对象，请补充服务对象满意度。")


def _tier1(row: Indicator, context: Context) -> str:
    return row.tier1.strip() or context.scheme.parent(row.tier2.strip()) or ""


def _serves(project: Project, context: Context) -> bool:
    served = context.vocabulary.pattern("subjects.served_people")
    return any(served.search(text) for text in (project.name, project.fund_use, *project.goals))
