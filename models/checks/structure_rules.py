"""Rules on the shape of the text: parts, headings, and what stands under them."""

import re
from collections.abc import Iterator

from models.checks.outline import ITEM_NUMBERS, Section, sections
from models.checks.prose import clause_at, pairs, squeezed
from models.checks.registry import (
    Context,
    Edit,
    Finding,
    Fix,
    Severity,
    Whole,
    document_rule,
    replacing,
    shortened,
    text_rule,
)
from models.document.numbering import read_marker
from models.document.tree import Measure, SubGoal

_SOURCE = "河北省部门预算绩效文本·表样"


@document_rule("part-two-missing", Severity.INFO, source=_SOURCE, wrong={"projects": ()}, right={})
def part_two_missing(whole: Whole) -> Iterator[Finding]:
    """There is no project at all. Speaks at the list of projects."""
    if not whole.document.projects:
        yield Finding("projects", "", "没有预算项目绩效目标表，第二部分是空的；有预算项目的单位请补上。")


@document_rule(
    "heading-missing",
    Severity.WARN,
    source=_SOURCE,
    wrong={"headings.safeguards": None},
    right={"headings.safeguards": "三、工作保障措施"},
)
def heading_missing(whole: Whole) -> Iterator[Finding]:
    """A title line is absent. A part's name line is missed only beside its first line: else one problem says both."""
    document, labels = whole.document, whole.context.template.labels
    headings = document.headings
    missing = [
        name
        for name in ("part_one", "overall_goal", "sub_goals", "safeguards", "part_two")
        if getattr(headings, name) is None and (name != "part_two" or document.projects)
    ]
    missing += [
        f"{part}_name"
        for part in ("part_one", "part_two")
        if getattr(headings, f"{part}_name") is None and getattr(headings, part) is not None
    ]
    for name in missing:
        line: str = getattr(labels, name)
        message = f"缺少标题行「{line}」，请补上。"
        edits = [Edit("replace", f"headings.{name}", line)]
        below = f"{name}_name"
        if hasattr(headings, below) and getattr(headings, below) is None:
            # A part's first line is nothing without the name below it.
            edits.append(Edit("replace", f"headings.{below}", getattr(labels, below)))
        yield Finding(f"headings.{name}", "", message, Fix(f"补上「{line}」", line, tuple(edits)))


@document_rule(
    "subgoal-structure",
    Severity.ERROR,
    source=_SOURCE,
    wrong={"sub_goals[s1].indicator": None},
    right={"sub_goals[s1].indicator": "培训农户1200人次以上。"},
)
def subgoal_structure(whole: Whole) -> Iterator[Finding]:
    """A sub-goal without its pair of lines, or with an empty one. A label run in with the heading's paragraph is one."""
    for item in whole.document.sub_goals.items:
        lines = (("goal", "绩效目标："), ("indicator", "绩效指标："))
        absent = [label for field, label in lines if getattr(item, field) is None and label[:-1] not in item.text]
        path = f"sub_goals[{item.id}]"
        if absent:
            field = "heading" if item.heading.strip() else "text"
            message = f"这一项没有「{'」和「'.join(absent)}」，请分别写明要达到什么、用什么数值衡量。"
            yield Finding(f"{path}.{field}", shortened(getattr(item, field)), message)
        for field, label in lines:
            text = getattr(item, field)
            if text is not None and not text.strip():
                yield Finding(f"{path}.{field}", "", f"「{label}」后面是空的，请填写。")


@document_rule(
    "duplicate-heading",
    Severity.ERROR,
    source="各项标题应各不相同",
    wrong={"safeguards[m2].heading": "加强组织领导。"},
    right={"safeguards[m2].heading": "加强资金监管。"},
)
def duplicate_heading(whole: Whole) -> Iterator[Finding]:
    """Two items with one heading. Speaks at the one whose text fits the heading less, of equals at the later."""
    for name, section in sections(whole.document):
        first: dict[str, int] = {}
        items: tuple[SubGoal | Measure, ...] = section.items
        for number, item in enumerate(items):
            core = squeezed(item.heading)
            if not core:
                continue
            if core in first:
                wrong, twin = _less_fitting(section, first[core], number, core)
                heading = section.items[wrong].heading
                message = f"标题与第 {twin + 1} 项「{heading.strip()[:30]}」相同，请改写这一项的标题，或把两项合并。"
                path = f"{name}[{section.items[wrong].id}].heading"
                yield Finding(path, shortened(heading), message, places=(f"{name}[{section.items[twin].id}].heading",))
            else:
                first[core] = number


def _less_fitting(section: Section, first: int, second: int, heading: str) -> tuple[int, int]:
    """(the item to blame, the other one)."""

    items: tuple[SubGoal | Measure, ...] = section.items

    def fit(number: int) -> int:
        item = items[number]
        words = item.text + (getattr(item, "goal", None) or "") + (getattr(item, "indicator", None) or "")
        return len(pairs(heading) & pairs(squeezed(words)))

    return (first, second) if fit(first) < fit(second) else (second, first)


@document_rule(
    "duplicate-heading",
    Severity.ERROR,
    source="各项标题应各不相同",
    wrong={"safeguards.preface": "保障措施："},
    right={"safeguards.preface": "为完成全年任务，采取以下措施："},
)
def repeated_title(whole: Whole) -> Iterator[Finding]:
    """A section whose first line says its title again (warn)."""
    labels = whole.context.template.labels
    document = whole.document
    for path, heading, label, text in (
        ("overall_goal", document.headings.overall_goal, labels.overall_goal, document.overall_goal),
        ("sub_goals.preface", document.headings.sub_goals, labels.sub_goals, document.sub_goals.preface),
        ("safeguards.preface", document.headings.safeguards, labels.safeguards, document.safeguards.preface),
    ):
        line, _, rest = text.partition("\n")
        core = squeezed(_unmarked(line))
        titles = [squeezed(_unmarked(title)) for title in (heading, label) if title]
        if len(core) >= 4 and any(title.endswith(core) or core == title for title in titles):
            message = f"「{line.strip()[:30]}」与上面的标题重复，请删去。"
            fix = replacing("删去这一行", path, rest)
            yield Finding(path, shortened(line), message, fix, Severity.WARN)


def _unmarked(line: str) -> str:
    marker = read_marker(line.strip())
    return line.strip().removeprefix(marker.text) if marker else line


# two measures in one

_MIDDLE_SENTENCE = re.compile(r"(?<=[。；;！？\n])[^\S\n]*([^，,。；;：:！？\n]{4,14})[。：:]\s*(?=([^。\n]{8,60}))")
_MIDDLE_NUMBER = re.compile(r"(?<=[。；;！？])\s*[（(]([二三四五六七八九十]{1,3})[）)](?=[^。\n]{2,20}[。：:])")


@text_rule(
    "merged-items",
    Severity.WARN,
    ("safeguards[].text",),
    source="一项措施一个标题",
    wrong={"safeguards[m1].text": "成立工作专班，每季度调度一次进展。加强内部监督。对重大支出逐笔复核，接受审计监督。"},
    right={"safeguards[m1].text": "成立工作专班，每季度调度一次进展。严格执行财务制度，对重大支出逐笔复核。"},
)
def merged_items(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """A sentence in the middle that reads like another measure's heading, or carries an item's number."""
    for found in _MIDDLE_SENTENCE.finditer(text):
        if _reads_like_heading(found[1].strip(), found[2], context):
            excerpt = found[0].strip()
            message = f"「{excerpt}」像是另一项措施的标题，请把后面的内容单列一项。"
            yield Finding("", shortened(excerpt), message)
    numbers = {found[1] for found in ITEM_NUMBERS.finditer(text)}
    for found in _MIDDLE_NUMBER.finditer(text):
        if "一" not in numbers:
            excerpt = clause_at(text, found.start(1))
            yield Finding("", excerpt, "正文中间带着另一项的编号，像是两项措施写成了一项，请分开。")


def _reads_like_heading(sentence: str, following: str, context: Context) -> bool:
    words = context.vocabulary
    if sentence in words.words("structure.measure_headings"):
        return True
    if not sentence.startswith(words.words("structure.heading_verbs")):
        return False
    subject = sentence[2:].removesuffix("等")
    reported_again = len(subject) >= 3 and subject in following[: 3 * len(sentence)]
    return reported_again or (sentence.endswith(words.words("structure.heading_ends")) and len(following) >= 12)
