"""Results are typed, undone, saved and kept beside the targets they speak of, by ids."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from exporters.json_writer import write_package
from exporters.package_writer import write_jxmb
from importers.json_reader import read_package
from importers.package_reader import read_jxmb
from models.comparing.diff import changes
from models.document import fieldpath
from models.document.tree import Draft, FundResult, IndicatorResult, Remark, Report
from models.exchange.package_contents import NamedVersion
from models.reports import results
from models.session.finding import Query, find, replaced_in_draft
from models.session.review_comments import is_there
from models.session.session import Session
from models.store.checksum import changed_checksum, checksum
from models.store.snapshot import pack, unpack
from models.years.rollover import rolled_over
from tests.models.reports.drafts_with_reports import DRAFT, HALL
from tests.models.store.stores import large_draft, writes
from tests.opening import open_store
from tests.strategies import drafts

ACTUAL = "reports[r1].projects[p1].indicators[i2].actual"


def typed(path: str = ACTUAL, value: str = "97.5%") -> Session:
    session = Session(DRAFT)
    assert session.edit(path, value)
    return session


def test_typing_into_a_result_nobody_wrote_makes_it_and_undo_takes_it_back() -> None:
    session = typed()
    assert session.text(ACTUAL) == "97.5%"
    assert session.undo_label == "修改 自评 · 项目 1 · 指标 2 · 实际完成值"
    assert session.undo()
    assert session.draft is DRAFT
    assert session.text(ACTUAL) == ""


def test_the_first_fund_typed_makes_the_rows_of_funds() -> None:
    session = typed("reports[r1].projects[p2].funds[0].executed", "11.80")
    assert session.text("reports[r1].projects[p2].funds[0].name") == "年度资金总额"
    assert [fund.name for fund in fieldpath.get(session.draft, "reports[r1].projects[p2].funds")] == list(
        results.FUND_NAMES
    )
    assert session.where("reports[r1].projects[p2].funds[2].executed") == "自评 · 项目 2 · 上年结转资金 · 全年执行数"


def test_a_result_is_on_the_disk_by_one_row_and_comes_back(tmp_path: Path) -> None:
    store = open_store(tmp_path / "goalform.db")
    draft = replace(large_draft(projects=30), reports=(Report("r1", "自评", 2026),))
    session = Session(draft, store, store.create(draft))
    for place in range(30):
        session.edit(f"reports[r1].projects[p{place:x}].indicators[i{place:x}f1].actual", "300天")
    session.save()
    session.edit("reports[r1].projects[p7].indicators[i7f2].actual", "310天")
    with writes(store) as written:
        session.save()
    # The project's results, and the report's own row: it is another report now.
    assert sorted(written) == ["INSERT surroundings", "INSERT surroundings", "UPDATE drafts"]
    assert store.load(session.draft_id) == session.draft
    assert store.is_whole(session.draft_id)
    store.close()


@settings(max_examples=60)
@given(before=drafts(), after=drafts())
def test_any_reports_are_saved_by_difference(
    tmp_path_factory: pytest.TempPathFactory, before: Draft, after: Draft
) -> None:
    store = open_store(tmp_path_factory.mktemp("store") / "goalform.db")
    draft_id = store.create(before)
    store.save(draft_id, after, before)
    assert store.load(draft_id) == after
    assert changed_checksum(after, before, checksum(before)) == checksum(after)
    assert unpack(pack(after)) == after
    assert read_package(write_package(after), "甲.json") == after
    store.close()


def test_a_draft_without_reports_is_written_as_before() -> None:
    bare = replace(DRAFT, reports=())
    assert b"reports" not in write_package(bare)
    assert write_package(bare).startswith(b'{\n "format": "goalform/1"')
    assert "reports" not in unpack_text(bare)
    assert checksum(bare) == checksum(replace(bare, reports=()))


def unpack_text(draft: Draft) -> str:
    import zlib

    return zlib.decompress(pack(draft)).decode()


def test_a_draft_with_reports_travels_in_a_package_with_its_versions() -> None:
    draft = typed().draft
    assert b'"format": "goalform/2"' in write_package(draft)
    package = read_jxmb(write_jxmb(draft, (NamedVersion("2026-01-08T02:00:00+00:00", "自评前", DRAFT),)), "甲.jxmb")
    assert package.draft == draft
    assert package.versions[0].draft == DRAFT


def test_a_deleted_targets_result_stays_is_named_and_comes_back_by_undo() -> None:
    session = typed()
    session.remove("projects[p1].indicators[i2]")
    report = session.draft.reports[0]
    assert list(results.gone_rows(session.document, report)) == [
        ("reports[r1].projects[p1].indicators[i2]", "图书验收合格率")
    ]
    (books, result), *_others = results.shown_projects(session.document, report)
    assert books.indicators[-1].name == "图书验收合格率"
    assert results.results_by_id(result)["i2"].actual == "97.5%"
    assert session.where(ACTUAL) == "自评 · 项目 1 · 指标（已删除） · 实际完成值"
    session.undo()
    assert not list(results.gone_rows(session.document, session.draft.reports[0]))


def test_a_deleted_projects_results_stay_and_are_named() -> None:
    session = typed()
    session.remove("projects[p1]")
    shown = list(results.shown_projects(session.document, session.draft.reports[0]))
    assert [project.name for project, _result in shown] == [HALL.name, "图书购置费"]
    assert shown[1][0].indicators[0].name == "图书验收合格率"


def test_results_do_not_reopen_a_final_text() -> None:
    session = Session(replace(DRAFT, state="定稿"))
    assert session.edit(ACTUAL, "97.5%")
    assert session.is_locked
    assert not session.edit("projects[p1].budget", "40.00")


def test_a_final_report_shows_the_targets_it_was_closed_with_until_it_is_reopened() -> None:
    session = typed()
    report = session.draft.reports[0]
    session.change("自评定稿", results.with_report(session.draft, results.closed(session.draft, report)))
    assert not session.edit(ACTUAL, "99%")
    assert session.edit("projects[p1].indicators[i2].value", "≥99%")
    assert session.remove("projects[p1].indicators[i1]")

    def targets() -> list[str]:
        (books, _result), *_others = results.shown_projects(session.document, session.draft.reports[0])
        return [row.value for row in books.indicators]

    assert targets() == ["≥4000册", "≥98%", "≤36万元", "≥52000人次", "≥92%"]
    opened = results.reopened(session.draft, session.draft.reports[0])
    assert session.change("重新打开自评", results.with_report(session.draft, opened))
    assert targets() == ["≥99%", "≤36万元", "≥52000人次", "≥92%", "≥4000册"]
    assert session.edit(ACTUAL, "99%")


def test_a_final_report_is_not_removed() -> None:
    final = results.with_report(DRAFT, results.closed(DRAFT, DRAFT.reports[0]))
    session = Session(final)
    assert not session.change("删除自评", replace(final, reports=()))


def test_words_in_reports_are_found_and_replaced_but_not_in_a_final_one() -> None:
    draft = typed("reports[r1].projects[p1].indicators[i2].reason", "供货商延期交付").draft
    hits = find(draft, Query("供货商"))
    assert [hit.path for hit in hits] == ["reports[r1].projects[p1].indicators[i2].reason"]
    after, removed = replaced_in_draft(draft, hits, "出版社")
    assert (fieldpath.get(after, hits[0].path), removed) == ("出版社延期交付", 0)
    final = results.with_report(draft, results.closed(draft, draft.reports[0]))
    assert replaced_in_draft(final, hits, "出版社") == (final, 0)


def test_a_remark_may_hang_on_a_result() -> None:
    assert is_there(DRAFT, Remark("k1", ACTUAL))
    assert not is_there(DRAFT, Remark("k1", "reports[r9].projects[p1].indicators[i2].actual"))


def test_a_comparison_names_what_changed_in_a_report() -> None:
    assert [change.words for change in changes(DRAFT, typed().draft)] == [
        "自评 · 项目 1 · 指标 2：实际完成值 （空） → 97.5%"
    ]
    assert [change.words for change in changes(replace(DRAFT, reports=()), DRAFT)] == ["自评 新增"]


def test_next_years_draft_has_no_report() -> None:
    assert rolled_over(typed().draft, 2026, (), keep_codes=True).reports == ()


def test_the_package_names_a_broken_result_by_its_place() -> None:
    from models.errors import UserError

    data = write_package(typed().draft).replace(b'"indicator_id": "i2"', b'"indicator_id": "7"')
    with pytest.raises(UserError, match=r"reports\[0\]\.projects\[0\]\.indicators\[0\]\.indicator_id"):
        read_package(data, "甲.json")


def test_a_package_needs_only_what_was_filled() -> None:
    """As another program may write it."""
    data = (
        '{"format": "goalform/2", "document": {"year": 2025, "projects": [{"id": "p1", "name": "图书购置费"}]},'
        ' "reports": [{"id": "r1", "kind": "自评", "projects": [{"project_id": "p1",'
        ' "funds": [{"name": "年度资金总额", "executed": "35.20"}],'
        ' "indicators": [{"indicator_id": "i1", "actual": "4100册", "score": "10"}]}]}]}'
    ).encode()
    draft = read_package(data, "甲.json")
    (result,) = draft.reports[0].projects
    assert result.funds == (FundResult("年度资金总额", executed="35.20"),)
    assert result.indicators == (IndicatorResult("i1", actual="4100册", score="10"),)


def test_other_drafts_tell_what_was_reached_of_their_targets(tmp_path: Path) -> None:
    store = open_store(tmp_path / "goalform.db")
    store.create(typed().draft)
    running = replace(DRAFT, reports=(Report("r1", "监控", 2025),))
    session = Session(running)
    session.edit(ACTUAL, "50%")
    store.create(session.draft)
    told = {(used.name, used.actual) for used in store.used_indicators()}
    assert ("图书验收合格率", "97.5%") in told
    assert ("图书验收合格率", "50%") not in told
    store.close()


def test_the_list_of_drafts_tells_the_kinds_of_their_reports(tmp_path: Path) -> None:
    store = open_store(tmp_path / "goalform.db")
    store.create(typed().draft)
    store.create(replace(DRAFT, reports=()))
    assert [line.reports for line in store.list()] == [(), ("自评",)]
    store.close()
