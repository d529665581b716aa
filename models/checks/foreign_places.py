"""The rule on places of elsewhere: a county or city that neither the unit nor the project has to do with."""

import re
from collections.abc import Iterator
from functools import cache

from models.checks.prose import clauses
from models.checks.protected import is_protected
from models.checks.registry import Context, Finding, Severity, Whole, document_rule, shortened
from models.checks.texts import project_texts, row_texts, section_texts
from models.checks.vocabulary import Vocabulary, any_of
from models.document.tree import Items, Measure, Project, SubGoal

_OWN_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?[县区市旗]")
_NOT_A_PLACE = re.compile(r"市场|城市|小区|社区|开发区|园区|景区|城区|辖区|灌区|市[区容民政级内]|全市|区域|县域|县城")
_BESIDE = 6
"""Characters: «滦河迁西县段» names a river, «对迁西县186公里公路保洁» a place of work."""
_SHORTEST = 3
"""Characters: «赵县», «易县» are read too easily out of other words."""


@cache
def _places(vocabulary: Vocabulary) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """A pattern of all names, and for each the cities it may belong to."""
    cities: dict[str, set[str]] = {}
    for city, counties in vocabulary.groups("places.counties").items():
        for name in (city, *counties):
            cities.setdefault(name, set()).add(city)
    known = {name: frozenset(own) for name, own in cities.items() if len(name) >= _SHORTEST}
    return any_of(known), known


@document_rule(
    "foreign-place",
    Severity.WARN,
    source="内容应属于本单位、本项目",
    wrong={
        "projects[p1].fund_use": "用于涿鹿县农户培训聘请授课专家、编印培训教材、租用教学场地等支出，项目预算数为60万元。"
    },
    right={"projects[p1].fund_use": "用于农户培训聘请授课专家，赴涿鹿县考察，编印培训教材等支出，项目预算数为60万元。"},
)
def foreign_place(whole: Whole) -> Iterator[Finding]:
    """A place of Hebei in a text of a unit from elsewhere. Silent where the unit's own name holds no place."""
    document, own = whole.document, whole.document.unit.name
    front = whole.once(_in_front, document.overall_goal, document.sub_goals, document.safeguards, own, whole.context)
    yield from front
    for project in document.projects:
        yield from whole.once(_in_project, project, own, whole.context.vocabulary)


def _in_front(
    overall: str, sub_goals: Items[SubGoal], safeguards: Items[Measure], unit: str, context: Context
) -> tuple[Finding, ...]:
    texts = [
        ("overall_goal", "", overall),
        *section_texts("sub_goals", sub_goals),
        *section_texts("safeguards", safeguards),
    ]
    return tuple(found for path, _kind, text in texts for found in _foreign(path, text, unit, unit, context.vocabulary))


def _in_project(project: Project, unit: str, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    named = f"{project.unit.name}\n{project.name}"
    found: list[Finding] = []
    for path, _kind, text in project_texts(project):
        if path != "name":
            found += _foreign(f"projects[{project.id}].{path}", text, project.unit.name or unit, named, vocabulary)
    for row in project.indicators:
        for path, _kind, text in row_texts(row):
            if path != "basis" and text[-1:] not in "%％":
                place = f"projects[{project.id}].indicators[{row.id}].{path}"
                found += _foreign(place, text, project.unit.name or unit, named, vocabulary)
    return tuple(found)


def _foreign(path: str, text: str, unit: str, named: str, vocabulary: Vocabulary) -> Iterator[Finding]:
    if not any(mark in text for mark in "县区市"):
        return
    pattern, cities = _places(vocabulary)
    for found in pattern.finditer(text):
        place = found[0]
        if not _is_elsewhere(place, unit, named, pattern, cities) or is_protected(text, found.start(), found.end()):
            continue
        if vocabulary.pattern("places.words.elsewhere").search(_around(text, found.start(), place)):
            continue
        beside = f"{text[max(0, found.start() - _BESIDE) : found.start()]}，{text[found.end() :][:_BESIDE]}"
        if vocabulary.pattern("places.words.routes").search(beside):
            continue
        message = f"「{place}」不是本单位所在的地方，像是从别处抄来的，请核对。"
        yield Finding(path, shortened(place), message)
        return


def _is_elsewhere(
    place: str, unit: str, named: str, pattern: re.Pattern[str], cities: dict[str, frozenset[str]]
) -> bool:
    if not unit or "省" in unit or place in unit or place in named or place[:-1] in unit + named:
        return False
    own = _OWN_PLACE.search(unit)
    if own is None or _NOT_A_PLACE.search(own[0]):
        return False
    homes = {city for name in pattern.findall(unit) for city in cities[name]}
    if not homes:
        return True
    if homes & cities[place]:
        # A county does not work in its neighbour; the city does in all of its counties.
        return place not in homes and not any(city in unit for city in homes) and len(cities[place]) == 1
    return True


def _around(text: str, start: int, place: str) -> str:
    """The clause without the place, whose name may hold a word that explains it: 北戴河区."""
    own = next((piece.text for piece in clauses(text) if piece.start <= start < piece.end), text)
    return own.replace(place, "，")
