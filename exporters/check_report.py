"""检查报告: the problems of one or many texts as a Word or Excel file, by text, project and severity."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from exporters import self_check
from exporters.listed_table import listed_table
from exporters.made import titled
from models.checks.checked_text import CheckedText
from models.checks.name_rules import head_of, rule_name
from models.checks.problem_lines import SEVERITY_NAMES, also_at, folded, outcome, summary, unchecked_words
from models.checks.registry import Problem
from models.document.blocks import Block, Paragraph, Role, paragraph
from models.document.template import Template, load_template
from models.errors import UserError
from models.printable import printable

if TYPE_CHECKING:
    from exporters.sheets import Sheet

SUFFIXES = (".xlsx", ".docx")
TITLE = "绩效文本检查报告"
_COLUMNS = ("级别", "位置", "原文", "问题与建议", "可改为")
_FRONT = "部门整体绩效目标"
_SHARES = (7, 19, 21, 33, 20)
_CHECK_SHARES = (25, 8, 8, 8, 51)
"""Of the width of the page, in percent."""
_ORDER = {severity: place for place, severity in enumerate(SEVERITY_NAMES)}


@contextmanager
def reporting_to(path: Path | None) -> Iterator[Callable[[CheckedText], None]]:
    """Gives what takes the texts as they are checked; at the end they stand in the file. None: no report is made.

    UserError, naming the file: for another suffix at once, before hundreds of files are read, or at the end.
    """
    texts: list[CheckedText] = []
    if path is None:
        yield lambda _text: None
        return
    check_suffix(path)
    yield texts.append
    write_report(texts, path)


def write_report(texts: Sequence[CheckedText], path: Path) -> None:
    """Writes the report; UserError, naming the file, where that fails."""
    from exporters.atomic import write_atomically

    check_suffix(path)
    write_atomically(path, report_bytes(texts, path.suffix.lower()))


def check_suffix(path: Path) -> None:
    """UserError where a report cannot be of that kind."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"检查报告「{path.name}」的后缀应为 .xlsx 或 .docx。")


def report_bytes(texts: Sequence[CheckedText], suffix: str) -> bytes:
    """What the file holds."""
    template = load_template()
    if suffix == ".docx":
        from exporters.made import Properties
        from exporters.word import write_word

        return write_word(tuple(_blocks(texts, template)), template, properties=Properties(TITLE))
    from exporters.excel import write_sheets

    return write_sheets(list(_sheets(texts)), template, title=TITLE)


def by_project(text: CheckedText) -> Iterator[tuple[str, list[Problem]]]:
    """The problems under the name of what they are about, the most severe of each first."""
    names = {identity: f"项目 {number} {name}".strip() for number, (identity, name) in enumerate(text.projects, 1)}

    def owner(problem: Problem) -> str:
        if not problem.path.startswith("projects["):
            return _FRONT
        return names.get(problem.path[len("projects[") :].partition("]")[0], problem.where.partition(" · ")[0])

    front = [problem for problem in text.problems if owner(problem) == _FRONT]
    rest = [problem for problem in text.problems if owner(problem) != _FRONT]
    for part in (front, rest):
        for name, group in groupby(part, owner):
            yield name, sorted(group, key=lambda problem: _ORDER[problem.severity])


def _name(text: CheckedText) -> str:
    return titled(text.year, text.unit) or printable(text.path.name)


def _advice(problem: Problem) -> str:
    if problem.fix is not None:
        return outcome(problem.fix)
    return f"请选择：{'；'.join(map(outcome, problem.choices))}" if problem.choices else ""


def _line(problem: Problem, alike: Sequence[Problem], within: str) -> tuple[str, ...]:
    """The cells of a problem and of notes like it; the place without what the heading above says already."""
    where = problem.where.partition(" · ")[2] or problem.where if within != _FRONT else problem.where
    message = f"{problem.message}（{also_at(alike)}）" if alike else problem.message
    return SEVERITY_NAMES[problem.severity], where, problem.excerpt, message, _advice(problem)


def _blocks(texts: Iterable[CheckedText], template: Template) -> Iterator[Block]:
    yield paragraph(TITLE, Role.TITLE)
    for text in texts:
        yield paragraph(_name(text), Role.SECTION)
        unplaced = f"没有归位的文字 {len(text.unplaced)} 处。" if text.unplaced else ""
        line = f"文件：{printable(text.path.name)}。{summary(text.problems)}。{unplaced}"
        yield paragraph(f"{line}{unchecked_words(text.unchecked)}")
        for name, problems in by_project(text):
            yield paragraph(f"{name}（{len(problems)} 处）", Role.ITEM)
            lines = [_line(problem, alike, name) for problem, alike in folded(problems)]
            yield listed_table(_COLUMNS, lines, _SHARES, template)
            yield Paragraph(role=Role.BLANK)
        yield from _self_check(text, template)


def _self_check(text: CheckedText, template: Template) -> Iterator[Block]:
    """The same problems under the four heads a reviewer examines."""
    yield paragraph(f"{self_check.TITLE}（完整性、相关性、适当性、可行性）", Role.ITEM)
    for name, problems in _all_parts(text):
        yield paragraph(name)
        yield listed_table(self_check.COLUMNS, self_check.self_check_rows(problems), _CHECK_SHARES, template)
        yield Paragraph(role=Role.BLANK)


def _all_parts(text: CheckedText) -> Iterator[tuple[str, list[Problem]]]:
    """Part one and each project with what was found of it, also those of which nothing was."""
    found = dict(by_project(text))
    yield _FRONT, found.pop(_FRONT, [])
    for number, (_identity, name) in enumerate(text.projects, 1):
        heading = f"项目 {number} {name}".strip()
        yield heading, found.pop(heading, [])
    yield from found.items()


def _sheets(texts: Sequence[CheckedText]) -> "Iterator[Sheet]":
    from exporters.list_sheets import list_sheet

    unplaced = ("没有归位的文字",) if any(text.unplaced for text in texts) else ()
    unchecked = ("没有查的项",) if any(text.unchecked for text in texts) else ()
    overview: list[tuple[str, ...]] = [("单位", "年度", "文件", *SEVERITY_NAMES.values(), *unplaced, *unchecked)]
    details: list[tuple[str, ...]] = [
        ("单位", "年度", "项目", "级别", "位置", "原文", "问题与建议", "可改为", "类别", "审核内容", "文件")
    ]
    heads: list[tuple[str, ...]] = [("单位", "年度", "项目", *self_check.COLUMNS, "文件")]
    for text in texts:
        year = "" if text.year is None else str(text.year)
        counts = [str(sum(p.severity is severity for p in text.problems)) for severity in SEVERITY_NAMES]
        counts += [str(len(text.unplaced)) for _ in unplaced]
        failed = ["、".join(map(rule_name, text.unchecked)) for _ in unchecked]
        overview.append((text.unit, year, printable(str(text.path)), *counts, *failed))
        for name, problems in by_project(text):
            for problem in problems:
                line = _line(problem, (), name)
                details.append(
                    (
                        text.unit,
                        year,
                        name,
                        *line,
                        rule_name(problem.rule),
                        head_of(problem.rule),
                        printable(str(text.path)),
                    )
                )
        for name, problems in _all_parts(text):
            for row in self_check.self_check_rows(problems):
                heads.append((text.unit, year, name, *row, printable(str(text.path))))
    yield list_sheet("问题清单", details, (110, 40, 130, 40, 120, 140, 210, 140, 110, 60, 130))
    yield list_sheet("自查表", heads, (110, 40, 150, 150, 40, 40, 40, 330, 130))
    widths = (160, 45, 300, 45, 45, 45, *(80 for _ in unplaced), *(120 for _ in unchecked))
    yield list_sheet("汇总", overview, widths)
