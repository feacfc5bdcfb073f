"""Pages that are reviewed, and the course page. Content only."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from course.blocks.answers import AnswerBlock
from course.blocks.lesson import PROSE_FEATURES
from course.events import UnableToGoLive, page_goes_live
from course.forms.copying import CopyWithoutAlias, UnableToMirror
from course.forms.course import CourseForm
from course.forms.lesson import VersionedForm
from course.models.addresses import refuse_slug_of_view
from course.panels import HandledInlinePanel, KeyedInlinePanel, Tab
from course.rules.content_fields import (
    CITING,
    OWN,
    PACKED,
    SHARED,
    SIGNED,
    TRANSLATED,
    ContentField,
)
from languages.translations import AddressedInLanguage

PRINT = ["print"]
VIEWS_BELOW = {
    "short": "course/course_short.html",
    "options": "course/course_options.html",
    "all-options": "course/course_all_options.html",
    "what-matters": "course/course_what_matters.html",
}
"""The name below a course's address → the template of this view of it."""
MOST_MONTHS = 120
MOST_HOURS = 1000

# Reasons why a field does not have all uses, see `content_fields`.
_FOR_ENGINES = "Written for search engines, not for learners."
_SETTING = "A setting of this site."
_NO_LESSON = "The rules for prose only read lessons."
_ABOUT = "About how the page was made. Reviewers sign what it teaches."


FROM_ABOVE = (
    "written_by",
    "funded_by",
    "conflicts",
    "update_policy",
    "audience",
    "last_checked",
    "next_check",
)
"""What a new page says of itself like the page it is below."""


class ReviewedPage(AddressedInLanguage, Page):
    """A page with information on how it was made and checked."""

    written_by = models.CharField(_("written by"), max_length=255)
    funded_by = models.CharField(_("funded by"), max_length=255)
    conflicts = models.CharField(_("conflicts of interest"), max_length=255)
    clinically_reviewed_by = models.CharField(
        _("clinically reviewed by"),
        max_length=255,
        blank=True,
        help_text=_(
            "Name and role. If blank, readers see “Not yet clinically reviewed”."
        ),
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
        ContentField("slug", PACKED, OWN, because="Readers do not read addresses."),
        ContentField(
            "seo_title",
            TRANSLATED,
            because=_FOR_ENGINES,
            loss="the title for search engines",
        ),
        ContentField(
            "search_description",
            TRANSLATED,
            because=_FOR_ENGINES,
            loss="the description for search engines",
        ),
        ContentField(
            "show_in_menus", SHARED, because=_SETTING, loss="its place in menus"
        ),
        ContentField("go_live_at", OWN, because=_SETTING, loss="the day it goes live"),
        ContentField(
            "expire_at", OWN, because=_SETTING, loss="the day it is taken down"
        ),
        ContentField("written_by", PACKED, TRANSLATED, because=_ABOUT),
        ContentField("funded_by", PACKED, TRANSLATED, because=_ABOUT),
        ContentField("conflicts", PACKED, TRANSLATED, because=_ABOUT),
        ContentField("clinically_reviewed_by", PACKED, OWN, because=_ABOUT),
        ContentField("last_checked", PACKED, OWN, because=_ABOUT),
        ContentField("next_check", PACKED, OWN, because=_ABOUT),
        ContentField("update_policy", PACKED, TRANSLATED, because=_ABOUT),
    ]

    class Meta:
        abstract = True

    base_form_class = VersionedForm
    copy_form_class = CopyWithoutAlias

    def save(self, *args, **kwargs):
        """Save the page.

        Raises UnableToMirror for a new alias of another page, and UnableToGoLive if the
        page would go live before it may. A new page that may not is saved as a draft.

        Every way to publish ends here, with a new `live_revision`: the editor, the
        workflow, several pages at once, the schedule, Wagtail's API, a translation, and
        code of ours. Nothing else does: Wagtail's editor and API publish without
        `Page.publish`, and only the editor runs the hooks before publishing.
        """
        if self.alias_of_id and self._state.adding:
            raise UnableToMirror
        if self.live:
            self._ask_to_be_live()
        return super().save(*args, **kwargs)

    def _ask_to_be_live(self):
        if not self.locale_id:
            self.locale = self.get_default_locale()
        try:
            page_goes_live.publish(page=self)
        except UnableToGoLive:
            if self._state.adding:
                self.live, self.has_unpublished_changes = False, True
            elif not self._is_live_already():
                raise

    def _is_live_already(self):
        version = {"live": True, "live_revision": self.live_revision_id}
        return Page.objects.filter(pk=self.pk, **version).exists()

    def copy_for_translation(self, locale, *args, exclude_fields=None, **kwargs):
        """Return a draft copy of the page in the language.

        It does not say who reviewed it: nobody has read the translation yet.
        """
        left_out = [*(exclude_fields or []), "clinically_reviewed_by"]
        return super().copy_for_translation(
            locale, *args, exclude_fields=left_out, **kwargs
        )

    def get_view_restrictions(self):
        """Return the view restrictions on the page and all above it, in one query.

        Wagtail asks for the pages above first. What holds for a page holds for its
        aliases.
        """
        pages = self.get_ancestors(inclusive=True)
        restricting = Q(page__in=pages) | Q(page__aliases__in=pages)
        return PageViewRestriction.objects.filter(restricting).distinct()

    def print_url(self, request=None):
        """Return the address of the print view."""
        return f"{self.get_url(request)}print/"

    def get_template(self, request, *args, rest=(), **kwargs):
        if rest == PRINT:
            return self.print_template
        return super().get_template(request, *args, **kwargs)

    def serve(self, request, *args, **kwargs):
        """Return a page that caches may store separately for each learner's cookie."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        return response


class CoursePage(ReviewedPage):
    """A short course, whose lessons are the pages below it, in order."""

    summary = models.TextField(_("summary"), help_text=_("Write 1 or 2 sentences."))
    audience = models.CharField(
        _("audience"),
        max_length=255,
        blank=True,
        help_text=_("Who the course is for. New lessons start with it."),
    )
    introduction = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)
    answers = StreamField(
        [("answer", AnswerBlock())],
        verbose_name=_("answers first"),
        help_text=_(
            "Up to 3 questions that readers bring along, with short answers. They "
            "are shown on the home page if it has no other course."
        ),
        max_num=3,
        blank=True,
    )
    grace_days = models.PositiveSmallIntegerField(
        _("grace period (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "How many days a lesson's quiz stays open after its next check is due. "
            "After that, readers see a notice until the lesson has been checked. If "
            "blank, this is 90 days."
        ),
    )
    certificate_valid_months = models.PositiveSmallIntegerField(
        _("certificate validity (months)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_(
            "If blank, certificates do not expire. Changes do not affect "
            "certificates that were already issued."
        ),
    )
    cpd_hours = models.FloatField(
        _("CPD hours"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.25), MaxValueValidator(MOST_HOURS)],
        help_text=_(
            "How many hours of continuing professional development the course counts"
            " as, such as 1.5. New certificates say so. If blank, they say nothing."
        ),
    )

    content_fields = [
        *ReviewedPage.content_fields,
        ContentField("title", PACKED, SIGNED, TRANSLATED, because=_NO_LESSON),
        ContentField("summary", PACKED, SIGNED, TRANSLATED, because=_NO_LESSON),
        ContentField(
            "audience",
            TRANSLATED,
            because="New lessons start with it, and then have their own.",
            loss="the audience that new lessons start with",
        ),
        ContentField(
            "introduction",
            PACKED,
            SIGNED,
            CITING,
            TRANSLATED,
            because=_NO_LESSON,
        ),
        ContentField("answers", PACKED, SIGNED, CITING, TRANSLATED, because=_NO_LESSON),
        ContentField(
            "grace_days", PACKED, SHARED, because="A period of time, not teaching."
        ),
        ContentField(
            "certificate_valid_months",
            PACKED,
            SHARED,
            because="About certificates, not teaching.",
        ),
        ContentField(
            "cpd_hours", PACKED, SHARED, because="About certificates, not teaching."
        ),
        ContentField("options", PACKED, SIGNED, CITING, TRANSLATED, because=_NO_LESSON),
        ContentField(
            "statements", PACKED, SIGNED, CITING, TRANSLATED, because=_NO_LESSON
        ),
        ContentField(
            "sources",
            PACKED,
            SIGNED,
            TRANSLATED,
            because="Cited by texts but not part of them.",
        ),
        ContentField(
            "glossary_terms",
            PACKED,
            SIGNED,
            TRANSLATED,
            because="Read as part of lessons that explain them.",
        ),
    ]

    # The page explorer lists lessons as they are taught, not by when they were edited.
    admin_default_ordering = "ord"
    print_template = "course/course_print.html"
    base_form_class = CourseForm
    parent_page_types = ["home.HomePage"]
    subpage_types = ["course.LessonPage"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldPanel("answers"),
        FieldPanel("introduction"),
    ]
    # Rooms above append their own panels in AppConfig.ready().
    check_panels = []
    reference_panels = [
        KeyedInlinePanel("sources", heading=_("Sources"), label=_("source")),
        KeyedInlinePanel("glossary_terms", heading=_("Glossary"), label=_("term")),
    ]
    option_panels = [
        HandledInlinePanel("options", heading=_("Options"), label=_("option")),
        HandledInlinePanel(
            "statements", heading=_("What matters to me"), label=_("statement")
        ),
    ]
    settings_panels = [
        FieldPanel("certificate_valid_months"),
        FieldPanel("cpd_hours"),
        *Page.settings_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Course")),
            ObjectList(option_panels, heading=_("Options")),
            ObjectList(reference_panels, heading=_("Sources and glossary")),
            Tab(
                [
                    *ReviewedPage.review_panels,
                    FieldPanel("grace_days"),
                    MultiFieldPanel(check_panels, heading=_("Checks")),
                ],
                heading=_("Review"),
                name="review",
            ),
            ObjectList([*Page.promote_panels, *settings_panels], heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self):
        super().clean()
        refuse_slug_of_view(self.slug)

    def route(self, request, path_components):
        views = (PRINT, *([name] for name in VIEWS_BELOW))
        if path_components in views and self.live:
            return RouteResult(self, kwargs={"rest": path_components})
        return super().route(request, path_components)

    @property
    def preview_modes(self):
        return [
            ("", _("Course")),
            ("options", _("Compare the options")),
            ("what-matters", _("What matters to me")),
        ]

    def get_preview_template(self, request, mode_name):
        if mode_name in VIEWS_BELOW:
            return VIEWS_BELOW[mode_name]
        return super().get_preview_template(request, mode_name)

    def get_template(self, request, *args, rest=(), **kwargs):
        if rest and rest != PRINT:
            return VIEWS_BELOW[rest[0]]
        return super().get_template(request, *args, rest=rest, **kwargs)
