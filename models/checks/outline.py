"""Rules on numbering: the patterns of items and goals, and numbers inside a text."""

import re
from collections.abc import Iterator

from models.checks import texts
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
from models.document.tree import GoalDocument, Items, Measure, SubGoal

_SOURCE = "河北省部门预算绩效文本·表样"
Section = Items[SubGoal] | Items[Measure]

SECTION_NUMBERS = re.compile(r"(?:^|(?<=[。；;：:！？\n]))[^\S\n]*+([一二三四五六七八九十]{1,3})、")
ITEM_NUMBERS = re.compile(r"(?:^|(?<=[。；;：:！？\n]))[^\S\n]*+[（(]([一二三四五六七八九十]{1,3})[）)]")


def sections(document: GoalDocument) -> tuple[tuple[str, Section], ...]:
    """The two sections of numbered items, each with its path."""
    return ("sub_goals", document.sub_goals), ("safeguards", document.safeguards)


_BRACKET_AND_MARK = re.compile(r"[）)][、.．,，]")


@document_rule(
    "numbering-punct",
    Severity.WARN,
    source="GB/T 9704-2012·结构层次序数",
    wrong={"safeguards.numbering": "（{cn}）、"},
    right={"safeguards.numbering": "（{cn}）"},
)
def numbering_punct(whole: Whole) -> Iterator[Finding]:
    """«（一）、»: in a section's pattern (once for all its items), an item's own number, or the goals' pattern.

    The field is the pattern or the number itself, and the excerpt the two marks that stand in both: «）、».
    """
    for path, numbering in _numbers(whole.document):
        found = _BRACKET_AND_MARK.search(numbering)
        if found:
            corrected = numbering[: found.start() + 1] + numbering[found.end() :]
            if "{cn}" in numbering:
                corrected = whole.context.template.numbering.items
            message = f"编号「{_shown(numbering)}」的括号后面不加「{found[0][1:]}」，应写作「{_shown(corrected)}」。"
            # Of half-width brackets the number would still be another than the form's.
            known = "{" in numbering or "（" in corrected
            fix = replacing(f"改为「{_shown(corrected)}」", path, corrected) if known else None
            yield Finding(path, found[0], message, fix)


def _numbers(document: GoalDocument) -> Iterator[tuple[str, str]]:
    """The numbering patterns of the text and the numbers typed otherwise."""
    for name, section in sections(document):
        if section.items:
            yield f"{name}.numbering", section.numbering
        for item in section.items:
            if item.number:
                yield f"{name}[{item.id}].number", item.number
    for project in document.projects:
        if project.goals:
            yield f"projects[{project.id}].goals_numbering", project.goals_numbering


def _shown(numbering: str) -> str:
    return numbering.replace("{cn}", "一").replace("{n}", "1").replace("{circled}", "①").strip()


_NESTED_PUNCT = re.compile(r"([（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)])[、.．]")


@text_rule(
    "numbering-punct",
    Severity.WARN,
    texts.PROSE,
    source="GB/T 9704-2012·结构层次序数",
    wrong={"safeguards[m1].text": "分两步走：（1）、成立工作专班；（2）每季度调度一次进展。"},
    right={"safeguards[m1].text": "分两步走：（1）成立工作专班；（2）每季度调度一次进展。"},
)
def numbering_punct_in_text(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """«（1）、» inside a text, said once."""
    found = _NESTED_PUNCT.search(text)
    if found:
        corrected = _NESTED_PUNCT.sub(r"\1", text)
        message = f"「{found[0]}」的括号后面不加「{found[0][-1]}」。"
        yield Finding("", found[0], message, replacing(f"改为「{found[1]}」", "", corrected))


@document_rule(
    "numbering-style",
    Severity.INFO,
    source=_SOURCE,
    wrong={"safeguards.numbering": "{n}、"},
    right={"safeguards.numbering": "（{cn}）"},
)
def numbering_style(whole: Whole) -> Iterator[Finding]:
    """Items numbered in another way than the form's. «（一）、» is numbering-punct's."""
    usual = whole.context.template.numbering.items
    for name, section in sections(whole.document):
        numberings = [(f"{name}.numbering", section.numbering)] if section.items else []
        numberings += [(f"{name}[{item.id}].number", item.number) for item in section.items if item.number]
        for path, numbering in numberings:
            marker = read_marker(_shown(numbering)) if "{" in numbering else read_marker(numbering)
            if not marker or marker.pattern.strip() == usual or _BRACKET_AND_MARK.search(numbering):
                continue
            excerpt = re.sub(r"\{\w+\}", " ", numbering).split()[-1] if "{" in numbering else numbering.strip()
            message = f"编号写作「{_shown(numbering)}」，表样用的是「{_shown(usual)}」。"
            # An item without a number of its own is drawn with its section's pattern.
            edit = Edit("replace", path, usual if "{" in numbering else None)
            yield Finding(path, excerpt, message, Fix(f"改为「{_shown(usual)}」样式", None, (edit,)))


@text_rule(
    "nested-heading",
    Severity.WARN,
    ("overall_goal", *texts.PREFACES, *texts.ITEM_TEXTS, *texts.PROJECT_TEXTS),
    source=_SOURCE,
    wrong={"safeguards[m1].text": "一、成立工作专班，明确责任分工。二、每季度调度一次进展。"},
    right={"safeguards[m1].text": "一是成立工作专班，明确责任分工。二是每季度调度一次进展。"},
)
def nested_heading(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """The numbering of sections or items used again within a text: a first and a second, of items a first alone."""
    for level in (SECTION_NUMBERS, ITEM_NUMBERS):
        numbers = [found[1] for found in level.finditer(text)]
        if "一" in numbers and ("二" in numbers or level is ITEM_NUMBERS):
            first = next(found for found in level.finditer(text) if found[1] == "一")
            excerpt = shortened(re.split(r"[。；;！？\n]", text[first.start() :].lstrip())[0])
            message = "正文里又用了「一、」「（一）」编号，与文本自身的编号混淆，可改为「一是」「二是」或「1.」。"
            yield Finding("", excerpt, message)
            return
