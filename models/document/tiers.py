"""Tiers under their several names: as printed with or without 指标, and as the schemes of 2015 and 2021 call the same."""

from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from models.document.template import TierScheme
from models.document.tree import Indicator
from models.indicators.indicator_library import Entry
from models.kept_answers import remembered

_COSTS = ("成本", "经济成本")
"""财预〔2015〕88号 has 成本 below 产出; 财预〔2021〕101号 has 成本 above 经济成本, 社会成本 and 生态环境成本."""
_OTHER_COSTS = ("社会成本", "生态环境成本", "生态成本")

RowT = TypeVar("RowT", Entry, Indicator)


@lru_cache(maxsize=256)
def plain_tier(tier2: str) -> str:
    """The 二级 by its one name: no 指标 at the end, 经济成本 is 成本, 满意度 is 服务对象满意度."""
    name = "".join(tier2.split()).removesuffix("指标")
    if name in _COSTS:
        return "成本"
    return "服务对象满意度" if name.endswith("满意度") else name


@remembered(4096)
def tier_distance(one: tuple[str, str], other: tuple[str, str]) -> int:
    """How near two tiers (一级, 二级) are: 0 the same 二级 or nothing is asked, 1 the same 一级, 2 neither."""
    if not any(other):
        return 0
    if other[1]:
        if plain_tier(one[1]) == plain_tier(other[1]):
            return 0
        return 1 if one[0] == other[0] else 2
    return 0 if one[0] == other[0] else 2


def in_scheme(row: RowT, scheme: TierScheme) -> RowT:
    """The row under the tiers of that scheme; as it stands where the scheme has none like its own."""
    if row.tier2 in scheme.tiers.get(row.tier1, ()):
        return row
    found = scheme_tiers(row.tier2, scheme)
    return replace(row, tier1=found[0], tier2=found[1]) if found else row


def scheme_tiers(tier2: str, scheme: TierScheme) -> tuple[str, str] | None:
    """一级 and 二级 of that scheme for a 二级 of any; None where it has none like it."""
    plain = plain_tier(tier2)
    wanted = {plain, "成本"} if plain in _OTHER_COSTS else {plain}
    known = [(tier1, each) for tier1, below in scheme.tiers.items() for each in below]
    exact = [pair for pair in known if plain_tier(pair[1]) == plain]
    return next(iter(exact or [pair for pair in known if plain_tier(pair[1]) in wanted]), None)
