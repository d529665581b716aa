"""The words by which a 自评表 or 监控表 is known: `resources/results/reading.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from importers.form_tables import squeeze
from resources import ROOT

_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]?")
_MONTHS = re.compile(r"^\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末)?")
_FRONT = re.compile(r"^(?:其中[：:]|[0-9①②③一二三四五六七八九]+[、.．])")


@dataclass(frozen=True, slots=True)
class ReportLabels:
    """Label → field, for each kind of place; labels without brackets and white space."""

    indicators: Mapping[str, str]
    funds: Mapping[str, str]
    goals: Mapping[str, str]
    pairs: Mapping[str, str]
    groups: frozenset[str]
    total: frozenset[str]
    monitoring: tuple[str, ...]
    titles: tuple[str, ...]


@cache
def load_labels() -> ReportLabels:
    content = tomllib.loads((ROOT / "results" / "reading.toml").read_text(encoding="utf-8"))

    def by_label(name: str) -> dict[str, str]:
        return {label: field for field, labels in content[name].items() for label in labels}

    words = content["words"]
    return ReportLabels(
        by_label("indicators"),
        by_label("funds"),
        by_label("goals"),
        by_label("pairs"),
        frozenset(words["groups"]),
        frozenset(words["total"]),
        tuple(words["monitoring"]),
        tuple(words["titles"]),
    )


@lru_cache(maxsize=4096)
def plain_label(text: str) -> str:
    """«年初目标值（A）» as «年初目标值», «1-7月执行数» as «执行数»."""
    if len(text) > 60:
        return ""
    words = _BRACKETS.sub("", squeeze(text)).rstrip("：:*")
    return _MONTHS.sub("", words) or words


def fund_words(text: str) -> str:
    """«其中：当年财政拨款» as «当年财政拨款»."""
    return _FRONT.sub("", squeeze(text)).rstrip("：:")
