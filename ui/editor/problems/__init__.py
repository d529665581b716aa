"""The problems of the open draft: found while one types, marked, listed."""
