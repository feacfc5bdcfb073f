"""The blocks of a lesson, made for patients.

Any text may cite sources by their ids in square brackets, such as [S1, S2].
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from course.blocks.evidence import evidence_block
from course.blocks.examples import WithExample
from course.blocks.figures import (
    CaptionedImageBlock,
    CitationBlock,
    ComparisonTableBlock,
    EvidenceLadderBlock,
    IconArrayBlock,
    IllustrationBlock,
    OptionsTableBlock,
    TimelineBlock,
    line_block,
    optional_title,
)
from course.blocks.languages import IdBlock

PROSE_FEATURES = [
    "bold",
    "italic",
    "superscript",
    "subscript",
    "ol",
    "ul",
    "sub-list",
    "link",
]

_SPEAK = _("For patients")
_DO = _("To do")


def _prose():
    return blocks.RichTextBlock(features=PROSE_FEATURES, label=_("Text"))


def _points():
    return blocks.ListBlock(
        blocks.TextBlock(label=_("Point"), rows=2), label=_("Points")
    )


class AnchorBlock(blocks.RegexBlock):
    """A name to link to. In a draft it may be invalid."""

    def clean(self, value):
        if self.is_deferred_validation:
            return value
        return super().clean(value)


class HeadingBlock(WithExample, blocks.StructBlock):
    title = line_block(label=_("Title"))
    anchor = AnchorBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
        label=_("Anchor"),
        help_text=_("Lower-case letters, digits and hyphens. Questions link to it."),
        error_messages={
            "invalid": _("Use only lower-case letters, digits and hyphens.")
        },
    )

    class Meta:
        icon = "title"
        group = _SPEAK
        label = _("Heading")
        template = "course/blocks/heading.html"


class FoldBlock(HeadingBlock):
    """Folds what follows, as `course.rules.folding` says."""

    class Meta:
        icon = "collapse-down"
        group = _SPEAK
        label = _("Fold")
        template = "course/blocks/fold.html"


class ProseBlock(WithExample, blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        group = _SPEAK
        label = _("Text")
        template = "course/blocks/text.html"


class KeyTermsBlock(WithExample, blocks.StructBlock):
    terms = blocks.ListBlock(
        IdBlock(max_length=80, label=_("Term")),
        label=_("Terms"),
        help_text=_("Ids of terms in the course's glossary, such as “follicle”."),
    )

    class Meta:
        icon = "snippet"
        group = _SPEAK
        label = _("Key terms")
        template = "course/blocks/key_terms.html"


class KeyFactBlock(WithExample, blocks.StructBlock):
    title = optional_title(_("Leave blank to use “Key fact”."))
    text = _prose()
    evidence = evidence_block(_("If the fact is a benefit: how much is known."))

    class Meta:
        icon = "pick"
        group = _SPEAK
        label = _("Key fact")
        template = "course/blocks/key_fact.html"


class WarningBlock(WithExample, blocks.StructBlock):
    title = line_block(label=_("Title"))
    text = _prose()

    class Meta:
        icon = "warning"
        group = _SPEAK
        label = _("Warning")
        template = "course/blocks/warning.html"


class UnknownsBlock(WithExample, blocks.StructBlock):
    title = optional_title(_("Leave blank to use “What we do not know”."))
    points = _points()

    class Meta:
        icon = "help"
        group = _SPEAK
        label = _("What we do not know")
        template = "course/blocks/unknowns.html"


class CareCardBlock(WithExample, blocks.StructBlock):
    level = blocks.ChoiceBlock(
        choices=[
            ("non-urgent", _("Not urgent")),
            ("urgent", _("Urgent")),
            ("emergency", _("Emergency")),
        ],
        label=_("Level"),
    )
    title = line_block(
        label=_("Title"),
        help_text=_("For example, “Call your emergency number now if”."),
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


class DangerSignsBlock(WithExample, blocks.StructBlock):
    note = blocks.TextBlock(
        required=False,
        default="",
        rows=2,
        label=_("Note"),
        help_text=_(
            "Where the signs come from, such as “From [S1, S2].” The signs themselves "
            "are the same everywhere. They are edited in Settings, “Danger signs”."
        ),
    )
    same_day = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("Also say when to see a doctor the same day"),
    )

    class Meta:
        icon = "warning"
        group = _DO
        label = _("Danger signs")
        template = "course/blocks/danger_signs.html"


class DoListBlock(WithExample, blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[("do", _("Do")), ("do-not", _("Do not"))], label=_("Kind")
    )
    points = _points()

    class Meta:
        icon = "list-ul"
        group = _DO
        label = _("Do or do not")
        template = "course/blocks/do_list.html"


class StepBlock(blocks.StructBlock):
    title = line_block(label=_("Title"))
    text = blocks.TextBlock(rows=2, label=_("Text"))


class StepsBlock(WithExample, blocks.StructBlock):
    title = optional_title(_("Optional."))
    steps = blocks.ListBlock(StepBlock(), min_num=2, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        group = _DO
        label = _("Numbered steps")
        template = "course/blocks/steps.html"


class ChecklistBlock(WithExample, blocks.StructBlock):
    title = line_block(label=_("Title"))
    points = _points()

    class Meta:
        icon = "tasks"
        group = _DO
        label = _("Checklist to take with you")
        template = "course/blocks/checklist.html"


class QuestionsToAskBlock(WithExample, blocks.StructBlock):
    """Where the lesson's questions to ask stand. They are its children, not its text."""

    title = optional_title(_("Leave blank to use “Questions to ask”."))

    class Meta:
        icon = "help"
        group = _DO
        label = _("Questions to ask")
        template = "course/blocks/questions_to_ask.html"


class NextStepsBlock(WithExample, blocks.StructBlock):
    title = optional_title(_("Leave blank to use “What you can do next”."))
    points = _points()

    class Meta:
        icon = "arrow-right"
        group = _DO
        label = _("What you can do next")
        template = "course/blocks/next_steps.html"


class CheckYourselfBlock(WithExample, blocks.StructBlock):
    question = IdBlock(
        max_length=80,
        label=_("Question"),
        help_text=_(
            "The id of one of this lesson's questions. You can find ids on the Quiz "
            "tab. Readers answer the question here and see the feedback. It does not "
            "count towards their result."
        ),
    )

    class Meta:
        icon = "help"
        group = _DO
        label = _("Check yourself")
        template = "course/blocks/check_yourself.html"


class LessonBodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    fold = FoldBlock()
    text = ProseBlock(features=PROSE_FEATURES)
    key_terms = KeyTermsBlock()
    key_fact = KeyFactBlock()
    warning = WarningBlock()
    unknowns = UnknownsBlock()
    citation = CitationBlock()
    icon_array = IconArrayBlock()
    table = ComparisonTableBlock([("text", blocks.CharBlock(label=_("Text")))])
    options_table = OptionsTableBlock()
    evidence_ladder = EvidenceLadderBlock()
    timeline = TimelineBlock()
    illustration = IllustrationBlock()
    image = CaptionedImageBlock()
    steps = StepsBlock()
    do_list = DoListBlock()
    care_card = CareCardBlock()
    danger_signs = DangerSignsBlock()
    checklist = ChecklistBlock()
    questions_to_ask = QuestionsToAskBlock()
    next_steps = NextStepsBlock()
    check_yourself = CheckYourselfBlock()
