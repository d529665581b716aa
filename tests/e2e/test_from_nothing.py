"""A complete small text from an empty start, with keyboard and clipboard only, out as Word and Excel."""

import html
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.document.tree import GoalDocument, Project
from tests import words
from tests.e2e.clerk import until_at, until_told
from tests.e2e.desktop import Desktop, desktop, needs_screen_reader
from tests.e2e.test_main_job import export, stored
from tests.waiting import until

OVERALL = "2027年，新建果园滴灌示范点3处，带动农户节水，示范区亩均用水量下降12%。"
SUB_GOALS = (
    ("果园滴灌示范", "3处示范点在6月底前投入使用。", "新建示范点3处；农户到场观摩400人次。"),
    ("用水计量", "示范区用水量逐月可查。", "安装水表60块；抄表率100%。"),
)
MEASURES = (
    ("成立示范点建设小组。", "由站长任组长，每月检查一次进度。"),
    ("专款专用。", "资金按合同节点支付，支付前由两人复核。"),
)
FIRST = Project(
    "", code="", name="果园滴灌示范点建设", budget="46.80", fiscal_funds="46.80", fund_use="购置滴灌管和水泵。"
)
PLAN = ("10%", "45%", "80%", "100%")
ROWS = (
    ("产出指标", "数量指标", "示范点数量", "新建滴灌示范点的处数", "≥3处", "年初工作计划"),
    ("产出指标", "质量指标", "验收合格率", "一次验收合格的示范点占比", "＝100%", "行业标准"),
    ("产出指标", "时效指标", "投入使用时间", "全部示范点投入使用的月份", "≤6月", "年初工作计划"),
    ("产出指标", "成本指标", "单点建设成本", "每处示范点的投入", "≤15.6万元", "预算测算"),
    ("效益指标", "生态效益指标", "亩均节水率", "比漫灌节约的用水量", "≥12%", "历史标准"),
    ("满意度指标", "服务对象满意度指标", "农户满意度", "对示范点满意的受访农户占比", "≥95%", "问卷调查"),
)
SECOND_NAME = "示范区水表安装"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    pictures = Path(os.environ.get("GOALFORM_PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    with desktop(pictures, read_out=True) as shown:
        yield shown
        shown.picture("from-nothing-last")


# More than a second: a window, a screen reader and a keyboard at a person's pace.
@needs_screen_reader
@pytest.mark.e2e
def test_a_whole_text_is_written_from_nothing(screen: Desktop, tmp_path: Path) -> None:
    home = tmp_path / "数据"
    screen.start(home)
    begin(screen)
    screen.to_step(2)
    screen.paste(OVERALL)
    screen.picture("from-nothing-overall")
    screen.to_step(3)
    for place, (heading, goal, indicator) in enumerate(SUB_GOALS):
        add_item(screen, heading, first=place == 0)
        fill(screen, "绩效目标", goal)
        fill(screen, "绩效指标", indicator)
    screen.picture("from-nothing-sub-goals")
    screen.to_step(4)
    for place, (heading, text) in enumerate(MEASURES):
        add_item(screen, heading, first=place == 0)
        fill(screen, "正文", text)
    screen.to_step(5)
    add_projects(screen)
    screen.picture("from-nothing-projects")
    written = until(lambda: complete(home), "everything typed in the database")
    as_it_should_be(written)
    word, excel = tmp_path / "text.docx", tmp_path / "text.xlsx"
    export(screen, "ctrl+shift+w", "导出 Word", word)
    until_told(screen, f"已导出：{word}")  # until then the next one is refused
    export(screen, "ctrl+shift+e", "导出 Excel", excel)
    screen.picture("from-nothing-export")
    for file in (word, excel):
        as_it_should_be(read_file(file).draft.document)
    assert words.lost_in_excel(words.of_word(word.read_bytes()), excel.read_bytes()) == []


def begin(screen: Desktop) -> None:
    """年度, 单位代码 and 单位名称, from 新建 on which the keyboard stands."""
    until_at(screen, "新建")
    screen.keys("Return")
    screen.wait_for_window("新建草稿")
    screen.type("2027")
    fill(screen, "单位代码", "618003")
    fill(screen, "单位名称", "云泽县节水灌溉站")
    screen.keys("Return")
    screen.wait_for_window("云泽县节水灌溉站")


def fill(screen: Desktop, name: str, text: str) -> None:
    screen.tab_to(name)
    screen.paste(text)


def add_item(screen: Desktop, heading: str, first: bool) -> None:
    """添加 has the focus on an empty page; later one goes back to it."""
    if first:
        until_at(screen, "添加")
    else:
        screen.tab_to("添加", "shift+Tab")
    screen.keys("Return")
    until_at(screen, "标题")
    screen.paste(heading)


def add_projects(screen: Desktop) -> None:
    screen.tab_to("添加")
    screen.keys("Return")
    until_at(screen, "项目名称")
    screen.paste(FIRST.name)
    fill(screen, "预算数", FIRST.budget)
    fill(screen, "财政资金", FIRST.fiscal_funds)
    fill(screen, "资金用途", FIRST.fund_use)
    for checkpoint, percent in zip(("3月底", "6月底", "10月底", "12月底"), PLAN, strict=True):
        fill(screen, f"资金支出计划 {checkpoint}", percent)
    screen.tab_to("绩效指标表")
    screen.paste(as_text(), as_html())
    screen.tab_to("添加", "shift+Tab")
    screen.keys("Return")
    screen.paste(SECOND_NAME)
    fill(screen, "预算数", "8.4")


def as_text() -> str:
    return "".join("\t".join(row) + "\n" for row in ROWS)


def as_html() -> str:
    """The same rows as a spreadsheet copies them, equal tiers in one merged cell."""
    lines = ["<html><body><table cellspacing='0' border='0'><colgroup width='85'></colgroup>"]
    for place, row in enumerate(ROWS):
        cells = "".join(f"<td height='17' align='left'>{html.escape(cell)}</td>" for cell in row[1:])
        if not place or ROWS[place - 1][0] != row[0]:
            span = sum(other[0] == row[0] for other in ROWS)
            cells = f"<td rowspan='{span}' valign='middle'>{row[0]}</td>{cells}"
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, "</table></body></html>"])


def complete(home: Path) -> GoalDocument | None:
    found = stored(home)
    return found if found and len(found.projects) == 2 and found.projects[1].budget else None


def as_it_should_be(document: GoalDocument) -> None:
    assert (document.year, document.unit.code, document.unit.name) == (2027, "618003", "云泽县节水灌溉站")
    assert document.overall_goal == OVERALL
    assert [(item.heading, item.goal, item.indicator) for item in document.sub_goals.items] == list(SUB_GOALS)
    assert [(item.heading, item.text) for item in document.safeguards.items] == list(MEASURES)
    first, second = document.projects
    assert (first.name, first.budget, first.fiscal_funds) == (FIRST.name, FIRST.budget, FIRST.fiscal_funds)
    assert (first.fund_use, first.spending_plan) == (FIRST.fund_use, PLAN)
    rows = [(row.tier1, row.tier2, row.name, row.description, row.value, row.basis) for row in first.indicators]
    assert rows == list(ROWS)
    assert (second.name, second.budget) == (SECOND_NAME, "8.4")
