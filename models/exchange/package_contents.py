"""What a package file (数据包, `.jxmb`) holds: a zip of a manifest, one draft, and the versions of it that have a name.

manifest.json       format, program, made, unit, year, projects; for every other member its SHA-256 and its size;
                    for every version its member, date and name
draft.json          the draft in the JSON form `goalform/1`, or `goalform/2` where it says what that has no place for
versions/001.json   a version in the same form, the oldest first
"""

import re
from dataclasses import dataclass

from models.document.tree import Draft

SUFFIX = ".jxmb"
FORMAT = "jxmb/1"
MANIFEST = "manifest.json"
DRAFT = "draft.json"
MEMBER = re.compile(r"manifest\.json|draft\.json|versions/[0-9]{3}\.json")
"""The names a member may have. No other is ever looked at, so none can lead out of the package."""

MAX_VERSIONS = 300
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all members together."""
MAX_PARTS, MAX_ALL_PARTS = 2_000_000, 3_000_000
"""Lists, records and values of one draft, and of all of a package: read, they take more memory than their bytes say. A text of
2,000 projects × 20 indicators has 760,000."""
MAX_MANIFEST = 1024 * 1024
SMALL = 8 * 1024 * 1024
RATIO = 150
"""A member above SMALL bytes may shrink to this part of them by packing; the writer stores what would shrink more."""


def count_parts(data: bytes) -> int:
    """The lists, records and values of some JSON, or a few more."""
    return sum(map(data.count, (b"[", b"{", b",", b":")))


def version_member(number: int) -> str:
    """The name of a version, counted from 1."""
    return f"versions/{number:03}.json"


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """A version the user gave a name. `made`: UTC, ISO."""

    made: str
    name: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Package:
    """What was read: the draft, its versions with the oldest first, and when and by which program they were packed."""

    draft: Draft
    versions: tuple[NamedVersion, ...] = ()
    made: str = ""
    program: str = ""
