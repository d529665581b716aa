"""Which final texts are to be looked at again: 监控 in the second half of their year, 自评 in the first half of the next."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

MONITORING_FROM, EVALUATION_UNTIL = 7, 6
"""Months: 监控 from July of the year on, 自评 until June of the year after."""


class Listed(Protocol):
    """What is asked of a draft in the list."""

    @property
    def year(self) -> int | None: ...
    @property
    def unit_code(self) -> str: ...
    @property
    def unit_name(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def project_count(self) -> int: ...
    @property
    def deleted(self) -> bool: ...
    @property
    def reports(self) -> Sequence[str]: ...


def due(drafts: Iterable[Listed], today: date) -> Iterator[tuple[str, int, str]]:
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


def due_words(found: Iterable[tuple[str, int, str]], most: int = 3) -> str:
    """«该做：2025年 临溪县图书馆 绩效自评（1 至 6 月）», "" for nothing."""
    when = {"绩效运行监控": f"{MONITORING_FROM} 月起", "绩效自评": f"1 至 {EVALUATION_UNTIL} 月"}
    lines = [f"{year}年 {name or '（未写单位）'} {what}（{when[what]}）" for what, year, name in found]
    more = f" 等 {len(lines)} 份" if len(lines) > most else ""
    return f"该做：{'；'.join(lines[:most])}{more}。打开草稿，用菜单「工具」里的这一项。" if lines else ""
