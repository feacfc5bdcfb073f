"""Visual blocks of a lesson: figures, tables, pictures and citations."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from course.blocks.evidence import evidence_block
from course.blocks.examples import WithExample
from course.blocks.languages import IdBlock, TranslatedTableBlock

SHOW = _("Figures and tables")


def line_block(**options):
    """Return a block for one line of text of up to 255 characters."""
    return blocks.CharBlock(max_length=255, **options)


def optional_title(help_text):
    """Return a block for an optional title."""
    return line_block(required=False, default="", label=_("Title"), help_text=help_text)


class IconArrayGroupBlock(blocks.StructBlock):
    label = line_block(label=_("Group"))
    count = blocks.IntegerBlock(
        min_value=0,
        max_value=100,
        label=_("How many of 100"),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


class IconArrayBlock(WithExample, blocks.StructBlock):
    title = line_block(label=_("Title"))
    groups = blocks.ListBlock(IconArrayGroupBlock(), min_num=1, label=_("Groups"))
    meaning = blocks.TextBlock(
        rows=3,
        label=_("Meaning"),
        help_text=_("Explain in words what the numbers mean."),
    )
    evidence = evidence_block(_("If it shows a benefit: how much is known."))

    class Meta:
        icon = "user"
        group = SHOW
        label = _("Out of 100 people")
        template = "course/blocks/icon_array.html"


class EventBlock(blocks.StructBlock):
    when = line_block(label=_("When"))
    what = blocks.TextBlock(rows=2, label=_("What"))


class TimelineBlock(WithExample, blocks.StructBlock):
    title = line_block(label=_("Title"))
    events = blocks.ListBlock(EventBlock(), min_num=2, label=_("Events"))

    class Meta:
        icon = "history"
        group = SHOW
        label = _("Timeline")
        template = "course/blocks/timeline.html"


class IllustrationBlock(WithExample, blocks.StructBlock):
    drawing = blocks.ChoiceBlock(
        choices=[
            ("follicle", _("A hair follicle")),
            ("three-kinds", _("Three kinds of hair loss")),
            ("three-steps", _("The three steps of the procedure")),
            ("the-gap", _("What a comparison shows in one trial")),
            ("fading-gain", _("A gain in one trial that faded within a year")),
            ("three-places", _("The three places that have to heal")),
            ("unseen-harm", _("Harm that a study of 100 people can miss")),
            ("clinic-says", _("How to check what a clinic says")),
            ("many-doors", _("The kinds of choice")),
        ],
        label=_("Drawing"),
    )
    description = blocks.TextBlock(
        rows=3,
        label=_("Description"),
        help_text=_("Describe what the drawing shows, for people who cannot see it."),
    )

    class Meta:
        icon = "image"
        group = SHOW
        label = _("Illustration")
        template = "course/blocks/illustration.html"


class CitationBlock(WithExample, blocks.StructBlock):
    statement = blocks.TextBlock(rows=2, label=_("Statement"))
    source = IdBlock(
        max_length=20,
        label=_("Source"),
        help_text=_("The id of the source, such as S23."),
    )

    class Meta:
        icon = "openquote"
        group = SHOW
        label = _("Citation")
        template = "course/blocks/citation.html"


class ComparisonTableBlock(WithExample, TranslatedTableBlock):
    class Meta:
        icon = "table"
        group = SHOW
        label = _("Comparison table")
        template = "course/blocks/table.html"


class CaptionedImageBlock(WithExample, blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = optional_title(_("Optional. Shown below the image."))

    class Meta:
        icon = "image"
        group = SHOW
        label = _("Image")
        template = "course/blocks/image.html"
        preview_template = "course/blocks/image_preview.html"


class OptionsTableBlock(WithExample, blocks.StructBlock):
    """A table of the course's options, which are edited with the course."""

    caption = line_block(label=_("Caption"))
    extent = blocks.ChoiceBlock(
        choices=[
            ("short", _("In short: name, benefit and harm in a few words")),
            ("whole", _("All options, with everything about them")),
        ],
        label=_("Extent"),
    )

    class Meta:
        icon = "table"
        group = SHOW
        label = _("Options of the course")
        template = "course/blocks/options_table.html"


class EvidenceLadderBlock(WithExample, blocks.StructBlock):
    """Explains the sign that stands beside options and claims."""

    note = blocks.TextBlock(
        required=False,
        default="",
        rows=2,
        label=_("Note"),
        help_text=_(
            "Shown below the ladder. For example, where this treatment stands."
        ),
    )

    class Meta:
        icon = "list-ol"
        group = SHOW
        label = _("Ladder of evidence")
        template = "course/blocks/evidence_ladder.html"
