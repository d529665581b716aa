"""Columns that other forms have and Hebei's has not: kept through everything a draft goes through, and unseen where unused."""

import hashlib
import shutil
import zlib
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest

from exporters.build import build
from exporters.json_writer import write_package
from exporters.package_writer import write_jxmb
from importers.json_reader import read_package
from importers.package_reader import read_jxmb
from models.checks.engine import Checker
from models.comparing.diff import changes
from models.comparing.year_comparison import compare, differences
from models.document import fieldpath
from models.document.blocks import Block, Table
from models.document.fieldnames import PART_LABELS, where
from models.document.overview import overview
from models.document.template import load_template
from models.document.tree import Details, Draft, GoalDocument, Indicator, Project, Unit
from models.exchange.fill_in_workbook import updated
from models.merge.threeway import ThreeWay
from models.session.finding import Query, find, replaced
from models.store.checksum import checksum
from models.store.revisions import Revisions
from models.store.snapshot import pack, unpack
from models.years.rollover import Kind, mentions, rolled_over
from tests.models.store.stores import temporary_store
from tests.models.store.version_1 import DRAFT as PLAIN
from tests.opening import open_store
from tests.shared import CHECKOUT

NAME = "填报.json"
DETAILS = Details(**{field.name: f"{field.name}之值" for field in fields(Details)})
ROWS = (
    Indicator("i1", "产出指标", "数量指标", "演出场次", "全年演出场次", "≥30场", "年初工作计划"),
    Indicator("i2", "产出指标", "数量指标", "三年演出场次", "三年演出场次", "≥90场", scope="long_term"),
    Indicator("i3", "效益指标", "社会效益指标", "观众人次", "全年观众人次", "≥900人次", "年初工作计划"),
)
PROJECT = Project("p1", Unit("806001", "青禾县文化服务中心"), name="公益演出", indicators=ROWS, details=DETAILS)
DRAFT = Draft(GoalDocument(year=2026, projects=(PROJECT,)))
DEPARTMENT = "projects[p1].details.department"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def words_of(blocks: tuple[Block, ...]) -> str:
    return "\n".join(
        cell.text for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells
    )


def test_a_draft_without_them_has_the_bytes_it_had_before() -> None:
    """The numbers are those of the version before the columns were there."""
    assert checksum(PLAIN) == 24630251255
    assert digest(zlib.decompress(pack(PLAIN))) == "7e745827d6e6947ff5ff200e892772e58fc38b5ebf96b03cb2837416276e1c01"
    assert digest(write_package(PLAIN)) == "3a6297fd1fb040de1ba1771ac45ce81f1cd6252516856691fae49df4161a41e9"


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_a_stored_draft_opens_as_it_was_and_opening_it_keeps_one_version_at_most(version: int, tmp_path: Path) -> None:
    stored = CHECKOUT / "tests" / "data" / "store" / f"v{version}.db"
    path = Path(shutil.copy(stored, tmp_path / "goalform.db"))
    with closing(open_store(path)) as store:
        revisions = Revisions(store)
        assert store.load(1) == PLAIN
        assert store.is_whole(1)
        revisions.keep(1, store.load(1), "opened")
        kept = revisions.list(1)
    with closing(open_store(path)) as store:
        assert not Revisions(store).keep(1, store.load(1), "opened")
        assert Revisions(store).list(1) == kept
        assert Revisions(store).broken(1) == 0


def test_a_store_keeps_them_edit_by_edit() -> None:
    with temporary_store() as store:
        draft_id = store.create(DRAFT)
        assert store.load(draft_id) == DRAFT
        before = DRAFT
        for path, value in (
            ("document.projects[p1].details.carry_over", "1.50"),
            ("document.projects[p1].indicators[i2].scope", "annual"),
            ("document.projects[p1].details", Details()),
        ):
            after = fieldpath.replace(before, path, value)
            store.save(draft_id, after, before)
            assert store.load(draft_id) == after
            assert store.is_whole(draft_id)
            before = after


def test_versions_and_packages_keep_them() -> None:
    assert unpack(pack(DRAFT)) == DRAFT
    assert read_package(write_package(DRAFT), NAME) == DRAFT
    assert read_jxmb(write_jxmb(DRAFT), "填报.jxmb").draft == DRAFT


@pytest.mark.parametrize(
    ("draft", "form"),
    [
        (PLAIN, "goalform/1"),
        (fieldpath.replace(PLAIN, "document.projects[p1].details.department", "青禾县文化局"), "goalform/2"),
        (fieldpath.replace(PLAIN, "document.projects[p1].indicators[i1].scope", "long_term"), "goalform/2"),
    ],
)
def test_a_package_is_of_the_second_format_only_where_it_needs_to_be(draft: Draft, form: str) -> None:
    data = write_package(draft)
    assert f'"format": "{form}"'.encode() in data
    assert read_package(data, NAME) == draft


def test_a_package_names_a_column_it_does_not_know() -> None:
    data = write_package(DRAFT).replace(b'"department"', b'"ministry"')
    with pytest.raises(Exception, match=r"不认识的字段「document\.projects\[0\]\.details\.ministry」"):
        read_package(data, NAME)


def test_merging_takes_what_either_side_wrote_column_by_column() -> None:
    theirs = fieldpath.replace(DRAFT, f"document.{DEPARTMENT}", "青禾县文化局").document.projects
    ours = fieldpath.replace(DRAFT, "document.projects[p1].details.lead", "张三").document.projects
    (project,), _last = ThreeWay(0, Unit("1", "甲站"), {}).parts("projects", DRAFT.document.projects, theirs, ours)
    assert (project.details.department, project.details.lead) == ("青禾县文化局", "张三")


def test_they_are_found_and_replaced() -> None:
    (hit,) = find(DRAFT.document, Query("department之值"))
    assert hit.path == DEPARTMENT
    assert replaced(DRAFT.document, [hit], "青禾县文化局")[0].projects[0].details.department == "青禾县文化局"


def test_they_move_to_the_next_year_with_the_years_in_them() -> None:
    draft = fieldpath.replace(DRAFT, "document.projects[p1].details.long_term_goal", "2026年底前建成剧场。")
    found = mentions(draft.document, 2026)
    assert [mention.path for mention in found] == ["projects[p1].details.long_term_goal"]
    plan = [mention for mention in found if mention.kind is Kind.PLAN]
    project = rolled_over(draft, 2027, plan, keep_codes=True).document.projects[0]
    assert project.details == replace(DETAILS, long_term_goal="2027年底前建成剧场。")
    assert [row.scope for row in project.indicators] == ["annual", "long_term", "annual"]


def test_changes_and_years_are_compared_in_their_words() -> None:
    after = fieldpath.replace(DRAFT, f"document.{DEPARTMENT}", "青禾县文化局")
    after = fieldpath.replace(after, "document.projects[p1].indicators[i2].scope", "annual")
    assert [change.words for change in changes(DRAFT, after)] == [
        "项目 1 · 指标 2：指标期限 实施期 → 年度",
        "项目 1：主管部门 department之值 → 青禾县文化局",
    ]
    lines = differences(compare(DRAFT.document, after.document))
    assert {(line.place, line.last, line.now) for line in lines} == {
        ("主管部门", "department之值", "青禾县文化局"),
        ("指标 2 · 指标期限", "实施期", "年度"),
    }


def test_every_column_has_its_name() -> None:
    for field in fields(Details):
        label = PART_LABELS[Project][f"details.{field.name}"]
        assert where(DRAFT.document, f"projects[p1].details.{field.name}") == f"项目 1 · {label}"


def test_rows_of_the_whole_term_are_not_printed_checked_or_counted_by_hebei() -> None:
    assert "三年演出场次" not in words_of(build(DRAFT.document, load_template()))
    assert overview(DRAFT.document).lines[0][-1] == "2"
    wrong = fieldpath.replace(DRAFT, "document.projects[p1].indicators[i2].value", "≥**场")
    assert Checker().check(wrong) == Checker().check(DRAFT)
    seen = fieldpath.replace(wrong, "document.projects[p1].indicators[i2].scope", "annual")
    assert any(problem.path.endswith("[i2].value") for problem in Checker().check(seen))


def test_a_problem_of_a_row_behind_one_of_the_whole_term_names_the_row_the_table_shows() -> None:
    wrong = fieldpath.replace(DRAFT, "document.projects[p1].indicators[i3].value", "≥**人次")
    (problem,) = (one for one in Checker().check(wrong) if one.path.endswith("[i3].value") and "*" in one.excerpt)
    assert problem.where == "项目 1 · 指标 3 · 指标值"


def test_a_workbook_without_these_columns_leaves_them_as_they_are() -> None:
    filled = replace(PROJECT, budget="12.00", details=Details(), indicators=PROJECT.annual_indicators)
    (project,) = updated(DRAFT.document, replace(DRAFT.document, projects=(filled,))).document.projects
    assert project.budget == "12.00"
    assert project.details == DETAILS
    assert sorted(row.id for row in project.indicators) == ["i1", "i2", "i3"]
