"""A small text without a fault: what each rule's example changes, and what a rule must stay silent on."""

from models.document.template import load_template
from models.document.tree import GoalDocument, Headings, Indicator, Items, Measure, Project, SubGoal, Unit

_LABELS = load_template().labels
_UNIT = Unit("901001", "云泽县农业技术推广中心")


def _rows() -> tuple[Indicator, ...]:
    """One row of each tier; the id says which."""
    rows = (
        ("quantity", "产出指标", "数量指标", "培训农户人次", "全年参加技术培训的农户累计人次", "≥1200人次", "年度培训计划"),
        ("quality", "产出指标", "质量指标", "培训考核合格率", "考核合格人次占参训人次的比例", "≥95%", "年度培训计划"),
        ("time", "产出指标", "时效指标", "培训任务完成时间", "全部培训班结束的日期", "2026年11月底前", "年度培训计划"),
        ("cost", "产出指标", "成本指标", "培训总成本", "举办全部培训班的费用", "≤60万元", "培训费管理办法"),
        ("benefit", "效益指标", "社会效益指标", "新技术推广面积", "参训农户应用新技术的耕地", "≥3000亩", "农业发展规划"),
        ("satisfaction", "满意度指标", "服务对象满意度指标", "参训农户满意度", "对培训表示满意的农户占被调查农户的比例", "≥92%", "问卷调查"),
    )  # fmt: skip
    return tuple(Indicator(*row) for row in rows)


EXAMPLE = GoalDocument(
    year=2026,
    unit=_UNIT,
    headings=Headings(
        _LABELS.part_one,
        _LABELS.part_one_name,
        _LABELS.overall_goal,
        _LABELS.sub_goals,
        _LABELS.safeguards,
        _LABELS.part_two,
        _LABELS.part_two_name,
    ),
    overall_goal="2026年，推广小麦节水新技术3000亩，培训农户1200人次，带动参训农户亩均节水20立方米。",
    sub_goals=Items(
        items=(
            SubGoal(
                "s1",
                heading="农业技术培训",
                goal="面向种粮大户和家庭农场开展节水技术培训，提高农户科学种田水平。",
                indicator="培训农户1200人次以上；培训考核合格率达到95%以上。",
            ),
            SubGoal(
                "s2",
                heading="示范田建设",
                goal="建成小麦节水示范田，形成可以照着做的种植规程。",
                indicator="建设示范田6处；示范田验收合格率达到100%。",
            ),
        )
    ),
    safeguards=Items(
        items=(
            Measure("m1", heading="加强组织领导。", run_in=True, text="成立工作专班，明确责任分工，每季度调度一次进展。"),
            Measure("m2", heading="强化资金监管。", run_in=True, text="严格执行财务制度，按进度拨付资金，接受审计监督。"),
        )
    ),
    projects=(
        Project(
            "p1",
            unit=_UNIT,
            code="13992126P00012310001T",
            name="农业技术培训项目",
            budget="60.00",
            fiscal_funds="50.00",
            other_funds="10.00",
            fund_use="用于聘请授课专家、编印培训教材、租用教学场地等支出，项目预算数为60万元。",
            spending_plan=("20%", "45%", "80%", "100%"),
            goals=("全年培训农户1200人次，培训考核合格率达到95%以上。", "推广节水新技术3000亩。"),
            indicators=_rows(),
        ),
        Project(
            "p2",
            unit=_UNIT,
            code="13992126P00012410001G",
            name="小麦节水示范田建设项目",
            budget="36.50",
            fiscal_funds="36.50",
            fund_use="用于购置滴灌设备和铺设输水管道。",
            spending_plan=("10%", "50%", "90%", "100%"),
            goals=("建成小麦节水示范田6处，示范田验收合格率达到100%。",),
            indicators=(
                Indicator("i1", "产出指标", "数量指标", "示范田建设数量", "建成并挂牌的示范田处数", "6处", "年度建设方案"),
                Indicator("i2", "产出指标", "质量指标", "示范田验收合格率", "验收合格的示范田占全部示范田的比例", "100%", "年度建设方案"),
                Indicator("i3", "产出指标", "时效指标", "示范田建成时间", "全部示范田完工的日期", "2026年9月底前", "年度建设方案"),
                Indicator("i4", "产出指标", "成本指标", "示范田建设成本", "设备购置和管道铺设费用", "≤36.5万元", "设备询价结果"),
                Indicator("i5", "效益指标", "生态效益指标", "亩均节水量", "示范田比普通农田每亩少用的水量", "≥20立方米", "行业标准"),
                Indicator("i6", "满意度指标", "服务对象满意度指标", "示范农户满意度", "表示满意的示范农户占被调查农户的比例", "≥90%", "问卷调查"),
            ),
        ),
    ),
)  # fmt: skip
"""Fictional throughout; every rule is silent on it."""
