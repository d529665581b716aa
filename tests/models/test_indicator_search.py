"""Search in the library: words in any order, pinyin in full and by initials, one slip; what fits the row comes first."""

from collections.abc import Callable
from random import Random

import pytest

from models.indicators.indicator_library import Entry, library
from models.indicators.indicator_search import IndicatorIndex, words_of
from models.indicators.pinyin import initials, syllables

OUTPUT, BENEFIT = ("产出指标", "数量指标"), ("效益指标", "经济效益指标")


@pytest.fixture(scope="module")
def index() -> IndicatorIndex:
    return IndicatorIndex(library())


# What a clerk types for a name: made by rule from the name alone


def shuffled(name: str, random: Random) -> str:
    """Its words of two characters in another order."""
    plain = "".join(words_of(name))
    words = [plain[at : at + 2] for at in range(0, len(plain), 2)]
    random.shuffle(words)
    return " ".join(words)


def in_pinyin(name: str, _random: Random) -> str:
    return "".join(syllables(name))


def by_initials(name: str, _random: Random) -> str:
    return initials(name)


def with_slip(name: str, random: Random) -> str:
    """One character too few, too many, another one, or two exchanged."""
    text = random.choice((name, "".join(syllables(name))))
    at = random.randrange(len(text) - 1)
    other = random.choice("的了是人一") if not text.isascii() else random.choice("aeinsz")
    return random.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + other + text[at:],
            text[:at] + other + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        )
    )


WAYS: tuple[Callable[[str, Random], str], ...] = (shuffled, in_pinyin, by_initials, with_slip)


def test_of_200_queries_made_from_random_names_at_least_95_in_100_find_theirs_in_the_first_five(
    index: IndicatorIndex,
) -> None:
    random = Random(2026)
    missed = []
    for number in range(200):
        wanted = random.choice(index.entries)
        query = WAYS[number % len(WAYS)](wanted.name, random)
        if wanted.name not in [entry.name for entry in index.search(query, most=5)]:
            missed.append((query, wanted.name))
    assert len(missed) <= 10, missed


@pytest.mark.parametrize(
    "query",
    [
        "招商 活动",
        "活动 招商",
        "zsyz",
        "zhaoshangyinzi",
        "zhaoshyz",
        "招商yz",
        "活动招商引资",
        "招商饮资",
        "zhaoshagnyinzi",
        "举办招商活动",
    ],
)
def test_a_name_is_found_in_every_way_one_types_it(query: str) -> None:
    entries = (Entry(*OUTPUT, "培训班次"), Entry(*OUTPUT, "举办招商引资活动数量"), Entry(*OUTPUT, "修缮面积"))
    assert IndicatorIndex(entries).search(query)[0].name == "举办招商引资活动数量"


def test_what_answers_to_nothing_finds_nothing() -> None:
    index = IndicatorIndex((Entry(*OUTPUT, "培训班次"),))
    assert index.search("qqqq") == ()
    assert index.search("龙卷风") == ()


def test_a_description_is_searched_after_the_names() -> None:
    index = IndicatorIndex((Entry(*OUTPUT, "活动场次", "举办推介会的场次"), Entry(*OUTPUT, "推介会签约数")))
    assert [entry.name for entry in index.search("推介会")] == ["推介会签约数", "活动场次"]


def test_the_rows_tier_comes_first_then_the_projects_kind_then_own_use_then_the_later_year() -> None:
    plain = Entry(*OUTPUT, "培训一")
    used, later = Entry(*OUTPUT, "培训二", uses=2, year=2024), Entry(*OUTPUT, "培训三", uses=2, year=2025)
    fitting, elsewhere = Entry(*OUTPUT, "培训四", kinds=("会议培训",)), Entry(*BENEFIT, "培训五", uses=9)
    index = IndicatorIndex((elsewhere, plain, used, later, fitting))
    found = index.search("培训", OUTPUT, kinds=("会议培训",))
    assert [entry.name[-1] for entry in found] == ["四", "三", "二", "一", "五"]


def test_a_slip_never_stands_before_what_answers_word_for_word() -> None:
    index = IndicatorIndex((Entry(*OUTPUT, "招伤人数", uses=9), Entry(*BENEFIT, "招商人数")))
    assert [entry.name for entry in index.search("招商人", OUTPUT)] == ["招商人数", "招伤人数"]


def test_no_text_gives_all_entries_of_the_tiers_first() -> None:
    index = IndicatorIndex((Entry(*BENEFIT, "甲"), Entry(*OUTPUT, "乙")))
    assert [entry.name for entry in index.search("", OUTPUT)] == ["乙", "甲"]
    assert len(index.search(" ，", OUTPUT)) == 2
