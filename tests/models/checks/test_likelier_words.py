"""A character is held for a slip where another one makes usual words of what stands around it, and only there."""

import pytest

from tests.models.checks.test_typos_of_fields import typos


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("设备采构和安装", "采购"),  # two characters that are no word
        ("堤防维修养户", "养护"),  # one of them may be a word by itself
        ("青年干部培圳", "培训"),  # a character nobody writes
        ("人民调节员补贴", "调解员"),  # within a name of the field, though the wrong word is one, too
    ],
)
def test_a_likelier_word_is_offered(wrong: str, right: str) -> None:
    found = typos(wrong)
    assert len(found) == 1
    assert any(right in (choice.text or "") for choice in found[0].choices)
    assert found[0].fix is None


@pytest.mark.parametrize(
    "words",
    [
        "瑞穗吉禾包装厂扶持",  # a name among strange characters
        "沟渠引到塘坝",  # a verb and what follows it
        "垄作区和畦作区整地",
        "案卷占评查总数",
        "八防落实",
    ],
)
def test_strange_right_words_stay(words: str) -> None:
    assert [problem.message for problem in typos(words)] == []


def test_a_text_of_one_or_two_characters_is_read() -> None:
    assert typos("用") == typos("元人") == []
