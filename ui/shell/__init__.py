"""The window itself: its frame, menus and panels, and what the features see of it."""
