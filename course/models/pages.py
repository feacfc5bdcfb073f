"""The pages of a course. A lesson holds its text, its FAQ and its questions."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from course.blocks.lesson import PROSE_FEATURES, LessonBodyBlock
from course.forms.copying import CopyWithoutAlias, UnableToMirror
from course.forms.lesson import LessonForm, VersionedForm
from course.panels import HandledInlinePanel, KeyedInlinePanel
from course.rules.content_fields import (
    CITING,
    JUDGED,
    MEASURED,
    PACKED,
    SIGNED,
    ContentField,
)

PRINT = ["print"]
MOST_MONTHS = 120

# Why a field is not read by all, see `content_fields`.
_FOR_ENGINES = "Written for one site's search engines, not for learners."
_SETTING = "A setting of one site."
_NO_LESSON = "The rules for prose read lessons only."
_ABOUT = "About the making of the page; a reviewer signs what it teaches."
_OF_THE_DRAFT = "Says what this draft changes, and is reset when it goes live."
_KEPT_BY_THE_SITE = "Noted when a change for safety goes live; nobody writes it."


class ReviewedPage(Page):
    """What readers may know about how a page was made and checked."""

    written_by = models.CharField(_("written by"), max_length=255)
    funded_by = models.CharField(_("funded by"), max_length=255)
    conflicts = models.CharField(_("conflicts of interest"), max_length=255)
    clinically_reviewed_by = models.CharField(
        _("clinically reviewed by"),
        max_length=255,
        blank=True,
        help_text=_("Name and role. Empty: readers see “not yet clinically reviewed”."),
    )
    last_checked = models.DateField(_("last checked"))
    next_check = models.DateField(_("next check"))
    update_policy = models.TextField(_("update policy"))

    review_panels = [
        FieldPanel("written_by"),
        FieldPanel("funded_by"),
        FieldPanel("conflicts"),
        FieldPanel("clinically_reviewed_by", read_only=True),
        FieldPanel("last_checked"),
        FieldPanel("next_check"),
        FieldPanel("update_policy"),
    ]

    content_fields = [
        ContentField("slug", PACKED, because="An address says nothing to a reader."),
        ContentField(
            "seo_title", because=_FOR_ENGINES, loss="the title for search engines"
        ),
        ContentField(
            "search_description",
            because=_FOR_ENGINES,
            loss="the description for search engines",
        ),
        ContentField("show_in_menus", because=_SETTING, loss="its place in menus"),
        ContentField("go_live_at", because=_SETTING, loss="the day it goes live"),
        ContentField("expire_at", because=_SETTING, loss="the day it is taken down"),
        ContentField("written_by", PACKED, because=_ABOUT),
        ContentField("funded_by", PACKED, because=_ABOUT),
        ContentField("conflicts", PACKED, because=_ABOUT),
        ContentField("clinically_reviewed_by", PACKED, because=_ABOUT),
        ContentField("last_checked", PACKED, because=_ABOUT),
        ContentField("next_check", PACKED, because=_ABOUT),
        ContentField("update_policy", PACKED, because=_ABOUT),
    ]

    class Meta:
        abstract = True

    base_form_class = VersionedForm
    copy_form_class = CopyWithoutAlias

    def save(self, *args, **kwargs):
        """Save the page; raises UnableToMirror for a new alias of another page."""
        if self.alias_of_id and self._state.adding:
            raise UnableToMirror
        return super().save(*args, **kwargs)

    def print_url(self, request=None):
        """Return the address of the view that prints the whole page."""
        return f"{self.get_url(request)}print/"

    def get_template(self, request, *args, rest=(), **kwargs):
        if rest == PRINT:
            return self.print_template
        return super().get_template(request, *args, **kwargs)

    def serve(self, request, *args, **kwargs):
        """Answer with a page that caches may keep, apart for each learner's cookie."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        return response


class CoursePage(ReviewedPage):
    """A short course: its lessons are the pages below it, in their order."""

    summary = models.TextField(_("summary"), help_text=_("One or two sentences."))
    introduction = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "For so many days after its next check a lesson's quiz is still asked. "
            "Then a notice stands in its place until the lesson is checked. Empty: 90."
        ),
    )
    certificate_valid_months = models.PositiveSmallIntegerField(
        _("certificate valid for months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_("Empty: it does not expire. Those issued before stay as they are."),
    )

    content_fields = [
        *ReviewedPage.content_fields,
        ContentField("title", PACKED, SIGNED, because=_NO_LESSON),
        ContentField("summary", PACKED, SIGNED, because=_NO_LESSON),
        ContentField(
            "introduction",
            PACKED,
            SIGNED,
            CITING,
            because=_NO_LESSON,
        ),
        ContentField("grace_days", PACKED, because="Time that passes, not a lesson."),
        ContentField(
            "certificate_valid_months",
            PACKED,
            because="What a certificate is worth, not what is taught.",
        ),
        ContentField(
            "sources", PACKED, SIGNED, because="Cited by texts, and not part of them."
        ),
        ContentField(
            "glossary_terms",
            PACKED,
            SIGNED,
            because="Read where a lesson names them; the rules for prose read lessons.",
        ),
    ]

    print_template = "course/course_print.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["course.LessonPage"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("introduction"),
    ]
    # Rooms above append their own panels in AppConfig.ready().
    check_panels = []
    reference_panels = [
        KeyedInlinePanel("sources", heading=_("Sources"), label=_("source")),
        KeyedInlinePanel("glossary_terms", heading=_("Glossary"), label=_("term")),
    ]
    settings_panels = [
        FieldPanel("certificate_valid_months"),
        *Page.settings_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Course")),
            ObjectList(reference_panels, heading=_("Sources and glossary")),
            ObjectList(
                [
                    *ReviewedPage.review_panels,
                    FieldPanel("grace_days"),
                    MultiFieldPanel(check_panels, heading=_("Checks")),
                ],
                heading=_("Review"),
            ),
            ObjectList([*Page.promote_panels, *settings_panels], heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def route(self, request, path_components):
        if path_components == PRINT and self.live:
            return RouteResult(self, kwargs={"rest": PRINT})
        return super().route(request, path_components)


class KindOfChange(models.TextChoices):
    WORDING = "wording", _("Wording only")
    CONTENT = "content", _("Content")
    SAFETY = "safety", _("Safety")


class GivenAnswers(models.TextChoices):
    """What an author decides about answers given before a change."""

    KEEP = "keep", _("Wording only: they stay as they were marked")
    FULL_CREDIT = "full_credit", _("Full credit to all who answered")
    BOTH_RIGHT = "both_right", _("Old and new answers are both right")
    NEW_ONLY = "new_only", _("Only the new answer is right, from now on")
    RE_MARK = "re_mark", _("Mark them again by the new answer")


class LessonPage(ReviewedPage):
    """One lesson. What lies below its address is a view of another room, not a page."""

    main_message = models.CharField(
        _("main message"),
        max_length=255,
        help_text=_("The one thing to remember, in 25 words at most."),
    )
    audience = models.CharField(_("audience"), max_length=255)
    aim = models.CharField(
        _("aim"), max_length=255, help_text=_("What the reader can do afterwards.")
    )
    call_to_action = models.CharField(_("call to action"), max_length=255)
    in_short = StreamField(
        [("point", blocks.CharBlock(max_length=255, label=_("Point")))],
        verbose_name=_("in short"),
        help_text=_("Three to five points."),
        blank=True,
    )
    body = StreamField(LessonBodyBlock(), verbose_name=_("body"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=8,
        validators=[MinValueValidator(1)],
        help_text=_("About how long reading and quiz take together."),
    )
    pass_share = models.PositiveSmallIntegerField(
        _("share to pass (per cent)"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "How many of the questions must be right at least once, besides every "
            "critical one."
        ),
    )

    kind_of_change = models.CharField(
        _("kind of change"),
        max_length=20,
        choices=KindOfChange.choices,
        default=KindOfChange.WORDING,
        help_text=_("What this draft changes. Reset once it is live."),
    )
    given_answers = models.CharField(
        _("what it means for given answers"),
        max_length=20,
        choices=GivenAnswers.choices,
        default=GivenAnswers.KEEP,
        help_text=_("Takes effect when this draft goes live, and is then reset."),
    )

    # Kept by the room quizzes when a change for safety goes live; no draft decides it.
    safety_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    safety_places = models.JSONField(default=list, blank=True, editable=False)

    content_fields = [
        *ReviewedPage.content_fields,
        ContentField("title", PACKED, SIGNED, JUDGED, because="Titles cite nothing."),
        ContentField(
            "aim", PACKED, SIGNED, JUDGED, because="One plain line, no claim."
        ),
        ContentField(
            "audience", PACKED, SIGNED, because="Says for whom, not what is so."
        ),
        ContentField("main_message", PACKED, SIGNED, CITING, MEASURED),
        ContentField("in_short", PACKED, SIGNED, CITING, MEASURED),
        ContentField("call_to_action", PACKED, SIGNED, CITING, MEASURED),
        ContentField("body", PACKED, SIGNED, CITING, MEASURED),
        ContentField("faq_entries", PACKED, SIGNED, CITING, MEASURED),
        ContentField(
            "questions",
            PACKED,
            SIGNED,
            MEASURED,
            because="Asked on pages of their own, which list the sources of the question.",
        ),
        ContentField(
            "minutes", PACKED, because="A guess, which a reviewer need not know."
        ),
        ContentField("pass_share", PACKED, SIGNED),
        ContentField("kind_of_change", because=_OF_THE_DRAFT),
        ContentField("given_answers", because=_OF_THE_DRAFT),
        ContentField("safety_changed_at", because=_KEPT_BY_THE_SITE),
        ContentField("safety_places", because=_KEPT_BY_THE_SITE),
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
        HandledInlinePanel("questions", heading=_("Questions"), label=_("question")),
    ]
    # Rooms above append their own panels in AppConfig.ready().
    going_live_panels = [FieldPanel("kind_of_change"), FieldPanel("given_answers")]
    check_panels = []
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Lesson")),
            ObjectList(
                [HandledInlinePanel("faq_entries", heading=_("FAQ"), label=_("entry"))],
                heading=_("FAQ"),
            ),
            ObjectList(quiz_panels, heading=_("Quiz")),
            ObjectList(
                [
                    *ReviewedPage.review_panels,
                    MultiFieldPanel(
                        going_live_panels, heading=_("When this goes live")
                    ),
                    MultiFieldPanel(check_panels, heading=_("Checks")),
                ],
                heading=_("Review"),
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
        if [self.slug] == PRINT:
            message = _(
                "“print” is the address of the print view. Choose another slug."
            )
            raise ValidationError({"slug": message})

    def route(self, request, path_components):
        """Answer for the views below the lesson, even when it is not live.

        Whether an unpublished lesson may still be answered depends on the learner,
        which the room of the view knows.
        """
        if path_components and (self.live or path_components != PRINT):
            return RouteResult(self, kwargs={"rest": list(path_components)})
        return super().route(request, path_components)

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
        """Let questions in the preview be answered: their forms only ever send GET."""
        sent = {"GET": original_request.GET} if original_request else {}
        return super().make_preview_request(
            original_request, preview_mode, {**(extra_request_attrs or {}), **sent}
        )

    def serve(self, request, *args, rest=(), **kwargs):
        if rest and rest != PRINT:
            raise Http404
        return super().serve(request, *args, rest=rest, **kwargs)
