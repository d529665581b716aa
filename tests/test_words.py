"""Every export holds the source's words in its structure, for the fictional texts and, where they are present, the real ones."""

import subprocess
import sys
from pathlib import Path

import pytest

from exporters.export_files import write_file
from importers.import_files import read_file
from tests import words
from tests.shared import SEEDS, SHARED, TEXTS, needs_shared


def names(path: Path) -> str:
    return path.stem[:3]


@pytest.mark.parametrize("source", TEXTS, ids=names)
def test_a_word_file_holds_the_words_of_its_source(source: Path, tmp_path: Path) -> None:
    write_file(read_file(source).draft, tmp_path / "a.docx")
    assert words.of_word((tmp_path / "a.docx").read_bytes()) == words.of_text(source.read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", TEXTS, ids=names)
def test_an_excel_file_holds_the_words_of_its_source(source: Path, tmp_path: Path) -> None:
    write_file(read_file(source).draft, tmp_path / "a.xlsx")
    wanted = words.of_text(source.read_text(encoding="utf-8"))
    assert words.lost_in_excel(wanted, (tmp_path / "a.xlsx").read_bytes()) == []


@pytest.mark.parametrize("source", TEXTS, ids=names)
def test_a_package_turned_back_into_text_holds_the_words_of_its_source(source: Path, tmp_path: Path) -> None:
    write_file(read_file(source).draft, tmp_path / "a.json")
    write_file(read_file(tmp_path / "a.json").draft, tmp_path / "a.txt")
    assert words.of_text((tmp_path / "a.txt").read_text(encoding="utf-8")) == words.of_text(
        source.read_text(encoding="utf-8")
    )


def test_the_comparison_notices_a_lost_word(tmp_path: Path) -> None:
    source = TEXTS[1].read_text(encoding="utf-8")
    wanted = words.of_text(source)
    assert (
        words.of_text(source.replace("园区", "园", 1).replace("一、总体", "一、总体", 1)) != wanted
        or "园区" not in source
    )
    write_file(read_file(TEXTS[1]).draft, tmp_path / "a.xlsx")
    changed = [*wanted[:-1], ("满意度指标", "不存在的单元格")]
    assert words.lost_in_excel(changed, (tmp_path / "a.xlsx").read_bytes()) != []


@needs_shared
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".json"])
@pytest.mark.parametrize("source", SEEDS, ids=names)
def test_an_export_of_a_real_text_holds_its_words(source: Path, suffix: str, tmp_path: Path) -> None:
    export = tmp_path / f"a{suffix}"
    write_file(read_file(source).draft, export)
    if suffix == ".json":
        export = tmp_path / "a.txt"
        write_file(read_file(tmp_path / "a.json").draft, export)
    judge = [sys.executable, SHARED / "tools" / "same_text.py", source, export]
    done = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout[:5]) == (0, "same:"), done.stdout
