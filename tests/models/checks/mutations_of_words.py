"""More kinds of mistakes: in values and in words."""

import re
from collections.abc import Iterator

from models.document.tree import GoalDocument
from tests.models.checks.mutations import CHINESE, KINDS, Kind, Made, cells, in_text, kind, projects, prose, values

# values

_NUMBER = r"([≥≤＞＜]?)([\d.]+)"
KINDS += [
    Kind("no value", ("value-missing",), cells("value", "")),
    Kind("a vague value", ("vague-value", "time-not-dated", "cost-not-amount", "satisfaction-not-percent"), cells("value", "明显提升")),
    Kind("≤ for a count", ("wrong-direction",), values(r"≥([\d.]+(?:人次|人|场|期|家|户))", lambda m: f"≤{m[1]}", "数量指标")),
    Kind("≤ for satisfaction", ("wrong-direction",), values(r"≥([\d.]+%)", lambda m: f"≤{m[1]}", "满意度")),
    Kind("≥ for a cost", ("wrong-direction",), values(r"≤([\d.]+万?元)", lambda m: f"≥{m[1]}", "成本")),
    Kind("no % sign", ("unit-missing", "satisfaction-not-percent"), values(rf"{_NUMBER}%", lambda m: f"{m[1]}{m[2]}")),
    Kind("no unit", ("unit-missing",), values(rf"{_NUMBER}(?:个|场|家|户|处|台|套|期|件|次|平方米|公里)", lambda m: f"{m[1]}{m[2]}", "数量")),
    Kind(
        "a count in percent",
        ("name-value-mismatch", "unit-mismatch"),
        values(r"(≥?)[\d.]+(?:人次|人|场|期|家|户|次|平方米|公里|公顷)", lambda m: f"{m[1]}95%", "数量"),
    ),
    Kind("a share over 100 %", ("over-100",), values(r"(≥?)\d{2}(?:\.\d+)?%", lambda m: f"{m[1]}120%", "满意度")),
    Kind("satisfaction in words", ("satisfaction-not-percent",), cells("value", "满意", "满意度")),
    Kind("low satisfaction", ("satisfaction-low",), cells("value", "≥60%", "满意度")),
    Kind("a time without a date", ("time-not-dated",), cells("value", "及时完成", "时效")),
    Kind("a cost without an amount", ("cost-not-amount",), cells("value", "控制在预算以内", "成本")),
    Kind("about so many", ("approximate-number",), values(rf"{_NUMBER}(个|场|家|户|处|台|人|件)", lambda m: f"{m[2]}余{m[3]}")),
    Kind("次数 for a unit", ("unit-mismatch",), values(rf"{_NUMBER}次", lambda m: f"{m[1]}{m[2]}次数")),
    Kind("two values in one", ("two-in-one",), values(rf"{_NUMBER}(个|场|家|户|处|台|期|件)", lambda m: f"{m[0]}，宣传片≥2部")),
    Kind("no basis", ("basis-missing",), cells("basis", "")),
    Kind("a wish for a basis", ("basis-not-a-source",), cells("basis", "确保取得良好效果")),
]  # fmt: skip


@kind("another number in the goal than in the row", "conflict-number", "sum-mismatch")
def number_changed(document: GoalDocument) -> Iterator[Made]:
    for path, project in projects(document):
        for row in project.indicators:
            found = re.fullmatch(r"[≥≤]?(\d{2,})([^\d%]+)", row.value)
            if not found or sum(other.value.endswith(found[2]) for other in project.indicators) > 1:
                continue
            for place, goal in enumerate(project.goals):
                told = f"{found[1]}{found[2]}"
                if goal.count(told) == 1 and len(re.findall(rf"\d{re.escape(found[2])}", goal)) == 1:
                    changed = f"{int(found[1]) + 7}{found[2]}"
                    yield f"{path}.goals[{place}]", re.sub(rf"(?<!\d){re.escape(told)}", changed, goal)


# words

_SLIPS = {
    "预算": "遇算", "绩效": "迹效", "资金": "资今", "培训": "陪训", "验收": "验受", "项目": "项木", "财政": "财证", "监督": "监都",
    "审计": "审记", "制度": "制渡", "满意度": "满义度", "采购": "采够", "指标": "指表", "支付": "支负", "拨付": "拔付", "管理": "管里",
    "企业": "企亚", "群众": "群重", "部署": "布署", "落实": "落识", "检查": "捡查", "维护": "维户",
}  # fmt: skip


def _slips(document: GoalDocument) -> Iterator[Made]:
    for path, text in prose(document):
        for right, wrong in _SLIPS.items():
            if right in text:
                yield path, text.replace(right, wrong, 1)


def _ends(document: GoalDocument) -> Iterator[Made]:
    for path, text in prose(document):
        if text.endswith("。") and len(text) > 20:
            yield path, text[:-1]


KINDS += [
    Kind("a word that sounds or looks alike", ("typo",), _slips),
    Kind(
        "a word typed twice",
        ("doubled-word",),
        in_text(prose, "(?:预算|资金|项目|企业|群众|培训|验收|检查|制度|管理|工作|完成)(?!工作|项目|资金)", lambda m: m[0] * 2),
    ),
    Kind("a half-width comma", ("halfwidth-punct",), in_text(prose, f"(?<={CHINESE})，(?={CHINESE})", lambda _: ",")),
    Kind("a mark struck twice", ("doubled-punct",), in_text(prose, "[，。；]", lambda m: m[0] * 2)),
    Kind("a mark before the full stop", ("doubled-punct",), in_text(prose, "。", lambda _: "，。")),
    Kind("no full stop", ("end-punct",), _ends),
    Kind("a blank inside a sentence", ("spacing",), in_text(prose, f"(?<={CHINESE}，)(?={CHINESE})", lambda _: " ")),
    Kind("a blank at the end", ("trailing-space",), in_text(prose, r"\Z", lambda _: "  ")),
    Kind("we", ("style-first-person",), in_text(prose, r"(?<=。)(?=.)", lambda _: "我们")),
]  # fmt: skip
