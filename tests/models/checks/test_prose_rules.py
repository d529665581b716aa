"""What the rules on structure, goals and uses say of real ways to write, and what they leave alone."""

from dataclasses import replace

import pytest

from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.document.tree import Items, Measure

# Each is how a careful clerk writes; no rule at all may speak of a use or a goal.
CAREFUL = [
    ("公办养老院运营补助", "用于支付护理人员工资、老人伙食补贴和设施维护费用。", "护理人员持证上岗率达到100%。"),
    ("城区道路养护项目", "用于沥青路面修补、井盖维修等道路养护支出。", "完成路面修补1.2万平方米，更换井盖85座。"),
    ("中小学校舍维修专项资金", "保障校舍安全，用于屋面防水和外墙加固。", "维修校舍12所，工程质量验收合格率达到100%。"),
    ("人居环境整治项目", "用于垃圾清运、污水管网铺设和道路硬化。", "完成15个村庄垃圾清运，铺设管网3.2公里。"),
    ("文化惠民演出项目", "用于购买送戏下乡演出服务，演出场次120场。", "送戏下乡120场，观众满意度90%以上。"),
    ("安全生产监管经费", "用于聘请专家开展隐患排查、购置执法装备。", "检查企业300家次，杜绝较大以上事故。"),
    ("招商引资工作经费", "用于外出招商差旅费和推介会场地租赁。", "争取上级资金500万元，新签约项目6个。"),
    ("征兵工作经费", "体检政审、宣传动员、新兵运输。", "完成年度征兵任务，大学生征集比例达到80%。"),
    ("岗位补贴", "为215名公益性岗位人员发放岗位补贴，每人每月600元。", "发放岗位补贴215人，发放及时率100%。"),
]


def rules_for(**fields: object) -> set[str]:
    project = replace(EXAMPLE.projects[0], **fields)  # type: ignore[arg-type]  # fields are named by the tests
    found = Checker().check(replace(EXAMPLE, projects=(project,)))
    return {p.rule for p in found if p.path.startswith(("projects[p1].goals", "projects[p1].fund_use"))}


@pytest.mark.parametrize(("name", "use", "goal"), CAREFUL)
def test_a_careful_clerk_is_left_alone(name: str, use: str, goal: str) -> None:
    # Without the indicators of another project, which cover nothing of this one.
    assert rules_for(name=name, fund_use=use, goals=(goal,), indicators=()) == set()


@pytest.mark.parametrize(
    ("goal", "rule"),
    [
        ("完成年度各项工作任务。", "goal-empty"),
        ("确保项目顺利实施。", "goal-empty"),
        ("按时完成上级交办的各项任务", "goal-empty"),
        ("全面完成农业技术培训项目。", "goal-empty"),
        ("到2029年培训农户6000人次，培训有效率达到95%。", "goal-is-long-term"),
        ("农田灌溉设施的维护情况。", "goal-not-a-goal"),
        ("负责农业技术推广工作。", "goal-not-a-goal"),
        ("聘请授课专家所需的各项费用", "goal-not-a-goal"),
        ("提高农户科学种田水平。", "goal-not-quantified"),
        ("培训农户1200人次，发放教材、工具等。", "vague-goal"),
        ("大幅增加培训场次，达到12场。", "vague-word"),
        ("完成第×批培训，培训**人次。", "placeholder-left"),
        ("绩效目标：培训农户1200人次。", "label-left"),
    ],
)
def test_a_goal_that_would_come_back(goal: str, rule: str) -> None:
    assert rules_for(goals=(goal,)) == {rule}


@pytest.mark.parametrize(
    ("use", "rule"),
    [
        ("提高农户科学种田水平", "purpose-not-use"),
        ("负责全县农业技术推广和植物保护工作", "purpose-not-use"),
        ("农业技术培训项目", "purpose-repeats-name"),
        ("农业技术培训经费", "purpose-repeats-name"),
        ("日常开支", "purpose-too-short"),
        ("", "purpose-too-short"),
        ("用于招商引资、接待客商的差旅支出", "purpose-name-mismatch"),
    ],
)
def test_a_use_that_would_come_back(use: str, rule: str) -> None:
    assert rules_for(fund_use=use) == {rule}


def measure_rules(*texts: str) -> set[str]:
    measures = tuple(Measure(f"m{n}", heading=f"措施{n}。", run_in=True, text=text) for n, text in enumerate(texts))
    found = Checker().check(replace(EXAMPLE, safeguards=Items(items=measures)))
    return {problem.rule for problem in found if problem.path.endswith(".text")}


@pytest.mark.parametrize(
    "text",
    [
        "一是签约项目促开工。逐个调度前期手续。二是续建项目促投产。每月调度一次。",
        "坚持过程控制和节点问效。考核周期系统化，按月、按季、按年考核。",
        "1、抓进度。逐项目分包到人。2、抓签约。专人专班跟进。",
        "①建立台账；②明确责任；③按月通报。",
        "落实“三重一大”集体决策，重大支出经局党组研究。",
    ],
)
def test_a_measure_with_points_of_its_own_is_one_measure(text: str) -> None:
    assert measure_rules(text) == set()


def test_two_measures_in_one_are_told_apart() -> None:
    assert measure_rules("按月调度。加强绩效运行监控。按要求开展绩效运行监控，发现问题及时纠正。") == {"merged-items"}
    assert measure_rules("明确责任到人，按月调度。（三）规范采购。严格执行采购程序。") == {"merged-items"}
    assert measure_rules("一、明确责任。按月调度。二、规范采购。") == {"nested-heading"}


@pytest.mark.parametrize(
    ("numbering", "rules"),
    [
        ("（{cn}）", set()),
        ("（{cn}）、", {"numbering-punct"}),
        ("({cn})、", {"numbering-punct"}),
        ("{n}、", {"numbering-style"}),
        ("({cn}) ", {"numbering-style"}),
    ],
)
def test_a_sections_numbering(numbering: str, rules: set[str]) -> None:
    document = replace(EXAMPLE, safeguards=replace(EXAMPLE.safeguards, numbering=numbering))
    found = Checker().check(document)
    assert {problem.rule for problem in found} == rules
    for problem in found:
        assert problem.fix
        assert Checker().check(problem.fix.apply(document)) == ()
