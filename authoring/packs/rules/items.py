"""Convert questions of a pack to those of `quizzes`."""

from authoring.packs.rules import schema
from quizzes.rules.paper import FrozenOption, FrozenQuestion


def question_in_pack(question: schema.PackQuestion) -> FrozenQuestion:
    """Return the question as `quizzes` represents it, with the ids of the pack."""
    return FrozenQuestion(
        key=question.id,
        handle=question.id,
        kind=question.kind.replace("-", "_"),
        stem=question.stem,
        critical=question.critical,
        feedback=question.feedback,
        sources=question.sources,
        answered_in=question.answered_in,
        options=tuple(
            FrozenOption(
                option.id, option.text, option.right, option.feedback, option.match
            )
            for option in question.options
        ),
        tolerance=question.tolerance,
        unit=question.unit,
    )
