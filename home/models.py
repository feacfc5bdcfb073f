"""The home page, the pages about the site itself, and where pages were before."""

from django.contrib.auth.hashers import check_password
from django.db import models
from django.http import Http404
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Page

from course.blocks.lesson import PROSE_FEATURES
from course.forms.copying import CopyWithoutAlias
from course.models.addresses import refuse_slug_of_view
from course.queries.first_language import original_of
from course.rules.content_fields import OWN, SHARED, TRANSLATED, ContentField
from home.forms import NewTabletCodeForm
from languages.translations import AddressedInLanguage

_ABOUT_THE_SITE = "It is about the site and teaches nothing."
_OF_EVERY_PAGE = [
    ContentField("title", TRANSLATED, because=_ABOUT_THE_SITE),
    ContentField("slug", OWN, because=_ABOUT_THE_SITE),
    ContentField("seo_title", TRANSLATED, because=_ABOUT_THE_SITE),
    ContentField("search_description", TRANSLATED, because=_ABOUT_THE_SITE),
    ContentField("show_in_menus", SHARED, because=_ABOUT_THE_SITE),
    ContentField("go_live_at", OWN, because=_ABOUT_THE_SITE),
    ContentField("expire_at", OWN, because=_ABOUT_THE_SITE),
]


class HomePage(AddressedInLanguage, Page):
    """The front page, which introduces the site and lists its courses."""

    intro = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)

    content_fields = (
        *_OF_EVERY_PAGE,
        ContentField("intro", TRANSLATED, because=_ABOUT_THE_SITE),
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["course.CoursePage", "home.InformationPage"]
    # It has courses below it.
    copy_form_class = CopyWithoutAlias
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request, path_components):
        """Route below this page, or below the one in the first language.

        There is what is not translated yet, or not live in this language.
        """
        original = original_of(self)
        if original == self:
            return super().route(request, path_components)
        found = _route_or_none(super(), request, path_components)
        if found and found.page.live:
            return found
        instead = _route_or_none(original, request, path_components)
        if not (found or instead):
            raise Http404
        return instead if instead and instead.page.live else found or instead

    def serve(self, request, *args, **kwargs):
        """Return a page that caches may store separately for each learner's cookie."""
        response = super().serve(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        return response


def _route_or_none(page, request, path_components):
    try:
        return page.route(request, path_components)
    except Http404:
        return None


class FormerAddress(models.Model):
    """An address in the page tree that a page had before it was renamed or moved.

    The newest page that left an address has it. What was below the page has moved with it.
    """

    url_path = models.CharField(_("former address"), max_length=1000, unique=True)
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.url_path


class InformationPage(AddressedInLanguage, Page):
    """A page about the site: privacy, accessibility, who made it, where to get help."""

    body = RichTextField(_("text"), features=["h2", "h3", *PROSE_FEATURES])
    is_help = models.BooleanField(
        _("help page"),
        default=False,
        help_text=_("The header of every page links to this page."),
    )

    content_fields = (
        *_OF_EVERY_PAGE,
        ContentField("body", TRANSLATED, because=_ABOUT_THE_SITE),
        ContentField("is_help", SHARED, because=_ABOUT_THE_SITE),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    content_panels = [*Page.content_panels, FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("is_help")]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def clean(self):
        super().clean()
        refuse_slug_of_view(self.slug)


@register_setting(icon="mobile-alt")
class WaitingRoomTablet(BaseGenericSetting):
    """The code with which staff share a tablet in a waiting room; only its hash."""

    code_hash = models.CharField(max_length=128, blank=True, editable=False)

    edit_handler = ObjectList(
        [FieldPanel("new_code")], base_form_class=NewTabletCodeForm
    )

    class Meta:
        verbose_name = _("tablet in a waiting room")
        verbose_name_plural = _("tablets in waiting rooms")

    def has_code(self, code: str) -> bool:
        """Return whether this is the site's code; no code is right if it has none."""
        return bool(self.code_hash) and check_password(code, self.code_hash)
