"""Draws 监控 and 自评: blocks, files, the overview of a department."""
