"""Many places in the user's words at once: «项目 2 · 指标 5 · 指标值», without a search through the document for each."""

from collections.abc import Callable

from models.document import fieldnames
from models.document.tree import GoalDocument, Indicator, Project

_Owners = dict[str, tuple[str, type]]


def place_words(document: GoalDocument) -> Callable[[str], str]:
    """A function from a field path to its place, as `fieldnames.where` has it. A section's parts are looked at once, when
    the first path in it is asked for."""
    known: dict[str, _Owners] = {}

    def words_of(path: str) -> str:
        section, bracket, _ = path.partition("[")
        if bracket and section not in known:
            known[section] = _owners(document, section)
        head, _, name = path.rpartition(".")
        owner = known.get(section, {}).get(head)
        label = fieldnames.PART_LABELS[owner[1]].get(name) if owner else None
        return f"{owner[0]} · {label}" if owner and label else fieldnames.where(document, path)

    return words_of


def _owners(document: GoalDocument, section: str) -> _Owners:
    """The parts of a section by their paths: the words for each and its kind."""
    owners: _Owners = {}
    if section in {"sub_goals", "safeguards"}:
        for number, item in enumerate(getattr(document, section).items, 1):
            owners[f"{section}[{item.id}]"] = (f"{fieldnames.PART_NAMES[type(item)]} {number}", type(item))
    elif section == "projects":
        for number, project in enumerate(document.projects, 1):
            here, words = f"projects[{project.id}]", f"项目 {number}"
            owners[here] = (words, Project)
            for place, row in enumerate(project.indicators, 1):
                owners[f"{here}.indicators[{row.id}]"] = (f"{words} · 指标 {place}", Indicator)
    return owners
