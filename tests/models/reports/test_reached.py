"""What was reached is offered as next year's target, and taken only where wanted."""

from models.document import fieldpath
from models.reports.reached import as_target, reached_values
from models.session.session import Session
from models.years.rollover import rolled_over
from tests.models.reports.drafts_with_reports import DRAFT

HERE = "reports[r1].projects[p1].indicators"


def evaluated() -> Session:
    session = Session(DRAFT)
    for row, actual in (("i1", "4100册"), ("i2", "98"), ("i3", "未发生"), ("i5", "93%")):
        session.edit(f"{HERE}[{row}].actual", actual)
    return session


def test_numbers_that_differ_are_offered_under_the_old_sign() -> None:
    assert reached_values(evaluated().draft) == {
        "projects[p1].indicators[i1].value": "≥4100册",
        "projects[p1].indicators[i5].value": "≥93%",
    }
    assert reached_values(Session(DRAFT).draft) == {}
    assert as_target("满意", "基本满意") == "基本满意"


def test_next_years_targets_are_last_years_unless_the_reached_ones_are_wanted() -> None:
    draft = evaluated().draft
    path = "projects[p1].indicators[i1].value"
    assert fieldpath.get(rolled_over(draft, 2026, (), keep_codes=True).document, path) == "≥4000册"
    other = rolled_over(draft, 2026, (), keep_codes=True, values=reached_values(draft))
    assert fieldpath.get(other.document, path) == "≥4100册"
    assert path in other.provenance.carried_over
