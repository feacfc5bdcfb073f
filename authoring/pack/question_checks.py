"""What a question must hold, by its kind."""

from collections.abc import Iterator

from authoring.pack.content import Block
from authoring.pack.schema import Question
from quizzes import kinds

ORDERING = "ordering"


def of_question(block: Block) -> Iterator[tuple[int, str]]:
    """Yield the line and the message for each thing to mend in the question."""
    question = block.value
    for message in _right_options(question):
        yield block.line_of("options"), message
    yield from _repeated_ids(block)
    if question.kind == ORDERING:
        yield from _ordering(block)
    else:
        yield from _feedback(block)


def _right_options(question: Question):
    """Return what the kind itself says about the options marked as right."""
    flags = [option.right for option in question.options]
    found = kinds.named(question.kind.replace("-", "_")).problems(flags)
    return [f"{message} Now it is {sum(flags)} of {len(flags)}." for message in found]


def _repeated_ids(block):
    seen = set()
    for place, option in enumerate(block.value.options):
        if option.id in seen:
            yield (
                block.line_of("options", place, "id"),
                f"“{option.id}” is the id of two options: give this one its own.",
            )
        seen.add(option.id)


def _ordering(block):
    if not block.value.feedback:
        yield block.line, "“feedback” is missing: say why this is the order."
    for place, option in enumerate(block.value.options):
        if option.right or option.feedback:
            yield (
                block.line_of("options", place),
                "In a question of order an option has neither “right” nor “feedback”.",
            )


def _feedback(block):
    for place, option in enumerate(block.value.options):
        if not option.feedback:
            yield (
                block.line_of("options", place),
                f"The option “{option.id}” has no “feedback”: say why it is right or "
                "wrong.",
            )
