"""More kinds of files: templates and files with macros, strict Open XML, OpenDocument, .xls, tables of plain text, web archives."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporters.export_files import file_bytes
from importers.import_files import Imported, read_file
from importers.office import find_office
from models.document.tree import Draft, GoalDocument
from models.errors import UserError
from tests.importers import other_places
from tests.importers.variants import twin
from tests.importers.word_files import converted, zipped
from tests.importers.workbooks import book

LIST = [
    ["部门预算项目绩效目标表（2026年度）"],
    ["金额单位：万元"],
    ["单位名称", "项目名称", "预算数", "一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位"],
    ["青坪乡文化站", "送戏下乡", "12.5", "产出指标", "数量指标", "演出场次", "≥", "30", "场"],
    ["青坪乡文化站", "农家书屋", "3", "产出指标", "数量指标", "开放天数", "≥", "300", "天"],
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(folder: Path, data: bytes, name: str) -> Imported:
    path = folder / name
    path.write_bytes(data)
    return read_file(path)


def said(imported: Imported) -> list[tuple[str, str, str, list[str]]]:
    """Unit, name, budget and values of each project."""
    return [
        (project.unit.name, project.name, project.budget, [row.value for row in project.indicators])
        for project in imported.draft.document.projects
    ]


EXPECTED = [("青坪乡文化站", "送戏下乡", "12.5", ["≥30场"]), ("青坪乡文化站", "农家书屋", "3", ["≥300天"])]


def lines(mark: str) -> str:
    return "".join(mark.join(f'"{cell}"' if mark in cell else cell for cell in row) + "\r\n" for row in LIST)


TEXTS: dict[str, bytes] = {
    "清单.csv": lines(",").encode("utf-8-sig"),
    "国标.csv": lines(",").encode("gb18030"),
    "分号.csv": lines(";").encode(),
    "清单.tsv": lines("\t").encode("utf-16"),
    "其实是文本.xls": lines("\t").encode("gb18030"),
    "其实是网页.xls": (
        "<html><body><table>"
        + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in LIST)
        + "</table></body></html>"
    ).encode(),
    "其实是新格式.xls": book({"清单": LIST}),
    "宏.xlsm": book({"清单": LIST}),
    "模板.xltx": book({"清单": LIST}),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_list_is_read_from_whatever_kind_of_file_it_is_in(name: str, tmp_path: Path) -> None:
    assert said(read(tmp_path, TEXTS[name], name)) == EXPECTED


@pytest.mark.skipif(find_office() is None, reason="needs LibreOffice")
def test_a_list_is_read_from_opendocument_and_the_old_format(tmp_path: Path) -> None:
    form = tmp_path / "清单.xlsx"
    form.write_bytes(book({"清单": LIST}))
    for kind in ("ods", "xls"):
        (saved,) = converted([form], kind, tmp_path / "made")
        assert said(read_file(saved)) == EXPECTED
    assert said(read_file(saved.rename(tmp_path / "WPS 存的.et"))) == EXPECTED  # of the same make as .xls


EXCEL_TYPES = {
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    ".xltm": "application/vnd.ms-excel.template.macroEnabled.main+xml",
}


@pytest.mark.parametrize("suffix", EXCEL_TYPES)
def test_excel_templates_and_files_with_macros_are_read(suffix: str, tmp_path: Path) -> None:
    usual = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = with_names_changed(book({"清单": LIST}), lambda xml: xml.replace(usual, EXCEL_TYPES[suffix]))
    assert said(read(tmp_path, data, f"清单{suffix}")) == EXPECTED


@pytest.mark.skipif(find_office() is None, reason="needs LibreOffice")
def test_merged_cells_of_opendocument_hold_for_all_their_rows(tmp_path: Path) -> None:
    form = other_places.write(other_places.load("list_with_measure_columns"), "xlsx", tmp_path / "清单.xlsx")
    (saved,) = converted([form], "ods", tmp_path / "made")
    assert said(read_file(saved)) == said(read_file(form))


def with_names_changed(data: bytes, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return zipped({
            name: change(source.read(name).decode()).encode() if name.endswith((".xml", ".rels")) else source.read(name)
            for name in source.namelist()
        })  # fmt: skip


def strict(xml: str) -> str:
    return re.sub(r"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)", r"http://purl.oclc.org/ooxml/\1/\2", xml)


def draft() -> Draft:
    return Draft(twin(1))


def test_strict_open_xml_is_read_as_the_usual_kind(tmp_path: Path) -> None:
    usual = file_bytes(draft(), ".docx")
    expected = read(tmp_path, usual, "平常.docx").draft.document
    assert read(tmp_path, with_names_changed(usual, strict), "严格.docx").draft.document == expected
    assert said(read(tmp_path, with_names_changed(book({"清单": LIST}), strict), "严格.xlsx")) == EXPECTED


TYPES = {
    ".docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ".dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}


@pytest.mark.parametrize("suffix", TYPES)
def test_word_templates_and_files_with_macros_are_read(suffix: str, tmp_path: Path) -> None:
    usual = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = with_names_changed(file_bytes(draft(), ".docx"), lambda xml: xml.replace(usual, TYPES[suffix]))
    document: GoalDocument = read(tmp_path, data, f"文本{suffix}").draft.document
    assert [project.name for project in document.projects] == [project.name for project in twin(1).projects]


def archive(html: str) -> bytes:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    part = 'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    return f"{head}{part}{html}\r\n--b--\r\n".encode()


@pytest.mark.parametrize("name", ["网页.mht", "网页.mhtml", "系统导出.doc", "系统导出.xls"])
def test_a_web_archive_is_read_under_any_name(name: str, tmp_path: Path) -> None:
    data = archive(TEXTS["其实是网页.xls"].decode())
    assert said(read(tmp_path, data, name)) == EXPECTED


REFUSED = {
    "扫描.pdf": (b"%PDF-1.7 \n", "是 PDF 文件|是PDF 文件"),
    "拍照.png": (b"\x89PNG\r\n", "是图片"),
    "打包.rar": (b"Rar!\x1a\x07", "是压缩包，请先解压"),
    "汇报.pptx": (zipped({"ppt/presentation.xml": b"<a/>"}), "是演示文稿"),
    "版式.ofd": (zipped({"OFD.xml": b"<a/>"}), "是OFD 版式文件|是 OFD 版式文件"),
    "加密.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "带有打开密码"),
    "加密.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "带有打开密码"),
    "加密.xls": (OLE + "EncryptedPackage".encode("utf-16-le"), "带有打开密码"),
    "空的.mht": (archive("").replace(b"text/html", b"image/png"), "没有网页的文字"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named_as_what_it_is(name: str, tmp_path: Path) -> None:
    data, words = REFUSED[name]
    with pytest.raises(UserError, match=words) as refused:
        read(tmp_path, data, name)
    assert name in str(refused.value)


def test_a_table_of_another_kind_is_named_as_what_it_is(tmp_path: Path) -> None:
    header = ["一级指标", "二级指标", "三级指标", "分值", "评分标准"]
    rows = [["2026年项目支出绩效评价指标体系表"], header, ["决策", "立项", "依据", "3", "每缺一项扣一分"]]
    text = "\n".join(",".join(row) for row in rows).encode()
    for name, data in (("评价.xlsx", book({"评价": rows})), ("评价.csv", text)):
        with pytest.raises(UserError, match="这是一份绩效评价指标表"):
            read(tmp_path, data, name)
