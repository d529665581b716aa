"""The draft that tests/data/store/v1.db holds, written by the program's first version; its unit is fictional.

The file is never made anew: it stands for what is on people's disks. (Its pages were made smaller, to keep it small here.)
"""

from models.document.tree import (
    Draft,
    GoalDocument,
    Headings,
    IgnoredProblem,
    Indicator,
    Items,
    Measure,
    Project,
    Provenance,
    Remark,
    Settings,
    SubGoal,
    Unit,
)

UNIT = Unit("806001", "青禾县文化服务中心")

DRAFT = Draft(
    GoalDocument(
        template="hebei-2022",
        year=2026,
        unit=UNIT,
        title="2026年部门整体绩效目标",
        headings=Headings(part_one="第一部分", overall_goal="一、总体绩效目标", part_two=""),
        overall_goal="2026年全年举办公益演出30场。\n新增𠮷字号读物😀。",
        sub_goals=Items(
            "引言",
            "（{cn}）",
            (SubGoal("s1", "(一) ", "公益演出。", True, "按月安排。", "", "演出30场"), SubGoal("s2")),
        ),
        safeguards=Items("", "{n}、", (Measure("m1", None, "制度建设：", True, "完善制度。\n①修订。"),)),
        projects=(
            Project(
                *(
                    "p1",
                    UNIT,
                    "万元",
                    "13020925P000653100010",
                    "公益演出经费",
                    "165.00",
                    "160.00",
                    "5.00",
                    "演出\n宣传",
                ),
                spending_plan=("10%", "30%", "", "100%"),
                goals_numbering="{n}、",
                goals=("完成演出", "完成宣传\n含线上"),
                indicators=(
                    Indicator("i1", "产出指标", "数量指标", "演出场次", "全年演出场次", "≥30场", "年初工作计划", "10"),
                    Indicator("i2", "满意度指标", "服务对象满意度指标", "观众满意度", "", "≥90百分比"),
                ),
            ),
        ),
        unplaced=("联系人：甲", ""),
    ),
    Settings("2021", "windows", cover=False, contents=True, new_page_per_project=False),
    "定稿",
    (IgnoredProblem("year", "overall_goal", "2026", "无误"),),
    (Remark("r1", "projects[p1].budget", "财政局", "请核对", "已核对", done=True),),
    Provenance("2025年草稿", ("overall_goal",), ("甲.json",)),
)
