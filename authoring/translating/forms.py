from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from accounts.forms.plain import PlainErrors
from authoring.translating.queries import languages_missing


class LanguagesForm(PlainErrors, forms.Form):
    """Into which languages a page is translated, and whether with the pages below it."""

    locales = forms.ModelMultipleChoiceField(
        label=_("Languages"),
        queryset=Locale.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose a language.")},
    )
    with_below = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locales"].queryset = languages_missing(page)
        below = page.get_descendants().live().count()
        if not below:
            del self.fields["with_below"]
            return
        self.fields["with_below"].label = ngettext(
            "Also the %(count)d live page below it",
            "Also the %(count)d live pages below it",
            below,
        ) % {"count": below}
