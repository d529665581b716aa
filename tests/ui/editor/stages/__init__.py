"""Of the page of 监控 and 自评."""
