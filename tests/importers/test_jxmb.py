"""The package file: a draft and its named versions come back to the letter; every kind of bad package is refused by name."""

import dataclasses
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.export_files import file_bytes
from exporters.json_writer import write_package
from exporters.package_writer import write_jxmb
from importers.package_reader import read_jxmb
from models.document.tree import Draft, GoalDocument
from models.errors import UserError
from models.exchange import package_contents as jxmb
from models.exchange.package_contents import MAX_VERSIONS, NamedVersion, Package
from tests.exporters.samples import document
from tests.strategies import drafts

NAME = "青松县农技推广站.jxmb"
DRAFT = Draft(document())
VERSIONS = (
    NamedVersion("2026-10-08T01:00:00+00:00", "送审稿", Draft(document(1))),
    NamedVersion("2026-11-02T01:00:00+00:00", "定稿前", Draft(document(2), state="定稿")),
)
WHOLE = write_jxmb(DRAFT, VERSIONS, "2026-11-21T02:00:00+00:00")


def members(data: bytes = WHOLE) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items() if isinstance(parts, dict) else parts:
            package.writestr(name, data)
    return target.getvalue()


def signed(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A package with that change and a manifest that fits it, as a forger would make it."""
    parts = members()
    change(parts)
    manifest = json.loads(parts["manifest.json"])
    manifest["members"] = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in parts.items()
        if name != "manifest.json"
    }
    return packed(parts | {"manifest.json": json.dumps(manifest).encode()})


def with_manifest(change: Callable[[dict[str, Any]], object]) -> bytes:
    parts = members()
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    return packed(parts | {"manifest.json": json.dumps(manifest).encode()})


def with_flag(bit: int) -> bytes:
    """Every member says it is encrypted, in both places where a zip says so."""
    data = bytearray(WHOLE)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= bit
            at = data.find(mark, at + 4)
    return bytes(data)


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_jxmb(data, NAME)
    sentence = str(caught.value)
    assert sentence.startswith(f"文件「{NAME}")
    assert sentence.count("。") == 1
    assert sentence.endswith("。")
    return sentence


# Half of what the whole text's law takes, since three drafts are drawn: even so more than a second.
@settings(max_examples=30)
@given(drafts(wild=True), st.lists(drafts(), max_size=2))
def test_a_package_holds_the_draft_and_its_versions_to_the_letter(draft: Draft, others: list[Draft]) -> None:
    versions = tuple(NamedVersion(f"2026-11-{day:02}", f"第 {day} 版", one) for day, one in enumerate(others, 1))
    package = read_jxmb(write_jxmb(draft, versions, "2026-11-21"), NAME)
    assert (package.draft, package.versions, package.made) == (draft, versions, "2026-11-21")


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert write_jxmb(DRAFT, VERSIONS, "2026-11-21T02:00:00+00:00") == WHOLE
    assert file_bytes(DRAFT, ".jxmb") == write_jxmb(DRAFT)


def test_the_manifest_tells_whose_text_it_is() -> None:
    manifest = json.loads(members()["manifest.json"])
    assert (manifest["format"], manifest["year"], manifest["projects"]) == ("jxmb/1", 2025, 2)
    assert manifest["unit"] == {"code": "900001", "name": "青松县农技推广站"}
    assert [entry["name"] for entry in manifest["versions"]] == ["送审稿", "定稿前"]


HOSTILE: list[tuple[str, bytes, str]] = [
    ("an empty file", b"", "是空的"),
    ("noise", bytes(range(256)) * 8, "不是本程序的数据包"),
    ("cut off", WHOLE[: len(WHOLE) // 2], "不完整或已损坏"),
    ("its end cut off", WHOLE[:-30], "不完整或已损坏"),
    ("encrypted", with_flag(1), "带有密码"),
    ("a Word file renamed", packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "改了后缀"),
    ("an old Word file renamed", b"\xd0\xcf\x11\xe0" + bytes(600), "旧的 Word 或 Excel 文件"),
    ("a JSON package renamed", write_package(DRAFT), "后缀改为 .json"),
    ("another zip", packed({"照片.jpg": b"x"}), "缺少清单"),
    ("a way out of the folder", packed([*members().items(), ("../../evil.json", b"{}")]), "../../evil.json"),
    ("an absolute name", packed([*members().items(), ("C:\\evil.json", b"{}")]), "不属于数据包的文件"),
    ("a zip inside", packed([*members().items(), ("inner.zip", packed({"a": b"b"}))]), "里面还套着一个文件「inner.zip」"),
    ("a package inside", packed({"a/b.jxmb": WHOLE} | members()), "还套着"),
    ("a bomb", signed(lambda parts: parts.update({"draft.json": b" " * 30_000_000})), "展开后大得不正常"),
    ("a member twice", b"", "出现了两次"),
    ("a draft that is not the one signed", packed(members() | {"draft.json": write_package(Draft())}), "与校验值不符"),
    ("a member that is not listed", packed(members() | {"versions/003.json": b"{}"}), "与清单对不上"),
    ("a member that is missing", packed({k: v for k, v in members().items() if k != "versions/002.json"}), "与清单对不上"),
    ("no draft", signed(lambda parts: parts.pop("draft.json")), "与清单对不上"),
    ("a newer format", with_manifest(lambda manifest: manifest.update(format="jxmb/2")), "由更新版本的程序生成（jxmb/2）"),
    ("an unknown format", with_manifest(lambda manifest: manifest.update(format="zip")), "没有格式标记"),
    ("a manifest of another shape", with_manifest(lambda manifest: manifest.update(members=[])), "清单与内容对不上"),
    ("a version named twice", with_manifest(lambda m: m["versions"].append(m["versions"][0])), "清单与内容对不上"),
    ("no manifest but a list", packed(members() | {"manifest.json": b"[]"}), "没有格式标记"),
    ("a draft of a newer format", signed(lambda parts: parts.update({"draft.json": b'{"format": "goalform/3"}'})), "更新版本"),
    ("a draft that is no draft", signed(lambda parts: parts.update({"draft.json": b"[]"})), "不是本程序的填报数据包"),
    ("a version that is no draft", signed(lambda parts: parts.update({"versions/001.json": b"{"})), "历史版本 送审稿"),
]  # fmt: skip


def duplicate() -> bytes:
    return packed([*members().items(), ("draft.json", write_package(Draft()))])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("data", "words"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_bad_package_is_refused_by_name(data: bytes, words: str) -> None:
    assert words in refusal(duplicate() if words == "出现了两次" else data)


def test_a_package_of_thousands_of_members_is_not_looked_at() -> None:
    many = {f"versions/{number:03}.json": b"{}" for number in range(MAX_VERSIONS + 5)}
    assert "多得不正常" in refusal(packed(members() | many))


def package_or_sentence(data: bytes) -> Package | str:
    try:
        return read_jxmb(data, NAME)
    except UserError as error:
        return str(error)


@given(st.data())
def test_damage_is_told_or_does_no_harm(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(WHOLE) - 1))
    inserted, length = data.draw(st.binary(max_size=3)), data.draw(st.integers(0, 3))
    damaged = WHOLE[:place] + inserted + WHOLE[place + length :]
    found = package_or_sentence(damaged)
    if isinstance(found, str):
        assert found.startswith(f"文件「{NAME}")
    else:
        assert found.draft == DRAFT
        assert [version.draft for version in found.versions] == [version.draft for version in VERSIONS]


def test_a_text_that_packs_as_well_as_a_bomb_comes_back_all_the_same() -> None:
    draft = Draft(GoalDocument(overall_goal="绩效" * 2_000_000))
    assert len(write_package(draft)) > jxmb.SMALL
    assert read_jxmb(write_jxmb(draft), NAME).draft == draft


def test_more_versions_than_a_package_holds_are_told_and_not_dropped() -> None:
    version = dataclasses.replace(VERSIONS[0], draft=Draft())
    with pytest.raises(UserError, match="命名版本太多"):
        write_jxmb(DRAFT, (version,) * (MAX_VERSIONS + 1))
