"""Rules on project codes, names and document numbers."""

import re
import unicodedata
from collections.abc import Iterator

from models.checks import texts
from models.checks.prose import DOCUMENT_NUMBER, YEAR, clauses, likeness, squeezed
from models.checks.registry import (
    PROJECT,
    Context,
    Finding,
    Fix,
    Severity,
    Whole,
    document_rule,
    project_rule,
    replacing,
    text_rule,
)
from models.document.project_code import ALPHABET, LENGTH, check_character, has_known_form, is_meant_as_one, wrong_place
from models.document.tree import Project

_CODE_SOURCE = "预算管理一体化系统·项目编码（校验位由实际编码归纳）"

_LOOKALIKES = str.maketrans("IOQSZV", "100525")
"""Letters that the check character's alphabet leaves out, and the digit each is taken for."""


@project_rule(
    "code-format",
    Severity.WARN,
    source=_CODE_SOURCE,
    wrong={f"{PROJECT}.code": "13992126P0001231000T"},
    right={f"{PROJECT}.code": "Z155110000004"},
)
def code_format(project: Project, _context: Context) -> Iterator[Finding]:
    """A code that is meant as one of the budget system's but is not 21 characters of its form."""
    code = project.code.strip()
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", code)).upper()
    if has_known_form(code) or not is_meant_as_one(tidy):
        return
    if has_known_form(tidy):
        message = f"项目编码「{code}」中有小写、全角或空格，应为 {tidy}。"
        yield Finding("code", code[:60], message, replacing(f"改为 {tidy}", "code", tidy))
        return
    place = wrong_place(tidy) or 0
    if len(tidy) != LENGTH and place >= min(len(tidy), LENGTH):
        message = f"项目编码应为 {LENGTH} 位，这里是 {len(tidy)} 位，请对照系统中的编码核对。"
    else:
        message = f"项目编码第 {place + 1} 位「{tidy[place]}」不合规则，请对照系统中的编码核对。"
    yield Finding("code", code[:60], message)


@project_rule(
    "code-check",
    Severity.WARN,
    source=_CODE_SOURCE,
    wrong={f"{PROJECT}.code": "13992126P00012310001U"},
    right={f"{PROJECT}.code": "13992126P00012310001T"},
)
def code_check(project: Project, _context: Context) -> Iterator[Finding]:
    """The check character does not fit, or a character is none the codes use."""
    code = project.code.strip()
    if not has_known_form(code) or check_character(code[:-1]) == code[-1]:
        return
    strange = sorted({char for char in code[9:] if char not in ALPHABET})
    read = code[:9] + code[9:].translate(_LOOKALIKES)
    fix: Fix | None = None
    if strange and check_character(read[:-1]) == read[-1]:
        fix = replacing(f"改为 {read}", "code", read)
    hint = f"其中的「{'、'.join(strange)}」不是编码用的字符" if strange else "校验位不符，可能有一位写错"
    yield Finding("code", code, f"项目编码 {code} {hint}，请对照系统中的编码核对。", fix)


@document_rule(
    "code-duplicate",
    Severity.ERROR,
    source=_CODE_SOURCE,
    wrong={"projects[p2].code": "13992126P00012310001T"},
    right={"projects[p2].code": "13992126P00012410001G"},
)
def code_duplicate(whole: Whole) -> Iterator[Finding]:
    """A code that a project before has already."""
    first: dict[str, tuple[int, Project]] = {}
    for number, project in enumerate(whole.document.projects, 1):
        code = project.code.strip().upper()
        if len(code) < 6:
            continue
        if code in first:
            earlier, other = first[code]
            message = f"项目编码与项目 {earlier}「{other.name.strip()[:30]}」相同，每个项目的编码只有一个，请核对。"
            places = (f"projects[{other.id}].code",)
            yield Finding(f"projects[{project.id}].code", project.code.strip()[:60], message, places=places)
        else:
            first[code] = (number, project)


# names

_CALLED = re.compile(
    r"^(?:本单位|我单位|用于|主要)?(?P<name>.{4,40}?)(?:预算数|预算资金|预算金额|预算总额|总预算|(?:资金|经费)(?:主要)?用于)"
)
_SUFFIXES = ("业务经费", "补助资金", "工作安排", "专项", "项目", "资金", "经费", "工程", "费用", "费", "工作")
"""Kinds of money and work, of which a name's end may have several: «专项业务经费». The longer ones first."""


def name_core(name: str) -> str:
    """A project name's own words: without document number, year, and the kind of money it is."""
    plain = squeezed(YEAR.sub("", DOCUMENT_NUMBER.sub("", name)))
    end = len(plain)
    while suffix := next((suffix for suffix in _SUFFIXES if plain.endswith(suffix, 0, end)), ""):
        end -= len(suffix)
    return plain[:end] or plain


@project_rule(
    "name-mismatch",
    Severity.INFO,
    source="项目名称与资金用途的说法应一致",
    wrong={f"{PROJECT}.fund_use": "农业技能培训项目预算数为60万元，用于聘请授课专家、编印培训教材。"},
    right={f"{PROJECT}.fund_use": "农业技术培训项目预算数为60万元，用于聘请授课专家、编印培训教材。"},
)
def name_mismatch(project: Project, _context: Context) -> Iterator[Finding]:
    """资金用途 begins with the project's name in nearly, but not quite, the same words."""
    first = next(clauses(project.fund_use), None)
    found = _CALLED.match(first.text) if first else None
    if not found:
        return
    own, called = name_core(project.name), name_core(found["name"])
    if len(own) < 4 or own in called or called in own or not 0.4 <= likeness(own, called) < 1:
        return
    excerpt = found["name"].strip()
    message = f"资金用途里把项目叫作「{excerpt}」，项目名称是「{project.name.strip()[:40]}」，请统一。"
    yield Finding("fund_use", excerpt, message, places=("name",))


_BRACKETED_YEAR = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,12})(?P<open>[【\[［（(])(?P<year>[12]\d{3})(?P<close>[】\]］）)])(?P<rest>\s*(?:第\s*)?\d+\s*号)"
)


@text_rule(
    "docno-bracket",
    Severity.INFO,
    texts.ALL,
    source="GB/T 9704-2012·发文字号用六角括号",
    wrong={f"{PROJECT}.indicators[quality].basis": "云农字【2026】7号"},
    right={f"{PROJECT}.indicators[quality].basis": "云农字〔2026〕7号"},
)
def docno_bracket(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """A document number whose year is not in 〔〕."""
    found = _BRACKETED_YEAR.search(text) if "号" in text else None
    if found:
        corrected = _BRACKETED_YEAR.sub(r"\g<issuer>〔\g<year>〕\g<rest>", text)
        message = f"文号「{found[0]}」的年份应该用六角括号，写作〔{found['year']}〕。"
        yield Finding("", found[0], message, replacing(f"改为〔{found['year']}〕", "", corrected))
