import json

from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import ControlFeature

from course.actions.copied_keys import sync_copied_keys
from course.actions.copying import copy_in_parts
from course.models import CoursePage, LessonPage
from course.rules.raised import rule_for_scripts

_SUB_LIST = ControlFeature({"type": "sub-list"})


@hooks.register("after_copy_page")
def sync_keys_after_copy(request, page, new_page):
    """Give the rows and drafts of a copied course or lesson the same keys."""
    for copy in new_page.get_descendants(inclusive=True).type((CoursePage, LessonPage)):
        sync_copied_keys(page=copy)


@hooks.register("before_copy_page")
def copy_large_course(request, page):
    """Have a worker copy a large course. Copies that go live are made at once, whole."""
    if request.method != "POST" or not issubclass(page.specific_class, CoursePage):
        return None
    form = page.specific_class.copy_form_class(
        request.POST, user=request.user, page=page
    )
    if not form.is_valid() or form.cleaned_data.get("publish_copies"):
        return None
    chosen = form.cleaned_data
    job = chosen.get("copy_subpages") and copy_in_parts(
        course=page.specific,
        to=chosen["new_parent_page"],
        title=chosen["new_title"],
        slug=chosen["new_slug"],
        by=request.user,
        at=timezone.now(),
    )
    return redirect("job", job.pk) if job else None


@hooks.register("insert_editor_js")
def add_pasting_script():
    """Keep superscripts and subscripts on paste, and leave out struck-out text."""
    return format_html(
        '<script src="{}" data-raised="{}" data-left-out="{}"></script>',
        static("course/pasting.js"),
        json.dumps(rule_for_scripts()),
        _("Left out because it was struck through: “…”"),
    )


@hooks.register("register_rich_text_features")
def register_sub_lists(features):
    """Offer buttons for lists inside lists, which Wagtail only makes with Tab."""
    features.register_editor_plugin("draftail", "sub-list", _SUB_LIST)


@hooks.register("insert_editor_js")
def add_sub_list_script():
    return format_html(
        '<script src="{}" data-deeper="{}" data-higher="{}"></script>',
        static("course/sub-lists.js"),
        _("Move into a sub-list (Tab)"),
        _("Move out of the sub-list (Shift + Tab)"),
    )


@hooks.register("insert_editor_js")
def add_folding_script():
    """Build a folded child, such as a question, when an author opens it."""
    return format_html('<script src="{}"></script>', static("course/folding.js"))
