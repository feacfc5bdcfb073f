"""Shapes of questions, by the name that `QuestionKind.shape` gives; a class each."""

from authoring.questions.formats.question_shape import QuestionShape
from authoring.questions.formats.shapes.choices import ChoicesShape
from authoring.questions.formats.shapes.number import NumberShape
from authoring.questions.formats.shapes.pairs import PairsShape
from authoring.questions.formats.shapes.spellings import SpellingsShape
from authoring.questions.formats.shapes.steps import StepsShape
from authoring.questions.rules.items import ExchangedItem
from quizzes import kinds

# In the order in which GIFT's answers are tried: what no other takes are choices.
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
    """Return the shape of the question; KeyError for a kind that has none."""
    return SHAPES[kinds.kind_named(item.kind).shape]
