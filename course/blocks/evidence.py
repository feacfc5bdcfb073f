"""The ladder of evidence, in words: one word for each rung, everywhere."""

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class EvidenceRung(models.IntegerChoices):
    """How much is known. `course.rules.evidence` says what each rung needs."""

    NOT_SHOWN = 0, _("not shown")
    IN_THE_LABORATORY = 1, _("only in the laboratory or in animals")
    UNCOMPARED = 2, _("small studies without a comparison")
    MIXED = 3, _("small or mixed trials")
    GOOD = 4, _("several good trials")
    CHECKED = 5, _("several good trials, checked by a regulator")


RUNG_SIGNS = [
    (
        f"rung-{rung.value}",
        format_lazy(_("Ladder of evidence: {rung}"), rung=rung.label),
    )
    for rung in EvidenceRung
]


def evidence_block(help_text):
    """Return a block to choose a rung for a claim, or none."""
    return blocks.ChoiceBlock(
        choices=RUNG_SIGNS,
        required=False,
        default="",
        label=_("Evidence"),
        help_text=help_text,
    )
