"""A rule of ours that fails costs its own findings in its file: it is named, and what the others found is there."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from exporters.export_files import write_file
from importers import check_command, checking
from models.checks.catalogue import RULES
from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument

WRONG = fieldpath.replace(EXAMPLE, "projects[p1].indicators[cost].value", "≤75万元")
FAILING = "vague-word"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A rule that fails for texts with 坏."""

    def check(whole: object, *_context: object) -> tuple[()]:
        if "坏" in str(whole):
            raise ZeroDivisionError("words the user typed")
        return ()

    rules = [replace(rule, check=check) if rule.id == FAILING else rule for rule in RULES]
    monkeypatch.setattr(checking, "Checker", partial(Checker, rules=rules))
    checking._judge.cache_clear()
    yield
    checking._judge.cache_clear()


def written(folder: Path, name: str, document: GoalDocument) -> Path:
    write_file(Draft(document), folder / name)
    return folder / name


def test_the_others_findings_are_there_and_the_next_file_is_not_touched_by_it(failing: None, tmp_path: Path) -> None:
    bad = written(tmp_path, "坏.json", replace(WRONG, overall_goal="坏"))
    good = written(tmp_path, "好.json", WRONG)
    files = [checking.check_file(path) for path in (bad, bad, good)]
    assert [checked.unchecked for checked in files] == [(FAILING,), (FAILING,), ()]
    assert all("cost-over-budget" in {problem.rule for problem in checked.problems} for checked in files)
    assert all(checked.fault == "" for checked in files)


def test_the_rule_is_named_in_one_line_and_its_trace_goes_to_the_log_without_the_users_words(
    failing: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = written(tmp_path, "坏.json", replace(WRONG, overall_goal="坏"))
    traces: list[str] = []
    code = check_command.check_paths([bad], as_json=True, on_trace=traces.append)
    out, told = capsys.readouterr()
    assert code == check_command.INCOMPLETE
    assert json.loads(out)["unchecked"] == [FAILING]
    assert json.loads(out)["problems"]
    assert told.count("\n") == 1
    assert told.startswith(f"{bad}：检查 「")
    assert "没有查" in told
    (trace,) = traces
    assert trace.startswith("builtins.ZeroDivisionError\n")
    assert "test_checking.py" in trace
    assert "typed" not in trace
    check_command.check_paths([bad], as_json=False)
    assert "（有 1 项没有查）" in capsys.readouterr().out


def test_a_fault_that_is_no_rules_costs_its_file_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def read(path: Path, home: Path | None = None) -> object:
        raise KeyError("words the user typed") if path.stem == "坏" else FileNotFoundError

    monkeypatch.setattr(checking, "read_file", read)
    traces: list[str] = []
    assert check_command.check_paths([tmp_path / "坏.txt"], as_json=False, on_trace=traces.append) == 2
    out, told = capsys.readouterr()
    assert (out, told.count("\n")) == ("", 1)
    assert "KeyError" in told
    assert "typed" not in told + traces[0]
