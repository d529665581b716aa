"""What stands to the right of the form, one panel a module."""
