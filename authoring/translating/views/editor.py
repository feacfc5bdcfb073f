"""The editor of a translation: the package's own, which saves drafts only."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail.admin import messages
from wagtail_localize.views.edit_translation import edit_translation

from authoring.translating.actions.beginning import (
    UnableToTranslate,
    save_translation,
    submit_translation,
)

ACTIONS = {"publish", "replace", "submit"}
"""What the editor posts. `publish` is the package's button, which saves a draft here."""


class EditorWords(JavaScriptCatalog):
    """The words of the package's editor, whose button saves a draft here."""

    packages = ("wagtail_localize",)

    def get_catalog(self):
        return super().get_catalog() | {
            "Publish in ": _("Save draft in "),
            "Publishing...": _("Saving…"),
        }


def show_editor(request, translation, page):
    """Respond with the editor of the translation, or do what was asked in it."""
    if request.method != "POST":
        return edit_translation(request, translation, page)
    arguments = {"translation": translation, "page": page, "user": request.user}
    try:
        if request.POST["action"] == "submit":
            submit_translation(**arguments)
            done = _("The translation waits for a reviewer.")
        else:
            replace = request.POST["action"] == "replace"
            save_translation(**arguments, replace=replace)
            done = _("The draft was saved. Nothing is live yet.")
    except UnableToTranslate as error:
        messages.error(request, error.reason)
    else:
        messages.success(request, done)
    return redirect("wagtailadmin_pages:edit", page.pk)
