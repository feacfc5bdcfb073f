"""The questions of a pack as the rules of item writing see them."""

from authoring.pack.schema import Question
from quizzes.item_rules import Choice, Item


def as_item(question: Question) -> Item:
    """Return the question for `quizzes.item_rules`."""
    return Item(
        handle=question.id,
        kind=question.kind.replace("-", "_"),
        stem=question.stem,
        choices=tuple(
            Choice(option.text, option.right, option.feedback)
            for option in question.options
        ),
        feedback=question.feedback,
        sources=question.sources,
    )
