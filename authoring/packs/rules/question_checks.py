"""Checks of a question that depend on its kind."""

from collections.abc import Iterator

from authoring.packs.rules.content import PackBlock
from authoring.packs.rules.items import question_in_pack
from authoring.packs.rules.schema import PackQuestion
from quizzes.kinds import kind_of
from quizzes.rules.question_kind import OPTION_PARTS, SPECIAL_FIELDS, Flaw, QuestionKind


def of_question(block: PackBlock[PackQuestion]) -> Iterator[tuple[int, str]]:
    """Yield the line and message of each problem in the question."""
    question = question_in_pack(block.value)
    kind = kind_of(question)
    for flaw in kind.problems(question):
        yield block.line_of(flaw.field), f"{flaw.fix}{_count_of(block, kind)}"
    yield from _repeated_ids(block)
    for flaw in kind.option_flaws(question):
        yield _place_of(block, flaw), f"“{flaw.what}” is missing: {flaw.fix}"
    yield from _unused(block, kind)
    for flaw in kind.feedback_flaws(question):
        yield _missing_feedback(block, flaw)


def _place_of(block: PackBlock[PackQuestion], flaw: Flaw) -> int:
    return block.line_of("options", flaw.option - 1)


def _count_of(block: PackBlock[PackQuestion], kind: QuestionKind) -> str:
    options = block.value.options
    right = sum(option.right for option in options)
    return f" Now it is {right} of {len(options)}." if kind.is_right_marked else ""


def _repeated_ids(block: PackBlock[PackQuestion]) -> Iterator[tuple[int, str]]:
    seen = set()
    for place, option in enumerate(block.value.options):
        if option.id in seen:
            yield (
                block.line_of("options", place, "id"),
                f"Another option has the id “{option.id}”. Give this one its own id.",
            )
        seen.add(option.id)


def _unused(
    block: PackBlock[PackQuestion], kind: QuestionKind
) -> Iterator[tuple[int, str]]:
    """Yield fields of the question and its options that its kind does not use."""
    for name in sorted(SPECIAL_FIELDS - kind.question_fields):
        if getattr(block.value, name):
            yield (
                block.line_of(name),
                f"This kind of question has no “{name}”. Remove it.",
            )
    for place, option in enumerate(block.value.options):
        filled = {name for name, value in option if value}
        for name in sorted(filled & OPTION_PARTS - kind.option_fields):
            yield (
                block.line_of("options", place, name),
                f"Options of this kind of question have no “{name}”. Remove it.",
            )


def _missing_feedback(block: PackBlock[PackQuestion], flaw: Flaw) -> tuple[int, str]:
    if not flaw.option:
        return block.line, f"“feedback” is missing: {flaw.fix}"
    option = block.value.options[flaw.option - 1]
    return (
        _place_of(block, flaw),
        f"The option “{option.id}” has no “feedback”: {flaw.fix}",
    )
