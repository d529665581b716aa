"""What the window can do besides editing: one capability a folder, each with its controller."""
