"""What is asked: questions, edited on their lesson. Content only, no learners."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin

from course.rules.content_fields import CITING, MEASURED, PACKED, SIGNED, ContentField
from quizzes import kinds
from quizzes.blocks import OptionsBlock, frozen_option
from quizzes.models.question_panel import QuestionStatePanel
from quizzes.rules import paper as papers
from quizzes.rules.question_validation import split_sources


def kind_choices():
    """Return the kinds of question with their names for authors."""
    return [(name, _(kind.label)) for name, kind in kinds.KINDS.items()]


class ReviewStatus(models.TextChoices):
    """Whether an author stands by the question. Packs hold checked ones only."""

    CHECKED = "", _("Checked: it is asked")
    TO_CHECK = "to_check", _("Draft, to be checked")
    CHECK_WORDING = (
        "check_wording",
        _("Check the wording: reading a file may have changed it"),
    )
    LEFT_OUT = "left_out", _("Leave out: it is not asked")


_ASKS = "A question claims nothing, so it cites nothing."


class Question(TranslatableMixin, Orderable):
    """One question of a lesson's quiz, known by its translation key.

    The editor and packs keep handles unique in the lesson. The database does not: rows
    are written one by one, so two questions that swap handles would be refused.
    """

    lesson = ParentalKey(
        "course.LessonPage", related_name="questions", on_delete=models.CASCADE
    )
    handle = models.SlugField(
        _("id"),
        max_length=80,
        help_text=_("Blank: made from the question. Small letters, digits, hyphens."),
    )
    kind = models.CharField(_("kind"), max_length=40, choices=kind_choices)
    stem = models.TextField(_("question"), help_text=_("A full question."))
    critical = models.BooleanField(
        _("critical"),
        default=False,
        help_text=_("Must be right at least once before the lesson counts as passed."),
    )
    options = StreamField(
        OptionsBlock(),
        verbose_name=_("options"),
        blank=True,
        help_text=_("The kind says what to write in them."),
    )
    tolerance = models.CharField(
        _("tolerance"),
        max_length=40,
        blank=True,
        help_text=_(
            "For “number”: how far off still counts, such as 0.5. Blank: not at all."
        ),
    )
    unit = models.CharField(
        _("unit"),
        max_length=40,
        blank=True,
        help_text=_("For “number”: stands beside the number, such as months or %."),
    )
    feedback = models.TextField(
        _("feedback on the question"),
        blank=True,
        help_text=_("Needed where options have no feedback of their own."),
    )
    sources = models.CharField(
        _("sources"),
        max_length=120,
        blank=True,
        help_text=_("Ids of the course's sources, such as S1, S2."),
    )
    answered_in = models.CharField(
        _("answered in"),
        max_length=120,
        blank=True,
        help_text=_("The passage: #an-anchor of the lesson, or faq:an-entry."),
    )

    review_status = models.CharField(
        _("review status"),
        max_length=20,
        choices=ReviewStatus.choices,
        default=ReviewStatus.CHECKED,
        blank=True,
        help_text=_(
            "A question made from an article is a draft: look at its right answer, its "
            "wrong ones and the feedback before you call it checked."
        ),
    )

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED),
        ContentField("handle", PACKED, SIGNED, because="A name, no text."),
        ContentField("kind", PACKED, SIGNED),
        ContentField("stem", PACKED, SIGNED, MEASURED, because=_ASKS),
        ContentField("critical", PACKED, SIGNED),
        ContentField("options", PACKED, SIGNED, CITING, MEASURED),
        ContentField("tolerance", PACKED, SIGNED, because="A number, no text."),
        ContentField("unit", PACKED, SIGNED, because="A unit, no sentence."),
        ContentField("feedback", PACKED, SIGNED, CITING, MEASURED),
        ContentField(
            "sources", PACKED, SIGNED, CITING, because="Names of sources, no text."
        ),
        ContentField("answered_in", PACKED, SIGNED, because="The name of a passage."),
        ContentField(
            "review_status", SIGNED, because="Packs hold checked questions only."
        ),
    ]

    panels = [
        QuestionStatePanel(),
        FieldPanel("review_status"),
        FieldPanel("kind"),
        FieldPanel("stem"),
        FieldPanel("options"),
        FieldPanel("tolerance"),
        FieldPanel("unit"),
        FieldPanel("feedback"),
        FieldPanel("critical"),
        FieldPanel("sources"),
        FieldPanel("answered_in"),
        FieldPanel("handle"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.stem

    def frozen(self) -> papers.FrozenQuestion:
        """Return the question as a paper holds it; nothing is stored."""
        return papers.FrozenQuestion(
            key=str(self.translation_key),
            handle=self.handle,
            kind=self.kind,
            stem=self.stem,
            critical=self.critical,
            feedback=self.feedback,
            sources=split_sources(self.sources),
            answered_in=self.answered_in,
            options=tuple(map(frozen_option, self.options)),
            tolerance=self.tolerance.strip(),
            unit=self.unit.strip(),
        )

    @property
    def problems(self) -> list:
        """What keeps the question from being asked, empty when it is sound."""
        if self.kind not in kinds.NAMES:
            return [_("Choose what kind of question it is.")]
        found = kinds.kind_named(self.kind).problems(self.frozen())
        return [flaw.fix for flaw in found]

    @property
    def is_asked(self) -> bool:
        """Whether learners are asked it: it is sound, and somebody stands by it."""
        return self.review_status == ReviewStatus.CHECKED and not self.problems
