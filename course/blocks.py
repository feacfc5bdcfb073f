"""The blocks that a lesson is built from, made for patients.

Any text may cite sources: ids in square brackets, such as [S1, S2].
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

PROSE_FEATURES = ["bold", "italic", "ol", "ul", "link"]

_SPEAK = _("For patients")
_SHOW = _("To look at")
_DO = _("To do")


def _line(**options):
    return blocks.CharBlock(max_length=255, **options)


def _optional_title(help_text):
    return _line(required=False, default="", label=_("Title"), help_text=help_text)


def _prose():
    return blocks.RichTextBlock(features=PROSE_FEATURES, label=_("Text"))


def _points():
    return blocks.ListBlock(
        blocks.TextBlock(label=_("Point"), rows=2), label=_("Points")
    )


class AnchorBlock(blocks.RegexBlock):
    """A name to link to. A draft may hold one that is half typed."""

    def clean(self, value):
        if self.is_deferred_validation:
            return value
        return super().clean(value)


class HeadingBlock(blocks.StructBlock):
    title = _line(label=_("Title"))
    anchor = AnchorBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
        label=_("Anchor"),
        help_text=_("Small letters, digits and hyphens. Questions link to it."),
        error_messages={"invalid": _("Use small letters, digits and hyphens only.")},
    )

    class Meta:
        icon = "title"
        group = _SPEAK
        label = _("Heading")
        template = "course/blocks/heading.html"


class KeyTermsBlock(blocks.StructBlock):
    terms = blocks.ListBlock(
        blocks.CharBlock(max_length=80, label=_("Term")),
        label=_("Terms"),
        help_text=_("Ids of terms in the course's glossary, such as follicle."),
    )

    class Meta:
        icon = "snippet"
        group = _SPEAK
        label = _("Key terms")
        template = "course/blocks/key_terms.html"


class KeyFactBlock(blocks.StructBlock):
    title = _optional_title(_("Blank: “Key fact”."))
    text = _prose()

    class Meta:
        icon = "pick"
        group = _SPEAK
        label = _("Key fact")
        template = "course/blocks/key_fact.html"


class WarningBlock(blocks.StructBlock):
    title = _line(label=_("Title"))
    text = _prose()

    class Meta:
        icon = "warning"
        group = _SPEAK
        label = _("Warning")
        template = "course/blocks/warning.html"


class UnknownsBlock(blocks.StructBlock):
    title = _optional_title(_("Blank: “What we do not know”."))
    points = _points()

    class Meta:
        icon = "help"
        group = _SPEAK
        label = _("What we do not know")
        template = "course/blocks/unknowns.html"


class CareCardBlock(blocks.StructBlock):
    level = blocks.ChoiceBlock(
        choices=[
            ("non-urgent", _("Not urgent")),
            ("urgent", _("Urgent")),
            ("emergency", _("Emergency")),
        ],
        label=_("Level"),
    )
    title = _line(
        label=_("Title"), help_text=_("Such as “Call your emergency number now if”.")
    )
    points = _points()
    after = blocks.TextBlock(
        required=False, default="", rows=2, label=_("Closing line")
    )

    class Meta:
        icon = "warning"
        group = _DO
        label = _("Care card")
        template = "course/blocks/care_card.html"


class DoListBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("do", _("Do")), ("do-not", _("Do not"))], label=_("Kind")
    )
    points = _points()

    class Meta:
        icon = "list-ul"
        group = _DO
        label = _("Do or do not")
        template = "course/blocks/do_list.html"


class IconArrayGroupBlock(blocks.StructBlock):
    label = _line(label=_("Group"))
    count = blocks.IntegerBlock(
        min_value=0,
        max_value=100,
        label=_("How many of 100"),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


class IconArrayBlock(blocks.StructBlock):
    title = _line(label=_("Title"))
    groups = blocks.ListBlock(IconArrayGroupBlock(), min_num=1, label=_("Groups"))
    meaning = blocks.TextBlock(
        rows=3, label=_("Meaning"), help_text=_("What the numbers mean, in words.")
    )

    class Meta:
        icon = "user"
        group = _SHOW
        label = _("Out of 100 people")
        template = "course/blocks/icon_array.html"


class StepBlock(blocks.StructBlock):
    title = _line(label=_("Title"))
    text = blocks.TextBlock(rows=2, label=_("Text"))


class StepsBlock(blocks.StructBlock):
    title = _optional_title(_("May be left blank."))
    steps = blocks.ListBlock(StepBlock(), min_num=2, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        group = _DO
        label = _("Numbered steps")
        template = "course/blocks/steps.html"


class EventBlock(blocks.StructBlock):
    when = _line(label=_("When"))
    what = blocks.TextBlock(rows=2, label=_("What"))


class TimelineBlock(blocks.StructBlock):
    title = _line(label=_("Title"))
    events = blocks.ListBlock(EventBlock(), min_num=2, label=_("Events"))

    class Meta:
        icon = "history"
        group = _SHOW
        label = _("Timeline")
        template = "course/blocks/timeline.html"


class IllustrationBlock(blocks.StructBlock):
    drawing = blocks.ChoiceBlock(
        choices=[
            ("follicle", _("A hair follicle")),
            ("three-steps", _("The three steps of the procedure")),
        ],
        label=_("Drawing"),
    )
    description = blocks.TextBlock(
        rows=3,
        label=_("Description"),
        help_text=_("What the drawing shows, in words, for those who cannot see it."),
    )

    class Meta:
        icon = "image"
        group = _SHOW
        label = _("Illustration")
        template = "course/blocks/illustration.html"


class ChecklistBlock(blocks.StructBlock):
    title = _line(label=_("Title"))
    points = _points()

    class Meta:
        icon = "tasks"
        group = _DO
        label = _("Checklist to take along")
        template = "course/blocks/checklist.html"


class NextStepsBlock(blocks.StructBlock):
    title = _optional_title(_("Blank: “What you can do next”."))
    points = _points()

    class Meta:
        icon = "arrow-right"
        group = _DO
        label = _("What you can do next")
        template = "course/blocks/next_steps.html"


class CitationBlock(blocks.StructBlock):
    statement = blocks.TextBlock(rows=2, label=_("Statement"))
    source = blocks.CharBlock(
        max_length=20, label=_("Source"), help_text=_("An id such as S23.")
    )

    class Meta:
        icon = "openquote"
        group = _SHOW
        label = _("Citation")
        template = "course/blocks/citation.html"


class CheckYourselfBlock(blocks.StructBlock):
    question = blocks.CharBlock(
        max_length=80,
        label=_("Question"),
        help_text=_(
            "The id of one of this lesson's questions: see “id” on the Quiz tab. "
            "Readers answer it here, unscored, and see the reasons at once."
        ),
    )

    class Meta:
        icon = "help"
        group = _DO
        label = _("Check yourself")
        template = "course/blocks/check_yourself.html"


class CaptionedImageBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = _optional_title(_("Shown below the image; may be left blank."))

    class Meta:
        icon = "image"
        group = _SHOW
        label = _("Image")
        template = "course/blocks/image.html"


class LessonBodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        features=PROSE_FEATURES,
        icon="pilcrow",
        group=_SPEAK,
        label=_("Text"),
        template="course/blocks/text.html",
    )
    key_terms = KeyTermsBlock()
    key_fact = KeyFactBlock()
    warning = WarningBlock()
    unknowns = UnknownsBlock()
    citation = CitationBlock()
    icon_array = IconArrayBlock()
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("Text")))],
        icon="table",
        group=_SHOW,
        label=_("Comparison table"),
        template="course/blocks/table.html",
    )
    timeline = TimelineBlock()
    illustration = IllustrationBlock()
    image = CaptionedImageBlock()
    steps = StepsBlock()
    do_list = DoListBlock()
    care_card = CareCardBlock()
    checklist = ChecklistBlock()
    next_steps = NextStepsBlock()
    check_yourself = CheckYourselfBlock()
