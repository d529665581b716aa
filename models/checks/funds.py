"""Rules on 资金用途."""

from collections.abc import Iterator

from models.checks.code_rules import name_core
from models.checks.prose import clauses, likeness, pairs, squeezed, without_dates
from models.checks.registry import Context, Finding, Severity, project_rule, shortened
from models.checks.remains import without_label
from models.checks.vocabulary import Vocabulary
from models.document.tree import Project

_SOURCE = "河北省部门预算绩效文本·资金用途应写明资金花在哪里"
_USE = "projects[p1].fund_use"

_SHORT = 6
"""Characters: too few to describe a use, whatever they say."""


@project_rule(
    "purpose-not-use",
    Severity.WARN,
    source=_SOURCE,
    wrong={_USE: "提高农户科学种田水平，推动节水新技术落地。"},
    right={_USE: "用于聘请授课专家、编印培训教材，提高农户科学种田水平。"},
)
def purpose_not_use(project: Project, context: Context) -> Iterator[Finding]:
    """资金用途 states a goal (and no use), or duties of the unit."""
    text = without_label(project.fund_use, context.vocabulary)
    pieces = [clause.text for clause in clauses(text)]
    if not pieces or _is_too_short(text, context.vocabulary):
        return
    duties = context.vocabulary.words("goals.duties")
    duty = next((piece for piece in pieces if piece.startswith(duties)), None)
    wish = next(
        (piece for piece in pieces if piece.removeprefix("主要用于").startswith(("力争", "努力", "争取"))), None
    )
    goal = _goal_without_use(text, pieces, context.vocabulary)
    if duty:
        yield Finding("fund_use", shortened(duty), "资金用途写成了职责，请写明这笔钱具体花在哪些方面。")
    elif goal or wish:
        excerpt = shortened(goal or wish or "")
        yield Finding("fund_use", excerpt, "资金用途写成了目标，请写明这笔钱具体花在哪些方面，目标写到「绩效目标」里。")


def _goal_without_use(text: str, pieces: list[str], vocabulary: Vocabulary) -> str | None:
    """The first clause that begins like a goal, where no word names a use."""
    stated = text
    for words in ("全部为财政资金", "财政资金", "预算资金", "项目资金"):
        stated = stated.replace(words, "")
    if vocabulary.pattern("goals.use_words").search(stated):
        return None
    verbs = (*vocabulary.words("goals.purpose_goals"), "通过")
    return next((piece for piece in pieces if piece.removeprefix("主要").startswith(verbs)), None)


@project_rule(
    "purpose-repeats-name",
    Severity.WARN,
    source=_SOURCE,
    wrong={_USE: "用于农业技术培训项目资金"},
    right={_USE: "用于农业技术培训的授课专家聘请、教材编印和场地租用。"},
)
def purpose_repeats_name(project: Project, context: Context) -> Iterator[Finding]:
    """资金用途 holds the project's name and nothing else."""
    if repeats_name(project, context.vocabulary):
        message = "资金用途只是重复了项目名称，请写明这笔钱具体花在哪些方面。"
        yield Finding("fund_use", shortened(project.fund_use), message)


def repeats_name(project: Project, vocabulary: Vocabulary) -> bool:
    """Whether 资金用途 is the project's name, nearly word for word, or a part of it."""
    text = squeezed(without_label(project.fund_use, vocabulary))
    for opening in ("主要用于", "用于", "主要", "支付", "保障"):
        text = text.removeprefix(opening)
    said, own = name_core(text), name_core(project.name)
    if len(said) < 2 or len(own) < 2:
        return False
    return said in own or (len(said) <= 1.3 * len(own) and likeness(said, own) >= 0.8)


@project_rule(
    "purpose-too-short",
    Severity.WARN,
    source=_SOURCE,
    wrong={_USE: "日常工作经费"},
    right={_USE: "用于聘请授课专家和编印教材。"},
)
def purpose_too_short(project: Project, context: Context) -> Iterator[Finding]:
    """资金用途 is empty, or a few characters that describe nothing."""
    text = project.fund_use.strip()
    if not text:
        yield Finding("fund_use", "", "没有填写资金用途，请写明这笔钱具体花在哪些方面。")
    elif _is_too_short(text, context.vocabulary) and not repeats_name(project, context.vocabulary):
        yield Finding("fund_use", shortened(text), "资金用途太简单，看不出钱花在哪里，请写具体。")


def _is_too_short(text: str, vocabulary: Vocabulary) -> bool:
    words = squeezed(text)
    if len(words) > 2 * _SHORT:
        return False
    return len(words) < _SHORT - 1 or not vocabulary.pattern("goals.bare_uses").sub("", words)


@project_rule(
    "purpose-name-mismatch",
    Severity.WARN,
    source=_SOURCE,
    wrong={_USE: "用于招商引资小分队外出接待客商和洽谈的差旅支出。"},
    right={_USE: "用于聘请授课专家和编印教材。"},
)
def purpose_name_mismatch(project: Project, context: Context) -> Iterator[Finding]:
    """The project's name and 资金用途 are each plainly of one kind of work, and of different kinds."""
    own = name_core(project.name)
    words = squeezed(without_dates(project.fund_use))
    said = words.replace(squeezed(project.name), "").replace(own, "")
    used_for = words.partition("用于")[2]
    named, stated = _topics(project.name, context.vocabulary), _topics(said, context.vocabulary)
    if not named or not stated or named & stated or own in used_for or _shares_a_word(own, said):
        return
    excerpt = _telling_clause(project.fund_use, stated, context.vocabulary)
    message = (
        f"项目名称说的是{'、'.join(sorted(named))}，资金用途说的却是{'、'.join(sorted(stated))}，"
        "请核对用途是不是写到了别的项目里。"
    )
    yield Finding("fund_use", excerpt, message)


def _topics(text: str, vocabulary: Vocabulary) -> set[str]:
    groups = vocabulary.groups("goals.topics")
    return {topic for topic, words in groups.items() if any(word in text for word in words)}


_EVERYWHERE = pairs("园区项目资金经费工作安排专项业务建设管理单位机关服务保障")


def _shares_a_word(name: str, said: str) -> bool:
    return bool((pairs(name) & pairs(said)) - _EVERYWHERE)


def _telling_clause(text: str, topics: set[str], vocabulary: Vocabulary) -> str:
    groups = vocabulary.groups("goals.topics")
    words = [word for topic in topics for word in groups[topic]]
    clause = next((clause.text for clause in clauses(text) if any(word in clause.text for word in words)), text)
    return shortened(clause)
