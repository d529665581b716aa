"""Reads a package file back, whole and checked; what is damaged, foreign, newer or hostile it refuses in one sentence."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from importers.json_reader import MAX_BYTES, read_package
from importers.zipped import ZIP_FAULTS
from models.document.cleaning import clean_line
from models.errors import UserError
from models.exchange.package_contents import (
    DRAFT,
    FORMAT,
    MANIFEST,
    MAX_ALL_PARTS,
    MAX_MANIFEST,
    MAX_UNPACKED,
    MAX_VERSIONS,
    MEMBER,
    RATIO,
    SMALL,
    NamedVersion,
    Package,
    count_parts,
)

_TAG = re.compile(r"jxmb/([0-9]{1,9})")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NESTED = (".zip", ".jxmb", ".docx", ".xlsx", ".7z", ".rar", ".gz")
_NOT_WHOLE = "不完整或已损坏（可能在传送中出错），没有读取，请让对方重新发送。"
_FOREIGN = "不是本程序的数据包（{what}），没有读取，请检查是否选错了文件。"


def read_jxmb(data: bytes, name: str) -> Package:
    """The draft of a package with its named versions. UserError, naming file `name`, where it is not exactly as written.

    Nothing is unpacked to the disk, and no member is looked at whose name is not one of the package's own.
    """
    reader = _Reader(data, name)
    manifest = reader.manifest()
    reader.check_parts()
    draft = read_package(reader.member(DRAFT, manifest), name)
    versions = []
    for entry in manifest["versions"]:
        words = clean_line(entry["name"])[0]
        version = read_package(reader.member(entry["member"], manifest), f"{name}（历史版本 {words[:40]}）")
        versions.append(NamedVersion(entry["made"], words, version))
    return Package(draft, tuple(versions), manifest["made"], manifest["program"])


class _Reader:
    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        if len(data) > MAX_UNPACKED:
            self._refuse(f"超过 {MAX_UNPACKED // 1024 // 1024} MB，不像一份数据包，没有读取，请检查是否选错了文件。")
        self._look(data)
        with self._whole():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._check_members()

    def _refuse(self, what: str) -> NoReturn:
        raise UserError(f"文件「{self._name}」{what}")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Whatever the zip's own reader stumbles over is one and the same for the user."""
        try:
            yield
        except ZIP_FAULTS:
            self._refuse(_NOT_WHOLE)

    def _look(self, data: bytes) -> None:
        """Says what a file is that is no zip from its first byte on."""
        if not data.strip():
            self._refuse("是空的，没有可以读取的内容，请让对方重新发送。")
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
            self._refuse("实际是文字形式的数据（JSON），请把文件的后缀改为 .json 再打开。")
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            self._refuse(_FOREIGN.format(what="像是旧的 Word 或 Excel 文件改了后缀"))
        if not data.startswith(b"PK\x03\x04"):
            self._refuse(_FOREIGN.format(what="内容的开头不对"))

    def _check_members(self) -> None:
        """Refuses by the list of contents alone, before anything is unpacked."""
        members = self._zip.infolist()
        names = [member.filename for member in members]
        if "[Content_Types].xml" in names:
            self._refuse("实际是 Word 或 Excel 文件改了后缀，请把后缀改回 .docx 或 .xlsx，用「导入文件」打开。")
        if MANIFEST not in names:
            self._refuse(_FOREIGN.format(what="缺少清单"))
        if len(members) > MAX_VERSIONS + 2:
            self._refuse(f"里面有 {len(members)} 个文件，多得不正常，没有读取，请让对方重新导出。")
        for place, member in enumerate(members):
            self._check_name(member.filename, names[:place])
            if member.flag_bits & 1:
                self._refuse("带有密码，没有读取，请让对方去掉密码，或重新导出后发送。")
            if member.compress_type not in _METHODS:
                self._refuse(_NOT_WHOLE)
            limit = MAX_MANIFEST if member.filename == MANIFEST else MAX_BYTES
            packed_too_well = member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1)
            if member.file_size > limit or packed_too_well:
                self._refuse("展开后大得不正常，没有读取，请让对方重新导出。")
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            self._refuse("展开后大得不正常，没有读取，请让对方重新导出。")

    def _check_name(self, member: str, before: list[str]) -> None:
        if member in before:
            self._refuse(f"里面的「{member}」出现了两次，无法判断以哪个为准，请让对方重新导出。")
        if MEMBER.fullmatch(member):
            return
        shown = member if len(member) <= 60 else f"{member[:60]}…"
        if member.lower().endswith(_NESTED):
            self._refuse(f"里面还套着一个文件「{shown}」，没有读取，请单独打开那个文件，或让对方重新导出。")
        self._refuse(f"里面有不属于数据包的文件「{shown}」，没有读取，请让对方重新导出。")

    def manifest(self) -> dict[str, Any]:
        """The manifest, its shape checked down to the last field that is used."""
        with self._whole():
            content = json.loads(self._zip.read(MANIFEST).decode())
        tag = content.get("format") if isinstance(content, dict) else None
        found = _TAG.fullmatch(tag) if isinstance(tag, str) else None
        if found is None:
            self._refuse(_FOREIGN.format(what="清单里没有格式标记"))
        if int(found[1]) > int(FORMAT.partition("/")[2]):
            self._refuse(f"由更新版本的程序生成（{tag}），请升级本程序后再打开。")
        if tag != FORMAT or not _is_manifest(content):
            self._refuse("的清单与内容对不上，没有读取，请让对方重新导出。")
        listed = {MANIFEST, *content["members"]}
        if listed != set(self._zip.namelist()) or DRAFT not in listed:
            self._refuse("里面的文件与清单对不上，没有读取，请让对方重新导出。")
        if {entry["member"] for entry in content["versions"]} != listed - {MANIFEST, DRAFT}:
            self._refuse("里面的文件与清单对不上，没有读取，请让对方重新导出。")
        return dict(content)

    def check_parts(self) -> None:
        """Refuses where all members together hold more than can be borne."""
        parts = 0
        for name in self._zip.namelist():
            with self._whole():
                parts += count_parts(self._zip.read(name))
            if parts > MAX_ALL_PARTS:
                self._refuse("展开后大得不正常，没有读取，请让对方重新导出。")

    def member(self, name: str, manifest: dict[str, Any]) -> bytes:
        """The bytes of a member, when they are those the manifest lists."""
        with self._whole():
            data = self._zip.read(name)
        wanted = manifest["members"][name]
        if hashlib.sha256(data).hexdigest() != wanted["sha256"] or len(data) != wanted["bytes"]:
            self._refuse(f"里面的「{name}」与校验值不符，内容被改动过或已损坏，没有读取，请让对方重新导出。")
        return data


def _is_manifest(content: dict[str, Any]) -> bool:
    members, versions = content.get("members"), content.get("versions")
    return (
        isinstance(members, dict)
        and isinstance(versions, list)
        and all(_has(one, {"sha256": str, "bytes": int}) for one in members.values())
        and all(_has(one, {"member": str, "made": str, "name": str}) for one in versions)
        and len({one["member"] for one in versions}) == len(versions)
        and isinstance(content.get("made"), str)
        and isinstance(content.get("program"), str)
    )


def _has(entry: object, wanted: dict[str, type]) -> bool:
    return isinstance(entry, dict) and all(isinstance(entry.get(key), kind) for key, kind in wanted.items())
