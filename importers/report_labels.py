"""The words by which a 自评表 or 监控表 is known: `resources/results/reading.toml`."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from importers.reading.reading_labels import load_vocabulary
from importers.table_grid import squeeze
from models.kept_answers import remembered
from resources import ROOT

_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]?")
_MONTHS = re.compile(r"^\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末)?")
_PERIOD = re.compile(r"^(?:截至|截止|至|\d{1,2}\s*(?:月份?)?\s*[-—–~～至])\s*(\d{1,2})\s*月")
_FRONT = re.compile(r"^(?:其中[：:]|[0-9①②③一二三四五六七八九]+[、.．])")

POINTS = re.compile(r"[（(]\s*(?:满分)?(\d+(?:\.\d+)?)\s*分")
"""Points behind a label: «产出指标（50分）»."""
_LONGEST_LABEL = 20
"""Characters of a label that is known by a word inside it."""
_MEASURES = ("tier1", "tier2", "name", "value", "unit", "sign", "direction", "nature", "weight")
DETAILS = ("lead", "contact", "nature", "category", "basis_for_setting", "summary")
"""Columns of a project that tables of results have, too."""
_SHARED: Mapping[str, Mapping[str, str]] = {
    "indicators": {**{name: name for name in _MEASURES}, "name_or_description": "name"},
    "funds": {},
    "goals": {"project.goals": "goals", "project.overall_goals": "goals"},
    "pairs": {
        "project.name": "name",
        "project.code": "code",
        "project.unit": "implementing_unit",
        "detail.department": "department",
        "detail.implementing_unit": "implementing_unit",
        **{f"detail.{name}": name for name in DETAILS},
    },
}
"""By the kind of place: which fields of the goal side's vocabulary are a report's, too."""


@dataclass(frozen=True, slots=True)
class ReportLabels:
    """What labels mean, for each kind of place; labels without brackets and white space. A word that the goal side's
    vocabulary knows is known here, too; `parts`: words inside a label that tell its field where nothing else does."""

    fields: Mapping[str, Mapping[str, str]]
    parts: Mapping[str, Mapping[str, Sequence[str]]]
    groups: frozenset[str]
    total: frozenset[str]
    subtotal: frozenset[str]
    whole: tuple[str, ...]
    monitoring: tuple[str, ...]
    titles: tuple[str, ...]
    grades: Mapping[str, str]

    def field(self, place: str, text: str) -> str:
        """The field of a label in that kind of place (headers of "indicators", "funds", "goals"; "pairs" of a label and its
        value); "" for other words."""
        return _known_field(place, text) if text else ""

    def is_passed_over(self, text: str) -> bool:
        """Whether a header's column says nothing, such as 序号."""
        known = load_vocabulary(()).label(text)
        return known is not None and not known.field


@remembered(8192)
def _known_field(place: str, text: str) -> str:
    labels = load_labels()
    plain = plain_label(text)
    if not plain:
        return ""
    if found := labels.fields[place].get(plain):
        return found
    known = load_vocabulary(()).label(text)
    if known is not None and (found := _SHARED[place].get(known.field)):
        return found
    short = plain if len(plain) <= _LONGEST_LABEL else ""
    parts = labels.parts.get(place, {})
    return next((field for field, words in parts.items() if any(word in short for word in words)), "")


@cache
def load_labels() -> ReportLabels:
    content = tomllib.loads((ROOT / "results" / "reading.toml").read_text(encoding="utf-8"))
    words = content["words"]
    return ReportLabels(
        {place: {label: field for field, labels in content[place].items() for label in labels} for place in _SHARED},
        content["parts"],
        frozenset(words["groups"]),
        frozenset(words["total"]),
        frozenset(words["subtotal"]),
        tuple(words["whole"]),
        tuple(words["monitoring"]),
        tuple(words["titles"]),
        {word: grade for grade, written in content["grades"].items() for word in written},
    )


@remembered(4096)
def plain_label(text: str) -> str:
    """«年初目标值（A）» as «年初目标值», «1-7月执行数» as «执行数»."""
    if len(text) > 60:
        return ""
    words = _BRACKETS.sub("", squeeze(text)).rstrip("：:*")
    return _MONTHS.sub("", words) or words


def fund_words(text: str) -> str:
    """«其中：当年财政拨款» as «当年财政拨款»."""
    return _FRONT.sub("", squeeze(text)).rstrip("：:")


def without_points(tier: str) -> str:
    """«产出指标(50分)» as «产出指标»."""
    return "".join(POINTS.sub("", tier).rstrip("）)分 ").split()) if POINTS.search(tier) else tier


def month_in(text: str) -> int:
    """7 of «1-7月执行数», 0 of a label without a period."""
    found = _PERIOD.match(squeeze(text)) if len(text) <= 60 else None
    return int(found[1]) if found and 1 <= int(found[1]) <= 12 else 0
