"""One open draft: its edits, undo, what is looked for in it, and the comments of reviewers."""
