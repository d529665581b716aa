"""Finished pages: every line broken and placed, for painters (PDF, print, preview) that only draw.

All lengths are points (1/72 inch). The origin is the paper's upper left corner, y grows downwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

FontRole = Literal["body", "heading", "subheading", "title", "number", "latin"]
"""A field of `models.template.FontScheme`: the scheme says which family it is."""


class Run(NamedTuple):
    """Words in one font. `x`: where the first character begins. `spacing`: added after every character of the run, as
    justified lines need it. `width`: of the whole run, spacing included. `path`: the field the words belong to."""

    x: float
    text: str
    font: FontRole
    size: float
    spacing: float
    width: float
    path: str | None


class PlacedLine(NamedTuple):
    """One line of text, or the empty place of one. `left` … `right`: the room it was broken for.

    `path`: the field of the line's first word, also where there are no words. `block`: which of the blocks given to
