"""The year after the text: the page of 绩效运行监控 and 绩效自评."""
