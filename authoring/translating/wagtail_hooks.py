from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail_localize import synctree, wagtail_hooks
from wagtail_localize.views import edit_translation as package

from authoring.translating.access import may_translate
from authoring.translating.queries import (
    is_behind,
    languages_missing,
    source_of,
    translation_of,
)
from authoring.translating.views.editor import ACTIONS, EditorWords, show_editor
from authoring.translating.views.files import upload_texts
from authoring.translating.views.pages import BeginTranslation, UpdateTranslations

_THEIRS = {wagtail_hooks.__name__, synctree.__name__}
_KEPT = {"register_icons", "register_log_actions", "register_permissions"}

# What the package registered asks the database on every page of the admin, and offers
# aliases, publishing and more to whoever may open it.
for name, registered in hooks._hooks.items():
    if name not in _KEPT:
        registered[:] = [
            each for each in registered if each[0].__module__ not in _THEIRS
        ]


def for_translators(view):
    """Let nobody else in, and nobody on a site in one language."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_translate(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def say_not_found(request, *args, **kwargs):
    """Answer what the package leads to but this site does not do."""
    raise Http404


# With the names by which the package's editor knows them.
_OF_A_TRANSLATION = {
    "strings/<int:string_segment_id>/edit/": (
        "edit_string_translation",
        package.edit_string_translation,
    ),
    "overrides/<int:overridable_segment_id>/edit/": (
        "edit_override",
        package.edit_override,
    ),
    "pofile/download/": ("download_pofile", package.download_pofile),
    "pofile/upload/": ("upload_pofile", upload_texts),
    "preview/": ("preview_translation", package.preview_translation),
    "preview/<str:mode>/": ("preview_translation", package.preview_translation),
    "disable/": ("stop_translation", package.stop_translation),
}


@hooks.register("register_admin_urls")
def serve_translations():
    of_pages = [
        path("jsi18n/", EditorWords.as_view(), name="javascript_catalog"),
        path(
            "submit/page/<int:page_id>/",
            BeginTranslation.as_view(),
            name="submit_page_translation",
        ),
        path(
            "update/<int:translation_source_id>/",
            UpdateTranslations.as_view(),
            name="update_translations",
        ),
        path(
            "page/<int:page_id>/convert_to_alias/",
            say_not_found,
            name="convert_to_alias",
        ),
    ]
    of_translations = [
        path(
            f"translate/<int:translation_id>/{route}", for_translators(view), name=name
        )
        for route, (name, view) in _OF_A_TRANSLATION.items()
    ]
    namespace = ([*of_pages, *of_translations], "wagtail_localize")
    return [path("localize/", include(namespace, namespace="wagtail_localize"))]


@hooks.register("register_page_header_buttons")
def offer_translation(page, user, view_name, next_url=None):
    """Offer to translate a live page, and to take up what changed in it."""
    if not (page.live and page.depth > 1 and may_translate(user, page)):
        return
    if hasattr(page.specific_class, "content_fields") and languages_missing(page):
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        yield Button(_("Translate"), url, icon_name="globe", priority=33)
    source = source_of(page)
    if source and is_behind(source, page):
        url = reverse("wagtail_localize:update_translations", args=[source.pk])
        yield Button(_("Update translations"), url, icon_name="resubmit", priority=34)


@hooks.register("before_edit_page")
def open_translation_editor(request, page):
    """Open the editor of a translation, unless the page is with its reviewers.

    `?editor=page` opens Wagtail's own editor, which posts other things.
    """
    is_ours = request.POST.get("action") in ACTIONS
    if "editor" in request.GET or (request.method == "POST" and not is_ours):
        return None
    if not may_translate(request.user) or page.workflow_in_progress:
        return None
    translation = translation_of(page)
    return show_editor(request, translation, page) if translation else None
