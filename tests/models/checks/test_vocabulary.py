"""The checker's words: what the files hold, and what someone hears who mistypes one."""

from pathlib import Path

import pytest

from models.checks.vocabulary import load_vocabulary
from models.errors import UserError


def folder_with(folder: Path, text: str) -> Path:
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder


def test_words_tables_and_groups(tmp_path: Path) -> None:
    text = 'vague = ["力争", "力争上游"]\n[typos]\n"遇算" = "预算"\n[topics]\n"招商" = ["招商", "引资"]\n'
    words = load_vocabulary(folder_with(tmp_path, text))
    assert words.words("own.vague") == ("力争", "力争上游")
    assert words.table("own.typos") == {"遇算": "预算"}
    assert words.groups("own.topics") == {"招商": ("招商", "引资")}
    found = words.pattern("own.vague").search("我们力争上游")
    assert found
    assert found[0] == "力争上游"
    assert words.pattern("own.typos").search("遇算数")


def test_an_empty_list_finds_nothing(tmp_path: Path) -> None:
    assert load_vocabulary(folder_with(tmp_path, "vague = []")).pattern("own.vague").search("力争") is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("vague = [", ["own.toml"]),
        ("招商 = []", ["own.toml"]),
        ('vague = ["力争", 3]', ["own.toml", "vague"]),
        ('vague = ["力争", ""]', ["own.toml", "vague"]),
        ("[topics]\na = 1", ["own.toml", "topics.a"]),
    ],
)
def test_a_mistyped_file_is_named_with_its_key(text: str, named: list[str], tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_vocabulary(folder_with(tmp_path, text))
    assert all(name in str(caught.value) for name in named)


def test_a_key_that_is_missing_or_of_another_kind_is_named(tmp_path: Path) -> None:
    words = load_vocabulary(folder_with(tmp_path, 'vague = ["力争"]'))
    for ask in (lambda: words.words("own.other"), lambda: words.table("own.vague"), lambda: words.groups("none.at")):
        with pytest.raises(UserError):
            ask()
