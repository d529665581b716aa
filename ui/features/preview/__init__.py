"""预览: the pages as they will be printed."""
