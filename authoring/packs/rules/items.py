"""Questions of a pack as `quizzes` has them."""

from authoring.packs.rules import schema
from quizzes.rules.paper import Option, Question


def question_in_pack(question: schema.PackQuestion) -> Question:
    """Return the question as `quizzes` has it; ids are those of the pack."""
    return Question(
        key=question.id,
        handle=question.id,
        kind=question.kind.replace("-", "_"),
        stem=question.stem,
        critical=question.critical,
        feedback=question.feedback,
        sources=question.sources,
        answered_in=question.answered_in,
        options=tuple(
            Option(option.id, option.text, option.right, option.feedback, option.match)
            for option in question.options
        ),
        tolerance=question.tolerance,
        unit=question.unit,
    )
