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
    every = of_form(Checker().check(empty), replace(form, checks=Checks()))
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
