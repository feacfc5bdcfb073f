"""Begin to translate a page, and take up what its author changed since."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from authoring.translating.access import may_translate
from authoring.translating.actions.beginning import (
    UnableToTranslate,
    begin_translations,
    update_source,
)
from authoring.translating.forms import LanguagesForm


class OfOnePage(WagtailAdminTemplateMixin):
    """Asks whether the user may translate the page, and names it."""

    header_icon = "globe"

    def dispatch(self, request, *args, **kwargs):
        if not may_translate(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.get_header_title()}
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        page = {"url": edit_url, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, page, here]

    def get_context_data(self, **kwargs):
        return super().get_context_data(page=self.page, **kwargs)


class BeginTranslation(OfOnePage, FormView):
    page_title = gettext_lazy("Translate")
    template_name = "authoring/translating/begin.html"
    form_class = LanguagesForm

    @cached_property
    def page(self):
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if page.is_root():
            raise Http404
        return page

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"page": self.page}

    def form_valid(self, form):
        try:
            drafts = begin_translations(
                page=self.page,
                locales=form.cleaned_data["locales"],
                with_below=form.cleaned_data.get("with_below", False),
                user=self.request.user,
            )
        except UnableToTranslate as error:
            form.add_error(None, error.reason)
            return self.form_invalid(form)
        messages.success(self.request, _("Drafts were made. Nothing is live yet."))
        return redirect("wagtailadmin_pages:edit", drafts[0].pk)


class UpdateTranslations(OfOnePage, TemplateView):
    page_title = gettext_lazy("Update translations")
    template_name = "authoring/translating/update.html"

    @cached_property
    def source(self):
        return get_object_or_404(
            TranslationSource, pk=self.kwargs["translation_source_id"]
        )

    @cached_property
    def page(self):
        return self.source.get_source_instance()

    def get_context_data(self, **kwargs):
        translations = self.source.translations.filter(enabled=True)
        pages = [
            translation.get_target_instance()
            for translation in translations.select_related("target_locale")
        ]
        return super().get_context_data(pages=pages, source=self.source, **kwargs)

    def post(self, request, *args, **kwargs):
        update_source(source=self.source)
        messages.success(request, _("Translators now see the page as it is live."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)
