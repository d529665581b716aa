"""Rules on what is left of the template in a filled form: its labels, and blanks to be filled."""

import re
from collections.abc import Iterator
from functools import lru_cache

from models.checks import texts
from models.checks.prose import clause_at
from models.checks.registry import (
    PROJECT,
    Context,
    Finding,
    Severity,
    Whole,
    document_rule,
    project_rule,
    replacing,
    text_rule,
)
from models.checks.vocabulary import Vocabulary
from models.document.tree import Project

_SOURCE = "河北省部门预算绩效文本·表样"


@lru_cache(maxsize=4)
def _labels(vocabulary: Vocabulary) -> re.Pattern[str]:
    bare = vocabulary.pattern("structure.labels").pattern
    with_colon = vocabulary.pattern("structure.labels_with_colon").pattern
    return re.compile(rf"\s*(?:\d{{1,2}}[.、．]\s*)?(?:(?:{bare})\s*[：:]?|(?:{with_colon})\s*[：:])\s*")


def without_label(text: str, vocabulary: Vocabulary) -> str:
    """The text without a label of the template at its begin."""
    found = _labels(vocabulary).match(text)
    return text[found.end() :] if found else text


_SUB_GOAL_LINE = re.compile(r"\s*绩效[目指]标\s*[：:]")


@text_rule(
    "label-left",
    Severity.ERROR,
    ("overall_goal", *texts.ITEM_TEXTS, *texts.PROJECT_TEXTS, *texts.ROW_TEXTS),
    source=_SOURCE,
    wrong={f"{PROJECT}.fund_use": "资金用途：用于聘请授课专家、编印培训教材、租用教学场地。"},
    right={f"{PROJECT}.fund_use": "用于聘请授课专家、编印培训教材、租用教学场地。"},
)
def label_left(text: str, field: str, context: Context) -> Iterator[Finding]:
    """A label of the template at the begin of the text, in front of the user's own words. «标题。绩效目标：…» needs its."""
    found = _labels(context.vocabulary).match(text)
    if field == "sub_goals[].text" and _SUB_GOAL_LINE.match(text):
        return
    rest = text[found.end() :] if found else ""
    if found and rest.strip():
        excerpt = found[0].strip()
        message = f"「{excerpt}」是模板里的提示词，请删去，只留内容。"
        yield Finding("", excerpt, message, replacing(f"删去「{excerpt}」", "", rest))


_BLANKS = re.compile(
    r"\*{2,}|(?<![\w*])\*(?=[个年月日天万亿元家项次人米%])|×{2,}|✕{2,}|Ｘ{2,}|(?<![A-Za-z\d])[Xx]{2,}(?![A-Za-z])|(?<=20)[Xx×*]{1,2}(?=年)"
    r"|_{2,}|＿{2,}|○{2,}|〇{2,}(?![一二三四五六七八九十])|□{2,}|\?{2,}|？{2,}|#{2,}"
    r"|(?:(?<!…)…++|(?<!\.)\.{3,}+)(?=\s*(?:[个年月日天家项次人米%％]|[万亿]?元|\Z))(?<!等…)(?<!等……)"
)


@lru_cache(maxsize=4)
def _first_sign(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Any character a blank can begin with: most texts hold none, and one look shows it."""
    signs = {word[0] for word in vocabulary.words("structure.placeholders")} | set("*×✕ＸXx_＿○〇□?？#….")
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]")


def blank_in(text: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    """The first blank to be filled."""
    if not _first_sign(vocabulary).search(text):
        return None
    return _BLANKS.search(text) or vocabulary.pattern("structure.placeholders").search(text)


def _left(path: str, text: str, context: Context) -> Iterator[Finding]:
    found = blank_in(text, context.vocabulary)
    if found:
        excerpt = clause_at(text, found.start())
        yield Finding(
            path, excerpt if found[0] in excerpt else found[0], f"「{found[0]}」是留着待填的空，请填上实际内容。"
        )


@text_rule(
    "placeholder-left",
    Severity.ERROR,
    texts.ALL,
    source=_SOURCE,
    wrong={f"{PROJECT}.indicators[quantity].value": "≥**人次"},
    right={f"{PROJECT}.indicators[quantity].value": "≥1200人次"},
)
def placeholder_left(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """A blank to be filled, said once for each text."""
    yield from _left("", text, context)


@project_rule(
    "placeholder-left",
    Severity.ERROR,
    source=_SOURCE,
    wrong={f"{PROJECT}.unit.name": "××县农业技术推广中心"},
    right={f"{PROJECT}.unit.name": "云泽县农业技术推广中心"},
)
def placeholder_in_project(project: Project, context: Context) -> Iterator[Finding]:
    """A blank in the fields of a project that hold no sentence."""
    yield from _left("unit.name", project.unit.name, context)
    for place, cell in enumerate(project.spending_plan):
        yield from _left(f"spending_plan[{place}]", cell, context)


@document_rule(
    "placeholder-left",
    Severity.ERROR,
    source=_SOURCE,
    wrong={"unit.name": "某某县农业技术推广中心"},
    right={"unit.name": "云泽县农业技术推广中心"},
)
def placeholder_in_unit(whole: Whole) -> Iterator[Finding]:
    """A blank in the unit's name, where the projects do not say it already."""
    name = whole.document.unit.name
    if not any(project.unit.name == name for project in whole.document.projects):
        yield from _left("unit.name", name, whole.context)
