"""What is to be done now: next year's text is written from summer on, 监控 of a final text in the second half of its year,
自评 in the first half of the next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.store.drafts import DraftSummary

MONITORING_FROM, EVALUATION_UNTIL = 7, 6
"""Months: 监控 from July of the year on, 自评 until June of the year after."""
_WRITTEN_FROM, _WRITTEN_UNTIL = 7, 2
"""Months: a budget is written from July of the year before until it is approved in February."""


def due(drafts: "Iterable[DraftSummary]", today: date) -> Iterator[tuple[str, int, str]]:
    """(绩效运行监控 or 绩效自评, year, unit) of every final text whose report is due and not begun in any draft of it."""
    texts: dict[tuple[int, str], tuple[str, set[str], bool]] = {}
    for draft in drafts:
        if draft.year is not None and draft.project_count and not draft.deleted:
            key = draft.year, draft.unit_code or draft.unit_name
            name, begun, final = texts.get(key, (draft.unit_name or draft.unit_code, set(), False))
            texts[key] = name, begun | set(draft.reports), final or draft.state == "定稿"
    for (year, _unit), (name, begun, final) in texts.items():
        if not final:
            continue
        if year == today.year and today.month >= MONITORING_FROM and "监控" not in begun:
            yield "绩效运行监控", year, name
        elif year == today.year - 1 and today.month <= EVALUATION_UNTIL and "自评" not in begun:
            yield "绩效自评", year, name


@dataclass(frozen=True, slots=True)
class Writing:
    """The text to be written now. `begun`: its newest unfinished draft; `last`: the newest text of the year before it."""

    year: int
    begun: int | None = None
    last: int | None = None
    words: str = ""


def usual_year(today: date) -> int:
    """The year whose budget is written: next year's from summer on."""
    return today.year + (today.month >= _WRITTEN_FROM)


def writing(drafts: "Iterable[DraftSummary]", today: date) -> Writing | None:
    """What is to be written in these months; None: it is written, or nobody writes now. `drafts`: those saved last first."""
    if _WRITTEN_UNTIL < today.month < _WRITTEN_FROM:
        return None
    year, listed = usual_year(today), [draft for draft in drafts if not draft.deleted]
    begun = [draft for draft in listed if draft.year == year and draft.state != "定稿"]
    if begun:
        more = f"等 {len(begun)} 份" if len(begun) > 1 else ""
        return Writing(year, begun[0].id, words=f"编制 {year}年预算绩效文本：{_unit(begun[0])}{more}还没有定稿。")
    if any(draft.year == year for draft in listed):
        return None
    last = next((draft for draft in listed if draft.year == year - 1), None)
    if last is None:
        return Writing(year, words=f"编制 {year}年预算绩效文本：还没有，可以新建，也可以导入。")
    words = f"编制 {year}年预算绩效文本：还没有，可以从 {last.year}年 {_unit(last)}生成。"
    return Writing(year, last=last.id, words=words)


def _unit(draft: "DraftSummary") -> str:
    return f"{draft.unit_name or draft.unit_code or '（未写单位）'} "


def due_words(found: Iterable[tuple[str, int, str]], most: int = 3) -> str:
    """«2025年 临溪县图书馆 绩效自评（1 至 6 月）», "" for nothing."""
    when = {"绩效运行监控": f"{MONITORING_FROM} 月起", "绩效自评": f"1 至 {EVALUATION_UNTIL} 月"}
    lines = [f"{year}年 {name or '（未写单位）'} {what}（{when[what]}）" for what, year, name in found]
    more = f" 等 {len(lines)} 份" if len(lines) > most else ""
    return f"{'；'.join(lines[:most])}{more}。打开草稿，用菜单「工具」里的这一项。" if lines else ""
