"""Rows as clerks write them: what is said of each, and which ones are left alone."""

import pytest

from tests.models.checks.rows import problems_on, rules_on

RIGHT = [
    ("数量", "道路修缮面积", "≥3600平方米"),
    ("数量", "更换输水管道长度", "≥6.4公里"),
    ("数量", "新建泵房数量", "1座"),
    ("数量", "培训农户人次", "≥1440人次"),
    ("数量", "病虫情报发布期数", "≥18期"),
    ("数量", "给排水数量", "≥2340米"),
    ("数量", "安全检查企业家次", "≥120家次"),
    ("数量", "窗口开放天数", "≥248天"),
    ("数量", "护林员聘用人数", "46人"),
    ("数量", "购置办公设备数量", "≥12台（套）"),
    ("数量", "档案数字化数量", "≥5000卷"),
    ("数量", "会议次数", "≤6次"),
    ("数量", "公务用车保有量", "≤4辆"),
    ("质量", "重大安全事故发生次数", "0次"),
    ("质量", "系统故障率", "≤2%"),
    ("质量", "设计变更率", "≤5%"),
    ("质量", "竣工验收合格率", "100百分比"),
    ("质量", "空气质量等级", "二级以上"),
    ("质量", "经费支出合规性", "符合财务制度规定"),
    ("质量", "公文差错率", "≤1%"),
    ("时效", "工程完工时间", "2026年9月30日前"),
    ("时效", "故障响应时间", "≤30分钟"),
    ("时效", "工程建设周期", "≤8个月"),
    ("时效", "补贴发放频次", "1次/月"),
    ("时效", "资金拨付及时率", "≥98%"),
    ("时效", "服务期限", "全年"),
    ("时效", "项目实施期", "2026.03-2026.11"),
    ("成本", "项目总成本", "≤128万元"),
    ("成本", "亩均补助标准", "180元/亩"),
    ("成本", "苗木单价", "≤28.40元/株"),
    ("成本", "成本控制率", "≤100%"),
    ("成本", "每家卫生院补助金额", "≤8.4万元/家"),
    ("成本", "节约采购资金", "≥6万元"),
    ("成本", "政府采购节支率", "≥3%"),
    ("经济效益", "营业收入增长率", "≥120%"),
    ("经济效益", "签约项目协议投资额", "≥12亿元"),
    ("经济效益", "年节约运行费用", "≥6万元"),
    ("社会效益", "带动就业人数", "≥85人"),
    ("社会效益", "信访案件办结率", "≥95%"),
    ("社会效益", "较大及以上安全事故发生次数", "0起"),
    ("社会效益", "群众投诉件数", "≤5件"),
    ("社会效益", "安全事故起数下降率", "≥10%"),
    ("社会效益", "营商环境评价名次提升位次", "≥2位"),
    ("生态效益", "污水集中处理率", "≥95%"),
    ("生态效益", "污染物排放量", "≤12吨"),
    ("生态效益", "大气环境质量改善", "≥10百分比"),
    ("生态效益", "建设项目环评执行率", "100%"),
    ("可持续影响", "管网设计使用年限", "≥20年"),
    ("可持续影响", "数据连续积累时间", "≥12个月"),
    ("可持续影响", "管护机制健全性", "管护制度已印发并落实到人，等级为优"),
    ("服务对象满意度", "受益农户满意度", "≥92%"),
    ("服务对象满意度", "服务对象满意度", "不低于90%"),
]

WRONG = [
    ("wrong-tier", "数量", "工程验收合格率", "100%"),
    ("wrong-tier", "数量", "参训人员满意度", "≥90%"),
    ("wrong-tier", "质量", "举办培训班次数", "≥12次"),
    ("wrong-tier", "质量", "项目总成本", "≤20万元"),
    ("wrong-tier", "时效", "受益人数", "≥300人"),
    ("wrong-tier", "成本", "预算执行率", "≥95%"),
    ("wrong-tier", "成本", "设备购置数量", "≥3台"),
    ("wrong-tier", "经济效益", "工程完成率", "100%"),
    ("wrong-tier", "经济效益", "项目总成本", "≤20万元"),
    ("wrong-tier", "社会效益", "资金支付进度", "100%"),
    ("wrong-tier", "社会效益", "路灯安装完成率", "100%"),
    ("wrong-tier", "可持续影响", "生态环境质量", "≥90%"),
    ("wrong-tier", "生态效益", "企业税收收入", "≥800万元"),
    ("wrong-tier", "服务对象满意度", "设备验收合格率", "100%"),
    ("filler-row", "可持续影响", "不涉及", "—"),
    ("filler-row", "生态效益", "生态改善情况", "无"),
    ("two-in-one", "质量", "设备完好率和使用率", "≥95%"),
    ("two-in-one", "数量", "培训场次", "12场，600人"),
    ("name-equals-tier", "社会效益", "社会效益指标", "≥90%"),
    ("name-equals-tier", "数量", "数量", "≥9个"),
    ("name-is-sentence", "社会效益", "切实增强群众安全感", "≥95%"),
    ("name-is-sentence", "社会效益", "让群众喝上干净水，用上放心电", "≥95%"),
    ("unit-in-name", "质量", "设备完好率（%）", "≥95%"),
    ("name-desc-mismatch", "数量", "绿化养护面积", "≥3万平方米"),
    ("vague-indicator", "社会效益", "城市形象", "≥90%"),
    ("vague-indicator", "社会效益", "干部综合素质", "≥90%"),
    ("value-missing", "数量", "培训场次", ""),
    ("value-missing", "数量", "培训场次", "≥场"),
    ("value-missing", "数量", "培训场次", "场"),
    ("value-missing", "数量", "设备购置数量", "≥ 台（套）"),
    ("value-missing", "质量", "考核合格率", "≥%"),
    ("value-missing", "时效", "采购完成时间", "月底前"),
    ("value-unrelated", "社会效益", "城市形象", "叫响运动休闲招牌"),
    ("value-unrelated", "质量", "考核合格率", "2026年12月底前"),
    ("vague-value", "社会效益", "居民生活水平", "明显提高"),
    ("vague-value", "数量", "培养技术骨干人数", "培养一批技术骨干"),
    ("ambiguous-value", "时效", "采购完成时间", "≤6月"),
    ("approximate-number", "数量", "服务企业数量", "100家左右"),
    ("wrong-direction", "数量", "清扫保洁面积", "≤30万平方米"),
    ("wrong-direction", "质量", "考核合格率", "≤95%"),
    ("wrong-direction", "质量", "系统故障率", "≥2%"),
    ("wrong-direction", "社会效益", "矛盾纠纷复发率", "≥2%"),
    ("wrong-direction", "时效", "故障响应时间", "≥30分钟"),
    ("wrong-direction", "时效", "预警信息推送时限", "≥15分钟"),
    ("wrong-direction", "成本", "项目总成本", "≥128万元"),
    ("wrong-direction", "成本", "每场演出补贴", "≥6000元/场"),
    ("wrong-direction", "社会效益", "安全事故发生次数", "≥1起"),
    ("wrong-direction", "服务对象满意度", "群众满意度", "≤90%"),
    ("direction-unclear", "生态效益", "施工对周边环境的影响", "≤20%"),
    ("over-100", "质量", "检查覆盖率", "≥105%"),
    ("unit-missing", "数量", "培训场次", "≥24"),
    ("unit-missing", "质量", "考核合格率", "≥95"),
    ("unit-mismatch", "数量", "道路修缮面积", "≥3600米"),
    ("unit-mismatch", "数量", "道路硬化里程", "≥12亩"),
    ("unit-mismatch", "数量", "参训人数", "≥600场"),
    ("unit-mismatch", "数量", "检修设备台数", "≥12公里"),
    ("unit-mismatch", "数量", "检查次数", "≥12次数"),
    ("unit-mismatch", "经济效益", "签约金额（万元）", "≥3亿元"),
    ("name-value-mismatch", "质量", "考核合格率", "≥95人"),
    ("name-value-mismatch", "数量", "新建站点数量", "≥95%"),
    ("name-value-mismatch", "经济效益", "营业收入", "≥15%"),
    ("name-value-mismatch", "时效", "工程完工时间", "≥95%"),
    ("cost-not-amount", "成本", "运行成本", "控制在预算范围内"),
    ("cost-not-amount", "成本", "运行成本", "≥95%"),
    ("time-not-dated", "时效", "工程完工时间", "按计划完成"),
    ("satisfaction-not-percent", "服务对象满意度", "群众满意度", "非常满意"),
    ("satisfaction-low", "服务对象满意度", "群众满意度", "≥65%"),
    ("satisfaction-100", "服务对象满意度", "群众满意度", "100%"),
    ("low-pass-rate", "质量", "工程验收合格率", "≥95%"),
    ("qualitative-ungraded", "社会效益", "村容村貌", "村容村貌干净整洁"),
]


@pytest.mark.parametrize(("tier", "name", "value"), RIGHT)
def test_a_sound_row_is_left_alone(tier: str, name: str, value: str) -> None:
    assert rules_on(tier, name, value) == set()


@pytest.mark.parametrize(("rule", "tier", "name", "value"), WRONG)
def test_a_faulty_row_is_named(rule: str, tier: str, name: str, value: str) -> None:
    description = "参加培训的学员人数" if rule == "name-desc-mismatch" else None
    assert rule in rules_on(tier, name, value, description)


@pytest.mark.parametrize(
    ("tier", "name", "value", "right_tier"),
    [
        ("数量", "考核合格率", "≥95%", "质量指标"),
        ("质量", "培训农户人次", "≥1440人次", "数量指标"),
        ("社会效益", "设备购置费用", "≤60万元", "成本指标"),
        ("质量", "设备购置成本", "≤60万元", "成本指标"),
        ("可持续影响", "生态环境质量", "≥90%", "生态效益指标"),
        ("质量", "群众满意度", "≥90%", "服务对象满意度指标"),
    ],
)
def test_of_a_wrong_tier_the_right_one_is_named_and_offered(tier: str, name: str, value: str, right_tier: str) -> None:
    (problem,) = [problem for problem in problems_on(tier, name, value) if problem.rule == "wrong-tier"]
    assert right_tier in problem.message
    assert [choice.text for choice in problem.choices] == [right_tier]
    assert problem.fix is None


@pytest.mark.parametrize("basis", ["完成情况良好", "群众满意", "力争完成", "≥95%", "做好农户服务", "满足生产需要"])
def test_a_result_is_no_basis(basis: str) -> None:
    assert rules_on("数量", "培训场次", "≥24场", basis=basis) == {"basis-not-a-source"}


@pytest.mark.parametrize(
    "basis", ["问卷调查", "2026年预算测算", "行业标准", "设备维护合同", "用水计量记录", "满意度调查表"]
)
def test_a_source_is_one(basis: str) -> None:
    assert rules_on("数量", "培训场次", "≥24场", basis=basis) == set()
