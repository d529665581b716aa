"""What counts as a slip of the pen in a text, and what is meant."""

import pytest

from models.checks.engine import Checker
from models.document.tree import GoalDocument, Items, Measure, Project

_CHECKER = Checker()


def rules_on(text: str) -> dict[str, str]:
    """The rules that speak of a measure's text, each with the words it names."""
    document = GoalDocument(
        year=2026,
        safeguards=Items(items=(Measure("m", heading="加强管理。", run_in=True, text=text),)),
        projects=(Project("p"),),
    )
    return {
        problem.rule: problem.excerpt for problem in _CHECKER.check(document) if problem.path == "safeguards[m].text"
    }


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("typo", "严格执行遇算管理办法，按月核对进度。", "遇算"),
        ("typo", "及时拔付项目资金，按月核对进度。", "拔付"),
        ("typo", "强化积效管理意识，按月核对进度。", "积效管理"),
        ("typo", "完善基础设失建设，按月核对进度。", "基础设失"),
        ("typo", "做到有张可循，按月核对进度。", "有张可循"),
        ("typo", "负责统计数据的手机、整理和上报。", "数据的手机"),
        ("typo", "建立资产台帐，按月核对进度。", "台帐"),
        ("doubled-word", "组织资产清查和资产清查，按月核对。", "资产清查和资产清查"),
        ("doubled-word", "按规定的的时间核对资产。", "的的"),
        ("halfwidth-punct", "按月核对进度(含合同)，按季通报。", "按月核对进度(含合同)，按"),
        ("spacing", "按月核对进度。 按季通报情况。", "月核对进度。 按季通报情况"),
        ("sum-mismatch", "全年培训24场，分别为春季8场、夏季10场、秋季5场。", "24场，分别为春季8场、夏季10场、秋季5场"),
        ("sum-mismatch", "水费3.2万元、电费4.5万元，合计7.9万元。", "合计7.9万元"),
    ],
)
def test_a_slip_is_found(rule: str, text: str, words: str) -> None:
    assert rules_on(text).get(rule) == words


@pytest.mark.parametrize(
    "text",
    [
        "一项一项落到实处，件件有着落、个个有回音、事事见成效。",
        "制定资金管理管理办法，逐条逐项落实，常常督促、天天过问。",
        "定期不定期开展检查，和谐和睦相处，的的确确取得实效。",
        "参与算法研究，等于算了一笔明白账，工程竣工程序齐全。",
        "依托A,B两个站点，每月5日前核对用款计划，偏差不超过1.5个百分点。",
        "购置PM2.5(微型)监测仪2台，费用3.2万元、电费4.5万元，合计7.7万元。",
        "全年检查企业120家，其中危化企业10家、商贸企业20家。",
        "全年培训24场，其中春季8场、夏季10场、秋季6场。",
        "企业和企业之间结对互助，村与村之间互相检查。",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert rules_on(text) == {}
