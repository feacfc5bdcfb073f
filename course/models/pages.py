"""The pages of a course. A lesson holds its text, its FAQ and its questions."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from course.blocks.lesson import PROSE_FEATURES
from course.forms.copying import CopyWithoutAlias, UnableToMirror
from course.forms.lesson import VersionedForm
from course.panels import KeyedInlinePanel
from course.rules.content_fields import (
    CITING,
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
