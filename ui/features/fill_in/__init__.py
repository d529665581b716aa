"""填报模板: workbooks for colleagues to fill in."""
