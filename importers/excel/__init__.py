"""Reads Excel files (.xlsx): the form's own sheets as a reader sees them, and indicator lists with their parts in columns."""
