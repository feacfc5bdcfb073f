"""The shapes of questions by name (`QuestionKind.shape`), with one class each."""

from authoring.questions.formats.question_shape import QuestionShape
from authoring.questions.formats.shapes.choices import ChoicesShape
from authoring.questions.formats.shapes.number import NumberShape
from authoring.questions.formats.shapes.pairs import PairsShape
from authoring.questions.formats.shapes.spellings import SpellingsShape
from authoring.questions.formats.shapes.steps import StepsShape
from authoring.questions.rules.items import ExchangedItem
from quizzes import kinds

# In the order in which they are tried for GIFT. Choices come last and accept the rest.
SHAPES: dict[str, QuestionShape] = {
    "steps": StepsShape(),
    "number": NumberShape(),
    "pairs": PairsShape(),
    "spellings": SpellingsShape(),
    "choices": ChoicesShape(),
}
MOODLE_TYPES: dict[str, QuestionShape] = {
    moodle_type: shape
    for shape in SHAPES.values()
    for moodle_type in shape.moodle_types
}


def shape_of(item: ExchangedItem) -> QuestionShape:
    """Return the shape of the question. Raises KeyError for an unknown kind."""
    return SHAPES[kinds.kind_named(item.kind).shape]
