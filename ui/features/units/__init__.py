"""Units and their department."""
