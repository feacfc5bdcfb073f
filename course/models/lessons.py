"""Lessons. Content only."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from course.blocks.lesson import LessonBodyBlock
from course.forms.lesson import LessonForm
from course.models.addresses import slug_is_taken
from course.models.pages import (
    PRINT,
    VIEWS_BELOW,
    ReviewedPage,
)
from course.panels import FoldingInlinePanel, HandledInlinePanel, Tab
from course.rules.content_fields import (
    CITING,
    JUDGED,
    MEASURED,
    OWN,
    PACKED,
    SHARED,
    SIGNED,
    TRANSLATED,
    ContentField,
)

_OF_THE_DRAFT = "About the changes in a draft. It is reset when the draft goes live."
_KEPT_BY_THE_SITE = "Set when a change for safety goes live, not by authors."


class KindOfChange(models.TextChoices):
    WORDING = "wording", _("Wording only")
    CONTENT = "content", _("Content")
    SAFETY = "safety", _("Safety")


class GivenAnswers(models.TextChoices):
    """What happens to answers given before a change."""

    KEEP = "keep", _("Wording only: keep their marks")
    FULL_CREDIT = "full_credit", _("Give full credit to everyone who answered")
    BOTH_RIGHT = "both_right", _("Count both the old and the new answer as right")
    NEW_ONLY = "new_only", _("Only the new answer is right from now on")
    RE_MARK = "re_mark", _("Mark them again with the new answer")


class LessonPage(ReviewedPage):
    """A lesson. Addresses below it are views of other rooms, not pages."""

    main_message = models.CharField(
        _("main message"),
        max_length=255,
        help_text=_("The one thing to remember, in 25 words or fewer."),
    )
    audience = models.CharField(_("audience"), max_length=255)
    aim = models.CharField(
        _("aim"), max_length=255, help_text=_("What readers can do after the lesson.")
    )
    call_to_action = models.CharField(_("call to action"), max_length=255)
    in_short = StreamField(
        [("point", blocks.CharBlock(max_length=255, label=_("Point")))],
        verbose_name=_("in short"),
        help_text=_("Add 3 to 5 points."),
        blank=True,
    )
    body = StreamField(LessonBodyBlock(), verbose_name=_("body"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=8,
        validators=[MinValueValidator(1)],
        help_text=_("About how long it takes to read the lesson and take the quiz."),
    )
    pass_share = models.PositiveSmallIntegerField(
        _("pass share (%)"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "The percentage of questions that learners must get right at least once "
            "to pass. They must also get every critical question right."
        ),
    )

    kind_of_change = models.CharField(
        _("kind of change"),
        max_length=20,
        choices=KindOfChange.choices,
        default=KindOfChange.WORDING,
        help_text=_(
            "What changes in this draft. This is reset when the draft goes live."
        ),
    )
    given_answers = models.CharField(
        _("what happens to earlier answers"),
        max_length=20,
        choices=GivenAnswers.choices,
        default=GivenAnswers.KEEP,
        help_text=_("This takes effect when the draft goes live, and is then reset."),
    )

    # Set by the room quizzes when a change for safety goes live, not by a draft.
    safety_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    safety_places = models.JSONField(default=list, blank=True, editable=False)

    content_fields = [
        *ReviewedPage.content_fields,
        ContentField(
            "title",
            PACKED,
            SIGNED,
            JUDGED,
            TRANSLATED,
            because="Titles do not cite sources.",
        ),
        ContentField(
            "aim",
            PACKED,
            SIGNED,
            JUDGED,
            TRANSLATED,
            because="One plain line without claims.",
        ),
        ContentField(
            "audience",
            PACKED,
            SIGNED,
            TRANSLATED,
            because="Names the readers and makes no claims.",
        ),
        ContentField("main_message", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
        ContentField("in_short", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
        ContentField("call_to_action", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
        ContentField("body", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
        ContentField("faq_entries", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
        ContentField(
            "questions_to_ask",
            PACKED,
            SIGNED,
            JUDGED,
            TRANSLATED,
            because="Questions make no claims.",
        ),
        ContentField(
            "questions",
            PACKED,
            SIGNED,
            MEASURED,
            TRANSLATED,
            because="Shown on their own pages, which list the sources of each "
            "question.",
        ),
        ContentField(
            "minutes", PACKED, SHARED, because="An estimate that does not need review."
        ),
        ContentField("pass_share", PACKED, SIGNED, SHARED),
        ContentField("kind_of_change", OWN, because=_OF_THE_DRAFT),
        ContentField("given_answers", OWN, because=_OF_THE_DRAFT),
        ContentField("safety_changed_at", OWN, because=_KEPT_BY_THE_SITE),
        ContentField("safety_places", OWN, because=_KEPT_BY_THE_SITE),
    ]

    exclude_fields_in_copy = ["safety_changed_at", "safety_places"]
    print_template = "course/lesson_print.html"
    parent_page_types = ["course.CoursePage"]
    subpage_types = []
    base_form_class = LessonForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("main_message"),
        FieldPanel("in_short"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("call_to_action"),
                FieldPanel("audience"),
                FieldPanel("aim"),
                FieldPanel("minutes"),
            ],
            heading=_("About the lesson"),
        ),
    ]
    quiz_panels = [
        FieldPanel("pass_share"),
        FoldingInlinePanel("questions", heading=_("Questions"), label=_("question")),
    ]
    # Rooms above append their own panels in AppConfig.ready().
    going_live_panels = [FieldPanel("kind_of_change"), FieldPanel("given_answers")]
    check_panels = []
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Lesson")),
            ObjectList(
                [
                    HandledInlinePanel(
                        "faq_entries", heading=_("FAQ"), label=_("entry")
                    ),
                    HandledInlinePanel(
                        "questions_to_ask",
                        heading=_("Questions to ask"),
                        label=_("question to ask"),
                    ),
                ],
                heading=_("FAQ"),
            ),
            Tab(quiz_panels, heading=_("Quiz"), name="quiz"),
            Tab(
                [
                    *ReviewedPage.review_panels,
                    MultiFieldPanel(
                        going_live_panels, heading=_("When this goes live")
                    ),
                    MultiFieldPanel(check_panels, heading=_("Checks")),
                ],
                heading=_("Review"),
                name="review",
            ),
            ObjectList(
                [*Page.promote_panels, *Page.settings_panels], heading=_("Settings")
            ),
        ]
    )

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self):
        super().clean()
        if self.slug in (*PRINT, *VIEWS_BELOW):
            raise slug_is_taken(self.slug)

    def route(self, request, path_components):
        """Route to the views below the lesson, even if it is not live.

        Whether an unpublished lesson can still be answered depends on the learner, so
        the view decides.
        """
        if path_components and (self.live or path_components != PRINT):
            return RouteResult(self, kwargs={"rest": list(path_components)})
        return super().route(request, path_components)

    @property
    def shows_danger_signs(self) -> bool:
        """Whether the lesson shows the danger signs that are edited in Settings."""
        return any(block.block_type == "danger_signs" for block in self.body)

    @property
    def preview_modes(self):
        return [("", _("Lesson")), ("quiz", _("Quiz"))]

    def get_preview_template(self, request, mode_name):
        if mode_name == "quiz":
            return "quizzes/preview.html"
        return super().get_preview_template(request, mode_name)

    def make_preview_request(
        self, original_request=None, preview_mode=None, extra_request_attrs=None
    ):
        """Pass GET parameters on, so that questions in the preview can be answered."""
        sent = {"GET": original_request.GET} if original_request else {}
        return super().make_preview_request(
            original_request, preview_mode, {**(extra_request_attrs or {}), **sent}
        )

    def serve(self, request, *args, rest=(), **kwargs):
        if rest and rest != PRINT:
            raise Http404
        return super().serve(request, *args, rest=rest, **kwargs)
