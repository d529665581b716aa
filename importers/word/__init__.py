"""Reads Word files (.docx) by the elements they hold: paragraphs and tables as a reader of the page sees them."""

from importers.word.word_reader import read_word

__all__ = ["read_word"]
