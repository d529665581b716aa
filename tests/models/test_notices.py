"""What the program tells of other people's work in it."""

import json
from pathlib import Path

import pytest

from models.help import licences as notices
from resources import ROOT


def test_the_packages_are_those_needed_to_run_and_theirs() -> None:
    found = notices.packages()
    assert {"lxml", "openpyxl", "sqlite-utils", "et-xmlfile"} <= {name.lower().replace("_", "-") for name in found}
    assert not {"pytest", "ruff", "mypy"} & set(found)


def test_every_component_has_a_licence_a_version_and_a_text() -> None:
    for component in notices.components():
        assert component.licence, component
        assert component.version, component
        assert len(notices.written(component)) > 200, component


def test_a_bundle_s_list_goes_before_the_installed_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {
        "name": "libxcb",
        "version": "1.15",
        "licence": "MIT",
        "home": "https://xcb.example/",
        "texts": ["libxcb.txt"],
    }
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "libxcb.txt").write_text("Permission is hereby granted", encoding="utf-8")
    (tmp_path / notices.BUILT).write_text(json.dumps([entry]), encoding="utf-8")
    monkeypatch.setattr(notices, "FOLDER", tmp_path)
    (component,) = notices.components()
    assert notices.written(component) == "https://xcb.example/\n\n【libxcb】\n\nPermission is hereby granted"


def test_every_word_list_names_where_its_words_come_from() -> None:
    texts = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "checks").glob("*.txt")}
    heads = {
        name: " ".join(line for line in text.splitlines()[:4] if line.startswith("#")) for name, text in texts.items()
    }
    assert {"field_terms.txt", "lexicon.txt", "common_words.txt", "word_frequencies.txt"} <= heads.keys()
    assert all("jieba 0.42.1 (MIT)" in head or "词取自" in head for head in heads.values()), heads
    (jieba,) = [each for each in notices.components() if each.name.startswith("jieba")]
    assert (jieba.version, jieba.licence) == ("0.42.1", "MIT")
    assert "Permission is hereby granted" in notices.written(jieba)
