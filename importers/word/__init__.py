"""Reads Word files (.docx) by the elements they hold: paragraphs and tables as a reader of the page sees them."""
