"""The home page and the pages about the site itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from course.blocks.lesson import PROSE_FEATURES
from course.forms.copying import CopyWithoutAlias


class HomePage(Page):
    """The front page, which introduces the site and lists its courses."""

    intro = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["course.CoursePage", "home.InformationPage"]
    # It has courses below it.
    copy_form_class = CopyWithoutAlias
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class InformationPage(Page):
    """A page about the site: privacy, accessibility, who made it, where to get help."""

    body = RichTextField(_("text"), features=["h2", "h3", *PROSE_FEATURES])
    is_help = models.BooleanField(
        _("help page"),
        default=False,
        help_text=_("The header of every page links to this page."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    content_panels = [*Page.content_panels, FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("is_help")]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
