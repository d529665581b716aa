"""Reads Excel files (.xlsx): the form's own sheets as a reader sees them, and indicator lists with their parts in columns."""

from importers.excel.excel_reader import ExcelReading, join, read_excel, read_sheets

__all__ = ["ExcelReading", "join", "read_excel", "read_sheets"]
