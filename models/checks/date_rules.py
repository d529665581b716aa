"""The rules on dates: days that no calendar has, an end before its begin or its funds, one deadline stated in two ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.checks import texts
from models.checks.counted_things import is_counted, quantities, row_quantity
from models.checks.kinds import bare
from models.checks.number_rules import items_of
from models.checks.prose import clauses, pairs
from models.checks.registry import (
    Context,
    Finding,
    Severity,
    Whole,
    document_rule,
    project_rule,
    shortened,
    text_rule,
)
from models.checks.vocabulary import Vocabulary
from models.document.spending import holds_amounts, numbers
from models.document.tree import Project, SubGoal
from models.grouping import grouped

_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_END = 99
"""The day of «底»: the month's last one."""

_DAY = re.compile(
    r"(?<![\d.])(?P<month>\d{1,2})月(?!均|度|租|薪|龄|供|产)(?:(?P<day>\d{1,2})[日号](?!线|楼|院|文|机|井|矿|店)|(?P<part>底|末|初|上旬|中旬|下旬))?"
)
_COUNTED = re.compile(r"(?:[≥≤<>＜＞=＝]|每|共|为期|历时|超过|满|近|约|各|不少于|不超过|前|后)\s*\Z")
_RANGE = re.compile(r"(?P<first>\d{1,2})月(?:\d{1,2}[日号]|底|初|末)?\s*(?:至|到|—+|-|~|～|－)\s*(?P<second>\d{1,2})月")
_OVER_NEW_YEAR = re.compile("供暖|采暖|取暖|供热|防火|越冬|冬|次年|翌年|跨年|第二年|明年|学年|寒假|封山|融雪|除雪")
_PARTS = {"上旬": 10, "中旬": 20, "下旬": _END, "底": _END, "末": _END, "初": 5}


@text_rule(
    "invalid-date",
    Severity.ERROR,
    texts.PROSE + texts.ROW_TEXTS[:3],
    source="日期应真实存在，先后应合理",
    wrong={"projects[p1].indicators[time].value": "2026年11月31日前"},
    right={"projects[p1].indicators[time].value": "2026年11月30日前"},
)
def invalid_date(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """«9月31日», «13月», «9月至6月»."""
    if "月" not in text:
        return
    for found in _DAY.finditer(text):
        month, day = int(found["month"]), int(found["day"] or 1)
        if month == 0 or (month > 12 and (found["day"] or found["part"]) and not _is_counted(text, found)):
            yield Finding("", found[0], f"没有 {month} 月，请核对「{found[0]}」。")
        elif 1 <= month <= 12 and (day > _LAST_DAYS[month - 1] or found["day"] == "0"):
            yield Finding("", found[0], f"{month} 月没有 {day} 日，请核对「{found[0]}」。")
    for found in _RANGE.finditer(text):
        first, second = int(found["first"]), int(found["second"])
        if (
            1 <= second < first <= 12
            and not _OVER_NEW_YEAR.search(text)
            and "年" not in text[found.start() : found.end()]
        ):
            message = f"「{found[0]}」先写的月份在后，请核对；跨年的写明次年。"
            yield Finding("", found[0], message, severity=Severity.WARN)


_DATE = r"月(?:\d{1,2}[日号]|底|末|初|[上中下]旬)?(?:之?前|起)?"
_BEGUN_THEN_DONE = re.compile(
    rf"(?P<begin>(?<!\d)(?P<first>\d{{1,2}}){_DATE}(?:正式|全面|陆续)?(?:开工|动工|启动|开始|进场))(?P<between>[^。；;\n]{{0,40}}?)"
    rf"(?P<end>(?<!\d)(?P<second>\d{{1,2}}){_DATE}[^。；;\n\d月]{{0,4}}[^。；;\n月]{{0,24}}?"
    r"(?:建成|完工|竣工|完成|通车|交付|验收|投入使用|投用))"
)


@text_rule(
    "invalid-date",
    Severity.ERROR,
    texts.PROSE,
    source="日期应真实存在，先后应合理",
    wrong={"projects[p2].goals": ("10月开工，9月底前建成小麦节水示范田6处，示范田验收合格率达到100%。",)},
    right={"projects[p2].goals": ("3月开工，9月底前建成小麦节水示范田6处，示范田验收合格率达到100%。",)},
)
def done_before_begun(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """«11月开工，10月底前建成»."""
    if "月" not in text:
        return
    for found in _BEGUN_THEN_DONE.finditer(text):
        first, second = int(found["first"]), int(found["second"])
        if 1 <= second < first <= 12 and "年" not in found["between"] and not _OVER_NEW_YEAR.search(text):
            message = (
                f"「{shortened(found['begin'], 20)}」在「{shortened(found['end'], 20)}」之后，请核对；跨年的写明次年。"
            )
            yield Finding("", shortened(found[0]), message, severity=Severity.WARN)


def _is_counted(text: str, found: re.Match[str]) -> bool:
    """Whether a number of months is meant: «≥18月底…» is none, «为期18月» is."""
    return bool(_COUNTED.search(text[max(0, found.start() - 4) : found.start()]))


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A day, the words around it, and where it stands."""

    path: str
    month: int
    day: int
    about: frozenset[str]
    words: str


_WEAK = pairs("完成时间任务工作项目全部年度全年底前预计计划按时及时进度建设")


def _deadlines(path: str, text: str) -> Iterator[_Deadline]:
    """The deadlines of a text with the words of their clause, and of the next where the date stands alone."""
    pieces = list(clauses(text))
    for at, piece in enumerate(pieces):
        for found in _DAY.finditer(piece.text):
            if not (found["day"] or found["part"]) and piece.text[found.end() : found.end() + 1] not in {"前", "内"}:
                continue
            after = pieces[at + 1].text if len(piece.text) - len(found[0]) < 8 and at + 1 < len(pieces) else ""
            about = pairs(piece.text + after) - _WEAK
            yield _Deadline(path, int(found["month"]), _day(found), about, shortened(piece.text, 30))


def _day(found: re.Match[str]) -> int:
    if found["day"]:
        month, day = int(found["month"]), int(found["day"])
        return _END if 1 <= month <= 12 and day >= _LAST_DAYS[month - 1] else day
    return _PARTS.get(found["part"] or "底", _END)


_WHOLE_DONE = re.compile(
    "(?:项目|工程|任务|工作|建设|改造|修缮|施工|采购|购置|安装|发放|培训)[^，。]{0,6}(?:完成|竣工|完工|验收|交付|到货|到位)"
)
_ONLY_A_STEP = re.compile(
    "设计|招标|前期|方案|开工|启动|合同|签订|申报|评审|计划|清查|摸底|勘察|立项|首批|一期|部分|资金|预付|进场"
)
_PAID_BY_THEN = 5
"""Percent: with less than that nothing has been paid."""


@project_rule(
    "invalid-date",
    Severity.ERROR,
    source="完成时间应与资金支出计划衔接",
    wrong={
        "projects[p1].spending_plan": ("0%", "0%", "40%", "100%"),
        "projects[p1].indicators[time].value": "2026年5月底前",
    },
    right={
        "projects[p1].spending_plan": ("0%", "20%", "40%", "100%"),
        "projects[p1].indicators[time].value": "2026年5月底前",
    },
)
def done_before_the_money(project: Project, context: Context) -> Iterator[Finding]:
    """The whole is to be done by a day on which the plan has paid nothing yet."""
    labels, plan = context.template.checkpoints.labels, numbers(project)
    known = [(int(found[0]), place) for place, label in enumerate(labels) if (found := re.findall(r"\d+", label))]
    if holds_amounts(project) or len(plan) != len(known) or any(value is None for value in plan):
        return
    for row in project.indicators:
        if row.tier2.strip() != "时效指标" or not _WHOLE_DONE.search(row.name) or _ONLY_A_STEP.search(row.name):
            continue
        ends = list(_deadlines("", row.value))
        place = next((place for month, place in known if len(ends) == 1 and month >= ends[0].month), None)
        paid = plan[place] if place is not None else None
        if place is None or paid is None or paid >= _PAID_BY_THEN:
            continue
        cell = project.spending_plan[place].strip()
        message = (
            f"这里说「{row.value.strip()}」完成，资金支出计划到{labels[place]}却只有 {cell}，完成在拨款之前，请核对。"
        )
        path = f"indicators[{row.id}].value"
        places = (f"spending_plan[{place}]",)
        yield Finding(path, shortened(row.value), message, severity=Severity.WARN, places=places)


_NO_STAGE = re.compile(r"\d{1,2}月[^，。；\d]{0,8}(?:开工|启动|招标)[，、]?")
"""A begin that stands by itself is no stage of what is to be done."""


def _is_staged(text: str) -> bool:
    return bool(_STAGED.search(_NO_STAGE.sub("", text)))


_STAGED = re.compile("分批|分期|阶段|陆续|开工|启动|招标|首批|第一批|一期|每月|每季")


@project_rule(
    "number-trace",
    Severity.ERROR,
    source="同一期限前后应一致",
    wrong={
        "projects[p2].goals": ("8月底前建成小麦节水示范田6处，示范田验收合格率达到100%。",),
    },
    right={
        "projects[p2].goals": ("9月底前建成小麦节水示范田6处，示范田验收合格率达到100%。",),
    },
)
def deadline_differs(project: Project, context: Context) -> Iterator[Finding]:
    """A deadline of a row that goals or use give as another day. Several dates on one side are stages."""
    rows = []
    for row in project.indicators:
        if row.tier2 == "时效指标" and "月" in row.value and is_counted(row, context.vocabulary):
            for own in list(_deadlines(f"indicators[{row.id}].value", row.value))[:2]:
                rows.append((row, own, pairs(bare(row.name) + "，" + row.description) - _WEAK))
    if not rows:
        return
    stated = [(f"goals[{place}]", goal) for place, goal in enumerate(project.goals)] + [("fund_use", project.fund_use)]
    said = [own for path, text in stated if "月" in text and not _is_staged(text) for own in _deadlines(path, text)]
    for row, own, about in rows:
        alike = [one for one in said if one.about & about]
        same = [one for one in alike if (one.month, one.day) == (own.month, own.day)]
        if (
            len(alike) == 1
            and not same
            and not _is_stage(alike[0], project, context.vocabulary)
            and len([other for other in rows if other[2] & alike[0].about]) == 1
        ):
            other = alike[0]
            message = f"这里是「{row.value.strip()}」，别处写的是「{other.words}」，请统一。"
            yield Finding(own.path, shortened(row.value), message, places=(other.path,), also=("conflict-number",))


def _is_stage(deadline: _Deadline, project: Project, vocabulary: Vocabulary) -> bool:
    """«6月底前培训60人»: a number by then that no row of the project has."""
    stated = quantities(deadline.words, vocabulary)
    rows = (row_quantity(row.name, row.description, row.value, vocabulary) for row in project.indicators)
    numbers = {row.number for row in rows if row}
    return bool(stated) and not any(own.number in numbers for own in stated)


_ENDS = (
    ("begun", re.compile("开工|动工|启动|开始|进场|招标|开标|签订|下达|拨付|支付|申报|评审|设计|立项")),
    ("accepted", re.compile("验收")),
    ("used", re.compile("投入使用|投用|通车|开通|运营|启用|投入运行|开放|投入业务")),
    ("done", re.compile("完成|建成|竣工|完工|安装|到位|发放|结业|交付")),
)


@dataclass(frozen=True, slots=True)
class _End:
    """A day by which something is to be done, what it is about, and which ends of the work it may be."""

    path: str
    day: tuple[int, int]
    about: frozenset[str]
    kinds: frozenset[str]
    words: str


def _end(path: str, text: str, about: str) -> _End | None:
    """The only deadline of a text, which says of the whole of it when it is done; None where there are several or none."""
    if "月" not in text or _is_staged(text):
        return None
    found = list(_deadlines(path, text))
    if len(found) != 1:
        return None
    spoken = next((piece.text for piece in clauses(text) if found[0].words[:8] in piece.text), text) + about
    kinds = frozenset(name for name, pattern in _ENDS if pattern.search(spoken))
    day = found[0].month, found[0].day
    return _End(path, day, pairs(text + "，" + about) - _WEAK, kinds or frozenset({"done"}), found[0].words)


def _ends_of_item(item: SubGoal) -> tuple[_End, ...]:
    texts = ((f"sub_goals[{item.id}].{name}", getattr(item, name) or "") for name in ("goal", "indicator"))
    return tuple(end for path, text in texts if (end := _end(path, text, "")))


def _ends_of_project(project: Project, vocabulary: Vocabulary) -> tuple[_End, ...]:
    """Of its rows on time and its goals."""
    path = f"projects[{project.id}]"
    rows = (
        _end(f"{path}.indicators[{row.id}].value", row.value, f"{bare(row.name)}，{row.description}")
        for row in project.indicators
        if row.tier2 == "时效指标" and is_counted(row, vocabulary)
    )
    goals = (_end(f"{path}.goals[{place}]", goal, "") for place, goal in enumerate(project.goals))
    return tuple(end for end in (*rows, *goals) if end)


@document_rule(
    "number-trace",
    Severity.ERROR,
    source="同一期限前后应一致",
    wrong={
        "sub_goals[s2].goal": "10月底前建成小麦节水示范田6处。",
        "projects[p2].goals": ("9月底前建成小麦节水示范田6处，示范田验收合格率达到100%。",),
    },
    right={
        "sub_goals[s2].goal": "9月底前建成小麦节水示范田6处。",
        "projects[p2].goals": ("9月底前建成小麦节水示范田6处，示范田验收合格率达到100%。",),
    },
)
def deadline_differs_in_part_one(whole: Whole) -> Iterator[Finding]:
    """A sub-goal's only deadline is another day than the one its other text and its project agree on."""
    vocabulary, items = whole.context.vocabulary, whole.document.sub_goals.items
    stated = {item.id: ends for item in items if (ends := whole.once(_ends_of_item, item))}
    if not stated:
        return
    projects = whole.document.projects
    owners = grouped((item, project) for project in projects for item in items_of(whole, project) & stated.keys())
    for item, ends in stated.items():
        own = owners.get(item, [])
        elsewhere = whole.once(_ends_of_project, own[0], vocabulary) if len(own) == 1 else ()
        yield from _differing(ends, elsewhere)


def _differing(ends: tuple[_End, ...], elsewhere: tuple[_End, ...]) -> Iterator[Finding]:
    for at, end in enumerate(ends):
        others = [other for other in (*elsewhere, *ends[:at], *ends[at + 1 :]) if _is_same_end(end, other)]
        days = {other.day for other in others}
        # Where the item's own two texts differ and nobody else speaks, the second is named.
        if len(days) == 1 and end.day not in days and (at or len(others) > 1 or others[0] in elsewhere):
            message = f"这里是「{end.words}」，别处写的是「{others[0].words}」，请统一。"
            places = tuple(dict.fromkeys(other.path for other in others))
            yield Finding(end.path, end.words, message, places=places, also=("conflict-number",))


def _is_same_end(one: _End, other: _End) -> bool:
    return "begun" not in one.kinds | other.kinds and bool(one.kinds & other.kinds) and bool(one.about & other.about)
