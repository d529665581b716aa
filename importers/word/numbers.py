"""Automatic list numbers of Word: the words it draws in front of a paragraph, counted as typed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from importers.budget import Budget
from importers.word.word_text import W
from models.document.blocks import REPEATED_LABEL
from models.document.numbering import draw, to_chinese

_LEVELS = 9
_LONGEST_LINE = 32  # of styles based on each other; a damaged file has circles


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_ROMAN = ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10)
_ROMAN_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def _roman(number: int) -> str:
    drawn = ""
    for letters, value in _ROMAN:
        times, number = divmod(number, value)
        drawn += letters * times
    return drawn + _ROMAN_UNITS[number]


def _chinese(number: int) -> str:
    return to_chinese(number) if 0 < number < 10_000 else str(number)


def _of(characters: str) -> Callable[[int], str]:
    """Numbers that have a character each; Arabic ones beyond."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese),
    **dict.fromkeys(("taiwaneseCountingThousand", "japaneseDigitalTenThousand"), _chinese),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "koreanDigital2"),
        lambda number: str(number).translate(_CHINESE_DIGITS),
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: _chinese(number).translate(_LEGAL),
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), lambda number: draw("{circled}", number)
    ),
    "ideographEnclosedCircle": _of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "decimalEnclosedFullstop": _of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda number: str(number).translate(_FULL_WIDTH)),
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "hex": lambda number: f"{number:X}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "bullet": lambda _number: "",
    "none": lambda _number: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = ""
    is_legal: bool = False
    """Whether the numbers of the levels above are drawn as Arabic ones."""


@dataclass(slots=True)
class _List:
    """A counted list: its levels, which list's counters it shares, and the levels that start again for it."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)
    repeats: bool = False
    """Whether it only names the label of a cell again that goes on from the page before."""


class WordNumbers:
    """Draws the numbers of one file's paragraphs in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None, budget: Budget) -> None:
        self._budget = budget
        self._lists = _read_lists(numbering) if numbering is not None else {}
        self.styles = _read_styles(styles) if styles is not None else {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def repeats(self, numbered: etree._Element) -> bool:
        """Whether the list (w:numPr) only names the label of a cell again."""
        found = self._lists.get(value_of(numbered.find(f"{W}numId")))
        return found is not None and found.repeats

    def draw(self, style: str, numbered: etree._Element | None) -> str:
        """The number drawn for a paragraph of that style with that list (w:numPr) of its own; "" where it has none."""
        list_id, level = self.styles.get(style, ("", 0))
        if numbered is not None:
            list_id = value_of(numbered.find(f"{W}numId")) or list_id
            level = _number(numbered.find(f"{W}ilvl"), level)
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for each, start in found.restarts.items():
                counters[each] = start - 1
        shown = found.levels[level]
        last = counters[level]
        counters[level] = shown.start if last is None else last + 1
        counters[level + 1 :] = [None] * (_LEVELS - level - 1)
        if shown.format == "bullet":
            return ""
        text = shown.text
        for each in range(level + 1):
            one = found.levels.get(each, _Level())
            number = counters[each]
            draw_number = str if shown.is_legal else _FORMATS.get(one.format, str)
            drawn = draw_number(one.start if number is None else number)
            place = f"%{each + 1}"
            self._budget.take(characters=text.count(place) * len(drawn))  # one number may stand there a million times
            text = text.replace(place, drawn)
        return text + shown.suffix


def value_of(node: etree._Element | None) -> str:
    """What an element says; "" where there is none."""
    return "" if node is None else node.get(f"{W}val", "")


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and node.get(f"{W}val", "1") not in ("0", "false", "off")


def _number(node: etree._Element | None, default: int) -> int:
    try:
        return min(max(int(value_of(node)), 0), 10_000)
    except ValueError:
        return default


def _read_lists(numbering: etree._Element) -> dict[str, _List]:
    abstracts = {
        node.get(f"{W}abstractNumId", ""): {_number_of(level): _read_level(level) for level in node.iter(f"{W}lvl")}
        for node in numbering.iter(f"{W}abstractNum")
    }
    names = {
        node.get(f"{W}abstractNumId", ""): value_of(node.find(f"{W}name")) for node in numbering.iter(f"{W}abstractNum")
    }
    lists = {}
    for node in numbering.iter(f"{W}num"):
        abstract = value_of(node.find(f"{W}abstractNumId"))
        levels = dict(abstracts.get(abstract, {}))
        restarts = {}
        for override in node.iter(f"{W}lvlOverride"):
            place = _number_of(override)
            changed = override.find(f"{W}lvl")
            if changed is not None:
                levels[place] = _read_level(changed)
            if override.find(f"{W}startOverride") is not None:
                restarts[place] = _number(override.find(f"{W}startOverride"), 1)
        lists[node.get(f"{W}numId", "")] = _List(abstract, levels, restarts, names.get(abstract) == REPEATED_LABEL)
    return lists


def _number_of(node: etree._Element) -> int:
    level = node.get(f"{W}ilvl", "0")
    return int(level) % _LEVELS if level.isdecimal() and len(level) < 10 else 0


def _read_level(node: etree._Element) -> _Level:
    return _Level(
        start=_number(node.find(f"{W}start"), 1),
        format=value_of(node.find(f"{W}numFmt")) or "decimal",
        text=value_of(node.find(f"{W}lvlText")),
        suffix=" " if value_of(node.find(f"{W}suff")) == "space" else "",
        is_legal=_is_on(node.find(f"{W}isLgl")),
    )


def _read_styles(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """The list each paragraph style draws its number from, the styles it is based on included."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        based[name] = value_of(style.find(f"{W}basedOn"))
        place = style.find(f"{W}pPr/{W}numPr")
        if place is not None:
            own[name] = (value_of(place.find(f"{W}numId")), _number(place.find(f"{W}ilvl"), 0))
    found = {}
    for name in based:
        ancestor = name
        for _ in range(_LONGEST_LINE):
            if ancestor in own:
                break
            ancestor = based.get(ancestor, "")
        if ancestor in own:
            found[name] = own[ancestor]
    return found
