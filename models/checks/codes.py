"""Rules on project codes, names, years and document numbers."""
