"""The questions that a course answers first, on the home page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from course.blocks.evidence import RUNG_SIGNS
from course.blocks.figures import line_block

# Drawn beside an answer. The answer says the same in words.
SIGNS = [
    ("", _("None")),
    ("stamp", _("A stamp that is missing")),
    ("choices", _("Many doors")),
    *RUNG_SIGNS,
]


class AnswerBlock(blocks.StructBlock):
    question = line_block(
        label=_("Question"), help_text=_("For example, “Does it work?”.")
    )
    answer = line_block(
        label=_("Answer"), help_text=_("A few words, such as “Nobody knows yet”.")
    )
    text = blocks.TextBlock(
        rows=2,
        label=_("Text"),
        help_text=_("1 or 2 sentences, with their sources, such as [S1]."),
    )
    sign = blocks.ChoiceBlock(
        choices=SIGNS, required=False, default="", label=_("Sign")
    )

    class Meta:
        icon = "help"
        label = _("Answer")
