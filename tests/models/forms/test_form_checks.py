"""Which checks speak for a form: what it does not print is never asked for, and what it names is."""

from dataclasses import replace
from pathlib import Path

import pytest

from exporters.form_files import form_bytes
from importers.checking import check_file
from models.checks.engine import Checker
from models.document import fieldpath
from models.document.tree import Draft
from models.errors import UserError
from models.forms.form_checks import of_form
from models.forms.form_definition import Checks, load_form, load_project_forms, user_forms
from tests.models.forms.county_form import COUNTY
from tests.models.forms.test_project_forms import DOCUMENT, NATIONAL, installed

DATA = Path(__file__).parents[2] / "data"


def test_a_table_of_the_national_form_is_no_text_that_lacks_most_of_its_parts(tmp_path: Path) -> None:
    assert NATIONAL is not None
    path = tmp_path / "申报表.docx"
    path.write_bytes(form_bytes(Draft(DOCUMENT), NATIONAL, ".docx"))
    assert [(problem.rule, problem.where) for problem in check_file(path).problems] == [
        ("goal-not-quantified", "项目 1 · 绩效目标 1")
    ]


def test_what_the_form_prints_is_checked_as_ever(tmp_path: Path) -> None:
    assert NATIONAL is not None
    wrong = fieldpath.replace_all(
        DOCUMENT,
        {"projects[p1].other_funds": "25.00", "projects[p1].indicators[i1].value": "", "projects[p1].goals[0]": ""},
    )
    path = tmp_path / "申报表.docx"
    path.write_bytes(form_bytes(Draft(wrong), NATIONAL, ".docx"))
    rules = {problem.rule for problem in check_file(path).problems}
    assert {"budget-sum", "value-missing"} <= rules


def test_a_users_own_form_names_the_checks_that_speak_for_it(tmp_path: Path) -> None:
    text = COUNTY.replace(
        "[[tables]]", '[checks]\ngroups = ["指标值与依据"]\nwithout = ["basis-missing"]\n[[tables]]', 1
    )
    form = load_form("county-2026", installed(user_forms(tmp_path), text))
    assert form is not None
    empty = fieldpath.replace_all(
        DOCUMENT, {"projects[p1].indicators[i1].value": "", "projects[p1].indicators[i1].name": ""}
    )
    path = tmp_path / "县里的表.docx"
    path.write_bytes(form_bytes(Draft(empty), form, ".docx"))
    found = check_file(path, home=tmp_path).problems
    assert {problem.rule for problem in found} == {"value-missing"}
    every = of_form(Checker().check(empty), replace(form, checks=Checks()), empty)
    assert {"basis-missing", "value-missing"} <= {problem.rule for problem in every}


@pytest.mark.parametrize(
    ("checks", "key", "fault"),
    [
        ('groups = ["金额"]', "checks.groups", "不存在的检查「金额」"),
        ('without = ["no-such-rule"]', "checks.without", "不存在的检查「no-such-rule」"),
        ('rules = ["typo"]', "checks.rules", "不认识的键"),
    ],
)
def test_a_check_that_is_none_is_named_with_its_key(tmp_path: Path, checks: str, key: str, fault: str) -> None:
    own = installed(tmp_path, COUNTY.replace("[[tables]]", f"[checks]\n{checks}\n[[tables]]", 1))
    with pytest.raises(UserError) as caught:
        load_project_forms(own)
    assert f"「{key}」" in str(caught.value)
    assert fault in str(caught.value)


WRONG_LATER = fieldpath.replace_all(
    DOCUMENT, {"projects[p1].indicators[i4].value": "≥**场", "projects[p1].indicators[i2].value": "**%"}
)
"""A value that nobody filled in, of this year and of the whole term."""


@pytest.mark.parametrize(
    ("form_id", "places"),
    [
        ("county-term", ["项目 1 · 指标 2 · 指标值", "项目 1 · 指标 4 · 指标值"]),
        ("project-2021-period", ["项目 1 · 指标 2 · 指标值"]),
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt"])
def test_rows_of_the_whole_term_are_checked_where_the_form_names_them(
    tmp_path: Path, form_id: str, places: list[str], suffix: str
) -> None:
    form = load_form(form_id, user_forms(DATA))
    assert form is not None
    path = tmp_path / f"表{suffix}"
    path.write_bytes(form_bytes(Draft(WRONG_LATER), form, suffix))
    found = check_file(path, home=DATA).problems
    assert [problem.where for problem in found if "*" in problem.excerpt] == places


def test_a_form_asks_of_rows_of_the_whole_term_what_it_prints_of_them() -> None:
    form = load_form("county-term", user_forms(DATA))
    assert form is not None
    found = Checker().check(WRONG_LATER, frozenset(form.scopes))
    every = {(problem.path, problem.rule) for problem in found}
    assert ("projects[p1].indicators[i4].basis", "basis-missing") in every
    paths = {problem.path for problem in of_form(found, form, WRONG_LATER)}
    assert "projects[p1].indicators[i4].value" in paths
    assert not paths & {"projects[p1].indicators[i4].basis", "projects[p1].indicators[i2].basis"}


def test_one_checker_judges_now_with_rows_of_the_whole_term_and_now_without() -> None:
    checker, both = Checker(), frozenset({"annual", "long_term"})
    alone, together = checker.check(WRONG_LATER), checker.check(WRONG_LATER, both)
    assert {problem.path for problem in together} - {problem.path for problem in alone} >= {
        "projects[p1].indicators[i4].value"
    }
    assert checker.check(WRONG_LATER) == alone
    assert checker.check(WRONG_LATER, both) == together
