"""Writes a whole draft as the JSON package that another copy of the program reads back."""

import json

from models.document.tree import Draft, is_of_first_format, plain

FORMATS = PLAIN, WITH_MORE = "goalform/1", "goalform/2"
"""A draft that uses nothing an earlier version of the program does not know is written as that one wrote it."""


def write_package(draft: Draft) -> bytes:
    """The draft as UTF-8 JSON, its keys the field names of `models.document.tree`; the same draft gives the same bytes."""
    package = {"format": PLAIN if is_of_first_format(draft) else WITH_MORE, **plain(draft)}
    # A lone surrogate has no UTF-8; it can only come from a program error, and must not cost the user the whole file.
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode(errors="ignore")
