"""审核意见: the comments of reviewers."""
