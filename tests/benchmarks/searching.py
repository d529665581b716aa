"""Searching 5,000 indicators at every keystroke, and recommending with many drafts as memory."""

from dataclasses import replace
from itertools import islice, product

from models.document.template import load_template
from models.document.tree import Project
from models.indicators.indicator_library import Entry, UsedIndicator, library
from models.indicators.indicator_search import IndicatorIndex
from models.indicators.own_library import OwnLibrary, known_entries
from models.indicators.suggesting import suggested
from tests.benchmarks.measure import in_turn, show

_TYPED = (
    "招",
    "招商",
    "招商 活动",
    "z",
    "zs",
    "zsh",
    "zhaosh",
    "zhaoshangyinzi",
    "pxbc",
    "pxbq",
    "满意度调查问卷",
    "龙卷风警报",
)
_PLACES = ("县级", "乡镇", "村级", "社区", "园区", "学校", "医院", "农田", "道路", "水利")
_MANY = 5_000


def _entries() -> tuple[Entry, ...]:
    made = (replace(entry, name=f"{place}{entry.name}") for place, entry in product(_PLACES, library()))
    return tuple(islice(made, _MANY))


def keystroke() -> None:
    """The slowest of what a clerk types on the way to an indicator; against a walk over all names."""
    index = IndicatorIndex(_entries())
    index.warm()
    names = [entry.name for entry in index.entries]

    def typed(text: str) -> None:
        index.search(text, ("产出指标", "数量指标"), ("招商引资",), most=8)

    words = (lambda text=text: typed(text) for text in _TYPED)  # type: ignore[misc]
    *timings, floor = in_turn(*words, lambda: [name for name in names if "招" in name])
    slowest = max(timings, key=lambda timing: timing.median)
    show(f"search at a keystroke, {_MANY:,} indicators", slowest, "walk over every name", floor, "≤ 16 ms")


def recommending() -> None:
    """One project, nothing used before and 4,000 rows used."""
    scheme = load_template().scheme("2015")
    used = [
        UsedIndicator(2025, "云泽县", f"项目{at // 20}", e.tier1, e.tier2, e.name, e.description, "≥5个", "")
        for at, e in enumerate(_entries()[:4_000])
    ]
    project = Project("p1", name="招商推介", fund_use="举办推介会 2 场", goals=("引进项目3个",))
    many, few = in_turn(lambda: suggested(project, scheme, used), lambda: known_entries(used, OwnLibrary(), scheme))
    show("recommend 40 indicators, 4,000 rows used", many, "reading what was used", few)
