"""The user's words for each field, and for the place a field path leads to: «项目 2 · 指标 5 · 指标值»."""

import re

from models.document import fieldpath
from models.document.tree import (
    FundResult,
    GoalDocument,
    Indicator,
    IndicatorResult,
    Measure,
    Project,
    ProjectResult,
    Report,
    SubGoal,
)

LABELS = {
    "year": "预算年度",
    "unit": "单位",
    "unit.code": "单位代码",
    "unit.name": "单位名称",
    "title": "标题",
    "headings": "标题行",
    "headings.part_one": "第一部分标题行",
    "headings.part_one_name": "第一部分名称行",
    "headings.overall_goal": "总体绩效目标标题行",
    "headings.sub_goals": "分项绩效目标标题行",
    "headings.safeguards": "工作保障措施标题行",
    "headings.part_two": "第二部分标题行",
    "headings.part_two_name": "第二部分名称行",
    "overall_goal": "总体绩效目标",
    "sub_goals": "分项绩效目标",
    "sub_goals.preface": "分项绩效目标引言",
    "sub_goals.numbering": "分项绩效目标编号样式",
    "safeguards": "工作保障措施",
    "safeguards.preface": "工作保障措施引言",
    "safeguards.numbering": "工作保障措施编号样式",
    "projects": "预算项目绩效目标",
    "unplaced": "未能归位的文字",
    "template": "表样",
    "settings": "设置",
    "state": "状态",
    "remarks": "审核意见",
    "reports": "监控和自评",
}
"""By whole path, for what stands once in a document."""

PRINT_CHOICES = {
    "cover": "打印封面",
    "contents": "打印目录",
    "new_page_per_project": "每个项目另起一页",
    "unit_headings": "在各单位项目前加单位标题",
}
"""The settings that are yes or no, by their names in `Settings`."""

PART_LABELS: dict[type, dict[str, str]] = {
    SubGoal: {
        "number": "编号",
        "heading": "标题",
        "text": "正文",
        "goal": "绩效目标",
        "indicator": "绩效指标",
        "run_in": "标题与正文同段",
    },
    Measure: {"number": "编号", "heading": "标题", "text": "正文", "run_in": "标题与正文同段"},
    Project: {
        "unit": "单位",
        "unit.code": "单位代码",
        "unit.name": "单位名称",
        "amount_unit": "金额单位",
        "code": "项目编码",
        "name": "项目名称",
        "budget": "预算数",
        "fiscal_funds": "财政资金",
        "other_funds": "其他资金",
        "fund_use": "资金用途",
        "spending_plan": "资金支出计划",
        "goals": "绩效目标",
        "goals_numbering": "绩效目标编号样式",
        "indicators": "绩效指标",
        "details": "其他表式的栏目",
        "details.department": "主管部门",
        "details.implementing_unit": "实施单位",
        "details.nature": "项目性质",
        "details.category": "项目类别",
        "details.starts": "开始时间",
        "details.ends": "完成时间",
        "details.carry_over": "上年结转",
        "details.whole_total": "项目资金总额",
        "details.whole_fiscal": "项目资金总额中的财政资金",
        "details.whole_other": "项目资金总额中的其他资金",
        "details.long_term_goal": "项目总体目标",
        "details.lead": "项目负责人",
        "details.contact": "联系电话",
        "details.basis_for_setting": "立项依据",
        "details.summary": "项目概况",
    },
    Indicator: {
        "tier1": "一级指标",
        "tier2": "二级指标",
        "name": "三级指标",
        "description": "绩效指标描述",
        "value": "指标值",
        "basis": "指标值确定依据",
        "weight": "权重",
        "scope": "指标期限",
    },
    Report: {
        "kind": "种类",
        "year": "年度",
        "as_of": "截至月份",
        "form": "表样",
        "state": "状态",
        "projects": "项目结果",
        "weights": "分值方案",
        "grades": "等级标准",
        "thresholds": "预警标准",
    },
    ProjectResult: {
        "funds": "资金执行情况",
        "actual_goals": "年度总体目标实际完成情况",
        "reason": "偏差原因分析",
        "conclusion": "自评结论",
        "problems": "存在问题",
        "improvements": "改进措施",
        "total": "总分",
        "indicators": "指标结果",
        "target": "目标",
    },
    FundResult: {
        "name": "资金名称",
        "year_start": "年初预算数",
        "full_year": "全年预算数",
        "executed": "全年执行数",
        "expected": "全年预计执行数",
        "rate": "执行率",
        "weight": "分值",
        "score": "得分",
    },
    IndicatorResult: {
        "actual": "实际完成值",
        "expected": "全年预计完成情况",
        "likelihood": "完成目标可能性",
        "causes": "偏差原因",
        "reason": "原因说明",
        "remark": "备注",
        "weight": "分值",
        "score": "得分",
        "target": "目标",
    },
}
"""By the kind of part and the path within it."""

PART_NAMES: dict[type, str] = {
    SubGoal: "分项目标",
    Measure: "保障措施",
    Project: "项目",
    Indicator: "指标",
    Report: "报告",
    ProjectResult: "项目",
    IndicatorResult: "指标",
    FundResult: "资金",
}

SCOPES = {"annual": "年度", "long_term": "实施期"}
"""What an indicator's scope is called."""

SCOPE_CHANGES = {"annual": "设为年度指标", "long_term": "设为实施期指标"}
"""What giving an indicator that scope is called."""

CHECKPOINTS = ("3月底", "6月底", "10月底", "12月底")

RESULT_TEXTS = ("actual_goals", "reason", "conclusion", "problems", "improvements")
ROW_RESULT_TEXTS = ("actual", "expected", "causes", "reason", "remark")
"""The fields of a report that may hold several paragraphs."""

_TEXT_FIELDS = frozenset(
    {
        "overall_goal",
        "unplaced[]",
        "sub_goals.preface",
        "safeguards.preface",
        *(f"sub_goals[].{name}" for name in ("text", "goal", "indicator")),
        "safeguards[].text",
        "projects[].fund_use",
        "projects[].goals[]",
        *(f"projects[].details.{name}" for name in ("long_term_goal", "basis_for_setting", "summary")),
        "remarks[].answer",
        *(f"projects[].indicators[].{name}" for name in ("name", "description", "value", "basis")),
        *(f"reports[].projects[].{name}" for name in RESULT_TEXTS),
        *(f"reports[].projects[].indicators[].{name}" for name in ROW_RESULT_TEXTS),
    }
)


def is_text(path: str) -> bool:
    """Whether the field may hold several paragraphs (one a line); every other field is one line."""
    return re.sub(r"\[[^\]]*\]", "[]", path) in _TEXT_FIELDS


def project_label(path: str) -> str:
    """The word for a field of a project, by its path within it: «预算数», «资金支出计划 3月底»."""
    name, _bracket, place = path.rstrip("]").partition("[")
    label = PART_LABELS[Project][name]
    return f"{label} {CHECKPOINTS[int(place)]}" if place else label


def where(document: GoalDocument, path: str) -> str:
    """The place in the user's words. Parts that are gone are named without their number."""
    words: list[str] = []
    value: object = document
    walked, tail = "", ""
    owner: type = GoalDocument
    for step in fieldpath.parse(path):
        if step.key:
            walked = f"{walked}[{step.key}]"
            number = _number(document, walked)
            try:
                value = fieldpath.get(document, walked)
            except fieldpath.PathError:
                return " · ".join([*words, PART_LABELS.get(owner, LABELS).get(tail, tail)])
            if type(value) in PART_NAMES:
                words.append(f"{PART_NAMES[type(value)]} {number}")
                owner, tail = type(value), ""
            else:
                name = CHECKPOINTS[number - 1] if tail == "spending_plan" else str(number)
                words.append(f"{PART_LABELS.get(owner, LABELS).get(tail, tail)} {name}")
                tail = ""
        else:
            walked = f"{walked}.{step.name}" if walked else step.name
            tail = f"{tail}.{step.name}" if tail else step.name
    if tail:
        words.append(PART_LABELS.get(owner, LABELS).get(tail, tail))
    return " · ".join(words)


def _number(document: GoalDocument, path: str) -> int:
    try:
        return fieldpath.index_of(document, path) + 1
    except fieldpath.PathError:
        return 0
