"""绩效运行监控 and 绩效自评 of the open draft: their page, and their files."""
