"""An option of a question, edited as a block so that its id stays."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class OptionBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=1, label=_("Text"))
    right = blocks.BooleanBlock(required=False, label=_("Right"))
    feedback = blocks.TextBlock(
        required=False,
        default="",
        rows=2,
        label=_("Feedback"),
        help_text=_("Why it is right or wrong, without blame."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Option")


class OptionsBlock(blocks.StreamBlock):
    option = OptionBlock()
