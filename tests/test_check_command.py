"""The command line: checks files and folders; every file is done, and the exit code says the worst."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from exporters.export_files import write_file
from importers.checking import check_files, files_in
from models.checks.example import EXAMPLE
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument
from tests.test_command_line import run

WRONG = fieldpath.replace(EXAMPLE, "projects[p1].indicators[cost].value", "≤75万元")


def written(folder: Path, name: str, document: GoalDocument = EXAMPLE) -> Path:
    folder.mkdir(exist_ok=True)
    write_file(Draft(document), folder / name)
    return folder / name


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt", ".json", ".jxmb"])
def test_a_clean_file_of_any_kind_gives_no_problem_and_exit_code_0(suffix: str, tmp_path: Path) -> None:
    done = run("check", written(tmp_path, f"绩效 文本{suffix}"), home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("没有发现问题\n")


def test_json_is_one_object_a_file_with_the_place_and_the_correction(tmp_path: Path) -> None:
    good, bad = written(tmp_path, "一.json"), written(tmp_path, "二.json", WRONG)
    done = run("check", good, bad, "--json", home=tmp_path)
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert first == {"file": str(good), "problems": []}
    assert second["file"] == str(bad)
    (problem,) = (problem for problem in second["problems"] if problem["rule"] == "cost-over-budget")
    assert problem.pop("message")
    assert problem == {
        "rule": "cost-over-budget",
        "severity": "error",
        "path": "projects[p1].indicators[cost].value",
        "where": "项目 1 · 指标 4 · 指标值",
        "excerpt": "≤75万元",
        "fix": None,
        "choices": ["≤60万元"],
        "also": [],
        "places": [
            {"path": "projects[p1].indicators[cost].value", "where": "项目 1 · 指标 4 · 指标值"},
            {"path": "projects[p1].budget", "where": "项目 1 · 预算数"},
        ],
    }


UNSURE = """2026年部门整体绩效目标
一、总体绩效目标
2025年，新建村级卫生室12所。2025年6月底前完成招标。到2025年底，签约率达到75%。
"""


def test_a_year_that_is_not_sure_is_told_and_no_year_is_blamed(tmp_path: Path) -> None:
    (tmp_path / "去年改的.txt").write_text(UNSURE, encoding="utf-8")
    checked = json.loads(run("check", tmp_path / "去年改的.txt", "--json", home=tmp_path).stdout)
    assert [problem for problem in checked["problems"] if problem["rule"] == "wrong-year"] == []
    (notice,) = checked["notices"]
    assert "标题写的是 2026 年；正文中「2025年」出现 3 次" in notice
    told = run("check", tmp_path / "去年改的.txt", home=tmp_path).stdout
    assert f"\n  {notice}\n" in told
    (tmp_path / "改好的.txt").write_text(UNSURE.replace("2025年，新建", "2026年，新建"), encoding="utf-8")
    sure = json.loads(run("check", tmp_path / "改好的.txt", "--json", home=tmp_path).stdout)
    assert "notices" not in sure
    blamed = [problem for problem in sure["problems"] if problem["rule"] == "wrong-year"]
    assert [problem["fix"] for problem in blamed] == [None, None]


def test_what_cannot_be_read_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    written(folder, "甲.txt")
    (folder / "坏.docx").write_bytes(b"no zip")
    (folder / "~$甲.docx").write_bytes(b"")
    (folder / "说明.pdf").write_bytes(b"")
    written(folder / "下级", "乙.txt", WRONG)
    done = run("check", folder, tmp_path / "没有.txt", "--json", "--jobs", "2", home=tmp_path)
    assert done.returncode == 2
    assert [Path(json.loads(line)["file"]).name for line in done.stdout.splitlines()] == ["乙.txt", "甲.txt"]
    assert "坏.docx" in done.stderr
    assert "没有.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_readable_files_says_so(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    done = run("check", tmp_path / "空", home=tmp_path)
    assert done.returncode == 2
    assert "没有可以检查的文件" in done.stderr


def test_more_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    for number in range(40):
        document = replace(EXAMPLE, year=2020 + number)
        written(tmp_path / "多", f"{number:02}.json", document)
    files = files_in([tmp_path / "多", tmp_path / "多" / "03.json"])
    assert len(files) == 40
    assert list(check_files(files, 3)) == list(check_files(files, 1))


def test_words_without_a_place_are_counted_in_every_answer(tmp_path: Path) -> None:
    apart = tmp_path / "附表.txt"
    apart.write_text("一、总体绩效目标\n目标\n\t联系人\n\t电话\n\n\t王小明\n\t12345\n\n", encoding="utf-8")
    clean = written(tmp_path, "乙.txt")
    lines = run("check", apart, clean, home=tmp_path).stdout.splitlines()
    assert "没有归位的文字 2 处" in lines[0]
    assert "没有归位" not in lines[-1]
    given = run("check", apart, clean, "--json", home=tmp_path).stdout.splitlines()
    assert json.loads(given[0])["unplaced"] == ["联系人\t电话", "王小明\t12345"]
    assert "unplaced" not in json.loads(given[1])


def test_what_was_not_read_at_all_is_among_the_notices(tmp_path: Path) -> None:
    page = tmp_path / "网页.html"
    page.write_text("<p>一、总体绩效目标</p><p>目标</p><img src=x>", encoding="utf-8")
    assert "有 1 处图片没有读入。" in json.loads(run("check", page, "--json", home=tmp_path).stdout)["notices"]
    assert "有 1 处图片没有读入。" in run("check", page, home=tmp_path).stdout


def test_a_reader_that_meets_what_nobody_foresaw_leaves_the_others_to_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_text: str) -> None:
        raise LookupError

    monkeypatch.setattr("importers.text_reader.read_text", fails)
    bad, good = check_files([written(tmp_path, "甲.txt"), written(tmp_path, "乙.json")], 1)
    assert "甲.txt" in bad.fault
    assert "LookupError" in bad.traces[0]
    assert not good.fault
