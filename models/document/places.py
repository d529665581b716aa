"""Many places in the user's words at once: «项目 2 · 指标 5 · 指标值», without a search through the document for each."""

from collections.abc import Callable

from models.document import fieldnames
from models.document.tree import GoalDocument, Indicator, Project


def place_words(document: GoalDocument) -> Callable[[str], str]:
    """A function from a field path to its place, as `fieldnames.where` has it."""
    owners: dict[str, tuple[str, type]] = {}
    for number, project in enumerate(document.projects, 1):
        here, words = f"projects[{project.id}]", f"项目 {number}"
        owners[here] = (words, Project)
        for place, row in enumerate(project.indicators, 1):
            owners[f"{here}.indicators[{row.id}]"] = (f"{words} · 指标 {place}", Indicator)

    def words_of(path: str) -> str:
        head, _, name = path.rpartition(".")
        owner = owners.get(head)
        label = fieldnames.PART_LABELS[owner[1]].get(name) if owner else None
        return f"{owner[0]} · {label}" if owner and label else fieldnames.where(document, path)

    return words_of
