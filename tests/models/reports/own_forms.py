"""Forms of 自评 and 监控 of a unit's own, as they lie in the data folder; their labels are words that no list of labels knows."""

from pathlib import Path

TOWN = """
id = "town-yearbook"
kind = "自评"
name = "云泽县年终对账表"
title = "年终对账表"
line = "（{year}年度）"
[[tables]]
columns = [1600, 2600, 2000, 1600, 1600, 2400, 2956]
[[tables.rows]]
cells = [{ label = "办什么事" }, { field = "project.name", columns = 3 }, { label = "谁来办" }, { field = "project.details.lead", columns = 2 }]
[[tables.rows]]
cells = [
  { label = "哪个单位" }, { field = "project.details.implementing_unit", columns = 3 },
  { label = "归谁管" }, { field = "project.details.department", columns = 2 },
]
[[tables.rows]]
cells = [
  { label = "花的钱（{project.amount_unit}）", rows = "each" }, { label = "哪来的" }, { label = "年初给的" }, { label = "后来给的" },
  { label = "花掉的" }, { label = "占比" }, { label = "多少分，得几分" },
]
[[tables.rows]]
each = "funds"
cells = [
  { field = "fund.name" }, { field = "fund.year_start" }, { field = "fund.full_year" }, { field = "fund.executed" },
  { field = "fund.rate" }, { field = "fund.score" },
]
[[tables.rows]]
cells = [{ label = "想办到" }, { field = "project.goals", columns = 6, align = "text" }]
[[tables.rows]]
cells = [{ label = "办到了" }, { field = "result.actual_goals", columns = 6, align = "text" }]
[[tables.rows]]
cells = [
  { label = "大类" }, { label = "小类" }, { label = "看什么" }, { label = "要求" }, { label = "办成" }, { label = "分和得分" },
  { label = "没办成的缘由" },
]
[[tables.rows]]
each = "indicators"
cells = [
  { field = "row.tier1", merge = true }, { field = "row.tier2", merge = true }, { field = "row.name" }, { field = "row.value" },
  { field = "one.actual" }, { field = "one.score" }, { field = "one.remark", align = "text" },
]
[[tables.rows]]
cells = [{ label = "合起来" }, { field = "result.total", columns = 6 }]
[[tables.rows]]
optional = true
cells = [{ label = "几等" }, { field = "grade", columns = 6 }]
[[tables.rows]]
optional = true
cells = [{ label = "一句话" }, { field = "result.conclusion", columns = 6, align = "text" }]
"""
MIDYEAR = """
id = "town-midyear"
kind = "监控"
name = "云泽县年中看看表"
title = "年中看看"
line = "（{year}年度，截至{as_of}）"
[[tables]]
columns = [3000, 2000, 2000, 2000, 5756]
[[tables.rows]]
cells = [{ label = "办什么事" }, { field = "project.name", columns = 4 }]
[[tables.rows]]
cells = [{ label = "看什么" }, { label = "要求" }, { label = "到哪了" }, { label = "年底能到" }, { label = "卡在哪" }]
[[tables.rows]]
each = "indicators"
cells = [{ field = "row.name" }, { field = "row.value" }, { field = "one.actual" }, { field = "one.expected" }, { field = "one.causes" }]
[[tables.rows]]
optional = true
cells = [{ label = "办到了" }, { field = "result.actual_goals", columns = 4, align = "text" }]
"""


def installed(folder: Path, *texts: str) -> Path:
    """The folder of the user's own forms, with these in it."""
    for text in texts or (TOWN, MIDYEAR):
        form_id = text.split('"')[1]
        (folder / form_id).mkdir(parents=True, exist_ok=True)
        (folder / form_id / "form.toml").write_text(text, encoding="utf-8")
    return folder
