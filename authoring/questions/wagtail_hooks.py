from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from authoring.questions.views import ExportQuestions, ImportQuestions
from course.models import LessonPage


@hooks.register("register_admin_urls")
def question_urls():
    start = "lessons/<int:page_id>/questions/"
    return [
        path(start + "export/", ExportQuestions.as_view(), name="export_questions"),
        path(start + "import/", ImportQuestions.as_view(), name="import_questions"),
    ]


@hooks.register("register_page_header_buttons")
def question_buttons(page, user, view_name, next_url=None):
    """Offer import and export of questions to everyone who may edit the lesson."""
    if page.specific_class is LessonPage and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Export questions…"),
            reverse("export_questions", args=[page.pk]),
            icon_name="download",
            priority=32,
        )
        yield Button(
            _("Import questions…"),
            reverse("import_questions", args=[page.pk]),
            icon_name="upload",
            priority=34,
        )
