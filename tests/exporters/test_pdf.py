"""The PDF: its words, its bookmarks and links, its fonts, the same bytes twice, without a display."""

import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from exporters.build import build
from exporters.export_files import draft_pages, file_bytes, write_blank, write_project
from exporters.paginate import paginate
from exporters.pdf import substituted_fonts, write_pdf
from importers.import_files import read_file
from models.document.template import FontScheme, Template
from models.document.tree import Draft, GoalDocument, Settings
from models.errors import CancelledError
from tests import words
from tests.exporters.samples import TEMPLATE, document, project
from tests.shared import CHECKOUT, SEEDS, TEXTS

needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
NOTO = Settings(font_scheme="noto")


def text_of(data: bytes, folder: Path) -> str:
    file = folder / "a.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    return re.sub(r"—\d+—", "", words.bare(done.stdout.decode()))


def with_streams(data: bytes) -> bytes:
    """The file with what is packed in it readable behind it."""
    packed = re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    return data + b"".join(zlib.decompress(part) for part in packed if part[:1] == b"\x78")


@needs_pdftotext
@pytest.mark.parametrize("source", [*TEXTS, *SEEDS], ids=lambda file: file.stem[:3])
def test_every_paragraph_and_every_cell_is_found_in_the_text(source: Path, tmp_path: Path) -> None:
    shown = text_of(file_bytes(read_file(source).draft, ".pdf"), tmp_path)
    items = words.of_text(source.read_text(encoding="utf-8"))
    pieces = [piece for item in items for piece in (item if isinstance(item, tuple) else (item,))]
    assert [piece for piece in pieces if piece not in shown] == []
    assert re.search("[\u2e80-\u2fdf]", shown) is None


@needs_pdftotext
def test_rare_characters_dashes_and_radicals_are_the_ones_typed(tmp_path: Path) -> None:
    typed = "一——立生“甲”…·①𠮷⼀丁ABC≥98%"
    draft = Draft(GoalDocument(overall_goal=typed), Settings(cover=False, contents=False, font_scheme="noto"))
    shown = text_of(file_bytes(draft, ".pdf"), tmp_path)
    # A radical has the very picture of the character: one of the two is told, the one met first.
    assert typed.replace("⼀", "一") in shown


def outline(data: bytes) -> list[tuple[int, str]]:
    """Level and title of every bookmark, as a viewer shows them from top to bottom."""
    objects = {int(n): body for n, body in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", data, re.DOTALL)}

    def below(number: int, level: int) -> Iterator[tuple[int, str]]:
        following = re.search(rb"/First (\d+) 0 R", objects[number])
        while following:
            entry = objects[int(following[1])]
            title = re.search(rb"/Title <(\w+)>", entry)
            assert title is not None
            yield level, bytes.fromhex(title[1].decode()).decode("utf-16")
            yield from below(int(following[1]), level + 1)
            following = re.search(rb"/Next (\d+) 0 R", entry)

    root = re.search(rb"/Outlines (\d+) 0 R", data)
    return list(below(int(root[1]), 1)) if root else []


def test_bookmarks_are_the_contents() -> None:
    draft = Draft(document(2), NOTO)
    assert outline(file_bytes(draft, ".pdf")) == [
        (1, "第一部分　部门整体绩效目标"),
        (2, "一、总体绩效目标"),
        (2, "二、分项绩效目标"),
        (3, "（一）农技推广"),
        (2, "三、工作保障措施"),
        (1, "第二部分　预算项目绩效目标"),
        (2, "1.农技推广项目1绩效目标表"),
        (2, "2.农技推广项目2绩效目标表"),
    ]
    pages = draft_pages(draft)
    assert outline(file_bytes(draft, ".pdf")) == [(each.level, each.title) for page in pages for each in page.headings]


def test_every_entry_of_the_contents_is_a_link() -> None:
    data = file_bytes(Draft(document(2), NOTO), ".pdf")
    assert data.count(b"/Subtype /Link") == 8
    without = file_bytes(Draft(document(2), replace(NOTO, contents=False)), ".pdf")
    assert without.count(b"/Subtype /Link") == 0


def test_the_properties_are_the_units() -> None:
    data = file_bytes(Draft(document(1), NOTO), ".pdf")
    assert b"<FEFF" + "2025年部门预算绩效文本".encode("utf-16-be").hex().upper().encode() in data
    assert b"<FEFF" + "青松县农技推广站".encode("utf-16-be").hex().upper().encode() in data
    assert b"uuid" not in data


def test_all_fonts_are_embedded() -> None:
    data = file_bytes(Draft(document(1), NOTO), ".pdf")
    assert data.count(b"/Type /FontDescriptor") == data.count(b"/FontFile2") == 2


def test_a_second_run_gives_the_same_bytes() -> None:
    """Also in another process, where hashes come in another order."""
    command = (
        "import sys; from tests.exporters.test_pdf import DRAFT, file_bytes;"
        "sys.stdout.buffer.write(file_bytes(DRAFT, '.pdf'))"
    )
    environment = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    runs = [
        subprocess.run(
            [sys.executable, "-c", command],
            env={**environment, "QT_HASH_SEED": seed},
            cwd=CHECKOUT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    ]
    assert runs[0] == runs[1] == file_bytes(DRAFT, ".pdf")


DRAFT = Draft(document(2))


def test_a_file_is_converted_without_a_display(tmp_path: Path) -> None:
    gone = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in gone}
    target = tmp_path / "a.pdf"
    command = [sys.executable, "main.py", "--home", str(tmp_path), "convert", str(TEXTS[0]), str(target)]
    done = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert target.read_bytes().startswith(b"%PDF-")


@needs_pdftotext
def test_one_project_alone_and_the_blank_form(tmp_path: Path) -> None:
    write_project(Draft(document(3), NOTO), "p2", tmp_path / "b.pdf")
    shown = text_of((tmp_path / "b.pdf").read_bytes(), tmp_path)
    assert shown.startswith("2.农技推广项目2绩效目标表")
    assert "农技推广项目1" not in shown
    write_blank(TEMPLATE, tmp_path / "c.pdf")
    assert "指标值确定依据" in text_of((tmp_path / "c.pdf").read_bytes(), tmp_path)


def test_the_work_tells_how_far_it_is_and_can_be_stopped() -> None:
    pages = paginate(build(document(2), TEMPLATE), TEMPLATE)
    told: list[tuple[int, int]] = []
    write_pdf(pages, TEMPLATE, font_scheme="noto", progress=lambda *at: told.append(at))
    assert told == [(place, len(pages)) for place in range(1, len(pages) + 1)]

    def enough(done: int, _of: int) -> None:
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_pdf(pages, TEMPLATE, font_scheme="noto", progress=enough)


def schemes(**families: str) -> Template:
    """The template with a scheme `own` that names these fonts, Noto's where none is given."""
    scheme: FontScheme = replace(TEMPLATE.font_scheme("noto"), id="own", **families)
    return replace(TEMPLATE, fonts=(scheme,))


def test_a_font_that_is_missing_and_its_stand_in_are_told() -> None:
    assert substituted_fonts(schemes(), "own") == ()
    ((wanted, used),) = substituted_fonts(schemes(heading="从来没有的字体", title="从来没有的字体"), "own")
    assert wanted == "从来没有的字体"
    assert used not in {"", wanted}


@pytest.mark.parametrize(("official", "of_windows"), [("仿宋_GB2312", "仿宋"), ("楷体_GB2312", "KaiTi")])
def test_the_official_font_under_the_name_windows_gives_it_is_no_substitute(
    official: str, of_windows: str, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = [*QFontDatabase.families(), of_windows]
    monkeypatch.setattr(QFontDatabase, "families", lambda *_asked: present)
    assert official not in dict(substituted_fonts(schemes(body=official), "own"))


WINDOWS = ("宋体", "新宋体", "黑体", "仿宋", "楷体", "微软雅黑", "Times New Roman", "Arial")
WINDOWS_IN_ENGLISH = ("SimSun", "NSimSun", "SimHei", "FangSong", "KaiTi", "Microsoft YaHei", "Times New Roman", "Arial")


@pytest.mark.parametrize("present", [WINDOWS, WINDOWS_IN_ENGLISH], ids=["Chinese names", "English names"])
def test_of_the_official_fonts_windows_lacks_the_title_s_alone(
    present: tuple[str, ...], qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = present[0]
    monkeypatch.setattr(QFontDatabase, "families", lambda *_asked: list(present))
    assert substituted_fonts(TEMPLATE, "windows") == ()
    assert substituted_fonts(TEMPLATE, "gb") == (("方正小标宋简体", song),)
    for more, told in (("STZhongsong", (("方正小标宋简体", "STZhongsong"),)), ("FZXiaoBiaoSong-B05S", ())):
        monkeypatch.setattr(QFontDatabase, "families", lambda *_asked, more=more: [*present, more])
        assert substituted_fonts(TEMPLATE, "gb") == told


def test_the_first_font_present_stands_in() -> None:
    found = dict(substituted_fonts(schemes(latin="Times New Roman"), "own"))
    assert found.get("Times New Roman", "Times New Roman") in {"Times New Roman", "Liberation Serif"}


def test_no_line_is_a_page_all_the_same() -> None:
    assert write_pdf(paginate((), TEMPLATE), TEMPLATE, font_scheme="noto").startswith(b"%PDF-")


DIRTY = ["\u0000\ud800\u202e\U0001f600\U000e0001\u0301", "ﬃ\ufffe\x1b"]


@pytest.mark.parametrize("typed", DIRTY)
def test_what_was_never_cleaned_is_painted_all_the_same(typed: str) -> None:
    given = Draft(GoalDocument(overall_goal=typed, projects=(project(name=typed),)), NOTO)
    assert with_streams(file_bytes(given, ".pdf")).startswith(b"%PDF-")
