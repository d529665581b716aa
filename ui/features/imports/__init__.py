"""Texts brought in from files and the clipboard."""
