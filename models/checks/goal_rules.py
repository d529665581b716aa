"""Rules on goals: the overall one, those of sub-goals and those of projects."""

import re
from collections.abc import Iterator

from models.checks.prose import clause_at, clauses, names_a_value, same_words, sentences, squeezed, without_dates
from models.checks.registry import (
    PROJECT,
    Context,
    Finding,
    Severity,
    Whole,
    document_rule,
    project_rule,
    shortened,
    text_rule,
)
from models.checks.remains import blank_in, without_label
from models.checks.vocabulary import Vocabulary
from models.document.tree import Project

_FORM = "河北省部门预算绩效文本·填报要求"
_MANUAL = "财预〔2015〕88号·绩效目标应指向明确、细化量化"
_GOALS = ("sub_goals[].goal", "projects[].goals[]")


# a goal that says nothing


_IN_TIME = re.compile(r"(?:按时|按期|如期|按计划)完成")
"""«In time» is all that such a goal promises, whatever the task is called."""


def is_empty_goal(text: str, vocabulary: Vocabulary) -> bool:
    """Whether nothing but «the task will be done» is said: what remains besides such words is a short subject."""
    words = squeezed(without_label(text, vocabulary))
    if not re.match(
        r"(?:按时|按期|如期|圆满|全面|顺利|高质量|确保|保质保量)*(?:完成|做好|抓好|开展|落实|确保|保证|保障)", words
    ):
        return False
    if len(words) > 24 or names_a_value(words):
        return False
    if not re.search(r"(?:任务|工作|目标|实施|开展|进行|完成|落实|指标|推进)$", words):
        return False
    left = 4 if not _IN_TIME.match(words) else 8
    return len(vocabulary.pattern("goals.empty").sub("", words)) <= left


@text_rule(
    "goal-empty",
    Severity.WARN,
    ("sub_goals[].goal",),
    source=_MANUAL,
    wrong={"sub_goals[s1].goal": "完成年度培训任务。"},
    right={"sub_goals[s1].goal": "开展节水技术培训，提高农户科学种田水平。"},
)
def goal_empty(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """A sub-goal that says only that the task will be done."""
    if is_empty_goal(text, context.vocabulary):
        yield Finding("", shortened(text), "只说完成任务，没有说要达到什么结果，请写明做成什么、好到什么程度。")


@project_rule(
    "goal-empty",
    Severity.WARN,
    source=_MANUAL,
    wrong={f"{PROJECT}.goals": ("按时完成年度各项工作任务。", "推广节水新技术3000亩。")},
    right={f"{PROJECT}.goals": ("全年培训农户1200人次。", "推广节水新技术3000亩。")},
)
def goal_empty_in_project(project: Project, context: Context) -> Iterator[Finding]:
    """The same in a project; a goal that repeats 用途 is goal-equals-purpose's."""
    for place, goal in enumerate(project.goals):
        empty = is_empty_goal(goal, context.vocabulary) or _is_only_the_name(goal, project.name, context.vocabulary)
        if empty and not _equals_purpose(goal, project, context.vocabulary):
            message = "只说完成任务，没有说要达到什么结果，请写明做成什么、好到什么程度。"
            yield Finding(f"goals[{place}]", shortened(goal), message)


_DONE = re.compile("(?:按时|按期|如期|圆满|全面|顺利|高质量|确保|保质保量)*(?:完成|做好|抓好|开展|落实|实施|组织)")
_NOTHING_MORE = re.compile("20\\d\\d年度?|项目|工程|经费|资金|补助|任务|工作|的")


def _is_only_the_name(goal: str, name: str, vocabulary: Vocabulary) -> bool:
    """«完成道路清扫保洁服务项目»: that the project of this name is done, and nothing else."""
    words = squeezed(without_label(goal, vocabulary))
    done = _DONE.match(words)
    if not done or names_a_value(words):
        return False
    thing, own = _NOTHING_MORE.sub("", words[done.end() :]), _NOTHING_MORE.sub("", squeezed(name))
    return len(thing) > 1 and thing in own


# a goal that is none


def _is_noun_phrase(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether the words name a thing or a duty: no verb that has an object."""
    if clause.startswith(vocabulary.words("goals.duties")):
        return True
    if clause.startswith(vocabulary.words("goals.plain_verbs")):
        return False
    nominal = vocabulary.words("goals.nominal")
    money_at_end = clause.endswith(("费用", "经费", "资金", "款项", "支出"))
    verbs = vocabulary.pattern("goals.verbs")
    for found in verbs.finditer(clause):
        rest = clause[found.end() :]
        if clause[: found.start()].endswith(("的", "所", "所需")) or len(rest) < 2 or rest.startswith(nominal):
            continue
        if found.start() and verbs.fullmatch(rest):
            continue  # «前期组织推动»: two verbs in a name's end
        if found.start() == 0 or not money_at_end:
            return False
    return True


def is_no_goal(text: str, vocabulary: Vocabulary) -> bool:
    """Whether every clause names a thing or a duty and no value stands there."""
    plain = without_label(text, vocabulary)
    pieces = [clause.text for clause in clauses(plain)]
    if not pieces or names_a_value(plain) or not all(len(piece) >= 4 for piece in pieces):
        return False
    return all(_is_noun_phrase(piece, vocabulary) for piece in pieces) and any(
        _is_surely_a_noun_phrase(piece, vocabulary) for piece in pieces
    )


_PREDICATE = re.compile("[有无没不未使让由被把将达成得能会已均都]")


def _is_surely_a_noun_phrase(clause: str, vocabulary: Vocabulary) -> bool:
    """Known by its end («…情况», «手续的完善», «组织推动»), or a duty; where no word of a predicate stands."""
    if clause.startswith(vocabulary.words("goals.duties")):
        return True
    if _PREDICATE.search(clause):
        return False
    verbs = vocabulary.pattern("goals.verbs")
    nominal = re.search(r"的[\u4e00-\u9fff]{2}\Z", clause) or (
        len(clause) > 4 and verbs.fullmatch(clause[-2:]) and verbs.fullmatch(clause[-4:-2])
    )
    return bool(nominal) or clause.endswith(vocabulary.words("goals.noun_ends"))


@text_rule(
    "goal-not-a-goal",
    Severity.ERROR,
    _GOALS,
    source=_MANUAL,
    wrong={"sub_goals[s1].goal": "节水灌溉技术的培训情况和手续的完善情况。"},
    right={"sub_goals[s1].goal": "提高农户节水灌溉技术水平。"},
)
def goal_not_a_goal(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """A goal of noun phrases: nothing is to be reached."""
    if is_no_goal(text, context.vocabulary):
        message = "这里只列出了事项，没有说要达到什么，请写成「完成……，达到……」这样的目标。"
        yield Finding("", shortened(text), message)


@project_rule(
    "goal-not-quantified",
    Severity.WARN,
    source=_MANUAL,
    wrong={f"{PROJECT}.goals": ("面向种粮大户开展节水技术培训，提高农户科学种田水平。",)},
    right={f"{PROJECT}.goals": ("面向种粮大户开展节水技术培训，提高农户科学种田水平。", "培训农户1200人次。")},
)
def goal_not_quantified(project: Project, context: Context) -> Iterator[Finding]:
    """None of a project's goals names a number or a standard, and no other rule finds more fault with the first."""
    goals = [(place, goal) for place, goal in enumerate(project.goals) if goal.strip()]
    if not goals or any(names_a_value(goal) for _place, goal in goals):
        return
    place, goal = goals[0]
    vocabulary = context.vocabulary
    worse = (
        _equals_purpose(goal, project, vocabulary)
        or is_no_goal(goal, vocabulary)
        or is_empty_goal(goal, vocabulary)
        or _OPEN_END.search(goal)
        or blank_in(goal, vocabulary)
        or without_label(goal, vocabulary) != goal
    )
    if not worse:
        message = "绩效目标里没有数量，也没有标准，请写明做多少、达到什么水平。"
        yield Finding(f"goals[{place}]", shortened(goal), message)


# repetitions

_PURPOSE_OPENING = re.compile(r"^.{0,60}?(?:主要用于|具体用于|用于|主要)")


def _purpose_words(fund_use: str) -> str:
    """资金用途 without the sentence about the amount and «主要用于»."""
    opening = _PURPOSE_OPENING.match(fund_use)
    return squeezed(fund_use[opening.end() :] if opening else fund_use)


def _equals_purpose(goal: str, project: Project, vocabulary: Vocabulary) -> bool:
    words = squeezed(without_label(goal, vocabulary))
    if len(words) < 4 or not project.fund_use.strip():
        return False
    return same_words(words, squeezed(project.fund_use)) or same_words(words, _purpose_words(project.fund_use))


@project_rule(
    "goal-equals-purpose",
    Severity.ERROR,
    source=_FORM,
    wrong={f"{PROJECT}.goals": ("聘请授课专家、编印培训教材、租用教学场地等支出，项目预算数为60万元。",)},
    right={f"{PROJECT}.goals": ("聘请专家授课12场，培训农户1200人次。",)},
)
def goal_equals_purpose(project: Project, context: Context) -> Iterator[Finding]:
    """A goal (or all of them together) repeats 资金用途."""
    found = False
    for place, goal in enumerate(project.goals):
        if _equals_purpose(goal, project, context.vocabulary):
            found = True
            message = "绩效目标照抄了资金用途。用途写钱花在哪里，目标写花完要达到什么，请改写。"
            yield Finding(f"goals[{place}]", shortened(goal), message)
    if not found and len(project.goals) > 1 and _equals_purpose("".join(project.goals), project, context.vocabulary):
        message = "几条绩效目标合起来就是资金用途。用途写钱花在哪里，目标写花完要达到什么，请改写。"
        yield Finding("goals[0]", shortened(project.goals[0]), message)


@document_rule(
    "goal-equals-heading",
    Severity.WARN,
    source=_FORM,
    wrong={"sub_goals[s1].heading": "提高农户科学种田水平。", "sub_goals[s1].goal": "提高农户科学种田水平。"},
    right={"sub_goals[s1].heading": "农业技术培训", "sub_goals[s1].goal": "提高农户科学种田水平。"},
)
def goal_equals_heading(whole: Whole) -> Iterator[Finding]:
    """A sub-goal's goal repeats its heading."""
    for item in whole.document.sub_goals.items:
        goal = item.goal or ""
        if len(squeezed(goal)) >= 4 and same_words(squeezed(goal), squeezed(item.heading)):
            message = "绩效目标与标题相同，请写明这项工作要达到什么结果。"
            yield Finding(f"sub_goals[{item.id}].goal", shortened(goal), message)


# the overall goal and the sub-goals' indicators


@text_rule(
    "overall-goal-is-duties",
    Severity.ERROR,
    ("overall_goal",),
    source=_FORM,
    wrong={"overall_goal": "负责农业技术推广和培训工作；负责农情调度，组织开展试验示范。"},
    right={"overall_goal": "负责农业技术推广和培训工作，2026年培训农户1200人次。"},
)
def overall_goal_is_duties(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """The overall goal lists what the unit is for: duties, and neither a year nor a value."""
    if re.search(r"\d", text) or names_a_value(text):
        return
    duties = context.vocabulary.words("goals.duties")
    if any(clause.text.startswith(duties) for clause in clauses(text)):
        message = "总体绩效目标写成了部门职责，没有年度和数值，请写明今年要达到什么。"
        yield Finding("", shortened(next(sentences(text)).text), message)


@text_rule(
    "indicator-not-quantified",
    Severity.ERROR,
    ("sub_goals[].indicator",),
    source=_MANUAL,
    wrong={"sub_goals[s1].indicator": "建立长效培训机制；继续推进新技术推广工作。"},
    right={"sub_goals[s1].indicator": "不发生质量安全事故；3月底前印发培训计划。"},
)
def indicator_not_quantified(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """A sub-goal's 绩效指标 without any value; a year alone is none."""
    if text.strip() and not names_a_value(text):
        message = "绩效指标里没有数值，请写成可以衡量的，例如「培训 1200 人次」「合格率达到 95%」。"
        yield Finding("", shortened(without_first_year(text)), message)


def without_first_year(text: str) -> str:
    """The text itself where its first line holds words besides years, else its second."""
    lines = [line for line in text.split("\n") if squeezed(without_dates(line))]
    return lines[0] if lines else text


# vague words

_OPEN_END = re.compile(r"[^，,。；;\s]等(?:等)?\s*(?=[。；;]|\Z)")


@text_rule(
    "vague-goal",
    Severity.WARN,
    _GOALS,
    source=_MANUAL,
    wrong={f"{PROJECT}.goals": ("培训农户1200人次，发放教材、工具等。", "推广节水新技术3000亩。")},
    right={f"{PROJECT}.goals": ("培训农户1200人次，发放教材、工具等用品1200套。", "推广节水新技术3000亩。")},
)
def vague_goal(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """«…等» at the end of a sentence leaves the goal open."""
    found = _OPEN_END.search(text)
    if found:
        excerpt = clause_at(text, found.start())
        yield Finding("", excerpt, "以「等」结尾，目标没有说完，请把要达到的都写出来，或删去「等」。")


_NUMBER_FOLLOWS = re.compile(r"[^，,。；;\n]{0,60}\d")


@text_rule(
    "vague-word",
    Severity.WARN,
    ("overall_goal", "sub_goals[].goal", "projects[].goals[]"),
    source=_MANUAL,
    wrong={f"{PROJECT}.goals": ("努力使更多农户用上新技术。", "推广节水新技术3000亩。")},
    right={f"{PROJECT}.goals": ("力争培训农户1200人次以上。", "推广节水新技术3000亩。")},
)
def vague_word(text: str, field: str, context: Context) -> Iterator[Finding]:
    """Words that promise nothing definite, said once a sentence. A number that is tried for («力争达到200亿元») is definite."""
    allowed = context.vocabulary.words("goals.allowed_in_overall") if field == "overall_goal" else ()
    pattern, definite = context.vocabulary.pattern("goals.vague"), context.vocabulary.pattern("goals.not_vague")
    if not pattern.search(text):
        return
    trying = context.vocabulary.words("goals.trying")
    typed, text = text, definite.sub(lambda phrase: "　" * len(phrase[0]), text)
    for sentence in sentences(text):
        found = [
            mark
            for mark in pattern.finditer(sentence.text)
            if mark[0] not in allowed and not (mark[0] in trying and _NUMBER_FOLLOWS.match(sentence.text, mark.end()))
        ]
        if found:
            words = "」「".join(dict.fromkeys(mark[0] for mark in found))
            excerpt = clause_at(typed, sentence.start + found[0].start())
            yield Finding("", excerpt, f"「{words}」说不清做到什么程度，请改成明确的数量或标准。")
