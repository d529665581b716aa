"""What is to be done with final texts, and when."""

from datetime import date
from decimal import Decimal

import pytest

from models.reports.due import due, due_words, writing
from models.store.drafts import DraftSummary


def listed(
    year: int | None, *reports: str, state: str = "定稿", unit: str = "临溪县图书馆", deleted: bool = False
) -> DraftSummary:
    return DraftSummary(1, year, "", unit, state, 2, Decimal(1), "", deleted, reports)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "year", "reports", "wanted"),
    [
        (date(2025, 6, 30), 2025, (), []),
        (date(2025, 7, 1), 2025, (), ["绩效运行监控"]),
        (date(2025, 12, 31), 2025, (), ["绩效运行监控"]),
        (date(2025, 9, 1), 2025, ("监控",), []),
        (date(2026, 1, 1), 2025, (), ["绩效自评"]),
        (date(2026, 6, 30), 2025, ("监控",), ["绩效自评"]),
        (date(2026, 7, 1), 2025, (), []),
        (date(2026, 2, 1), 2025, ("自评",), []),
        (date(2026, 2, 1), None, (), []),
    ],
)
def test_a_report_is_due_in_its_months_until_it_is_begun(
    today: date, year: int | None, reports: tuple[str, ...], wanted: list[str]
) -> None:
    assert [what for what, _year, _unit in due([listed(year, *reports)], today)] == wanted


def test_only_final_texts_count_and_one_of_several_copies_is_enough() -> None:
    today = date(2026, 2, 1)
    assert not list(due([listed(2025, state="草稿"), listed(2025, deleted=True)], today))
    assert not list(due([listed(2025), listed(2025, "自评", state="草稿")], today))
    assert len(list(due([listed(2025), listed(2025), listed(2025, unit="临溪县博物馆")], today))) == 2


def test_the_words_name_unit_and_months() -> None:
    found = list(due([listed(2025)], date(2026, 2, 1)))
    assert due_words(found).startswith("2025年 临溪县图书馆 绩效自评（1 至 6 月）。")
    assert due_words([]) == ""
    assert " 等 4 份" in due_words(found * 4)


@pytest.mark.parametrize(
    ("today", "drafts", "wanted"),
    [
        (date(2026, 11, 30), [], "编制 2027年预算绩效文本：还没有，可以新建，也可以导入。"),
        (date(2026, 11, 30), [listed(2026)], "编制 2027年预算绩效文本：还没有，可以从 2026年 临溪县图书馆 生成。"),
        (date(2026, 7, 1), [listed(2027, state="草稿")], "编制 2027年预算绩效文本：临溪县图书馆 还没有定稿。"),
        (
            date(2027, 2, 28),
            [listed(2027, state="草稿"), listed(2027, state="草稿", unit="临溪县博物馆")],
            "编制 2027年预算绩效文本：临溪县图书馆 等 2 份还没有定稿。",
        ),
        (date(2026, 11, 30), [listed(2026), listed(2027, deleted=True)], "编制 2027年预算绩效文本：还没有，可以从"),
    ],
)
def test_next_year_s_text_is_to_be_written_from_summer_until_it_is_approved(
    today: date, drafts: list[DraftSummary], wanted: str
) -> None:
    found = writing(drafts, today)
    assert found is not None
    assert found.words.startswith(wanted)


def test_nothing_is_to_be_written_in_spring_or_once_it_is_final() -> None:
    assert writing([listed(2026, state="草稿")], date(2026, 3, 1)) is None
    assert writing([listed(2027)], date(2026, 11, 30)) is None
