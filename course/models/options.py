"""What readers choose between, and what may matter to them. Content only."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from course.blocks.evidence import EvidenceRung
from course.blocks.languages import IdBlock
from course.models.children import KeyedChild
from course.rules.chances import read_chance
from course.rules.content_fields import (
    CITING,
    PACKED,
    SHARED,
    SIGNED,
    TRANSLATED,
    ContentField,
)

# Reasons why a field does not have all uses, see `content_fields`.
_NAME = "An id, not a text."
_FIGURE = "A figure, which the text beside it explains and gives a source for."
_READ_AS_OPTION = "Options have rules of their own: course/rules/option_rules.py."
_CHANCE = _("A number or a range, such as 26 or 10-20. Leave blank if it is not known.")


def validate_chance(text: str) -> None:
    """Raise ValidationError unless the text is a number or a range, up to 100."""
    try:
        read_chance(text)
    except ValueError as error:
        message = _("Enter a number from 0 to 100, or a range such as 10-20.")
        raise ValidationError(message) from error


def _chance_field(name):
    return models.CharField(
        name, max_length=10, blank=True, validators=[validate_chance], help_text=_CHANCE
    )


def _more_field():
    return models.BooleanField(
        _("the figure is how many more than without it"),
        default=False,
        help_text=_("Tick this if a source gives the difference only."),
    )


def _more_text(name, help_text=""):
    """Return a field for a text that, if blank, is shown as “Not known”."""
    return models.TextField(name, blank=True, help_text=help_text)


class TreatmentOption(KeyedChild):
    """One of the things readers can do, “nothing” among them.

    Figures are out of 100 people. A blank figure or text is shown as not known.
    """

    course = ParentalKey(
        "course.CoursePage", related_name="options", on_delete=models.CASCADE
    )
    handle = models.SlugField(
        _("id"),
        max_length=80,
        help_text=_("Part of addresses that people share, so do not change it."),
    )
    name = models.CharField(_("name"), max_length=80)
    what_it_is = models.TextField(_("what it is"))
    benefit_in_short = models.CharField(
        _("benefit in a few words"),
        max_length=255,
        blank=True,
        help_text=_("For the short table. If blank, the option is not in it."),
    )
    harm_in_short = models.CharField(
        _("harm in a few words"), max_length=255, blank=True
    )
    benefit = models.TextField(
        _("benefit"), help_text=_("What studies show, with sources, such as [S1].")
    )
    benefit_chance = _chance_field(_("how many of 100 it helps"))
    benefit_without = _chance_field(_("how many of 100 get better without it"))
    benefit_is_more = _more_field()
    harm = models.TextField(
        _("harm"), help_text=_("In as much detail as the benefit, with sources.")
    )
    harm_chance = _chance_field(_("how many of 100 it harms"))
    harm_without = _chance_field(_("how many of 100 are harmed without it"))
    harm_is_more = _more_field()
    evidence = models.PositiveSmallIntegerField(
        _("evidence of the benefit"),
        choices=EvidenceRung.choices,
        null=True,
        blank=True,
        help_text=_("Leave blank if there is no claim to test, or nobody rated it."),
    )
    evidence_sources = models.CharField(
        _("sources of the evidence"),
        max_length=255,
        blank=True,
        help_text=_(
            "Ids of sources, such as S4, S17. What kind of evidence they are limits the "
            "rung."
        ),
    )
    living_with = _more_text(_("what it is like to live with"))
    time = _more_text(_("how long it takes"))
    cost = _more_text(_("what it costs"))
    allowed = _more_text(_("where it is allowed"))
    unknown = _more_text(
        _("what is not known"), _("If blank, readers see “Not known” here, too.")
    )

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED, SHARED),
        ContentField("handle", PACKED, SIGNED, SHARED, because=_NAME),
        ContentField(
            "name", PACKED, SIGNED, TRANSLATED, because="A name makes no claims."
        ),
        *(
            ContentField(
                name, PACKED, SIGNED, CITING, TRANSLATED, because=_READ_AS_OPTION
            )
            for name in (
                "what_it_is",
                "benefit_in_short",
                "harm_in_short",
                "benefit",
                "harm",
                "living_with",
                "time",
                "cost",
                "allowed",
                "unknown",
            )
        ),
        *(
            ContentField(name, PACKED, SIGNED, SHARED, because=_FIGURE)
            for name in (
                "benefit_chance",
                "benefit_without",
                "benefit_is_more",
                "harm_chance",
                "harm_without",
                "harm_is_more",
            )
        ),
        ContentField("evidence", PACKED, SIGNED, SHARED),
        ContentField("evidence_sources", PACKED, SIGNED, SHARED, because=_NAME),
    ]

    panels = [
        FieldPanel("name"),
        FieldPanel("what_it_is"),
        MultiFieldPanel(
            [
                FieldPanel("benefit"),
                FieldRowPanel(
                    [FieldPanel("benefit_chance"), FieldPanel("benefit_without")]
                ),
                FieldPanel("benefit_is_more"),
                FieldPanel("evidence"),
                FieldPanel("evidence_sources"),
            ],
            heading=_("Benefit"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("harm"),
                FieldRowPanel([FieldPanel("harm_chance"), FieldPanel("harm_without")]),
                FieldPanel("harm_is_more"),
            ],
            heading=_("Harm"),
        ),
        FieldPanel("living_with"),
        FieldPanel("time"),
        FieldPanel("cost"),
        FieldPanel("allowed"),
        FieldPanel("unknown"),
        FieldPanel("benefit_in_short"),
        FieldPanel("harm_in_short"),
        FieldPanel("handle"),
    ]

    class Meta(KeyedChild.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")

    def __str__(self):
        return self.name

    @property
    def source_list(self) -> list[str]:
        """The ids of the sources named for the evidence, in order."""
        named = (handle.strip() for handle in self.evidence_sources.split(","))
        return [handle for handle in named if handle]


class FitBlock(blocks.StructBlock):
    option = IdBlock(
        max_length=80, label=_("Option"), help_text=_("The id of an option above.")
    )
    reason = blocks.TextBlock(
        rows=2,
        label=_("Reason"),
        help_text=_("Why the option fits what the statement says."),
    )

    class Meta:
        icon = "tick"
        label = _("Option that fits")


class ValueStatement(KeyedChild):
    """Something that may matter to readers, in their words, and what fits it."""

    course = ParentalKey(
        "course.CoursePage", related_name="statements", on_delete=models.CASCADE
    )
    handle = models.SlugField(
        _("id"),
        max_length=80,
        help_text=_("Readers' browsers keep their answers by this id."),
    )
    text = models.CharField(
        _("statement"),
        max_length=255,
        help_text=_("For example, “I do not want to do something every day.”"),
    )
    fits = StreamField(
        [("fit", FitBlock())], verbose_name=_("options that fit"), blank=True
    )

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED, SHARED),
        ContentField("handle", PACKED, SIGNED, SHARED, because=_NAME),
        ContentField(
            "text", PACKED, SIGNED, TRANSLATED, because="A reader's words, not a claim."
        ),
        ContentField(
            "fits", PACKED, SIGNED, CITING, TRANSLATED, because=_READ_AS_OPTION
        ),
    ]

    panels = [FieldPanel("text"), FieldPanel("fits"), FieldPanel("handle")]

    class Meta(KeyedChild.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self):
        return self.text
