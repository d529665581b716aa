"""Rules on wording: typing errors, doubled words, punctuation, spaces."""

import re
from collections.abc import Iterator

from models.checks import texts
from models.checks.lexicon import is_word
from models.checks.registry import (
    Context,
    Finding,
    Fix,
    Severity,
    Whole,
    document_rule,
    replacing,
    replacing_words,
    shortened,
    text_rule,
)
from models.checks.typo_rules import typo, typo_in_a_name, typo_in_a_term
from models.document.tree import Items, Measure, SubGoal

__all__ = ["typo", "typo_in_a_name", "typo_in_a_term"]

_SOURCE = "公文文字要求"
_NOTES = tuple(kind for kind in texts.ALL if kind != "projects[].name")

_DOUBLED = re.compile(r"(?![和与及])([\u4e00-\u9fff]{2,14}?)\1")
_DOUBLED_LONG = re.compile(r"([\u4e00-\u9fff]{3,14}?)[和与及、，]\1(?![\u4e00-\u9fff]?[率度量])")
_DOUBLED_SMALL = re.compile(r"([的与在])\1(?!确)|(和)\2(?![谐睦美善气平])|(及)\3(?![时早格])")


@text_rule(
    "doubled-word",
    Severity.ERROR,
    _NOTES,
    source=_SOURCE,
    wrong={"safeguards[m2].text": "严格执行财务制度，提出完善管理的意见意见，接受审计监督。"},
    right={"safeguards[m2].text": "一项一项落到实处，做到件件有着落、个个有回音，接受审计监督。"},
)
def doubled_word(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """A word or phrase typed twice; the second one goes."""
    if len(set(text)) == len(text):
        return
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    if len(set(pairs)) < len(pairs):
        for pattern in (_DOUBLED, _DOUBLED_LONG):
            for found in pattern.finditer(text):
                if not _is_meant(found, text, context):
                    yield _doubled(text, found)
    for found in _DOUBLED_SMALL.finditer(text):
        if not is_word(text[max(0, found.start() - 1) : found.start() + 1]):  # «以培训为目的的活动»
            yield _doubled(text, found)


def _is_meant(found: re.Match[str], text: str, context: Context) -> bool:
    word = found[1]
    if word[0] in "一逐每" or len(set(word)) == 1 or found[0] in context.vocabulary.words("words.said_twice"):
        return True
    if len(word) == 2 and (not is_word(word) or _begins_a_word(text, found.end() - 2)):
        return True  # «每户每月», «监督监督员»
    if word[0] in "的和与及" and _is_han(text, found.end()):
        return True  # «别的文件的文件夹»
    after = text[found.end() : found.end() + 2]
    if after in context.vocabulary.words("words.compound_ends") and len(word) == 2:
        return True
    return word == "企业" and after[:1] in {"家", "主", "法"}


def _doubled(text: str, found: re.Match[str]) -> Finding:
    word = next(filter(None, found.groups()))
    once = replacing_words(f"删去重复的「{word}」", text, found.start(), found.end(), word)
    message = f"「{word}」重复了，请删去一个。"
    if len(word) > 1 and _is_han(text, found.end()):
        return Finding("", shortened(found[0]), message, choices=(once,))  # the second one may belong to what follows
    return Finding("", shortened(found[0]), message, once)


def _is_han(text: str, place: int) -> bool:
    return "\u4e00" <= text[place : place + 1] <= "\u9fff"


def _begins_a_word(text: str, start: int) -> bool:
    """Whether the two characters there begin a longer word: «服务服务对象», «检查检查站»."""
    longer = text[start : start + 3], text[start : start + 4]
    return any(len(word) > 2 and is_word(word) for word in longer) or text[start + 2 : start + 3] in {"员", "站", "者"}


_HAN = r"\u4e00-\u9fff"
_BEFORE, _AFTER = rf"(?<=[{_HAN}”》）」])", rf"(?=[{_HAN}“《（「])"
_HALF_WIDTH = re.compile(rf"{_BEFORE}[,:;!?]{_AFTER}|{_BEFORE}\((?=[{_HAN}])")
_PAIR = re.compile(rf"{_BEFORE}\((?=[{_HAN}])([^()\n]*)\)")
_FULL_WIDTH = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}


@text_rule(
    "halfwidth-punct",
    Severity.INFO,
    texts.ALL,
    source="GB/T 15834：中文用全角标点",
    wrong={"safeguards[m1].text": "成立工作专班,明确责任分工，每季度调度一次进展。"},
    right={"safeguards[m1].text": "成立工作专班，按A,B两组明确责任分工，每季度调度一次进展。"},
)
def halfwidth_punct(text: str, field: str, _context: Context) -> Iterator[Finding]:
    """Half-width marks between Chinese characters: one finding a field, at the first of them; all are put right."""
    found = _HALF_WIDTH.search(text)
    if not found:
        return
    better = _PAIR.sub(r"（\1）", text)
    better = _HALF_WIDTH.sub(lambda mark: _FULL_WIDTH[mark[0]], better)
    start = max(0, found.start() - 6)
    excerpt = text[start : found.end() + 6].strip()
    fix = replacing("改成全角标点", "", better) if better != text else None
    message = f"中文里的「{found[0]}」应当用全角「{_FULL_WIDTH[found[0]]}」。"
    if fix and field == "projects[].name":  # a registered name
        yield Finding("", shortened(excerpt), message, choices=(fix,))
    else:
        yield Finding("", shortened(excerpt), message, fix)


_DOUBLED_MARKS = re.compile("[，。、；：,;][ 　]*[，。、；：,;]+")


@text_rule(
    "doubled-punct",
    Severity.WARN,
    texts.ALL,
    source="GB/T 15834：标点不连用",
    wrong={"safeguards[m1].text": "成立工作专班，，明确责任分工，每季度调度一次进展。"},
    right={"safeguards[m1].text": "成立工作专班，明确责任分工（张、李等）；每季度调度一次进展。"},
)
def doubled_punct(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """Two marks where one belongs. Of a full stop and another the full stop stays; of other different ones nobody knows."""
    for found in _DOUBLED_MARKS.finditer(text):
        marks = set(found[0].replace(" ", "").replace("\u3000", ""))
        mark = "。" if "。" in marks else found[0][0] if len(marks) == 1 else ""
        fix = replacing_words(f"只留「{mark}」", text, found.start(), found.end(), mark) if mark else None
        start = max(0, found.start() - 6)
        excerpt = shortened(text[start : found.end() + 6].strip())
        yield Finding("", excerpt, f"标点「{found[0]}」连在一起，请只留一个。", fix)


_RUNNING = ("overall_goal", "sub_goals[].text", "sub_goals[].goal", "sub_goals[].indicator", "safeguards[].text")
_SHORTEST, _SHORTEST_CELL = 20, 40
_UNENDED = re.compile(r"[\u4e00-\u9fff\d%％）)”；;，,、]\Z")


@text_rule(
    "end-punct",
    Severity.INFO,
    (*_RUNNING, "projects[].fund_use", "projects[].goals[]"),
    source="GB/T 15834：句末用句号",
    wrong={"safeguards[m1].text": "成立工作专班，明确责任分工，每季度调度一次工作进展"},
    right={"safeguards[m1].text": "成立工作专班，明确责任分工"},
)
def end_punct(text: str, field: str, _context: Context) -> Iterator[Finding]:
    """A paragraph of running text without its full stop. In cells, where most leave it out, only long sentences."""
    shortest = _SHORTEST if field in _RUNNING else _SHORTEST_CELL
    lines = text.split("\n")
    for number, line in enumerate(lines):
        words = line.rstrip()
        if len(words) < shortest or not _UNENDED.search(words) or not re.search("[，；。,;]", words):
            continue
        ended = words.rstrip("；;，,、") + "。" + line[len(words) :]
        better = "\n".join([*lines[:number], ended, *lines[number + 1 :]])
        fix = replacing("补上句号", "", better)
        yield Finding("", words[-20:].strip("；;，,、 "), "一段话末尾没有句号。", fix)


@document_rule(
    "end-punct",
    Severity.INFO,
    source="各条标题末尾的标点应统一",
    wrong={
        "sub_goals": Items(
            items=(
                SubGoal("s1", heading="农业技术培训。", goal="提高农户种田水平。", indicator="培训农户1200人次以上。"),
                SubGoal("s2", heading="示范田建设。", goal="形成种植规程。", indicator="建设示范田6处。"),
                SubGoal(
                    "s3", heading="技术资料编印", goal="使2000户农户拿到种植手册。", indicator="编印种植手册2000册。"
                ),
            )
        ),
    },
    right={"sub_goals[s1].heading": "农业技术培训。", "sub_goals[s2].heading": "示范田建设。"},
)
def end_punct_heading(whole: Whole) -> Iterator[Finding]:
    """One heading without the full stop that the section's other headings have."""
    for name, section in (("sub_goals", whole.document.sub_goals), ("safeguards", whole.document.safeguards)):
        items: list[SubGoal | Measure] = [item for item in section.items if item.heading.strip() and not item.run_in]
        bare = [item for item in items if re.search(r"[\u4e00-\u9fff]\s*\Z", item.heading)]
        stopped = [item for item in items if item.heading.rstrip().endswith("。")]
        if len(bare) == 1 and len(stopped) >= 2 and len(stopped) + 1 == len(items):
            path = f"{name}[{bare[0].id}].heading"
            better = f"{bare[0].heading.rstrip()}。"
            fix = replacing("补上句号", path, better)
            yield Finding(path, shortened(bare[0].heading), "其他各条标题都有句号，这一条没有。", fix)


_SPACED = re.compile(rf"(?<=[{_HAN}，。；：、（）”“》])[ \t\u3000\xa0]+(?=[{_HAN}，。；：、（“《])")
_BETWEEN_WORDS = re.compile(rf"(?<=[{_HAN}])[ \t\u3000\xa0]+(?=[{_HAN}])")


@text_rule(
    "spacing",
    Severity.INFO,
    _NOTES,
    source=_SOURCE,
    wrong={"safeguards[m1].text": "成立工作专班。 明确责任分工，每季度调度一次进展。"},
    right={"safeguards[m1].text": "成立 6 个工作专班，明确责任分工，每季度调度一次进展。"},
)
def spacing(text: str, field: str, _context: Context) -> Iterator[Finding]:
    """White space inside Chinese text. Where it may stand for a missing mark, only said and not put right."""
    found = _SPACED.search(text)
    if not found:
        return
    excerpt = text[max(0, found.start() - 6) : found.end() + 6].strip()
    fix: Fix | None = None
    if field in {"title", *texts.HEADINGS} or not _BETWEEN_WORDS.search(text):
        fix = replacing("删去空格", "", _SPACED.sub("", text))
    yield Finding("", shortened(excerpt), "中文之间多了空格，请删去或换成标点。", fix)


_AT_END = re.compile(r"(?<![ \t\u3000\xa0])[ \t\u3000\xa0]++(?=\n|\Z)|\A[ \t\u3000\xa0]++")


@text_rule(
    "trailing-space",
    Severity.INFO,
    texts.ALL,
    source=_SOURCE,
    wrong={"projects[p1].indicators[benefit].name": "新技术推广面积 "},
    right={"projects[p1].indicators[benefit].name": "新技术推广面积"},
)
def trailing_space(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """White space at the end of a field or of one of its paragraphs."""
    if not text or not (
        text[0].isspace() or text[-1].isspace() or " \n" in text or "\u3000\n" in text or "\t\n" in text
    ):
        return
    found = _AT_END.search(text)
    if found:
        line = text[: found.start()].rpartition("\n")[2].strip() or text.strip().partition("\n")[0]
        fix = replacing("删去空格", "", _AT_END.sub("", text))
        yield Finding("", shortened(line[-20:]), "末尾有多余的空格。", fix)


_WE_WILL = re.compile(r"(?:我们|咱们)(?=将|要|会|应|需|坚持|继续|必须|始终|紧紧|以)")


@text_rule(
    "style-first-person",
    Severity.INFO,
    texts.PROSE,
    source="公文用单位名称或无主语句",
    wrong={"safeguards[m1].text": "我们将成立工作专班，明确责任分工，每季度调度一次进展。"},
    right={"safeguards[m1].text": "本单位成立工作专班，明确责任分工，每季度调度一次进展。"},
)
def style_first_person(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """我们 in an official text. Before a verb it may simply go."""
    pattern = context.vocabulary.pattern("words.first_person")
    found = pattern.search(text)
    if found:
        fix = None
        if len(pattern.findall(text)) == len(_WE_WILL.findall(text)):
            fix = replacing(f"删去「{found[0]}」", "", _WE_WILL.sub("", text))
        start = max(0, found.start() - 6)
        excerpt = text[start : found.end() + 2].split("\n")[-1]
        yield Finding("", shortened(excerpt), f"正式文本里不用「{found[0]}」，请改用单位名称或删去。", fix)
