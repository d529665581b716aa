"""Labels of real defects, and which fields of the read document their lines are."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from importers.import_files import read_file
from models.checks.registry import Problem
from models.checks.texts import front_texts
from models.document.tree import GoalDocument, Project
from tests.models.checks.rows import told_by
from tests.shared import SHARED

CHECKER = SHARED / "checker"


@dataclass(frozen=True, slots=True)
class Label:
    """One line of a label file. `rules`: the one found there, or those that must stay silent; `also`: further lines."""

    seed: str
    line: int
    severity: str
    rules: tuple[str, ...]
    words: str
    also: tuple[int, ...] = ()


def labels(name: str) -> list[Label]:
    """The labels of `labels_train.tsv` or `clean_train.tsv`."""
    with (CHECKER / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Label(
            row["seed"],
            int(row["line"]),
            row.get("severity", ""),
            tuple((row.get("rule") or row["not_rules"]).split()),
            row["exact_text"],
            _also(row.get("why", "")),
        )
        for row in rows
    ]


def _also(why: str) -> tuple[int, ...]:
    """«(also 228, 296)» and «(8-12)» as line numbers."""
    found = re.search(r"also ([\d, -]+)", why) or re.search(r"\((\d+-\d+)\)", why)
    numbers: list[int] = []
    for piece in found[1].split(",") if found else ():
        first, _, last = piece.strip().partition("-")
        if first.isdigit():
            numbers.extend(range(int(first), int(last or first) + 1))
    return tuple(numbers)


@cache
def seed(number: str) -> tuple[list[str], GoalDocument]:
    """The lines of a seed, and the document read from it."""
    path: Path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    return path.read_text(encoding="utf-8").splitlines(), read_file(path).draft.document


@cache
def places(number: str) -> dict[int, frozenset[str]]:
    """For each line (from 1) of a seed, the field paths whose text stands there."""
    lines, document = seed(number)
    found: defaultdict[int, set[str]] = defaultdict(set)
    titles = [place for place, line in enumerate(lines) if re.sub(r"\[.*?\]", "", line).rstrip().endswith("绩效目标表")]
    end_of_front = titles[0] if titles else len(lines)
    for path, _kind, text in front_texts(document):
        for place in range(end_of_front):
            if any(piece and _words(piece) in _words(lines[place]) for piece in text.split("\n")):
                found[place + 1].add(path)
    for project, start, end in zip(document.projects, titles, [*titles[1:], len(lines)], strict=False):
        for place, path in _project_places(project, lines[start:end]):
            found[start + place + 1].add(f"projects[{project.id}].{path}")
    return {line: frozenset(paths) for line, paths in found.items()}


def _project_places(project: Project, lines: list[str]) -> list[tuple[int, str]]:
    header = next(place for place, line in enumerate(lines) if line.strip() == "一级指标")
    fields = [
        ("code", project.code),
        ("name", project.name),
        ("budget", project.budget),
        ("fund_use", project.fund_use),
        *((f"spending_plan[{place}]", cell) for place, cell in enumerate(project.spending_plan)),
        *((f"goals[{place}]", goal) for place, goal in enumerate(project.goals)),
    ]
    found, from_line = [], 0
    for path, text in fields:
        for place in range(from_line, header):
            line = _words(lines[place])
            if lines[place].startswith("\t") and text and (line == _words(text) or line.endswith(_words(text))):
                found.append((place, path))
                from_line = place
                break
    row = -1
    for place in range(header, len(lines)):
        if lines[place] == "":
            row += 1
        elif 0 <= row < len(project.indicators):
            indicator = project.indicators[row]
            for field in ("name", "description", "value", "basis"):
                if _words(getattr(indicator, field)) == _words(lines[place]):
                    found.append((place, f"indicators[{indicator.id}].{field}"))
    return found


def _words(text: str) -> str:
    return re.sub(r"\s", "", re.sub(r"\[bookmark: [^\]]*\]", "", text))


def overlaps(excerpt: str, words: str) -> bool:
    """Whether the two share words: all of the shorter, or four characters in a row."""
    one, other = _words(excerpt), _words(words)
    least = min(4, len(one), len(other))
    return least > 0 and any(one[place : place + least] in other for place in range(len(one) - least + 1))


def is_found(label: Label, problems: tuple[Problem, ...]) -> bool:
    """Whether a problem of the label's rule speaks in a field of its line, of its words."""
    return any(
        not set(told_by(problem)).isdisjoint(label.rules)
        and problem.path in places(label.seed).get(label.line, ())
        and overlaps(problem.excerpt, label.words)
        for problem in problems
    )
