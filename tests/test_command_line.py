"""The command line: converts by suffix; a bad input is one Chinese line, exit code 2, and the old target whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from exporters.export_files import write_file
from importers.import_files import read_file
from models.document.tree import Draft, Settings
from tests.shared import CHECKOUT, TEXTS


def run(*arguments: object, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, CHECKOUT / "main.py", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=home,
        env={**kept, "GOALFORM_HOME": str(home / "data"), **environment},
    )


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt", ".json", ".jxmb"])
def test_a_text_is_converted_by_the_targets_suffix(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"绩效 文本{suffix}"
    done = run("convert", TEXTS[1], target, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert target.stat().st_size > 1000


def test_a_package_converted_to_text_and_back_is_the_same_package(tmp_path: Path) -> None:
    run("convert", TEXTS[2], tmp_path / "a.json", home=tmp_path)
    run("convert", tmp_path / "a.json", tmp_path / "b.json", home=tmp_path)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_package_file_is_read_and_written(tmp_path: Path) -> None:
    run("convert", TEXTS[2], tmp_path / "a.jxmb", home=tmp_path)
    run("convert", tmp_path / "a.jxmb", tmp_path / "a.docx", home=tmp_path)
    run("convert", TEXTS[2], tmp_path / "b.docx", home=tmp_path)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_headings_of_units_are_kept_from_file_to_file(tmp_path: Path) -> None:
    write_file(Draft(read_file(TEXTS[2]).draft.document, Settings(unit_headings=True)), tmp_path / "a.docx")
    run("convert", tmp_path / "a.docx", tmp_path / "b.txt", home=tmp_path)
    run("convert", tmp_path / "b.txt", tmp_path / "c.docx", home=tmp_path)
    written = (tmp_path / "b.txt").read_text(encoding="utf-8")
    unit = read_file(TEXTS[2]).draft.document.projects[0].unit
    assert written.count(f"\n{unit.code}{unit.name}\n1.") == 1
    assert read_file(tmp_path / "c.docx").draft.settings.unit_headings


BAD_INPUTS = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "noise.txt": bytes(range(256)) * 40,
    "other.txt": "今天天气不错。\n".encode(),
    "no_suffix": b"x",
    "picture.png": b"\x89PNG",
    "broken.json": b"{",
    "list.json": b"[]",
    "newer.json": b'{"format": "goalform/3", "document": {}}',
    "unknown.json": b'{"format": "elsewhere/1"}',
    "field.json": b'{"format": "goalform/1", "document": {"projects": 3}}',
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_bad_input_is_one_chinese_line_and_the_target_stays_whole(name: str, tmp_path: Path) -> None:
    content = BAD_INPUTS[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    refused(run("convert", tmp_path / name, target, home=tmp_path), name)
    assert target.read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} <= {name, "a.docx", "data"}


def refused(done: subprocess.CompletedProcess[str], named: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert named in done.stderr
    assert any("\u4e00" <= char <= "\u9fff" for char in done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="Windows has one encoding of file names")
def test_file_names_are_utf8_whatever_the_locale_says(tmp_path: Path) -> None:
    """As in the window, where Qt chooses the names. A program in another locale would write other bytes."""
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("convert", "没有.docx", "a.txt", home=tmp_path, **old)
    assert done.returncode == 2
    assert "没有.docx" in done.stderr


def test_a_folder_as_input_is_refused(tmp_path: Path) -> None:
    (tmp_path / "文件夹.txt").mkdir()
    refused(run("convert", tmp_path / "文件夹.txt", tmp_path / "a.docx", home=tmp_path), "文件夹.txt")


def test_a_target_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    refused(run("convert", TEXTS[0], tmp_path / "a.wps", home=tmp_path), "a.wps")


def test_a_missing_target_folder_is_refused_and_not_made(tmp_path: Path) -> None:
    refused(run("convert", TEXTS[0], tmp_path / "没有" / "a.docx", home=tmp_path), "没有")
    assert not (tmp_path / "没有").exists()


def test_a_target_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    refused(run("convert", TEXTS[0], tmp_path / "a.docx", home=tmp_path), "a.docx")


APART = "一、总体绩效目标\n目标\n\t联系人\n\t电话\n\n\t王小明\n\t12345\n\n"
"""A text with a table that is none of the form's."""
PARTS = ["联系人\t电话", "王小明\t12345"]


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    path = tmp_path / "附表.txt"
    path.write_text(APART, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt", ".json", ".jxmb"])
def test_words_without_a_place_are_counted_and_begun_in_one_line(suffix: str, apart: Path, tmp_path: Path) -> None:
    done = run("convert", apart, tmp_path / f"a{suffix}", home=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    (message,) = done.stderr.splitlines()
    assert "附表.txt" in message
    assert "有 2 处文字没有归位" in message
    assert "联系人\t电话" in message
    assert ("保留在" in message) == (suffix in {".json", ".jxmb"})


def test_a_strict_conversion_writes_the_target_whole_and_says_so_by_its_code(apart: Path, tmp_path: Path) -> None:
    lax, strict = tmp_path / "a.docx", tmp_path / "b.docx"
    run("convert", apart, lax, home=tmp_path)
    assert run("convert", apart, strict, "--strict", home=tmp_path).returncode == 3
    assert strict.read_bytes() == lax.read_bytes()
    assert run("convert", TEXTS[1], strict, "--strict", home=tmp_path).returncode == 0


def test_a_strict_conversion_that_fails_has_the_code_of_a_failure(tmp_path: Path) -> None:
    assert run("convert", tmp_path / "没有.txt", tmp_path / "a.docx", "--strict", home=tmp_path).returncode == 2


def test_what_is_left_behind_is_given_as_json(apart: Path, tmp_path: Path) -> None:
    done = run("convert", "--json", apart, tmp_path / "a.docx", home=tmp_path)
    assert json.loads(done.stdout) == {"file": str(apart), "unplaced": PARTS, "notices": []}
    done = run("convert", "--json", TEXTS[1], tmp_path / "a.docx", home=tmp_path)
    assert json.loads(done.stdout) == {"file": str(TEXTS[1]), "unplaced": [], "notices": []}


def test_what_was_not_read_at_all_is_said_too(tmp_path: Path) -> None:
    page = tmp_path / "网页.html"
    page.write_text("<p>一、总体绩效目标</p><p>目标</p><img src=x><img src=y>", encoding="utf-8")
    done = run("convert", page, tmp_path / "a.txt", "--json", home=tmp_path)
    assert "有 2 处图片没有读入。" in json.loads(done.stdout)["notices"]
    assert len(done.stderr.splitlines()) == 1
    assert "图片没有读入" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed there")
def test_a_name_gives_no_orders_to_the_terminal(tmp_path: Path) -> None:
    """An escape code, a sign that turns the line around, a line end."""
    name = "表\x1b[2J\u202etxt\n二.json"
    shown = "表\\u001b[2J\\u202etxt"
    (tmp_path / name).write_text("{", encoding="utf-8")
    done = run("convert", tmp_path / name, tmp_path / "a.docx", home=tmp_path)
    refused(done, shown)
    for acting in "\x1b\u202e":
        assert acting not in done.stderr
    assert "\u202e" not in run("convert", "a", "b", name, home=tmp_path).stderr
    run("convert", TEXTS[1], tmp_path / name, home=tmp_path)
    done = run("check", tmp_path / name, home=tmp_path)
    assert shown in done.stdout
    assert "\x1b" not in done.stdout
    done = run("check", tmp_path / name, "--json", home=tmp_path)
    assert "\u202e" not in done.stdout
    assert json.loads(done.stdout)["file"] == str(tmp_path / name)


@pytest.mark.skipif(os.name == "nt", reason="there nobody is told that nobody listens")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_listener_that_leaves_ends_the_program_quietly(jobs: str, tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    folder.mkdir()
    for number in range(30):
        write_file(read_file(TEXTS[2]).draft, folder / f"{number:02}.json")
    command = f'"{sys.executable}" "{CHECKOUT / "main.py"}" check "{folder}" --jobs {jobs} | head -n 1; echo "${{PIPESTATUS[0]}}"'
    environment = {**os.environ, "GOALFORM_HOME": str(tmp_path / "data")}
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False, env=environment
    )
    first, code = done.stdout.splitlines()
    assert "00.json" in first
    assert (code, done.stderr) == ("141", "")
    assert not (tmp_path / "data").exists()  # nothing was logged


def test_a_reader_that_meets_what_nobody_foresaw_says_so_and_logs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_text: str) -> None:
        raise LookupError("words of the user")

    monkeypatch.setattr("importers.text_reader.read_text", fails)
    monkeypatch.setenv("GOALFORM_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "argv", ["main.py", "convert", str(TEXTS[1]), str(tmp_path / "a.docx")])
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 2
    message = capsys.readouterr().err
    assert TEXTS[1].name in message
    assert "没能读懂" in message
    log = (tmp_path / "data" / "goalform.log").read_text(encoding="utf-8")
    assert "LookupError" in log
    assert "words of the user" not in log


def test_without_a_display_the_sample_is_exported_instead(tmp_path: Path) -> None:
    done = run(home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len((done.stdout + done.stderr).splitlines()) == 1
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".docx", ".xlsx"]


def test_converting_imports_no_qt(tmp_path: Path) -> None:
    code = (
        "import sys, main\n"
        f"main.main(['convert', {str(TEXTS[0])!r}, {str(tmp_path / 'a.txt')!r}], standalone_mode=False)\n"
        "print(sorted(name for name in sys.modules if name.startswith(('PySide6', 'ui', 'shiboken6'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert done.stdout.strip() == "['ui', 'ui.app', 'ui.app.command_line', 'ui.app.startup']", done.stderr


def test_a_text_is_converted_into_another_form_and_what_it_lacks_is_told(tmp_path: Path) -> None:
    done = run("convert", TEXTS[1], tmp_path / "表.docx", "--form", "project-2015", home=tmp_path)
    assert done.returncode == 0
    assert "这个表样不印：" in done.stderr
    assert read_file(tmp_path / "表.docx").form == "project-2015"


def test_a_form_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    done = run("convert", TEXTS[1], tmp_path / "表.docx", "--form", "../henan", home=tmp_path)
    assert done.returncode == 2
    assert "../henan" in done.stderr
    assert not (tmp_path / "表.docx").exists()


def test_forms_are_listed_the_users_own_among_them(tmp_path: Path) -> None:
    own = tmp_path / "data" / "forms" / "county-2026"
    own.mkdir(parents=True)
    text = (CHECKOUT / "resources" / "forms" / "project-2015" / "form.toml").read_text(encoding="utf-8")
    (own / "form.toml").write_text(text.replace('id = "project-2015"', 'id = "county-2026"'), encoding="utf-8")
    done = run("forms", home=tmp_path)
    assert done.returncode == 0
    listed = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert {"hebei-2022", "project-2015", "project-2021-period", "county-2026", "self-evaluation"} <= {*listed}


def test_a_workbook_to_fill_a_report_in_is_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    done = run("convert", TEXTS[1], path, "--form", "self-evaluation", "--fill-in", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert read_file(path).is_report
    wrong = run("convert", TEXTS[1], tmp_path / "填报.docx", "--form", "self-evaluation", "--fill-in", home=tmp_path)
    assert wrong.returncode == 2
    assert "后缀应为 .xlsx" in wrong.stderr
