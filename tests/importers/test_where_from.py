"""The report says of every fact of a form, a list or a department's form where it stood, and of nothing else."""

from pathlib import Path

import pytest

from importers.import_files import Imported, read_file
from importers.report import Kind

FORM = """省级财政专项支出绩效目标表,,,,
（2026年度）,,,,
填报单位：榕口县水利局,,,,单位：元
专项名称,小型水库加固,,专项属性,延续专项
主管部门,榕口县水务局,,专项期限,2025年至2027年
资金情况,年度金额,1200000,其中：财政拨款,1000000
,,,其他资金,200000
总体目标,实施期目标,加固小型水库12座。,年度目标,加固小型水库4座。
绩效指标,一级指标,二级指标,三级指标,目标值
,产出指标,数量指标,加固水库座数,≥4座
,效益指标,社会效益指标,受益人口,≥3.5万人
"""
LIST = """2026年部门项目绩效目标批复表
单位名称\t项目编码\t项目名称\t项目金额（万元）\t绩效目标\t一级指标\t二级指标\t三级指标\t指标值
榕口县林业局\t350199000001\t森林防火\t80\t全年无重大火灾。\t产出指标\t数量指标\t巡护里程\t≥6000公里
榕口县林业局\t350199000002\t古树保护\t15.5\t保护古树230株。\t产出指标\t数量指标\t保护古树株数\t230株
"""
DEPARTMENT = """部门整体支出绩效目标申报表（2026年度）,,,
部门名称,榕口县民政局,,
年度总体目标,做好养老服务和社会救助。,,
年度主要任务,任务名称,主要内容,预算金额（万元）
,养老服务,新建社区食堂6个,320
,社会救助,保障低保对象2100人,900
"""


def read(text: str, name: str, folder: Path) -> Imported:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_file(file)


def sources(imported: Imported) -> str:
    return "\n".join(note.text for note in imported.report.of(Kind.SOURCE))


@pytest.mark.parametrize(
    "fact",
    [
        "单位取自表格中第3行「填报单位」",
        "项目名称取自表格中第4行「专项名称」",
        "项目性质取自表格中第4行「专项属性」",
        "主管部门取自表格中第5行「主管部门」",
        "起止时间取自表格中第5行「专项期限」",
        "预算数取自表格中第6行「年度金额」",
        "财政资金取自表格中第6行「其中：财政拨款」",
        "其他资金取自表格中第7行「其他资金」",
        "项目总体目标取自表格中第8行「实施期目标」",
        "绩效目标取自表格中第8行「年度目标」",
        "指标取自表格中第 10 至 11 行",
        "预算年度：2026 年（取自表上面的文字）",
    ],
)
def test_every_fact_of_a_form(fact: str, tmp_path: Path) -> None:
    assert fact in sources(read(FORM, "申报表.csv", tmp_path))


@pytest.mark.parametrize(("name", "row"), [("森林防火", 3), ("古树保护", 4)])
def test_every_fact_of_a_list(name: str, row: int, tmp_path: Path) -> None:
    told = sources(read(LIST, "清单.tsv", tmp_path))
    (line,) = (line for line in told.splitlines() if f"「{name}」" in line)
    facts = {
        "单位": "单位名称",
        "编码": "项目编码",
        "项目名称": "项目名称",
        "预算数": "项目金额（万元）",
        "绩效目标": "绩效目标",
    }
    for fact, column in facts.items():
        assert f"{fact}取自表格中「{column}」列第{row}行" in line
    assert f"指标取自表格中第 {row} 至 {row} 行" in line


def test_every_fact_of_a_departments_form(tmp_path: Path) -> None:
    told = sources(read(DEPARTMENT, "整体.csv", tmp_path))
    assert "单位：榕口县民政局（取自部门整体绩效目标表）" in told
    assert "没有写明，请补填" not in told
    assert "单位取自表格中第2行「部门名称」" in told
    assert "总体目标取自表格中第3行「年度总体目标」" in told
    assert "任务取自表格中第5行、表格中第6行" in told


@pytest.mark.parametrize(("text", "name"), [(FORM, "申报表.csv"), (LIST, "清单.tsv"), (DEPARTMENT, "整体.csv")])
def test_no_place_is_named_where_nothing_was_read(text: str, name: str, tmp_path: Path) -> None:
    told = sources(read(text, name, tmp_path))
    assert "取自「一、总体绩效目标」" not in told
    assert "项目名称取自标题行" not in told


@pytest.mark.parametrize(
    "signatures",
    [
        "填报人：陈某,,,联系电话：0591-0000000,",
        "审核人：陈某,,填报人：林某,,填报日期：2025年10月8日",
        "单位负责人：陈某,财务负责人：林某,经办人：郑某,,",
    ],
)
def test_a_row_of_signatures_below_the_indicators_is_none_of_them(signatures: str, tmp_path: Path) -> None:
    document = read(f"{FORM}{signatures}\n", "申报表.csv", tmp_path).draft.document
    (project,) = document.projects
    assert [row.name for row in project.indicators] == ["加固水库座数", "受益人口"]
    for words in filter(None, signatures.split(",")):
        assert any(words in text for text in document.unplaced)
