"""A form of a county's own, as a user keeps it in the data folder: one table a project, rows of three columns."""

COUNTY = """
id = "county-2026"
kind = "project"
name = "青禾县项目绩效表"
document_name = "项目绩效表"
title = "项目绩效表"
[[tables]]
columns = [2000, 2444, 2000, 2400]
[[tables.rows]]
cells = [{ label = "项目" }, { field = "name" }, { label = "负责人" }, { field = "details.lead" }]
[[tables.rows]]
cells = [{ label = "指标" }, { label = "要求" }, { label = "依据", columns = 2 }]
[[tables.rows]]
each = "indicators"
cells = [{ field = "name" }, { field = "value" }, { field = "basis", columns = 2 }]
"""
