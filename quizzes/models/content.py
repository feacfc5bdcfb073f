"""Questions, edited on their lesson. Content only, no learners' data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from course.models.children import KeyedChild
from course.panels.folding import STAYS
from course.rules.content_fields import (
    CITING,
    MEASURED,
    PACKED,
    SHARED,
    SIGNED,
    TRANSLATED,
    ContentField,
)
from quizzes import kinds
from quizzes.blocks import OptionsBlock, frozen_option
from quizzes.models.question_panel import QuestionStatePanel
from quizzes.rules import paper as papers
from quizzes.rules.question_validation import split_sources


def kind_choices():
    """Return the kinds of question with their labels for authors."""
    return [(name, _(kind.label)) for name, kind in kinds.KINDS.items()]


class ReviewStatus(models.TextChoices):
    """Whether an author has checked the question. Packs only hold checked ones."""

    CHECKED = "", _("Checked (will be asked)")
    TO_CHECK = "to_check", _("Draft (to be checked)")
    CHECK_WORDING = (
        "check_wording",
        _("Check the wording (it may have changed when the file was read)"),
    )
    LEFT_OUT = "left_out", _("Leave out (will not be asked)")


_ASKS = "A question makes no claims, so it cites nothing."


class Question(KeyedChild):
    """One question of a lesson's quiz, identified by its translation key.

    The editor and packs keep handles unique in the lesson. The database does not,
    because rows are written one by one and two questions could not swap their handles.
    """

    lesson = ParentalKey(
        "course.LessonPage", related_name="questions", on_delete=models.CASCADE
    )
    handle = models.SlugField(
        _("id"),
        max_length=80,
        help_text=_(
            "Lower-case letters, digits and hyphens. Leave blank to make it "
            "from the question."
        ),
    )
    kind = models.CharField(_("kind"), max_length=40, choices=kind_choices)
    stem = models.TextField(_("question"), help_text=_("Write a full question."))
    critical = models.BooleanField(
        _("critical"),
        default=False,
        help_text=_("Learners must get it right at least once to pass the lesson."),
    )
    options = StreamField(
        OptionsBlock(),
        verbose_name=_("options"),
        blank=True,
        help_text=_("What to write depends on the kind of question."),
    )
    tolerance = models.CharField(
        _("tolerance"),
        max_length=40,
        blank=True,
        help_text=_(
            "For “Number” questions: how far off an answer can be and still be right, "
            "such as 0.5. Leave blank if it must be exact."
        ),
    )
    unit = models.CharField(
        _("unit"),
        max_length=40,
        blank=True,
        help_text=_(
            "For “Number” questions: shown next to the number, such as “months” or “%”."
        ),
    )
    feedback = models.TextField(
        _("feedback on the question"),
        blank=True,
        help_text=_("Needed if the options have no feedback of their own."),
    )
    sources = models.CharField(
        _("sources"),
        max_length=120,
        blank=True,
        help_text=_("Ids of the course's sources, such as “S1, S2”."),
    )
    answered_in = models.CharField(
        _("answered in"),
        max_length=120,
        blank=True,
        help_text=_(
            "The passage with the answer: “#” and an anchor in the lesson, or "
            "“faq:” and the id of an FAQ entry."
        ),
    )

    review_status = models.CharField(
        _("review status"),
        max_length=20,
        choices=ReviewStatus.choices,
        default=ReviewStatus.CHECKED,
        blank=True,
        help_text=_(
            "Questions made from an article are drafts. Check the right answer, the "
            "wrong answers and the feedback before you mark one as checked."
        ),
    )

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED, SHARED),
        ContentField("handle", PACKED, SIGNED, SHARED, because="An id, not a text."),
        ContentField("kind", PACKED, SIGNED, SHARED),
        ContentField("stem", PACKED, SIGNED, MEASURED, TRANSLATED, because=_ASKS),
        ContentField("critical", PACKED, SIGNED, SHARED),
        ContentField("options", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
        ContentField(
            "tolerance", PACKED, SIGNED, SHARED, because="A number, not a text."
        ),
        ContentField(
            "unit", PACKED, SIGNED, TRANSLATED, because="A unit, not a sentence."
        ),
        ContentField("feedback", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
        ContentField(
            "sources",
            PACKED,
            SIGNED,
            CITING,
            SHARED,
            because="Ids of sources, not a text.",
        ),
        ContentField(
            "answered_in", PACKED, SIGNED, SHARED, because="The id of a passage."
        ),
        ContentField(
            "review_status",
            SIGNED,
            SHARED,
            because="Packs only hold checked questions.",
        ),
    ]

    panels = [
        QuestionStatePanel(attrs={STAYS: ""}),
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

    class Meta(KeyedChild.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.stem

    def frozen(self) -> papers.FrozenQuestion:
        """Return the question as a paper holds it. Nothing is stored."""
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
        """What to fix before the question can be asked; empty if it is valid."""
        if self.kind not in kinds.NAMES:
            return [_("Choose a kind of question.")]
        found = kinds.kind_named(self.kind).problems(self.frozen())
        return [flaw.fix for flaw in found]

    @property
    def is_asked(self) -> bool:
        """Whether learners are asked the question: it is valid and has been checked."""
        return self.review_status == ReviewStatus.CHECKED and not self.problems
