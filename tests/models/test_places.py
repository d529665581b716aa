"""Places told many at once are those told one by one."""

from hypothesis import given

from models.document import fieldnames
from models.document.places import place_words
from models.document.tree import GoalDocument
from tests.models.paths import leaves
from tests.strategies import documents


@given(documents())
def test_every_place_is_told_as_it_is_alone(document: GoalDocument) -> None:
    words_of = place_words(document)
    for path, _value in leaves(document):
        assert words_of(path) == fieldnames.where(document, path)
