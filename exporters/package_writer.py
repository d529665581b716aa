"""Writes a draft, and its named versions where they are wanted, as a package file with checksums."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Collection, Sequence
from typing import Any

from exporters.json_writer import write_package
from exporters.opc import DatedZip
from models.document.tree import Draft
from models.errors import UserError
from models.exchange.package_contents import (
    DRAFT,
    FORMAT,
    MANIFEST,
    MAX_ALL_PARTS,
    MAX_UNPACKED,
    MAX_VERSIONS,
    RATIO,
    SMALL,
    NamedVersion,
    count_parts,
    version_member,
)


def write_jxmb(draft: Draft, versions: Sequence[NamedVersion] = (), made: str = "") -> bytes:
    """The package; `made`: when, UTC and ISO, "" leaves it out. Equal arguments give equal bytes.

    UserError where the versions are more than a package may hold: without them the draft always fits.
    """
    members = {DRAFT: write_package(draft)}
    members |= {version_member(number): write_package(one.draft) for number, one in enumerate(versions, 1)}
    if len(versions) > MAX_VERSIONS or (versions and _is_too_much(members.values())):
        raise UserError(f"命名版本太多（{len(versions)} 个），一个数据包放不下，请不带版本再导出一次。")
    manifest = _manifest(draft, versions, made, members)
    target = io.BytesIO()
    with DatedZip(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in ({MANIFEST: manifest} | members).items():
            package.writestr(name, data, _compression(data))
    return target.getvalue()


def _is_too_much(members: Collection[bytes]) -> bool:
    return sum(map(len, members)) > MAX_UNPACKED or sum(map(count_parts, members)) > MAX_ALL_PARTS


def _compression(data: bytes) -> int:
    """What packs as well as a bomb would be refused as one: that is stored as it is."""
    if len(data) > SMALL and len(zlib.compress(data)) * RATIO * 0.9 < len(data):
        return zipfile.ZIP_STORED
    return zipfile.ZIP_DEFLATED


def _manifest(draft: Draft, versions: Sequence[NamedVersion], made: str, members: dict[str, bytes]) -> bytes:
    document = draft.document
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "program": _program(),
        "made": made,
        "year": document.year,
        "unit": {"code": document.unit.code, "name": document.unit.name},
        "projects": len(document.projects),
        "members": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in members.items()
        },
        "versions": [
            {"member": version_member(number), "made": one.made, "name": one.name}
            for number, one in enumerate(versions, 1)
        ],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode(errors="ignore")


def _program() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("goalform")
    except PackageNotFoundError:
        return ""
