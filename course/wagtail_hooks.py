import json

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks

from course import actions
from course.models import CoursePage, LessonPage
from course.rules.raised import rule_for_scripts


@hooks.register("after_copy_page")
def sync_keys_after_copy(request, page, new_page):
    """Give the rows and drafts of a copied course or lesson the same keys."""
    for copy in new_page.get_descendants(inclusive=True).type((CoursePage, LessonPage)):
        actions.sync_copied_keys(page=copy)


@hooks.register("insert_editor_js")
def add_pasting_script():
    """Keep superscripts and subscripts on paste, and leave out struck-out text."""
    return format_html(
        '<script src="{}" data-raised="{}" data-left-out="{}"></script>',
        static("course/pasting.js"),
        json.dumps(rule_for_scripts()),
        _("Left out because it was struck through: “…”"),
    )
