"""The options of a question, which are blocks so that each keeps its id."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from course.blocks.languages import WordsBlock
from quizzes.rules import paper as papers


class OptionBlock(blocks.StructBlock):
    text = WordsBlock(required=False, default="", rows=1, label=_("Text"))
    match = WordsBlock(
        required=False,
        default="",
        rows=1,
        label=_("Belongs to"),
        help_text=_("For “Match” questions: what the text belongs to."),
    )
    right = blocks.BooleanBlock(required=False, label=_("Right"))
    feedback = blocks.TextBlock(
        required=False,
        default="",
        rows=2,
        label=_("Feedback"),
        help_text=_("Explain why it is right or wrong, without blame."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Option")


class OptionsBlock(blocks.StreamBlock):
    option = OptionBlock()


def frozen_option(block: blocks.StreamValue.StreamChild) -> papers.FrozenOption:
    """Return the option as a paper holds it. Fields not filled in yet are ""."""
    return papers.FrozenOption(
        id=str(block.id or ""),
        text=block.value["text"] or "",
        right=bool(block.value["right"]),
        feedback=block.value["feedback"] or "",
        match=block.value["match"] or "",
    )
